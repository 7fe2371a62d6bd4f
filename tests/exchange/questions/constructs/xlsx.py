"""What becomes of each construct of questions in a spreadsheet."""

from collections.abc import Sequence
from io import BytesIO
from zoneinfo import ZoneInfo

from elearning.exchange.columns import Column
from elearning.exchange.table import xlsx_file
from tests.exchange.questions.constructs.row import Outcome, Row

HEADS = (
    "Mã", "Loại", "Câu hỏi", "Diễn giải", "Phương án A", "Phương án B", "Phương án C", "Đáp án đúng", "Phản hồi", "Giải thích",
    "Điểm", "Độ khó", "Nhãn", "Căn cứ", "Gợi ý", "Thiết lập",
)  # fmt: skip
RUBRIC = "| Tiêu chí | 0 | 2 |\n| --- | --- | --- |\n| Đủ ý | Không | Có |"


def book(rows: Sequence[Sequence[object]], heads: Sequence[str] = HEADS) -> bytes:
    """A workbook with these rows below the headings."""
    target = BytesIO()
    full = [[*row, *[""] * (len(heads) - len(row))] for row in rows]
    xlsx_file([Column(head, "text", 12) for head in heads], full, "Câu hỏi", target, ZoneInfo("UTC"))
    return target.getvalue()


def line(kind: str, ask: str, *answers: str, **more: str) -> list[str]:
    """A row; `more` by the English name of a column."""
    places = {"key": 0, "stem": 3, "right": 7, "feedback": 8, "explanation": 9, "points": 10, "difficulty": 11, "tags": 12,
              "basis": 13, "hints": 14, "settings": 15}  # fmt: skip
    row = ["", kind, ask, "", *answers, *[""] * (3 - len(answers)), *[""] * 9]
    for name, words in more.items():
        row[places[name]] = words
    return row


def one(**more: str) -> list[str]:
    """A row that is whole, changed by `more`."""
    return line("một lựa chọn", "Ai nói?", "Báo", "Cơ quan", **{"right": "B", **more})


