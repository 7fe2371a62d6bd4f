"""Moment: a day, or a day with its hour and minute, typed as people write it and right within a tolerance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.names import as_typed
from elearning.domain.question import Grade, Held, Marked
from elearning.domain.questions.moments import DAY, LONGEST, Moment, moment_words, read_moment
from elearning.domain.questions.typed import Told, told_text

MARKED: Marked = "by-rule"
UNITS: Mapping[str, int] = {
    "phút": 1, "giờ": 60, "ngày": DAY,
    "minute": 1, "minutes": 1, "hour": 60, "hours": 60, "day": DAY, "days": DAY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Accepted:
    """A right moment, and by how many units (a word of UNITS) one may be off."""

    minutes: int
    tolerance: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """The accepted moments; `timed` is false where each is a day alone."""

    accepted: tuple[Accepted, ...]
    timed: bool = True


def held(body: Body) -> Held:
    """How a form holds the response."""
    return "text"


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    """Nothing is drawn for a typed moment."""
    return ()


def understood(body: Body, order: Sequence[int], value: object) -> str | Message:
    """The moment as typed, readable or not, so that nothing typed is lost; a Message for what cannot be one."""
    text = as_typed(value) if isinstance(value, str) else ""
    if not isinstance(value, str | type(None)) or len(text) > LONGEST:
        return _how(body)
    return text


def _how(body: Body) -> Message:
    if body.timed:
        return message("Type hour, minute, day, month and year, such as 09:30 31/01/2026.")
    return message("Type day, month and year, such as 31/01/2026.")


def is_empty(value: object) -> bool:
    """Whether the stored form holds no answer."""
    return not value


def _read(body: Body, value: object) -> int | None:
    """The minutes that count: an hour given beside a day is not needed, a day given without its hour is not enough."""
    moment = read_moment(str(value or ""))
    if moment is None or (body.timed and not moment.timed):
        return None
    return moment.minutes if body.timed else moment.minutes // DAY * DAY


def grade(body: Body, order: Sequence[int], value: object) -> Grade:
    """All of the points when the moment lies within the tolerance of an accepted one, both ends included."""
    typed = _read(body, value)
    if typed is None:
        return Grade(Fraction(0), message("Not answered"))
    if any(abs(typed - one.minutes) <= one.tolerance * UNITS.get(one.unit, 0) for one in body.accepted):
        return Grade(Fraction(1), message("Right"))
    return Grade(Fraction(0), message("Not right"))


@dataclass(frozen=True, slots=True)
class Asked:
    """Whether hour and minute are asked for, beside the day."""

    timed: bool


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    """What the page shows beside the field."""
    return Asked(body.timed)


def told(body: Body, order: Sequence[int], value: object, reveal: bool) -> Told:
    """What was typed, and what is accepted."""
    return told_text(describe(body, order, value), right_answer(body), reveal)


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The response as typed."""
    return (str(value),) if value else ()


def right_answer(body: Body) -> tuple[str, ...]:
    """The accepted moments with their tolerance, in words."""
    return tuple(
        f"{moment_words(Moment(one.minutes, body.timed))}{f' ± {one.tolerance} {one.unit}' if one.tolerance else ''}"
        for one in body.accepted
    )


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    """The response as a plain form sends it."""
    return values[0] if values else ""


def to_form(body: Body, order: Sequence[int], value: object) -> object:
    """The stored response as a form shows it: text as typed."""
    return str(value or "")


def complaint(body: Body, order: Sequence[int], value: object) -> Message | None:
    """What to say beside a stored response that is no moment, or lacks the hour that is asked for."""
    return _how(body) if value and _read(body, value) is None else None


def right_value(body: Body, order: Sequence[int]) -> object:
    """A response that earns all of the points, in its stored form."""
    return moment_words(Moment(body.accepted[0].minutes, body.timed))


def guess(body: Body, order: Sequence[int], rng: Random) -> object:
    """A response drawn blindly, in its stored form."""
    off = rng.choice((0, 1, -1, 2, 30)) * DAY
    return moment_words(Moment(body.accepted[0].minutes + off, body.timed))
