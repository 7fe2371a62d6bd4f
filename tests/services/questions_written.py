"""Questions written into a text: blanks, faults, and moments. One of each for the small course."""

QUESTIONS = {
    "cho-trong": """## Điền vào đâu? {#cho-trong}
Báo tin trong {{= 24 | hai mươi bốn }} giờ.

> Người nói là {{ khách | =chủ | bạn }} nhà.

- Rồi {{= ghi lại }}.

{: points=3 }
""",
    "loi": """## Lỗi ở đâu? {#loi}

> Hôm nay ==trời mưa==, ==!chắc chắn do họ==,
> và ==!đừng hỏi nữa==; ==chúng tôi đang *kiểm tra*==.

{: points=2 }
""",
    "luc-nao": """## Lúc nào? {#luc-nao}

= 14:05 22/11/2026 ± 30 phút

{: points=1 type=datetime }
""",
}
# Texts that differ only in what is right: where a menu's right option stands, what a blank accepts, which marks are faults.
OTHERWISE = {
    "cho-trong": [
        QUESTIONS["cho-trong"].replace("khách | =chủ", "=khách | chủ"),
        QUESTIONS["cho-trong"].replace("= 24 | hai mươi bốn", "= một câu trả lời dài hơn rất nhiều"),
        QUESTIONS["cho-trong"].replace("= ghi lại", "= a | b | c"),
    ],
    "loi": [
        QUESTIONS["loi"].replace("==!", "==").replace("==trời", "==!trời"),
        QUESTIONS["loi"].replace("==chúng", "==!chúng").replace("==!đừng", "==đừng"),
    ],
    "luc-nao": [
        QUESTIONS["luc-nao"].replace("14:05 22/11/2026 ± 30 phút", "08:00 01/01/2020"),
        QUESTIONS["luc-nao"].replace("± 30 phút", "± 2 ngày\n= 09:30 31/01/2026"),
    ],
}
