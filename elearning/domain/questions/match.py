"""Match: to each row belongs one of the things offered, to each another; some may be decoys. A response is {row: letter}."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from elearning.domain.message import message
from elearning.domain.question import Grade
from elearning.domain.questions.pairs import (
    MARKED,
    Asked,
    Body,
    Told,
    asked,
    complaint,
    describe,
    drawn,
    from_form,
    guess,
    held,
    hits,
    is_empty,
    right_answer,
    right_value,
    to_form,
    told,
    understood,
)

__all__ = [
    "MARKED", "Asked", "Body", "Told", "asked", "complaint", "describe", "draw", "from_form", "grade", "guess", "held",
    "is_empty", "right_answer", "right_value", "to_form", "told", "understood",
]  # fmt: skip


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    """The order of a paper: rows as written unless the quiz shuffles, what is offered always mixed."""
    return drawn(body, rng, mixes_rows=shuffle)


def grade(body: Body, order: Sequence[int], value: object) -> Grade:
    """The share of rows that are matched rightly, each row worth the same, as in Moodle's matching questions.

    >>> body = Body(("", ""), ("A", "B"), ("1", "2", "3"), (0, 1))
    >>> grade(body, (0, 1, 4, 3, 2), {"1": "c", "2": "a"}).share
    Fraction(1, 2)
    """
    if is_empty(value):
        return Grade(Fraction(0), message("Not answered"))
    found, size = hits(body, order, value), len(body.rows)
    return Grade(Fraction(found, size), message("%(hits)s of %(all)s rows matched rightly", hits=found, all=size))
