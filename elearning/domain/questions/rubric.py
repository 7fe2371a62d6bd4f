"""Rubric: criteria in rows, levels in columns. What the types share that a person marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from elearning.domain.message import message
from elearning.domain.question import Grade
from elearning.domain.questions.number import number_words


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is looked at, and what it looks like at each level, in safe HTML."""

    html: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    """The criteria, and the points of the levels in the order of the source, the same for every criterion."""

    criteria: tuple[Criterion, ...]
    points: tuple[Fraction, ...]
    head: str = ""

    @property
    def most(self) -> Fraction:
        """The greatest possible sum of points."""
        return max(self.points) * len(self.criteria)


def marked(rubric: Rubric, marks: Sequence[int | None]) -> Grade | None:
    """The sum of the points chosen, over the greatest possible sum; None while a criterion is unmarked.

    `marks` holds the place of the chosen level for each criterion, counted from 0 in the order of the source. This is
    how Moodle counts a rubric, but that the lowest level is worth its points, not nothing. Raises ValueError for marks
    that this rubric does not have.

    >>> rubric = Rubric((Criterion("Đúng", ("", "")), Criterion("Đủ", ("", ""))), (Fraction(1), Fraction(2)))
    >>> marked(rubric, [1, 0]).share, marked(rubric, [1, None])
    (Fraction(3, 4), None)
    """
    if len(marks) != len(rubric.criteria):
        raise ValueError(f"{len(marks)} marks for {len(rubric.criteria)} criteria")
    if any(mark is not None and not 0 <= mark < len(rubric.points) for mark in marks):
        raise ValueError("a mark is no level of this rubric")
    chosen = [rubric.points[mark] for mark in marks if mark is not None]
    if len(chosen) < len(rubric.criteria):
        return None
    earned = sum(chosen, Fraction(0))
    said = message(
        "%(earned)s of %(all)s points of the rubric", earned=number_words(earned), all=number_words(rubric.most)
    )
    return Grade(earned / rubric.most, said)


@dataclass(frozen=True, slots=True)
class ToldLevel:
    """A level with its points in words, and whether it was chosen by whoever marked."""

    points: str
    html: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ToldCriterion:
    """A criterion with its levels."""

    html: str
    levels: tuple[ToldLevel, ...]


def told_rubric(rubric: Rubric, marks: Sequence[int | None] = ()) -> tuple[ToldCriterion, ...]:
    """The rubric as it is told after grading; without marks nothing in it is chosen."""
    chosen = [*marks, *[None] * (len(rubric.criteria) - len(marks))]
    words = [number_words(points) for points in rubric.points]
    return tuple(
        ToldCriterion(
            criterion.html,
            tuple(ToldLevel(words[place], html, place == mark) for place, html in enumerate(criterion.levels)),
        )
        for criterion, mark in zip(rubric.criteria, chosen, strict=True)
    )
