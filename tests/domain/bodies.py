"""A body or more of each type of question, and the seeded chance that draws papers of them."""

from fractions import Fraction
from random import Random
from typing import Any

from elearning.domain.question import Option
from elearning.domain.questions import (
    TYPES,
    blanks,
    datetime,
    description,
    faults,
    graded,
    likert,
    match,
    number,
    one,
    order,
    poll,
    recording,
    several,
    short,
    sort,
    statement,
)
from elearning.domain.questions.gaps import gap
from elearning.domain.questions.number import Accepted
from elearning.domain.questions.rubric import Criterion, Rubric

FOUR = tuple(Option(text) for text in "ABCD")
RUBRIC = Rubric((Criterion("Đúng", ("a", "b")), Criterion("Đủ", ("c", "d"))), (Fraction(0), Fraction(5, 2)), "Tiêu chí")
TYPED, MENU = blanks.Blank(accepted=("24", "hai mươi bốn")), blanks.Blank(options=("x", "y", "z"), right=1)
SHORT_MENU = blanks.Blank(options=("x", "y"), right=0)
TEXT = f"<p>{gap(1)}, {gap(2)}</p><p>{gap(3)}</p>"
SPANS = (faults.Span("A", True), faults.Span("<em>B</em>", False), faults.Span("C", True))
BODIES: dict[str, list[Any]] = {
    "one": [one.Body(FOUR, 2), one.Body(FOUR[:2], 0)],
    "several": [
        several.Body(FOUR, (0, 2), "right-minus-wrong"),
        several.Body(FOUR, (1,), "each"),
        several.Body(FOUR, (0, 1, 2, 3), "all"),
    ],
    "short": [short.Body(("Người đứng đầu", "thủ trưởng")), short.Body(("24 giờ",), strict=True)],
    "number": [number.Body((Accepted(Fraction(24)), Accepted(Fraction(3, 2), Fraction(1, 10))), "giờ")],
    "order": [order.Body(FOUR), order.Body(FOUR[:3])],
    "graded": [
        graded.Body(FOUR, (Fraction(1), Fraction(1, 3), Fraction(0), Fraction(-1, 2))),
        graded.Body(FOUR, (Fraction(-1), Fraction(1, 2), Fraction(3, 4), Fraction(0)), several=True),
    ],
    "match": [
        match.Body(("Việc", "Hạn"), ("A", "B", "C"), ("x", "y", "z", "mồi"), (2, 0, 1)),
        match.Body(("", ""), ("A", "B"), ("x", "y"), (0, 1)),
    ],
    "sort": [
        sort.Body(("Tin", "Nhóm"), ("A", "B", "C", "D"), ("x", "y"), (0, 0, 1, 0)),
        sort.Body(("", ""), ("A", "B"), ("x", "y", "z"), (2, 0)),
    ],
    "statement": [statement.Body(RUBRIC, 3, 5), statement.Body(RUBRIC)],
    "recording": [recording.Body(RUBRIC, 60)],
    "description": [description.Body()],
    "poll": [poll.Body(FOUR), poll.Body(FOUR, several=True)],
    "likert": [likert.Body(), likert.Body(FOUR)],
    "blanks": [blanks.Body(TEXT, (TYPED, MENU, SHORT_MENU)), blanks.Body(gap(1), (TYPED,), strict=True)],
    "faults": [faults.Body(gap(1) + gap(2) + gap(3), SPANS), faults.Body(gap(1) + gap(2), SPANS[:2])],
    "datetime": [
        datetime.Body((datetime.Accepted(739577 * 1440 + 845, 30, "phút"),)),
        datetime.Body((datetime.Accepted(739577 * 1440),), timed=False),
    ],
}
CASES = [(kind, body) for kind, bodies in BODIES.items() for body in bodies]
BY_RULE = [(kind, body) for kind, body in CASES if TYPES[kind].MARKED == "by-rule"]


def chance(seed: int) -> Random:
    """What decides on a paper: the same seed always decides the same."""
    return Random(seed)  # noqa: S311  # the papers here examine nobody