_TABLE: list[tuple[str, Outcome, str, list[str], tuple[str, ...], str]] = [
    (
        "one choice: answers in columns, the letter of the right one",
        "kept",
        "one choice",
        one(),
        ("## Ai nói? {#ai-noi}", "- [ ] Báo\n- [x] Cơ quan"),
        "",
    ),
    (
        "several choices: `A, C`; `credit=all`",
        "kept",
        "several choices",
        line("nhiều lựa chọn", "Gì?", "a", "b", "c", right="A, C", settings="credit=all"),
        ("- [x] a\n- [ ] b\n- [x] c", "credit=all"),
        "",
    ),
    (
        "graded choices: `A=100%; B=50%`",
        "kept",
        "graded choices",
        line("lựa chọn có trọng số", "Gì?", "a", "b", "c", right="A=100%; B=50%"),
        ("- [100%] a\n- [50%] b",),
        "",
    ),
    (
        "a row that names no type",
        "kept",
        "found out from the right answers",
        line("", "Gì?", "a", "b", right="A"),
        ("- [x] a",),
        "",
    ),
    (
        "short text: answers that are right; `strict=yes`",
        "kept",
        "short text",
        line("trả lời ngắn", "UBND?", "Ủy ban nhân dân", settings="strict=yes"),
        ("Ủy ban nhân dân", "strict=yes"),
        "",
    ),
    (
        "number: `24 ± 0,5`; `unit=giờ`",
        "kept",
        "number with tolerance",
        line("số", "Mấy giờ?", "24 ± 0,5", settings="unit=giờ"),
        ("24 ± 0,5", "giờ"),
        "",
    ),
    (
        "moment: `14:05 22/11/2026 ± 5 phút`",
        "kept",
        "a moment in time",
        line("thời điểm", "Lúc nào?", "14:05 22/11/2026"),
        ("14:05 22/11/2026",),
        "",
    ),
    (
        "order: answers in the right order",
        "kept",
        "order",
        line("sắp thứ tự", "Xếp.", "một", "hai", "ba"),
        ("1. một\n2. hai\n3. ba",),
        "",
    ),
    (
        "match: `left => right`; `=> right` is a decoy; `heads=…`",
        "kept",
        "match",
        line("ghép cặp", "Ghép.", "a => x", "b => y", "=> z", settings="heads=Việc|Người"),
        ("| Việc | Người |", "| a | x |"),
        "",
    ),
    (
        "sort: right sides repeat",
        "kept",
        "sort into groups",
        line("phân nhóm", "Xếp.", "a => x", "b => x", "c => y"),
        ("| a | x |"),
        "",
    ),
    (
        "blanks: `[[24\\|hai mươi bốn]]`, `[[=60\\|100]]`",
        "kept",
        "typed blanks and menus",
        line("điền chỗ trống", "Điền.", stem="Có [[24|hai mươi bốn]] giờ, [[=60|100]] phút."),
        ("hai mươi bốn", "60"),
        "",
    ),
    (
        "faults: `[[!wrong]]`, `[[?sound]]`",
        "kept",
        "mark the faults",
        line("đánh dấu lỗi", "Tìm.", "Có [[!25]] giờ, [[?60]] phút."),
        ("25", "60"),
        "",
    ),
    (
        "open work: a rubric in the first answer; `least`, `most`",
        "kept",
        "statement",
        line("tự luận", "Viết.", RUBRIC, settings="least=60; most=150"),
        ("Đủ ý", "60"),
        "",
    ),
    (
        "open work without a rubric",
        "in part",
        "a rubric of one criterion is put",
        line("tự luận", "Viết."),
        ("Đạt",),
        "rubric",
    ),
    (
        "recording: a rubric; `seconds=60`",
        "kept",
        "recording",
        line("ghi âm", "Nói.", RUBRIC, settings="seconds=90"),
        ("90",),
        "",
    ),
    (
        "poll, scale, description",
        "kept",
        "as they are called",
        line("thăm dò", "Thích gì?", "a", "b"),
        ("type=poll",),
        "",
    ),
    (
        "feedback: `A: …`, a line an answer",
        "kept",
        "feedback",
        one(feedback="A: Không phải.\nB: Đúng."),
        ("  > Không phải.",),
        "",
    ),
    ("`keep=B`", "kept", "the answer keeps its place", one(settings="keep=B"), ("- [x] Cơ quan {.keep}",), ""),
    (
        "explanation, points, difficulty, tags, basis, hints",
        "kept",
        "as what they say",
        one(
            explanation="Vì thế.", points="2,5", difficulty="3", tags="a, b", basis="nd-244-2026#7.3", hints="Một\nHai"
        ),
        ("> Vì thế.", "points=2,5", "difficulty=3", 'tag="a b"', "basis=nd-244-2026#7.3", 'hint="Một | Hai"'),
        "",
    ),
    ("lines and Markdown in a cell", "kept", "as they stand", one(stem="Một\n\n- hai"), ("Một\n\n- hai",), ""),
    (
        "points or difficulty that are none",
        "in part",
        "told with their column",
        one(points="nhiều"),
        ("points=1",),
        "“nhiều” are no points",
    ),
    ("a key that is none", "in part", "another is made", one(key="Câu 1"), ("{#ai-noi}",), "is no key"),
    ("settings that are not known", "in part", "left out, with a note", one(settings="mau=do"), (), "mau"),
    ("no right answer", "refused", "told with its column", one(right=""), (), "No answer is named"),
    ("a letter that no answer has", "refused", "told with its column", one(right="C"), (), "no answer has"),
    (
        "no question",
        "refused",
        "told with its column",
        line("một lựa chọn", "", "a", "b", right="A"),
        (),
        "No question stands",
    ),
    (
        "a type that is none",
        "refused",
        "told with its column",
        line("đố vui", "Gì?", "a", "b", right="A"),
        (),
        "no type of question",
    ),
    ("a number that is none", "refused", "told with its column", line("số", "Mấy?", "nhiều"), (), "is no number"),
    (
        "a formula without a value (`#REF!`)",
        "refused",
        "told with its column",
        one(explanation="#REF!"),
        (),
        "gives no value",
    ),
]
LINES = [row for _, _, _, row, _, _ in _TABLE]
ROWS = [Row(construct, outcome, how, book([row]), want, note) for construct, outcome, how, row, want, note in _TABLE]
ROWS += [
    Row(
        "a column that is not known",
        "in part",
        "told as an item of its own",
        book([["Gì?", "a", "b", "A", "x"]], ["Question", "A", "B", "Right", "Màu"]),
        ("- [x] a",),
        "Màu",
    ),
]
