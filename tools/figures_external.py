"""The figures of the course on external information.

Long because each figure stands here as the words that it shows, twice.
"""

from collections.abc import Callable, Mapping
from typing import Final

from tools.drawing import WIDTH, Sheet

Say = Callable[[str, str], str]
COURSE: Final = "thong-tin-doi-ngoai"
# The days of the month, and which working day each is; a day off is none.
DAYS: Final = ((13, 0), (14, None), (15, None), (16, 1), (17, 2), (18, 3), (19, 4), (20, 5))


def three_streams(say: Say) -> Sheet:
    """Two streams that lead out of Viet Nam, and one that leads in."""
    sheet = Sheet()
    streams = (
        (
            say("Việt Nam", "Viet Nam"),
            say("thế giới", "the world"),
            say(
                "*1. Thông tin chính thức về Việt Nam\nLời của cơ quan: số liệu, quy định, cảnh báo.",
                "*1. Official information about Viet Nam\nThe agency's own word: figures, rules, warnings.",
            ),
            "key",
        ),
        (
            say("Việt Nam", "Viet Nam"),
            say("thế giới", "the world"),
            say(
                "*2. Quảng bá hình ảnh Việt Nam\nLời mời: đất nước, con người, văn hóa.",
                "*2. Promotion of Viet Nam's image\nAn invitation: country, people, culture.",
            ),
            "box",
        ),
        (
            say("Thế giới", "The world"),
            say("Việt Nam", "Viet Nam"),
            say(
                "*3. Thông tin thế giới vào Việt Nam\nChuyện bên ngoài mà dân mình cần biết.",
                "*3. World news into Viet Nam\nWhat people here need to know from abroad.",
            ),
            "box",
        ),
    )
    for place, (start, end, words, kind) in enumerate(streams):
        if place:
            sheet.y += 12
        sheet.words(f"~{start}", 2, sheet.y, 90)
        sheet.words(f"~{end}", WIDTH - 2, sheet.y, 90, "end")
        sheet.arrow(86, sheet.y + 9, WIDTH - 86, sheet.y + 9)
        sheet.y += 22
        sheet.stack(words, kind)
    sheet.y += 12
    sheet.stack(
        say(
            "Một tờ giấy có thể chạm hai mảng: mỗi câu kiểm theo mảng của nó.",
            "One sheet may touch two streams: check each sentence by its own.",
        ),
        "old",
    )
    return sheet


def cut_in_two(say: Say) -> Sheet:
    """A mixed question, cut in two, and who answers which half."""
    sheet = Sheet()
    sheet.stack(
        say(
            "*Câu hỏi trộn\n“Xe ùn ba ngày nay vì bên kia gây khó, đúng không?”",
            "*A mixed question\n“The lorries have waited three days because the other side makes trouble, right?”",
        )
    )
    top = sheet.y
    for x in (86, 258):
        sheet.arrow(x, top + 2, x, top + 40)
    sheet.words(say("cắt đôi", "cut in two"), WIDTH / 2, top + 8, 140, "mid")
    sheet.y = top + 42
    sheet.row(
        (
            (say("*Sự việc\nBao nhiêu xe? Đang làm gì?", "*Fact\nHow many lorries? What is done?"), "key"),
            (say("*Lập trường\nĐánh giá một nước khác?", "*Position\nA judgement on another state?"), "law"),
        )
    )
    for x in (86, 258):
        sheet.arrow(x, sheet.y + 2, x, sheet.y + 22)
    sheet.y += 24
    sheet.row(
        (
            (
                say("*Xã, tỉnh trả lời\nsố, giờ chốt, việc đang làm", "*We answer\nfigure, hour, what is done"),
                "key",
            ),
            (
                say(
                    "*Bộ Ngoại giao nói\nta chuyển câu hỏi, hẹn báo lại",
                    "*Foreign Ministry\nspeaks; we pass it on, report back",
                ),
                "law",
            ),
        )
    )
    sheet.y += 12
    sheet.stack(
        say(
            "*Nói theo thứ tự\n1. Trả lời phần mình\n2. Nói phần kia thuộc ai\n3. Hứa một việc cụ thể",
            "*Say it in this order\n1. Answer our part\n2. Say whose the other part is\n3. Promise one concrete thing",
        ),
        "old",
    )
    return sheet


def award(say: Say) -> Sheet:
    """Who gave the award of 2016, what it found, and what it left alone."""
    sheet = Sheet()
    sheet.row(
        (
            (say("*Phi-líp-pin\nbên kiện", "*Philippines\nbrought the case"), "box"),
            (say("*Trung Quốc\nbên bị kiện; không tham gia", "*China\nrespondent; took no part"), "box"),
        ),
        between=40,
    )
    for x in (76, 268):
        sheet.arrow(x, sheet.y + 2, x, sheet.y + 22)
    sheet.y += 24
    sheet.stack(
        say(
            "*Tòa trọng tài theo Phụ lục VII\nCông ước Luật Biển năm 1982. Phán quyết ngày 12/07/2016.\n"
            "~PCA làm thư ký. Không phải Tòa án Công lý Quốc tế. Việt Nam không phải là một bên.",
            "*Arbitral tribunal under Annex VII\nof the 1982 Convention on the Law of the Sea. Award of 12/07/2016.\n"
            "~The PCA was its registry. Not the International Court of Justice. Viet Nam was not a party.",
        ),
        "key",
    )
    sheet.down(x=WIDTH / 2)
    sheet.stack(
        say(
            "*Kết luận (theo các bản tóm tắt)\n• quyền lịch sử đối với tài nguyên trong “đường chín đoạn”: "
            "không có cơ sở pháp lý\n• không thực thể nào ở Trường Sa tạo ra vùng biển mở rộng\n"
            "• một số khu vực thuộc vùng đặc quyền kinh tế của Phi-líp-pin; quyền chủ quyền ở đó bị vi phạm\n"
            "• môi trường biển bị tổn hại nghiêm trọng",
            "*Found (according to summaries)\n• historic rights to resources within the “nine-dash line”: no legal "
            "basis\n• no feature in Trường Sa (the Spratly Islands) generates extended zones\n• certain areas lie in the Philippines' exclusive "
            "economic zone; sovereign rights there were violated\n• severe harm to the marine environment",
        )
    )
    sheet.y += 12
    sheet.stack(
        say(
            "*Không quyết định\n✕ chủ quyền đối với lãnh thổ đất liền\n✕ ranh giới",
            "*Not decided\n✕ sovereignty over land territory\n✕ any boundary",
        ),
        "law",
    )
    return sheet


