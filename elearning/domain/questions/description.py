"""Description: a text between questions that asks nothing and is worth nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.question import Grade, Held, Marked

MARKED: Marked = "never"


@dataclass(frozen=True, slots=True)
class Body:
    """Nothing: the heading and the stem say all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Nothing but the text."""


@dataclass(frozen=True, slots=True)
class Told:
    """Nothing but the text."""


def held(body: Body) -> Held:
    """How a form holds the response: there is none."""
    return "nothing"


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    """Nothing is drawn for a text."""
    return ()


def understood(body: Body, order: Sequence[int], value: object) -> str | Message:
    """Nothing; a Message for anything else, which our own page never sends."""
    return "" if value in ("", None, [], {}) else message("This text asks for no answer. Go on to the next question.")


def is_empty(value: object) -> bool:
    """Whether the stored form holds no answer: it never does."""
    return True


def grade(body: Body, order: Sequence[int], value: object) -> Grade:
    """No points can be earned here."""
    return Grade(Fraction(0), message("Without points"))


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    """What the page shows beside the text."""
    return Asked()


def told(body: Body, order: Sequence[int], value: object, reveal: bool) -> Told:
    """What is told afterwards."""
    return Told()


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """No words: nothing was answered."""
    return ()


def right_answer(body: Body) -> tuple[str, ...]:
    """Nothing is right here, or wrong."""
    return ()


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    """The response as a plain form sends it: none."""
    return values[0] if values else ""


def to_form(body: Body, order: Sequence[int], value: object) -> object:
    """What the fields show: there are none."""
    return ""


def complaint(body: Body, order: Sequence[int], value: object) -> Message | None:
    """Nothing can be said about no answer."""
    return None


def right_value(body: Body, order: Sequence[int]) -> object:
    """No response is worth anything."""
    return None


def guess(body: Body, order: Sequence[int], rng: Random) -> object:
    """Nothing is asked, so nothing is answered."""
    return None
