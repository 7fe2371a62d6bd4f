"""The fixed phrases of an examination on paper, and what its two forms, PDF and Word, have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

from elearning.domain.exam_paper import Version

WORDS: Final[dict[str, str]] = {
    "paper": "Examination paper",
    "sheet": "Answer sheet",
    "key": "Answer key",
    "code": "Paper code",
    "name": "Full name",
    "candidate": "Candidate number",
    "unit": "Unit",
    "minutes": "Time allowed: %(minutes)s minutes",
    "question": "Question %(number)s.",
    "several": "(several answers are right)",
    "points": "(%(points)s points)",
    "end": "The end",
    "fill": "Fill the circle of the right answer; where several are right, fill each of them.",
    "rules": "No papers may be used; those who watch over the examination explain nothing.",
    "page": "Page",
    "number": "Question",
    "score": "Score",
    "marker": "Marked by",
    "written": "Written answers go below the questions on the paper.",
    "pages": "(Pages: %(pages)s)",
    "seed": "Number to draw these papers again: %(seed)s",
}
"""The fixed phrases: key → English message id."""


@dataclass(frozen=True, slots=True)
class ExamPrint:
    """An examination to print: who holds it, what it is called, how long it takes, and its versions.

    `above` is the authority over the one that holds it, `occasion` the examination of which this is one paper, `seed` what the
    versions were drawn by.
    """

    issuer: str
    title: str
    language: str
    versions: Sequence[Version]
    moment: datetime
    minutes: int | None = None
    above: str = ""
    occasion: str = ""
    seed: str = ""


def figure(value: Fraction) -> str:
    """A number as it is read here, with a comma."""
    return f"{float(value):g}".replace(".", ",")


def key_rows(versions: Sequence[Version]) -> list[list[str]]:
    """For each number what is right in each version."""
    told = [{one.number: one.letters for one in version.questions} for version in versions]
    return [[str(number), *(by_number[number] for by_number in told)] for number in (told[0] if told else {})]
