"""The figures of the course on media crises, drawn with those of the other courses by `tools.figures`.

Long because each figure stands here as the words that it shows, twice.
"""

from collections.abc import Callable, Mapping
from typing import Final

from tools.drawing import WIDTH, Sheet

Say = Callable[[str, str], str]
CRISIS: Final = "khung-hoang-truyen-thong"


def first_hours(say: Say) -> Sheet:
    """One day of a spreading incident: the hour of the profession and the clock of the law beside each other."""
    sheet = Sheet()
    steps = (
        (
            say(
                "*06:40 Xã nhận tin, cử người\nCả hai đồng hồ bắt đầu. Khoản 3: ghi giờ vào sổ.",
                "*06:40 The commune is told, sends people\nBoth clocks start. Clause 3: write the hour down.",
            ),
            "law",
        ),
        (
            say(
                "*07:40 Tin đầu\nĐã biết, chưa biết, dân làm gì, giờ có tin tiếp. Chưa cần nguyên nhân.",
                "*07:40 First information\nKnown, not known, what people do, when more follows. No cause needed.",
            ),
            "key",
        ),
        (
            say(
                "*14:40 Lan sang tỉnh bên\nKhoản 2: cơ quan được giao chủ trì nói, thường xuyên. Hạn 24 giờ thôi áp dụng; "
                "việc nói với dân thì không thôi.",
                "*14:40 It reaches the next province\nClause 2: the body put in charge speaks, regularly. The 24 hours "
                "no longer apply; telling people does not stop.",
            ),
            "law",
        ),
        (
            say(
                "*06:40 hôm sau\nHạn khoản 3, nếu việc vẫn chỉ trong một tỉnh.",
                "*06:40 the next day\nThe limit of clause 3, had it stayed in one province.",
            ),
            "old",
        ),
    )
    tops = []
    for words, kind in steps:
        tops.append(sheet.y + 14)
        sheet.stack(words, kind, 46, WIDTH - 48)
        sheet.y += 16
    start, told, spread, end = tops
    sheet.parts.append(f'<rect class="bar" x="6" y="{start:g}" width="9" height="{told - start:g}"/>')
    sheet.dot(10.5, start, "bar")
    sheet.dot(10.5, told, "bar")
    sheet.line(30, start, 30, spread)
    sheet.line(30, spread, 30, end, "dash")
    for y in (start, spread, end):
        sheet.dot(30, y)
    sheet.stack(
        say(
            "Vạch đậm: 60 phút, chuẩn nghề. Vạch mảnh: 24 giờ, hạn luật; chỗ đứt đoạn là không còn áp dụng.",
            "Thick line: 60 minutes, a standard of the profession. Thin line: 24 hours, the law; dotted where it no "
            "longer applies.",
        )
    )
    return sheet


def responses(say: Say) -> Sheet:
    """Evidence first, then responsibility: what to say."""
    sheet = Sheet()
    sheet.stack(say("*1. Đã xác minh chưa?", "*1. Has it been verified?"))
    sheet.down(say("Chưa", "Not yet"), x=56, long=22)
    sheet.stack(
        say(
            "Nói đang xác minh điều gì, giờ nào có kết quả. Chưa phủ nhận, chưa xin lỗi.",
            "Say what is being verified and when there will be a result. No denial yet, no apology yet.",
        ),
        "old",
        40,
        WIDTH - 42,
    )
    sheet.down(say("Rồi", "Yes"), x=16)
    sheet.stack(say("*2. Điều người ta nói đúng hay sai?", "*2. Is what people say right or wrong?"))
    sheet.y += 8
    sheet.row(
        (
            (
                say("*Sai\nBác bỏ bằng bằng chứng, bốn bước.", "*Wrong\nDebunk with evidence, in four steps."),
                "box",
            ),
            (
                say(
                    "*Có phần đúng\nNói cả hai phần; phần sai của mình trước.",
                    "*Some of it right\nSay both parts; our own fault first.",
                ),
                "key",
            ),
        )
    )
    sheet.down(x=190, long=22)
    sheet.stack(
        say(
            "*3. Công chúng cho rằng trách nhiệm của ta đến đâu?",
            "*3. How far do people hold us responsible?",
        )
    )  # fmt: skip
    sheet.y += 10
    groups = (
        (
            say("*Nạn nhân: ít", "*Victim: little"),
            say("Thông tin, hỗ trợ.", "Inform, help."),
            60,
        ),
        (
            say("*Tai nạn: vừa", "*Accidental: some"),
            say("Thêm: giải thích vì sao, nhận phần chưa lường được, sửa.", "Also: explain why, own what was not foreseen, mend it."),
            150,
        ),
        (
            say("*Có thể phòng ngừa, cố ý: nhiều", "*Preventable, deliberate: much"),
            say(
                "Thêm: thừa nhận, xin lỗi, khắc phục, trả lời về trách nhiệm.",
                "Also: admit, apologise, put right, answer for it.",
            ),
            320,
        ),
    )  # fmt: skip
    for name, what, long in groups:
        sheet.y += sheet.words(name, 2, sheet.y, WIDTH - 4) + 4
        sheet.parts.append(f'<rect class="bar" x="2" y="{sheet.y:g}" width="{long}" height="7"/>')
        sheet.y += 9
        sheet.y += sheet.words(what, 2, sheet.y, WIDTH - 4) + 10
    sheet.stack(
        say(
            "Từng xảy ra, hoặc vốn đã bị ngờ: tính sang nhóm nặng hơn. Nhóm nào cũng nói việc dân cần làm trước.",
            "It happened before, or people doubted us already: count the heavier group. In every group, what people should do "
            "comes first.",
        ),
        "law",
    )
    return sheet


