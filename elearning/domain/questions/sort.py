"""Sort: each item belongs to one of a few groups. A response is {item: letter of its group}."""

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
    """The order of a paper: items and groups are always mixed, for authors write an item beside those of its group."""
    return drawn(body, rng, mixes_rows=True)


def grade(body: Body, order: Sequence[int], value: object) -> Grade:
    """The share of items that are in their own group, each item worth the same.

    It is the rule of a matching question whose answers repeat; nothing is taken back for an item in a wrong group.

    >>> body = Body(("", ""), ("A", "B", "C"), ("1", "2"), (0, 0, 1))
    >>> grade(body, (2, 1, 0, 3, 4), {"1": "b", "2": "b"}).share
    Fraction(1, 3)
    """
    if is_empty(value):
        return Grade(Fraction(0), message("Not answered"))
    found, size = hits(body, order, value), len(body.rows)
    return Grade(Fraction(found, size), message("%(hits)s of %(all)s items in their own group", hits=found, all=size))
