"""Long because it is one table: what becomes of each construct of questions in Word."""

from tests.exchange.questions.constructs.row import Outcome, Row
from tests.exchange.questions.word_files import box, footnote, heading, listed, p, picture, ps, r, raw, table, word

RIGHT = ("- [ ] Báo\n- [x] Cơ quan",)
_HALF = "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>x+2</m:t></m:r></m:den></m:f></m:oMath>"
_TCVN3 = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
_TCVN3_CAPITALS = '<w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/>'
_VNI = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'


def _asked(*lines: str) -> str:
    return ps("Câu 1. Ai nói?", *lines)


BODIES: list[tuple[str, Outcome, str, str, tuple[str, ...], str]] = [
    (
        "`Câu 1.`, `Câu 1:`, `Câu hỏi 1`",
        "kept",
        "a question",
        ps("Câu 1: Ai nói?", "A. Báo", "B. **Cơ quan**", "Câu hỏi 2. Ai viết?", "A. **Báo**", "B. Tỉnh"),
        ("## Ai nói? {#ai-noi}", "## Ai viết?", *RIGHT),
        "",
    ),
    (
        "`1.` or `1)` where no `Câu` stands",
        "kept",
        "a question",
        ps("1. Ai nói?", "A. Báo", "B. **Cơ quan**", "2) Ai viết?", "A. **Báo**", "B. Tỉnh"),
        ("## Ai nói?", "## Ai viết?"),
        "",
    ),
    (
        "numbers that Word puts by itself",
        "kept",
        "as if they were typed",
        listed("Ai nói?")
        + listed("Báo", 1, 1)
        + listed("**Cơ quan**", 1, 1)
        + listed("Ai viết?")
        + listed("**Báo**", 1, 1)
        + listed("Tỉnh", 1, 1),
        ("## Ai nói?", "## Ai viết?", *RIGHT),
        "",
    ),
    (
        "no numbers at all",
        "kept",
        "a question begins where words follow an answer",
        ps("Ai nói?", "A. Báo", "B. **Cơ quan**", "Ai viết?", "A. **Báo**", "B. Tỉnh"),
        ("## Ai nói?", "## Ai viết?"),
        "",
    ),
    (
        "a list `1.`, `2.` in a question",
        "kept",
        "stays in the question",
        _asked("1. lúc nửa đêm", "2. lúc rạng sáng", "A. Báo", "B. **Cơ quan**"),
        ("1\\. lúc nửa đêm", *RIGHT),
        "",
    ),
    (
        "four answers below one another; `A.`, `A)`, `A:`, `a)`",
        "kept",
        "answers",
        _asked("A) Báo", "B: **Cơ quan**", "c) Xã", "D/ Tỉnh"),
        ("- [x] Cơ quan\n- [ ] Xã\n- [ ] Tỉnh",),
        "",
    ),
    (
        "answers beside one another, parted by tabs or blanks",
        "kept",
        "answers",
        _asked("A. Báo\tB. **Cơ quan**\tC. Xã D. Tỉnh"),
        ("- [x] Cơ quan\n- [ ] Xã\n- [ ] Tỉnh",),
        "",
    ),
    (
        "answers in the line of the question",
        "kept",
        "answers",
        ps("Câu 1. Ai nói? A. Báo B. **Cơ quan** C. Xã"),
        ("## Ai nói?", *RIGHT),
        "",
    ),
    (
        "answers in a table",
        "kept",
        "answers",
        _asked() + table(["A. Báo", "B. **Cơ quan**"], ["C. Xã", "D. Tỉnh"]),
        ("- [x] Cơ quan\n- [ ] Xã\n- [ ] Tỉnh",),
        "",
    ),
    (
        "questions in a table, number and letters in cells of their own",
        "kept",
        "a question",
        table(["Câu 1", "Ai nói?"], ["A", "Báo"], ["B", "**Cơ quan**"]),
        ("## Ai nói?", *RIGHT),
        "",
    ),
    ("key: bold", "kept", "the right answer", _asked("A. Báo", "B. **Cơ quan**"), RIGHT, ""),
    (
        "key: underlined, also the letter alone",
        "kept",
        "the right answer",
        _asked("A. Báo", "__B__. Cơ quan"),
        RIGHT,
        "",
    ),
    ("key: coloured", "kept", "the right answer", _asked("A. Báo", "^^B. Cơ quan^^"), RIGHT, ""),
    ("key: highlighted or shaded", "kept", "the right answer", _asked("A. Báo", "B. ==Cơ quan=="), RIGHT, ""),
    (
        "key: an asterisk before the letter, behind it, or at the end",
        "kept",
        "the right answer",
        _asked("A. Báo", "*B. Cơ quan"),
        RIGHT,
        "",
    ),
    ("key: a line `Đáp án: B`", "kept", "the right answer", _asked("A. Báo", "B. Cơ quan", "Đáp án: B"), RIGHT, ""),
    (
        "key: a line `Đáp án: A, C`",
        "kept",
        "several choices",
        _asked("A. Báo", "B. Cơ quan", "C. Xã", "Đáp án: A, C"),
        ("- [x] Báo\n- [ ] Cơ quan\n- [x] Xã",),
        "",
    ),
    (
        "key: a table at the end",
        "kept",
        "by the numbers of the questions; the table itself is no question",
        _asked("A. Báo", "B. Cơ quan") + p("BẢNG ĐÁP ÁN") + table(["Câu", "1"], ["Đáp án", "B"]),
        RIGHT,
        "",
    ),
    (
        "key: lines `1. B  2. C` at the end",
        "kept",
        "by the numbers of the questions",
        _asked("A. Báo", "B. Cơ quan") + ps("ĐÁP ÁN", "1. B"),
        RIGHT,
        "",
    ),
    (
        "all letters bold, one answer marked in another way",
        "kept",
        "what all have says nothing",
        _asked("**A.** Báo", "**B.** ^^Cơ quan^^"),
        RIGHT,
        "",
    ),
    (
        "two answers that stand out alike",
        "in part",
        "several choices, with a note",
        _asked("A. **Báo**", "B. **Cơ quan**", "C. Xã"),
        ("- [x] Báo\n- [x] Cơ quan\n- [ ] Xã",),
        "Several answers stand out",
    ),
    (
        "different answers that stand out in different ways",
        "in part",
        "highlight before underline, colour and bold",
        _asked("A. **Báo**", "B. ==Cơ quan=="),
        RIGHT,
        "in different ways",
    ),
    (
        "a key that says another answer than the marks",
        "in part",
        "the key is believed",
        _asked("A. **Báo**", "B. Cơ quan", "Đáp án: B"),
        RIGHT,
        "The key says",
    ),
    (
        "a key for a question that is not there",
        "in part",
        "told at the key",
        _asked("A. Báo", "B. **Cơ quan**") + ps("ĐÁP ÁN", "Câu 9: A"),
        RIGHT,
        "not there: 9",
    ),
    (
        "`Giải thích:`, `Hướng dẫn giải:`, `Lời giải:`",
        "kept",
        "explanation",
        _asked("A. Báo", "B. **Cơ quan**", "Hướng dẫn giải: Vì luật nói thế.", "Còn nữa."),
        ("> Vì luật nói thế.\n>\n> Còn nữa.",),
        "",
    ),
    (
        "`Cả A và B`, `Tất cả`",
        "kept",
        "where an answer speaks of letters, all keep their places; else it alone does",
        _asked("A. Báo", "B. Cơ quan", "C. **Cả A và B**"),
        ("- [ ] Báo {.keep}", "- [x] Cả A và B {.keep}"),
        "",
    ),
    (
        "strong words and emphasis",
        "kept",
        "Markdown; underlined words become strong",
        _asked("A. Báo", "B. Cơ //quan//", "Đáp án: B")
        + p("Câu 2. Ai __không__ nói?")
        + ps("A. Báo", "B. **Cơ quan**"),
        ("- [x] Cơ *quan*", "## Ai **không** nói?"),
        "",
    ),
    (
        "a table in the question",
        "kept",
        "a table",
        _asked() + table(["Ngày", "Việc"], ["1", "Họp"]) + ps("A. Báo", "B. **Cơ quan**"),
        ("| Ngày | Việc |\n|---|---|\n| 1 | Họp |",),
        "",
    ),
    (
        "a picture with a description",
        "kept",
        "a file beside the bank",
        p("Câu 1. Ai nói?") + raw(picture(alt="Một điểm")) + ps("A. Báo", "B. **Cơ quan**"),
        ("![Một điểm](media/hinh.png)",),
        "",
    ),
    (
        "a picture without a description",
        "in part",
        "kept; the words are asked for",
        p("Câu 1. Ai nói?") + raw(picture()) + ps("A. Báo", "B. **Cơ quan**"),
        ("![hinh](media/hinh.png)",),
        "no words that stand for it",
    ),
    (
        "a drawing, a chart, an embedded object",
        "in part",
        "left out, with a note",
        raw(r("Câu 1. Ai nói?") + "<w:r><w:drawing/></w:r>") + ps("A. Báo", "B. **Cơ quan**"),
        RIGHT,
        "A drawing",
    ),
    (
        "a tracked change",
        "in part",
        "as if it were accepted",
        raw(
            r("Câu 1. Ai ")
            + f'<w:ins w:id="1">{r("nói")}</w:ins><w:del w:id="2"><w:r><w:delText>hát</w:delText></w:r></w:del>'
            + r("?")
        )
        + ps("A. Báo", "B. **Cơ quan**"),
        ("## Ai nói?",),
        "tracked change",
    ),
    (
        "a text box",
        "in part",
        "taken where it is tied to the text",
        raw(r("Câu 1. Ai nói?") + box("Lúc nửa đêm.")) + ps("A. Báo", "B. **Cơ quan**"),
        ("Lúc nửa đêm.",),
        "text box",
    ),
    (
        "a footnote",
        "in part",
        "below the question",
        raw(r("Câu 1. Ai nói?") + footnote(2)) + ps("A. Báo", "B. **Cơ quan**"),
        ("(1) Xem luật.",),
        "footnote",
    ),
    (
        "a comment at the margin",
        "in part",
        "left out, with a note",
        raw(r("Câu 1. Ai nói?") + '<w:r><w:commentReference w:id="1"/></w:r>') + ps("A. Báo", "B. **Cơ quan**"),
        RIGHT,
        "comment",
    ),
    (
        "hidden words",
        "in part",
        "read like all others",
        raw(r("Câu 1. Ai nói?") + r(" Nhỉ?", "<w:vanish/>")) + ps("A. Báo", "B. **Cơ quan**"),
        ("## Ai nói? Nhỉ?",),
        "Hidden words",
    ),
    (
        "a formula",
        "in part",
        "kept as text",
        raw(r("Câu 1. Tính ") + _HALF) + ps("A. 1", "B. **2**"),
        ("## Tính 1/(x+2)",),
        "formula",
    ),
    (
        "a sign of a symbol font",
        "in part",
        "left out, with a note",
        raw(r("Câu 1. Ai nói?") + '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>')
        + ps("A. Báo", "B. **Cơ quan**"),
        RIGHT,
        "Wingdings",
    ),
    (
        "fonts of TCVN3 (.VnTime)",
        "in part",
        "turned into Unicode, with a note",
        ps("C©u 1. Ai ph¸t ng«n cña c¬ quan?", "A. B¸o", "B. **C¬ quan**", look=_TCVN3),
        ("## Ai phát ngôn của cơ quan?", *RIGHT),
        "TCVN3",
    ),
    (
        "capitals of TCVN3 (.VnTimeH)",
        "in part",
        "turned into capitals of Unicode",
        p("Câu 1. Ai nói?") + p("viÖt nam", _TCVN3_CAPITALS) + ps("A. Báo", "B. **Cơ quan**"),
        ("VIỆT NAM",),
        "TCVN3",
    ),
    (
        "fonts of VNI (VNI-Times)",
        "in part",
        "turned into Unicode, with a note",
        ps("Caâu 1. Vieät Nam ñoåi môùi naêm naøo?", "A. 1985", "B. **1986**", look=_VNI),
        ("## Việt Nam đổi mới năm nào?",),
        "VNI",
    ),
    (
        "words below the answers",
        "in part",
        "taken into the last of them, with a note",
        _asked("A. Báo", "B. **Cơ quan**", "của xã"),
        ("- [x] Cơ quan của xã",),
        "below the answers",
    ),
    (
        "signs of Markdown",
        "kept",
        "protected, so that they are shown",
        ps("Câu 1. 2*3*4 = ?", "A. 9", "B. **24**"),
        ("## 2\\*3\\*4 = ?",),
        "",
    ),
    (
        "titles, sections, words before the first question",
        "beside",
        "told as items of their own",
        heading("Đề số 1") + _asked("A. Báo", "B. **Cơ quan**") + p("PHẦN II. TỰ LUẬN"),
        RIGHT,
        "",
    ),
    ("no answer marked", "refused", "kept as source", _asked("A. Báo", "B. Cơ quan"), (), "No answer is marked"),
    ("no answers", "refused", "kept as source", _asked("Viết một đoạn."), (), "fewer than two"),
    ("the same letter twice", "refused", "kept as source", _asked("A. Báo", "A. **Cơ quan**"), (), "same letter"),
    (
        "a key that names a letter which is not there",
        "refused",
        "kept as source",
        _asked("A. Báo", "B. Cơ quan", "Đáp án: D"),
        (),
        "no answer has",
    ),
    ("an answer without words", "refused", "kept as source", _asked("A. **Báo**", "B. "), (), "no words"),
    (
        "answers without a question",
        "refused",
        "kept as source",
        ps("Câu 1.", "A. Báo", "B. **Cơ quan**"),
        (),
        "No question stands",
    ),
    (
        "more than 12 answers",
        "refused",
        "kept as source",
        _asked("A. **Một**", *(f"{chr(66 + place % 11)}. x{place}" for place in range(12))),
        (),
        "at most 12",
    ),
]


def _source(construct: str, body: str) -> bytes:
    return word(body, notes={2: "Xem luật."} if "footnote" in construct else None)


ROWS = [
    Row(
        construct,
        outcome,
        how,
        _source(construct, body),
        want,
        note,
        media=("media/hinh.png",) if "description" in construct else (),
    )
    for construct, outcome, how, body, want, note in BODIES
]
