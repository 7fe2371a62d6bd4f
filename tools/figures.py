"""Long because each figure of the courses stands here as the words that it shows, twice.

Draws them, each in both languages, into the media folders of the courses: `make figures`.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tools import figures_crisis
from tools.drawing import WIDTH, Sheet
from tools.figures_external import FIGURES as EXTERNAL

Pair = tuple[str, str]
LAW, SKILL = "khung-phap-ly", "ky-nang-phat-ngon"


def which_clause(say: Callable[[str, str], str]) -> Sheet:
    """Four questions of Article 7, from the top down."""
    sheet = Sheet()
    no = say("Không", "No")
    yes = say("Có", "Yes")
    steps: tuple[tuple[str, str, str], ...] = (
        (
            say("*Khoản 1\nSự cố mang tính quốc gia?", "*Clause 1\nAn incident of national scale?"),
            say(
                "Thủ tướng hoặc người phát ngôn của Chính phủ nói ngay và thường xuyên. Có ngoại lệ riêng.",
                "The Prime Minister or the Government's spokesperson speaks at once and regularly. It has exceptions "
                "of its own.",
            ),
            "law",
        ),
        (
            say(
                "*Khoản 2\nSự cố liên quan từ 02 bộ, ngành, tỉnh, thành phố trở lên?",
                "*Clause 2\nAn incident that concerns 02 or more ministries, sectors, provinces or cities?",
            ),
            say(
                "Cơ quan được Chính phủ giao chủ trì thống nhất nội dung rồi nói thường xuyên. Không ghi số giờ.",
                "The body that the Government puts in charge agrees the content, then speaks regularly. No number of "
                "hours.",
            ),
            "law",
        ),
        (
            say(
                "*Khoản 3\nViệc quan trọng, tác động lớn, thuộc phạm vi quản lý của mình?",
                "*Clause 3\nAn important matter with major impact, in our own remit?",
            ),
            say(
                "*Chậm nhất 24 giờ\ntừ lúc tiếp nhận và xử lý.",
                "*24 hours at the latest\nfrom when we receive and handle it.",
            ),
            "key",
        ),
        (
            say("*Khoản 4\nDư luận có nhiều ý kiến không thống nhất?", "*Clause 4\nIs public opinion divided?"),
            say(
                "*Chậm nhất 24 giờ\ntừ lúc cơ quan xác định có tác động hoặc nguy cơ tác động đến dư luận.",
                "*24 hours at the latest\nfrom when we determine that it affects or may affect public opinion.",
            ),
            "key",
        ),
    )
    for place, (asked, then, kind) in enumerate(steps):
        if place:
            sheet.down(no, x=16)
        sheet.stack(asked)
        sheet.down(yes, x=56, long=22)
        top = sheet.y
        sheet.stack(then, kind, 40, WIDTH - 42)
        if place < len(steps) - 1:
            sheet.line(16, top - 22, 16, sheet.y)
    return sheet


def two_clocks(say: Callable[[str, str], str]) -> Sheet:
    """Where the clocks of clauses 3 and 4 start, and where the old one did."""
    sheet = Sheet()
    rows = (
        (
            say("*Khoản 3: cá chết trên sông", "*Clause 3: dead fish in a river"),
            ("02:10", say("xảy ra", "it happens")),
            ("06:40", say("xã nhận tin, cử người", "commune told, sends people")),
            ("06:40", say("hôm sau: hạn", "next day: limit")),
        ),
        (
            say("*Khoản 4: đoạn phim gây tranh cãi", "*Clause 4: a disputed video"),
            ("19:20", say("lan trên mạng", "it spreads online")),
            ("20:10", say("xã xác định nguy cơ", "commune sees the risk")),
            ("20:10", say("hôm sau: hạn", "next day: limit")),
        ),
    )
    for title, *marks in rows:
        sheet.y += sheet.words(title, 2, sheet.y, WIDTH - 4) + 28
        base = sheet.y
        for place, (x, (hour, what)) in enumerate(zip((40, 134, 296), marks, strict=True)):
            sheet.words(f"*{hour}", x, base + 12, 60, "mid")
            sheet.words(f"~{what}", x, base + 30, 88, "mid")
            sheet.dot(x, base, "tip" if place == 0 else "bar")
        sheet.line(46, base, 128, base, "dash")
        sheet.parts.append(f'<rect class="bar" x="134" y="{base - 3:g}" width="162" height="6"/>')
        sheet.words(say("*24 giờ", "*24 hours"), 215, base - 26, 100, "mid")
        sheet.y += 100
    sheet.stack(
        say(
            "Đoạn chấm: chưa tính. Quy định cũ tính từ lúc xảy ra. Ngày nghỉ vẫn tính.",
            "Dotted: does not count. The old rule counted from the event. Days off count.",
        ),
        "old",
    )
    return sheet


def who_speaks(say: Callable[[str, str], str]) -> Sheet:
    """Three kinds of spokesperson, and everybody else."""
    sheet = Sheet()
    sheet.stack(
        say(
            "*1. Người đứng đầu\nTự mình phát ngôn; luôn chịu trách nhiệm.",
            "*1. The head\nSpeaks in person; always stays responsible.",
        ),
        "key",
    )
    top = sheet.y
    for x in (20, 194):
        sheet.arrow(x, top + 2, x, top + 52)
    sheet.words(say("giao nhiệm vụ\n~bằng quyết định", "assigns\n~by a decision"), 32, top + 6, 140)
    sheet.words(say("ủy quyền\n~bằng văn bản", "authorises\n~in writing"), 206, top + 6, 136)
    sheet.y = top + 54
    sheet.row(
        (
            (
                say(
                    "*2. Thường xuyên\nĐầu mối đăng trên cổng, trang trong 24 giờ.",
                    "*2. Regular\nContact online within 24 hours.",
                ),
                "key",
            ),
            (
                say("*3. Được ủy quyền\nMột vụ việc, có thời hạn.", "*3. Authorised\nOne matter, for a limited time."),
                "key",
            ),
        )
    )
    for x in (20, 324):
        sheet.line(x, sheet.y + 2, x, sheet.y + 34, "dash")
        sheet.parts.append(f'<path class="no" d="M{x - 8} {sheet.y + 10:g}l16 16m0 -16l-16 16"/>')
    sheet.words(say("không được ủy quyền tiếp", "may not authorise others"), 172, sheet.y + 8, 280, "mid")
    sheet.y += 38
    sheet.stack(
        say(
            "*Cán bộ khác\nKhông bị cấm nói với báo chí, nhưng không phải quan điểm chính thức; tự chịu trách nhiệm.",
            "*Other staff\nNot forbidden to talk to the press, but it is not the official view; they answer for "
            "it themselves.",
        ),
        "old",
    )
    return sheet


def to_statement(say: Callable[[str, str], str]) -> Sheet:
    """From the first report to the next bulletin."""
    sheet = Sheet()
    steps = (
        (
            say(
                "*1. Nhận tin báo\nGhi giờ, người nhận, tin gì, việc làm ngay.",
                "*1. A report comes in\nNote the hour, who took it, what it says, what is done at once.",
            ),
            "box",
        ),
        (
            say(
                "*2. Chọn khoản của Điều 7\nHỏi khoản 1, khoản 2 trước. Khoản 3, khoản 4: ghi mốc và hạn.",
                "*2. Choose the clause of Article 7\nClauses 1 and 2 first. Clauses 3 and 4: note start and limit.",
            ),
            "law",
        ),
        (
            say(
                "*3. Xác minh\nĐã biết · chưa biết · đang làm. Mỗi con số có nguồn, giờ chốt.",
                "*3. Verify\nKnown · not known · being done. Each figure with source and hour.",
            ),
            "box",
        ),
        (
            say(
                "*4. Soạn thông tin ban đầu\nQuan tâm, điều đã biết, việc dân cần làm, giờ có tin tiếp.",
                "*4. Draft the initial information\nConcern, what is known, what people should do, when more follows.",
            ),
            "box",
        ),
        (
            say(
                "*5. Người phát ngôn phát\nKênh chính thức; gửi báo; ghi giờ phát.",
                "*5. The spokesperson gives it out\nOfficial channel; to the press; note the hour.",
            ),
            "key",
        ),
        (
            say(
                "*6. Giữ hẹn\nCập nhật, đính chính công khai nếu sai.",
                "*6. Keep the promise\nUpdate; correct in public what was wrong.",
            ),
            "key",
        ),
    )
    for place, (words, kind) in enumerate(steps):
        if place:
            sheet.down(long=18)
        sheet.stack(words, kind)
    return sheet


def then_and_now(say: Callable[[str, str], str]) -> Sheet:
    """Documents that ended, and those that took their place."""
    sheet = Sheet()
    half = (WIDTH - 4) / 2
    sheet.words(say("*Đã hết hiệu lực", "*Ended"), 2, sheet.y, half)
    sheet.words(say("*Đang có hiệu lực", "*In force"), half + 19, sheet.y, half)
    sheet.y += LINE_AND_GAP
    ended, since = say("đến", "to"), say("từ", "from")
    decree, press = say("Nghị định", "Decree"), say("Luật Báo chí", "Press Law")
    secrets = say("Luật Bảo vệ bí mật nhà nước", "State Secrets Law")
    access = say("Luật Tiếp cận thông tin", "Access to Information Law")
    rows = (
        (f"{decree} 09/2017", "30/06/2026", f"{decree} 244/2026", "01/07/2026"),
        (f"{press} 2016", "30/06/2026", f"{press} 126/2025", "01/07/2026"),
        (f"{decree} 88/2012", "30/06/2026", f"{decree} 262/2026", "01/07/2026"),
        (f"{secrets} 2018", "28/02/2026", f"{secrets} 117/2025", "01/03/2026"),
        (
            f"{access} 2016",
            "31/08/2026",
            say("Luật Tiếp cận thông tin (sửa đổi)", "Access to Information Law (new)"),
            "01/09/2026",
        ),
        (f"{decree} 13/2023", "31/12/2025", f"{decree} 356/2025", "01/01/2026"),
    )
    for old, until, new, start in rows:
        top = sheet.y
        sheet.row(((f"{old}\n~{ended} {until}", "old"), (f"*{new}\n~{since} {start}", "key")), between=34)
        middle = (top + sheet.y) / 2
        sheet.arrow(160, middle, 184, middle)
        sheet.y += 10
    return sheet


LINE_AND_GAP: Final = 26


def year(say: Callable[[str, str], str]) -> Sheet:
    """What a ministry or a province owes in a year."""
    sheet = Sheet()
    sheet.y += sheet.words(say("*Bộ, cơ quan ngang bộ, tỉnh", "*Ministries and provinces"), 2, sheet.y, WIDTH) + 6
    wide = 28
    for month in range(12):
        x = 2 + month * (wide + 0.4)
        quarter = month % 3 == 2
        sheet.parts.append(
            f'<rect class="{"law" if quarter else "key"}" x="{x:g}" y="{sheet.y:g}" width="{wide - 3}" height="44" rx="3"/>'
        )
        sheet.words(f"*{month + 1}", x + (wide - 3) / 2, sheet.y + 2, 40, "mid")
        sheet.dot(x + (wide - 3) / 2, sheet.y + 31, "bar")
        if quarter:
            middle = x + (wide - 3) / 2
            sheet.arrow(middle, sheet.y + 66, middle, sheet.y + 47)
    sheet.y += 70
    sheet.y += sheet.words(
        say(
            "● mỗi tháng: cung cấp thông tin, cập nhật cổng, trang, kênh chính thức",
            "● every month: inform the press, update portal, website, official channels",
        ),
        2,
        sheet.y,
        WIDTH - 4,
    )
    sheet.y += sheet.words(
        say(
            "↑ họp báo ít nhất 3 tháng một lần (tháng nào do mình chọn)",
            "↑ a press conference at least every 3 months (you choose the month)",
        ),
        2,
        sheet.y,
        WIDTH - 4,
    )
    sheet.y += (
        sheet.words(
            say(
                "*Trước 20/12: báo cáo năm, số liệu từ 15/12 đến 14/12",
                "*Before 20/12: the yearly report, figures of 15/12 to 14/12",
            ),
            2,
            sheet.y,
            WIDTH - 4,
        )
        + 10
    )
    sheet.stack(
        say(
            "*Sở, cục, chi cục, xã, phường, đặc khu\nNghị định không ấn định nhịp; đơn vị tự đặt chuẩn nội bộ và "
            "gọi đúng tên.",
            "*Departments, cục, chi cục, communes\nThe decree fixes no rhythm; set a standard of your own and "
            "call it that.",
        ),
        "old",
    )
    return sheet


def refusing(say: Callable[[str, str], str]) -> Sheet:
    """Give, say “not yet”, or refuse a part."""
    sheet = Sheet()
    steps = (
        (
            say("*Ta đã có thông tin này chưa?", "*Do we have this information?"),
            say("Chưa", "Not yet"),
            say(
                "Nói chưa có, đang làm gì, hẹn giờ trả lời. Đây không phải từ chối.",
                "Say so, what is being done, and when an answer comes. This is no refusal.",
            ),
            "box",
            say("Có", "Yes"),
        ),
        (
            say("*Việc này thuộc cơ quan mình?", "*Is it our matter?"),
            say("Không", "No"),
            say("Chỉ đúng nơi trả lời được; nói phần của mình.", "Name the body that can answer; say our own part."),
            "box",
            say("Có", "Yes"),
        ),
        (
            say(
                "*Có phần nào thuộc khoản 2 Điều 31 Luật Báo chí?",
                "*Is a part a case of clause 2, Article 31 of the Press Law?",
            ),
            say("Có", "Yes"),
            say(
                "*Từ chối đúng phần ấy\nNêu căn cứ và lý do; cung cấp phần còn lại.",
                "*Refuse that part only\nGive ground and reason; give all the rest.",
            ),
            "law",
            say("Không", "No"),
        ),
    )
    for asked, side, then, kind, onward in steps:
        sheet.stack(asked)
        sheet.down(side, x=56, long=22)
        top = sheet.y
        sheet.stack(then, kind, 40, WIDTH - 42)
        sheet.line(16, top - 22, 16, sheet.y)
        sheet.down(onward, x=16)
    sheet.stack(say("*Cung cấp", "*Give it"), "key")
    return sheet


def three_limits(say: Callable[[str, str], str]) -> Sheet:
    """Three kinds of matter that the press passes on, and their limits."""
    sheet = Sheet()
    rows = (
        (
            say("*Trả lời vấn đề nêu trên báo", "*To answer what was raised in the press"),
            say("30 ngày theo lịch, từ ngày nhận yêu cầu", "30 calendar days from receiving the request"),
            300,
        ),
        (
            say("*Ý kiến, kiến nghị, phản ánh, phê bình", "*Opinions, proposals, reports, criticism"),
            say("15 ngày làm việc, từ ngày nhận", "15 working days from receipt"),
            210,
        ),
        (
            say("*Khiếu nại, tố cáo đã thụ lý", "*Complaints and denunciations taken up"),
            say("05 ngày làm việc, từ ngày có kết luận", "05 working days from the conclusion"),
            70,
        ),
    )
    for title, limit, long in rows:
        sheet.y += sheet.words(title, 2, sheet.y, WIDTH - 4) + 4
        sheet.dot(7, sheet.y + 6, "bar")
        sheet.parts.append(f'<rect class="bar" x="7" y="{sheet.y + 2:g}" width="{long}" height="8"/>')
        sheet.y += 14
        sheet.y += sheet.words(f"~{limit}", 2, sheet.y, WIDTH - 4) + 12
    sheet.stack(
        say(
            "Ba mốc bắt đầu khác nhau. Dài của thanh là ngày theo lịch, ước chừng.",
            "Three different starts. The bars show calendar days, roughly.",
        ),
        "old",
    )
    return sheet


def message_map(say: Callable[[str, str], str]) -> Sheet:
    """One question, three messages, three points each."""
    sheet = Sheet()
    sheet.stack(say("*Câu hỏi của một nhóm người, nguyên lời", "*The question of one group, in its own words"), "law")
    for number in (1, 2, 3):
        sheet.down(long=18, x=24)
        sheet.stack(
            say(f"*Thông điệp {number}\nmột câu, đọc to được", f"*Message {number}\none sentence, said aloud"), "key"
        )
        sheet.y += 6
        sheet.row(
            tuple(
                (say(f"Ý đỡ {number}.{point}\n~nguồn, giờ", f"Point {number}.{point}\n~source, hour"), "box")
                for point in (1, 2, 3)
            ),
            8,
        )
    sheet.y += 12
    sheet.stack(
        say("Dòng cuối: điều chưa biết, và giờ sẽ có tin", "Last line: what is not known, and when it will be"), "old"
    )
    return sheet


def four_steps(say: Callable[[str, str], str]) -> Sheet:
    """Answer, bridge, message, stop."""
    sheet = Sheet()
    steps = (
        (
            say(
                "*1. Trả lời\nNgắn, thật. Chưa thể trả lời thì nói vì sao.",
                "*1. Answer\nShort and true. If you cannot yet, say why.",
            ),
            "key",
        ),
        (
            say("*2. Câu nối\n“Điều người dân cần biết thêm là…”", "*2. Bridge\n“What people also need to know is…”"),
            "box",
        ),
        (
            say(
                "*3. Thông điệp và bằng chứng\nMột ý, một con số có nguồn.",
                "*3. Message and evidence\nOne point, one figure with its source.",
            ),
            "box",
        ),
        (say("*4. Dừng\nĐể người ta hỏi tiếp.", "*4. Stop\nLet them ask on."), "box"),
    )
    for place, (words, kind) in enumerate(steps):
        if place:
            sheet.down(long=18)
        sheet.stack(words, kind)
    sheet.y += 10
    sheet.stack(
        say(
            "*Thiếu bước 1 là né tránh\nChe bước 2, 3 lại: câu hỏi đã được trả lời chưa?",
            "*Without step 1 it is evasion\nCover steps 2 and 3: has the question been answered?",
        ),
        "law",
    )
    return sheet


def before_conference(say: Callable[[str, str], str]) -> Sheet:
    """The notice of a press conference, backwards from its hour."""
    sheet = Sheet()
    steps = (
        (
            say("Trước 24 giờ", "24 hours before"),
            say(
                "*Chậm nhất: đã gửi thông báo bằng văn bản\nsáu mục; có người xác nhận đã nhận",
                "*At the latest: notice sent in writing\nsix items; receipt confirmed",
            ),
        ),
        (
            say("Trước 12 giờ", "12 hours before"),
            say(
                "*Nếu không được họp báo: có văn bản trả lời\nkhông coi im lặng là đồng ý; hãy hỏi lại",
                "*If it may not be held: an answer in writing\nsilence is not consent; ask",
            ),
        ),
        (
            say("Giờ họp báo", "The hour itself"),
            say("*Họp báo\nđúng nội dung đã thông báo", "*Press conference\nas it was announced"),
        ),
    )
    line_top = sheet.y + 10
    for place, (when, what) in enumerate(steps):
        sheet.dot(10, sheet.y + 10, "bar")
        last = sheet.y + 10
        sheet.y += sheet.words(when, 26, sheet.y, 300) + 4
        sheet.stack(what, "key" if place == 2 else "box", 26, WIDTH - 28)
        sheet.y += 14
    sheet.line(10, line_top, 10, last)
    sheet.stack(
        say(
            "Gửi Bộ Văn hóa, Thể thao và Du lịch (cơ quan ở trung ương) hoặc Ủy ban nhân dân cấp tỉnh. Bộ, tỉnh "
            "họp báo theo trách nhiệm của mình: không thuộc diện này.",
            "To the Ministry of Culture, Sports and Tourism (central bodies) or the provincial people's "
            "committee. Ministries and provinces hold theirs as a duty: not this rule.",
        ),
        "old",
    )
    return sheet


FIGURES: Final[Mapping[tuple[str, str], Callable[[Callable[[str, str], str]], Sheet]]] = {
    **EXTERNAL,
    (LAW, "van-ban-cu-moi"): then_and_now,
    (LAW, "ai-duoc-noi"): who_speaks,
    (LAW, "mot-nam"): year,
    (LAW, "chon-khoan"): which_clause,
    (LAW, "hai-moc"): two_clocks,
    (LAW, "tu-tin-bao-den-ban-tin"): to_statement,
    (LAW, "tu-choi"): refusing,
    (LAW, "ba-thoi-han"): three_limits,
    (SKILL, "ban-do-ba-ba"): message_map,
    (SKILL, "bon-buoc"): four_steps,
    (SKILL, "truoc-hop-bao"): before_conference,
    **figures_crisis.FIGURES,
}


def drawn() -> dict[str, str]:
    """Path → SVG of every figure, in Vietnamese and in English."""
    found = {}
    for (course, name), figure in FIGURES.items():
        found[f"courses/{course}/media/{name}.svg"] = figure(lambda vi, _: vi).svg()
        found[f"courses/{course}/media/{name}.en.svg"] = figure(lambda _, en: en).svg()
    return found


def main() -> None:
    """Write them all."""
    for path, svg in drawn().items():
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