def debunking(say: Say) -> Sheet:
    """Fact, falsehood once, where it goes wrong, fact."""
    sheet = Sheet()
    steps = (
        (
            say(
                "*1. Sự thật\n“Đập Suối Cái an toàn lúc 23:40; nước thấp hơn mức xả 1,2 mét.”",
                "*1. The fact\n“Suối Cái dam is safe at 23:40; the water is 1.2 metres below the level of release.”",
            ),
            "key",
        ),
        (
            say(
                "*2. Điều sai, đúng một lần\n“Có tin nói đập đã vỡ; tin ấy sai.”",
                "*2. What is false, exactly once\n“It is being said that the dam has burst; that is false.”",
            ),
            "old",
        ),
        (
            say(
                "*3. Chỗ sai\n“Đoạn phim là cảnh xả nước ở nơi khác, năm ngoái; biển tên trong phim không phải Suối Cái.”",
                "*3. Where it goes wrong\n“The video shows a release elsewhere, last year; the sign in it does not say Suối Cái.”",
            ),
            "box",
        ),
        (
            say(
                "*4. Sự thật, và việc cần làm\n“Đập an toàn. Nếu phải xả, xã báo bằng còi và loa trước.”",
                "*4. The fact, and what to do\n“The dam is safe. If water has to be released, sirens and "
                "loudspeakers come first.”",
            ),
            "key",
        ),
    )
    for place, (words, kind) in enumerate(steps):
        if place:
            sheet.down(long=18)
        sheet.stack(words, kind, 2 + 20 * (kind in ("old", "box")), WIDTH - 4 - 40 * (kind in ("old", "box")))
    sheet.y += 12
    sheet.stack(
        say(
            "*Trước bước 1 phải có\nmột nguồn có thẩm quyền và một giờ chốt. Chưa có thì nói đang kiểm tra, hẹn giờ.",
            "*Before step 1 you need\na competent source and an hour. Without them, say that it is being checked, and "
            "when you will tell.",
        ),
        "law",
    )
    return sheet


