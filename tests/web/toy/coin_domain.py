"""Coin: heads or tails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.question import Grade, Held, Marked

MARKED: Marked = "by-rule"
SIDES = ("heads", "tails")


@dataclass(frozen=True, slots=True)
class Body:
    """The side that is right."""

    side: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The two sides."""

    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What was said, and what is right."""

    value: str
    right: tuple[str, ...]


def held(body: Body) -> Held:
    return "text"


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    return ()


def understood(body: Body, order: Sequence[int], value: object) -> str | Message:
    if value in (None, "", *SIDES):
        return str(value or "")
    return message("Choose one of the options shown.")


def is_empty(value: object) -> bool:
    return not value


def grade(body: Body, order: Sequence[int], value: object) -> Grade:
    return Grade(Fraction(int(value == body.side)), message("Right") if value == body.side else message("Not right"))


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    return Asked(SIDES)


def told(body: Body, order: Sequence[int], value: object, reveal: bool) -> Told:
    return Told(str(value or ""), (body.side,) if reveal else ())


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    return (str(value),) if value else ()


def right_answer(body: Body) -> tuple[str, ...]:
    return (body.side,)


def right_value(body: Body, order: Sequence[int]) -> object:
    return body.side


def guess(body: Body, order: Sequence[int], rng: Random) -> object:
    return rng.choice(SIDES)


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    return values[0] if values else ""


def to_form(body: Body, order: Sequence[int], value: object) -> object:
    return str(value or "")


def complaint(body: Body, order: Sequence[int], value: object) -> Message | None:
    return None
