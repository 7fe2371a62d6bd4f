"""One choice: exactly one option is right. A response is the letter of the option chosen on this paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.question import Grade, Held, Marked, Option, plain
from elearning.domain.questions.letters import LETTERS, drawn_order, letter_of, place_of
from elearning.domain.questions.options import Asked, Told, asked_options, in_words, told_options

MARKED: Marked = "by-rule"


@dataclass(frozen=True, slots=True)
class Body:
    """Options in the order of the source; `right` is the place of the right one, counted from 0."""

    options: tuple[Option, ...]
    right: int


def held(body: Body) -> Held:
    """How a form holds the response."""
    return "letter"


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    """The order in which this paper shows the options."""
    return drawn_order(body.options, rng, shuffle)


def understood(body: Body, order: Sequence[int], value: object) -> str | Message:
    """The response in its stored form, empty text for none; a Message says what to do about one that makes no sense."""
    if value in ("", None, []):
        return ""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if place_of(value, order) is None:
        return message("Choose one of the options shown.")
    return str(value)


def is_empty(value: object) -> bool:
    """Whether the stored form holds no answer."""
    return not value


def grade(body: Body, order: Sequence[int], value: object) -> Grade:
    """All of the points for the right option, none for another."""
    place = place_of(value, order)
    if place is None:
        return Grade(Fraction(0), message("Not answered"))
    if place == body.right:
        return Grade(Fraction(1), message("Right"))
    return Grade(Fraction(0), message("Not right"))


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    """The options, with the one that is chosen."""
    return asked_options(body.options, order, {str(value)} if value else ())


def told(body: Body, order: Sequence[int], value: object, reveal: bool) -> Told:
    """The options after grading."""
    return told_options(body.options, order, {str(value)} if value else (), {body.right}, reveal)


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The response in words, for reports."""
    return in_words(body.options, order, [str(value)] if value else [])


def right_answer(body: Body) -> tuple[str, ...]:
    """What is right, in words."""
    return (plain(body.options[body.right].html),)


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    """The response as a plain form sends it."""
    return values[0] if values else ""


def to_form(body: Body, order: Sequence[int], value: object) -> object:
    """The stored response as a form shows it: a letter, or empty text."""
    return str(value or "")


def complaint(body: Body, order: Sequence[int], value: object) -> Message | None:
    """What to say beside a stored response that cannot count as it is."""
    return None


def right_value(body: Body, order: Sequence[int]) -> object:
    """A response that earns all of the points, in its stored form."""
    return letter_of(body.right, order)


def guess(body: Body, order: Sequence[int], rng: Random) -> object:
    """A response drawn blindly, in its stored form."""
    return rng.choice(LETTERS[: len(order)])