def five_days(say: Say) -> Sheet:
    """The way of a request of a resident bureau, and its five working days."""
    sheet = Sheet()
    sheet.stack(say("*Văn phòng thường trú\ngửi văn bản", "*Resident bureau\nwrites a letter"))
    sheet.down(x=30, long=22)
    sheet.stack(
        say(
            "*Bộ, ngành hoặc Ủy ban nhân dân tỉnh\nxem xét, quyết định, trả lời. Xã, sở không cấp phép.",
            "*Ministry or provincial people's committee\nconsiders, decides, answers. Communes and departments give no leave.",
        ),
        "key",
    )
    top = sheet.y
    for x in (30, 202):
        sheet.arrow(x, top + 2, x, top + 22)
    sheet.y = top + 24
    sheet.row(
        (
            (say("*Trả lời hãng tin\nđược rồi mới tác nghiệp", "*Answer it\nwork only after approval"), "box"),
            (say("*Thông báo\nBộ Ngoại giao", "*Inform\nthe Foreign Ministry"), "box"),
        )
    )
    sheet.y += 14
    sheet.y += sheet.words(
        say("*Nhận 13/11/2026, hạn 20/11/2026", "*Received 13/11/2026, due 20/11/2026"), 2, sheet.y, WIDTH
    )
    sheet.y += 6
    names = say("Sáu Bảy CN Hai Ba Tư Năm Sáu", "Fri Sat Sun Mon Tue Wed Thu Fri").split()
    wide = (WIDTH - 4) / len(DAYS)
    for place, (name, (date, day)) in enumerate(zip(names, DAYS, strict=True)):
        x = 2 + place * wide
        kind = "old" if not day else "law" if place == len(DAYS) - 1 else "key"
        sheet.parts.append(f'<rect class="{kind}" x="{x:g}" y="{sheet.y:g}" width="{wide - 4:g}" height="68" rx="3"/>')
        for line, words in enumerate((f"~{name}", f"~{date}", f"*{'–' if day is None else day}")):
            sheet.words(words, x + (wide - 4) / 2, sheet.y + 3 + line * 20, wide, "mid")
    sheet.y += 76
    sheet.y += sheet.words(
        say(
            "0: ngày nhận, không tính. –: ngày nghỉ, không tính. 5: ngày cuối.",
            "0: day of receipt, not counted. –: day off, not counted. 5: last day.",
        ),
        2,
        sheet.y,
        WIDTH - 4,
    )
    return sheet


def four_parts(say: Say) -> Sheet:
    """Fact, false claim once, fallacy, fact again."""
    sheet = Sheet()
    parts = (
        (
            say(
                "*1. Sự thật\nCâu ngắn, đứng đầu, có bằng chứng. Tít cũng mang sự thật.",
                "*1. Fact\nShort, first, with evidence. The headline carries it too.",
            ),
            "key",
        ),
        (
            say("*2. Điều sai, một lần\nBáo trước là sai.", "*2. The false claim, once\nWarn that it is false."),
            "old",
        ),
        (
            say(
                "*3. Lỗi ở đâu\nVì sao sai; thật ra là gì. Phần đúng thì nhận: “Đúng là…”",
                "*3. The fallacy\nWhy it is wrong; what is so instead. Own what is right: “It is true that…”",
            ),
            "box",
        ),
        (
            say(
                "*4. Sự thật, lần nữa\nVà chỗ để người đọc tự kiểm.",
                "*4. The fact again\nAnd where readers can check it.",
            ),
            "key",
        ),
    )
    for place, (words, kind) in enumerate(parts):
        if place:
            sheet.down(long=18)
        sheet.stack(words, kind)
    sheet.y += 12
    sheet.stack(
        say(
            "*Không\n✕ nói về con người thay vì điều sai\n✕ đe dọa\n✕ kêu gọi bịt lời",
            "*Never\n✕ speak of the person instead of the claim\n✕ threaten\n✕ call for silencing",
        ),
        "law",
    )
    return sheet


FIGURES: Final[Mapping[tuple[str, str], Callable[[Say], Sheet]]] = {
    (COURSE, "ba-dong"): three_streams,
    (COURSE, "cat-doi-cau-hoi"): cut_in_two,
    (COURSE, "phan-quyet-2016"): award,
    (COURSE, "nam-ngay"): five_days,
    (COURSE, "bon-phan"): four_parts,
}
