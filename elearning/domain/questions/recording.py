"""Recording: sound or video of some seconds, marked by a person with a rubric. A response is the name of an upload."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.question import Grade, Held, Marked
from elearning.domain.questions.rubric import Rubric, ToldCriterion, marked, told_rubric

MARKED: Marked = "by-person"
# 128 random bits in URL-safe base64.
_UPLOAD = re.compile(r"[A-Za-z0-9_-]{22}")


@dataclass(frozen=True, slots=True)
class Body:
    """The rubric, and how many seconds the recording may last."""

    rubric: Rubric
    seconds: int


def held(body: Body) -> Held:
    """How a form holds the response."""
    return "upload"


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    """Nothing is drawn for a recording."""
    return ()


def understood(body: Body, order: Sequence[int], value: object) -> str | Message:
    """The name of an upload, empty for none; whether there is such an upload is not known here."""
    if value in ("", None):
        return ""
    if not isinstance(value, str) or not _UPLOAD.fullmatch(value):
        return message("Record the answer, or choose a file of sound or video.")
    return value


def is_empty(value: object) -> bool:
    """Whether the stored form holds no answer."""
    return not value


def grade(body: Body, order: Sequence[int], value: object) -> Grade | None:
    """Nothing without a recording; None for any, because a person has to mark it with `by_rubric`."""
    return None if value else Grade(Fraction(0), message("Not answered"))


def by_rubric(body: Body, marks: Sequence[int | None]) -> Grade | None:
    """The sum of the points chosen by criterion over the greatest possible sum; None while a criterion is unmarked.

    Raises ValueError for marks that the rubric does not have.
    """
    return marked(body.rubric, marks)


@dataclass(frozen=True, slots=True)
class Asked:
    """How long the recording may last."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Told:
    """The name of the upload, empty without one, and the rubric; no rubric where that is not to be told."""

    upload: str
    rubric: tuple[ToldCriterion, ...]


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    """What the page shows beside the field; the rubric is told only afterwards."""
    return Asked(body.seconds)


def told(body: Body, order: Sequence[int], value: object, reveal: bool, marks: Sequence[int | None] = ()) -> Told:
    """The recording and the rubric, with the levels that were chosen where there are `marks`."""
    return Told(str(value or ""), told_rubric(body.rubric, marks) if reveal else ())


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The name of the upload: what was said in it cannot be written down here."""
    return (str(value),) if value else ()


def right_answer(body: Body) -> tuple[str, ...]:
    """Many recordings are right, so none is named."""
    return ()


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    """The response as a plain form sends it: the hidden field that names the upload."""
    return values[0] if values else ""


def to_form(body: Body, order: Sequence[int], value: object) -> object:
    """The stored response as a form keeps it: the name of the upload."""
    return str(value or "")


def complaint(body: Body, order: Sequence[int], value: object) -> Message | None:
    """What to say beside a stored response that cannot count as it is."""
    return None


def right_value(body: Body, order: Sequence[int]) -> object:
    """No recording is worth everything by itself."""
    return None


def guess(body: Body, order: Sequence[int], rng: Random) -> object:
    """No recording can be made up; nothing is sent."""
    return None
