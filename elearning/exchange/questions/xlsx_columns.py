"""The columns of questions in a spreadsheet, and the words for types, in Vietnamese and in English."""

import re
from collections.abc import Mapping, Sequence

from elearning.domain.names import fold
from elearning.exchange.columns import Column

LETTERS = "ABCDEFGHIJKL"
# Name, Vietnamese heading, English heading, width, and other headings that people write.
_COLUMNS: Sequence[tuple[str, str, str, int, tuple[str, ...]]] = (
    ("key", "Mã", "Key", 24, ("ma cau hoi", "id")),
    ("type", "Loại", "Type", 18, ("loai cau hoi", "dang", "dang cau hoi")),
    ("ask", "Câu hỏi", "Question", 50, ("noi dung cau hoi", "noi dung", "de bai")),
    ("stem", "Diễn giải", "More words", 40, ("tinh huong", "text")),
    *((letter, f"Phương án {letter}", f"Answer {letter}", 28, (letter.lower(), f"dap an {letter.lower()}")) for letter in LETTERS),
    ("right", "Đáp án đúng", "Right", 14, ("dap an", "dung", "right answer", "right answers", "answer key")),
    ("feedback", "Phản hồi", "Feedback", 36, ("nhan xet",)),
    ("explanation", "Giải thích", "Explanation", 40, ("loi giai", "huong dan giai")),
    ("points", "Điểm", "Points", 8, ("so diem",)),
    ("difficulty", "Độ khó", "Difficulty", 8, ("muc do", "do kho (1-5)")),
    ("tags", "Nhãn", "Tags", 20, ("the", "tag", "chu de")),
    ("objective", "Mục tiêu", "Objective", 20, ()),
    ("facts", "Dữ kiện", "Facts", 14, ()),
    ("basis", "Căn cứ", "Basis", 24, ("can cu phap ly",)),
    ("hints", "Gợi ý", "Hints", 30, ("hint",)),
    ("more", "Thiết lập", "Settings", 24, ("setting",)),
)  # fmt: skip
NAMES = tuple(name for name, *_ in _COLUMNS)
COLUMNS = tuple(Column(f"{vi} ({en})", "text", width) for _, vi, en, width, _ in _COLUMNS)
_BY_HEADING: Mapping[str, str] = {
    heading: name
    for name, vi, en, _, others in _COLUMNS
    for heading in (fold(vi), fold(en), fold(f"{vi} ({en})"), *others)
}
_TYPES: Mapping[str, tuple[str, ...]] = {
    "one": ("một lựa chọn", "trắc nghiệm", "một đáp án", "đúng sai"), "several": ("nhiều lựa chọn", "nhiều đáp án"),
    "graded": ("lựa chọn có trọng số",), "short": ("trả lời ngắn",), "number": ("số",), "datetime": ("thời điểm", "ngày giờ"),
    "order": ("sắp thứ tự",), "match": ("ghép cặp", "nối"), "sort": ("phân nhóm",), "blanks": ("điền chỗ trống", "điền khuyết"),
    "faults": ("đánh dấu lỗi",), "statement": ("tự luận",), "recording": ("ghi âm",), "description": ("đoạn dẫn",),
    "poll": ("thăm dò",), "likert": ("thang đo",),
}  # fmt: skip
_BY_WORDS = {fold(word): name for name, words in _TYPES.items() for word in (name, *words)}


def column_of(heading: str) -> str:
    """The name of the column that a heading stands for; empty for one that is not known."""
    bare = fold(re.sub(r"[*:]", " ", heading))
    return _BY_HEADING.get(bare) or _BY_HEADING.get(bare.partition(" (")[0], "")


def heading_of(name: str) -> str:
    """The heading of a column as it is told to people."""
    return COLUMNS[NAMES.index(name)].title


def type_of(words: str) -> str:
    """The type that some words name; empty where they name none."""
    return _BY_WORDS.get(fold(words), "")


def type_words(kind: str) -> str:
    """The first of the words for a type."""
    return _TYPES[kind][0]
