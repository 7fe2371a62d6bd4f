"""Short text: typed, and compared with the accepted answers. Case, tones and spacing matter only where it is strict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.names import as_typed
from elearning.domain.question import Grade, Held, Marked
from elearning.domain.questions.typed import Told, compared, told_text

LONGEST = 500

MARKED: Marked = "by-rule"


@dataclass(frozen=True, slots=True)
class Body:
    """The accepted answers as written in the source; the first is the one shown in reviews."""

    accepted: tuple[str, ...]
    strict: bool = False


def held(body: Body) -> Held:
    """How a form holds the response."""
    return "text"


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    """Nothing is drawn for typed text."""
    return ()


def understood(body: Body, order: Sequence[int], value: object) -> str | Message:
    """The text as typed, in NFC; a Message says what to do about one that is too long."""
    if not isinstance(value, str | type(None)):
        return message("Type the answer as text.")
    text = as_typed(value or "")
    if len(text) > LONGEST:
        return message("Shorten the answer to %(most)s characters; it has %(now)s.", most=LONGEST, now=len(text))
    return text


def is_empty(value: object) -> bool:
    """Whether the stored form holds no answer."""
    return not value


def grade(body: Body, order: Sequence[int], value: object) -> Grade:
    """All of the points when the text equals an accepted answer.

    >>> grade(Body(("Người đứng đầu",)), (), "nguoi dung dau.").share
    Fraction(1, 1)
    """
    typed = compared(str(value or ""), body.strict)
    if not typed:
        return Grade(Fraction(0), message("Not answered"))
    if any(typed == compared(accepted, body.strict) for accepted in body.accepted):
        return Grade(Fraction(1), message("Right"))
    return Grade(Fraction(0), message("Not among the accepted answers"))


@dataclass(frozen=True, slots=True)
class Asked:
    """Nothing but the field."""


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    """What the page shows beside the field."""
    return Asked()


def told(body: Body, order: Sequence[int], value: object, reveal: bool) -> Told:
    """What was typed, and what is accepted."""
    return told_text(describe(body, order, value), right_answer(body), reveal)


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The response as typed."""
    return (str(value),) if value else ()


def right_answer(body: Body) -> tuple[str, ...]:
    """The accepted answers."""
    return body.accepted


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    """The response as a plain form sends it."""
    return values[0] if values else ""


def to_form(body: Body, order: Sequence[int], value: object) -> object:
    """The stored response as a form shows it: text."""
    return str(value or "")


def complaint(body: Body, order: Sequence[int], value: object) -> Message | None:
    """What to say beside a stored response that cannot count as it is."""
    return None


def right_value(body: Body, order: Sequence[int]) -> object:
    """A response that earns all of the points, in its stored form."""
    return body.accepted[0]


def guess(body: Body, order: Sequence[int], rng: Random) -> object:
    """A response drawn blindly, in its stored form."""
    return rng.choice((body.accepted[0], "không rõ", "chưa biết", "không nhớ"))
