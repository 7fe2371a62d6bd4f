"""Questions that no rule can mark, one of each type, and the same with something else that nobody may see before."""

QUESTIONS = {
    "bai-noi": """## Viết lời nói đầu của người phát ngôn. {#bai-noi}
Đê vỡ lúc nửa đêm; nguyên nhân chưa rõ.

| Tiêu chí | 0 | 1 | 2,5 |
| --- | --- | --- | --- |
| Đúng sự việc | Sai | Có chỗ sai | Đúng cả |
| Có lời hẹn | Không | Không rõ giờ | Rõ giờ |
{: type=statement words=8-20 points=3 }
""",
    "ghi-am": """## Trả lời phóng viên trong một phút. {#ghi-am}

| Tiêu chí | 2 | 0 |
| --- | --- | --- |
| Nói rõ ràng | Rõ | Không rõ |
{: type=recording seconds=60 points=2 }
""",
    "loi-dan": """## Đọc tin sau, rồi trả lời các câu tiếp theo. {#loi-dan}
Sáng nay nước sông lên nhanh.

{: type=description }
""",
    "tham-do": """## Anh, chị thường trả lời báo chí bằng cách nào? {#tham-do}

- [ ] Gặp trực tiếp
- [ ] Qua điện thoại
- [ ] Bằng văn bản {.keep}
{: type=poll pick=several }
""",
    "tham-do-mot": """## Kênh nào nhanh nhất ở cơ quan anh, chị? {#tham-do-mot}

- [ ] Cổng thông tin điện tử
- [ ] Họp báo
{: type=poll }
""",
    "thang-do": """## Tôi tự tin khi đứng trước ống kính. {#thang-do}

{: type=likert }
""",
    "thang-do-rieng": """## Cơ quan anh, chị họp báo có thường xuyên không? {#thang-do-rieng}

- [ ] Chưa bao giờ
- [ ] Thỉnh thoảng
- [ ] Thường xuyên
{: type=likert }
""",
}
_RUBRIC, _VOICE = QUESTIONS["bai-noi"], QUESTIONS["ghi-am"]
# The rubric says how a text is judged, so nothing of it may show while the attempt is open; nor may what is said after.
OTHERWISE = {
    "bai-noi": [
        _RUBRIC.replace("| 0 | 1 | 2,5 |", "| 5 | 3 | 1 |"),
        _RUBRIC.replace("| Có lời hẹn | Không | Không rõ giờ | Rõ giờ |\n", ""),
        _RUBRIC.replace("Có lời hẹn", "Không đoán nguyên nhân, không đổ lỗi cho ai"),
        _RUBRIC.replace("{: type", "\n> Cần nói trước hết điều đã biết chắc.\n{: type"),
    ],
    "ghi-am": [_VOICE.replace("| 2 | 0 |", "| 0 | 9 |"), _VOICE.replace("Nói rõ ràng", "Nói ngắn")],
    "tham-do": [QUESTIONS["tham-do"].replace("Gặp trực tiếp", "Gặp trực tiếp\n  > Cảm ơn anh, chị.")],
    "thang-do-rieng": [QUESTIONS["thang-do-rieng"].replace("Chưa bao giờ", "Chưa bao giờ\n  > Nên thử một lần.")],
}