def correction_clock(say: Say) -> Sheet:
    """Which paper starts the clock of a correction, and how long it runs for each kind of press."""
    sheet = Sheet()
    sheet.stack(
        say(
            "*Văn bản phản hồi của ta\nKhông phải mốc. Nhưng giúp báo thấy mình sai.",
            "*Our written response\nStarts no clock. But it helps the newsroom see its error.",
        ),
        "old",
    )
    sheet.line(84, sheet.y + 2, 84, sheet.y + 22, "dash")
    sheet.arrow(84, sheet.y + 18, 84, sheet.y + 30, "dash")
    sheet.words(say("~báo đọc căn cứ, kiểm tra", "~the newsroom reads and checks"), 98, sheet.y + 5, WIDTH - 100)
    sheet.y += 32
    sheet.row(
        (
            (say("*Mốc 1\nBáo tự phát hiện mình sai", "*Start 1\nThe newsroom finds its error"), "key"),
            (
                say("*Mốc 2\nBáo nhận «văn bản kết luận»", "*Start 2\nA “written conclusion” arrives"),
                "key",
            ),
        )
    )
    top = sheet.y
    sheet.arrow(84, top + 2, 84, top + 26)
    sheet.arrow(260, top + 2, 260, top + 26)
    sheet.y += 30
    sheet.stack(say("*Đồng hồ của báo bắt đầu", "*The clock of the newsroom starts"), "law")
    sheet.y += 12
    rows = (
        (say("*Báo điện tử, kênh trên mạng", "*Online press, channels on the net"), say("ngay", "at once"), 10),
        (
            say("*Báo ngày, phát thanh, truyền hình", "*Daily press, radio, television"),
            say("trong 02 ngày", "within 02 days"),
            90,
        ),
        (say("*Báo tuần, tạp chí", "*Weeklies, magazines"), say("số gần nhất", "the next issue"), 210),
    )
    for name, limit, long in rows:
        sheet.y += sheet.words(name, 2, sheet.y, WIDTH - 4) + 6
        sheet.dot(7, sheet.y + 4, "bar")
        sheet.parts.append(f'<rect class="bar" x="7" y="{sheet.y:g}" width="{long}" height="8"/>')
        sheet.words(limit, long + 16, sheet.y - 6, WIDTH - long - 18)
        sheet.y += 24
    sheet.stack(
        say("“Ngay” không có số giờ. Dài của thanh chỉ là ước chừng.", "“At once” has no number of hours. The bars are rough.")
    )  # fmt: skip
    return sheet


def who_says_what(say: Say) -> Sheet:
    """An incident that grows: who speaks of what in one province, in two, and in the nation."""
    sheet = Sheet()
    sheet.stack(
        say(
            "*Trong một tỉnh: khoản 3, khoản 4\nCách chia dưới đây là lời khuyên; ghi vào quy chế của tỉnh.",
            "*In one province: clauses 3 and 4\nThe parts below are advice; put them into the province's regulation.",
        ),
        "law",
    )
    sheet.y += 6
    sheet.row(
        (
            (
                say("*Xã\nĐường tránh, điểm phát nước, hộ cần giúp", "*Commune\nDetours, water points, who needs help"),
                "key",
            ),
            (
                say(
                    "*Tỉnh\nSố đo, nguyên nhân, lời khuyên, thương vong, hỗ trợ",
                    "*Province\nFigures, cause, advice, casualties, support",
                ),
                "key",
            ),
        ),
        8,
    )
    sheet.y += 6
    sheet.row(
        (
            (say("*Y tế, sở\nXác nhận trước khi phát", "*Health, departments\nConfirm before release"), "box"),
            (say("*Điều tra\nCơ quan điều tra nói", "*Investigation\nThe investigators speak"), "box"),
        ),
        8,
    )
    sheet.down(say("từ 02 bộ, ngành, tỉnh trở lên", "02 or more ministries, provinces"), long=34)
    sheet.stack(
        say(
            "*Khoản 2\nCơ quan được Chính phủ giao chủ trì: thống nhất nội dung, rồi nói thường xuyên. Không ghi số giờ.",
            "*Clause 2\nThe body that the Government puts in charge agrees the content, then speaks regularly. No "
            "number of hours.",
        ),
        "law",
    )
    sheet.y += 6
    sheet.stack(
        say(
            "*Chưa có cơ quan chủ trì (lời khuyên)\nGọi tỉnh bên ngay · chỉ nói phần địa bàn mình · một con số, một "
            "giờ chốt",
            "*Nobody in charge yet (advice)\nCall the other province at once · speak of your own area only · one "
            "figure, one hour",
        ),
        "old",
        40,
        WIDTH - 42,
    )
    sheet.down(say("mang tính quốc gia", "national in scale"), long=34)
    sheet.stack(
        say(
            "*Khoản 1\nThủ tướng hoặc người phát ngôn của Chính phủ nói ngay và thường xuyên. Có ngoại lệ riêng.",
            "*Clause 1\nThe Prime Minister or the Government's spokesperson speaks at once and regularly. It has "
            "exceptions of its own.",
        ),
        "law",
    )
    return sheet


FIGURES: Final[Mapping[tuple[str, str], Callable[[Say], Sheet]]] = {
    (CRISIS, "hai-dong-ho"): first_hours,
    (CRISIS, "chon-cach-ung-xu"): responses,
    (CRISIS, "bac-bo-bon-buoc"): debunking,
    (CRISIS, "dong-ho-cai-chinh"): correction_clock,
    (CRISIS, "ai-noi-dieu-gi"): who_says_what,
}
