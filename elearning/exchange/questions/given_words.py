"""The few words that a question needs of us, where its source has none: in the language of the question."""

import re
from collections.abc import Mapping
from fractions import Fraction

from elearning.domain.written import Criterion, Rubric

_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹáàãéèíìóòõúùý]")
_SAID: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "true": "Đúng", "false": "Sai", "blank": "Điền vào chỗ trống.", "left": "Nội dung", "right": "Ghép với",
        "criterion": "Tiêu chí", "whole": "Bài làm", "0": "Chưa đạt", "1": "Đạt một phần", "2": "Đạt",
    },
    "en": {
        "true": "True", "false": "False", "blank": "Fill in the blanks.", "left": "Item", "right": "Match",
        "criterion": "Criterion", "whole": "The answer", "0": "Not reached", "1": "Reached in part", "2": "Reached",
    },
}  # fmt: skip


def given(word: str, near: str) -> str:
    """One of our words in the language of the text near it."""
    return _SAID["vi" if _VIETNAMESE.search(near) else "en"][word]


def usual_heads(near: str) -> tuple[str, str]:
    """The headings of a table of pairs that has none."""
    return given("left", near), given("right", near)


def usual_rubric(near: str) -> Rubric:
    """A rubric of one criterion for open work that came without one."""
    levels = tuple(given(level, near) for level in "012")
    points = tuple(Fraction(level) for level in "012")
    return Rubric(given("criterion", near), points, (Criterion(given("whole", near), levels),))
