"""Likert: how far one agrees, in steps that always stand in their order. A response is the letter of a step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.question import Grade, Held, Marked, Option, plain
from elearning.domain.questions.letters import LETTERS, place_of

MARKED: Marked = "never"
USUAL = (
    message("Strongly disagree"), message("Disagree"), message("Neither agree nor disagree"), message("Agree"),
    message("Strongly agree"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Body:
    """The steps as the source writes them; none where it leaves them to the interface, which has five."""

    steps: tuple[Option, ...] = ()

    @property
    def places(self) -> range:
        """The places of the steps."""
        return range(len(self.steps) or len(USUAL))


def held(body: Body) -> Held:
    """How a form holds the response."""
    return "letter"


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    """Nothing is drawn: steps out of order would be no scale."""
    return ()


def understood(body: Body, order: Sequence[int], value: object) -> str | Message:
    """The letter of a step, empty for none; a Message says what to do about anything else."""
    if value in ("", None, []):
        return ""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if place_of(value, body.places) is None:
        return message("Choose one of the options shown.")
    return str(value)


def is_empty(value: object) -> bool:
    """Whether the stored form holds no answer."""
    return not value


def grade(body: Body, order: Sequence[int], value: object) -> Grade:
    """No points can be earned here, whatever is chosen."""
    return Grade(Fraction(0), message("Without points"))


@dataclass(frozen=True, slots=True)
class Step:
    """A step under its letter: safe HTML where the source writes the steps, else words of the interface."""

    letter: str
    html: str
    words: Message | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The steps in their order."""

    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The steps in their order, and what the source says of the one that was chosen."""

    steps: tuple[Step, ...]
    feedback: str


def _steps(body: Body, value: object) -> tuple[Step, ...]:
    if body.steps:
        return tuple(Step(a, step.html, None, a == value) for a, step in zip(LETTERS, body.steps, strict=False))
    return tuple(Step(a, "", words, a == value) for a, words in zip(LETTERS, USUAL, strict=False))


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    """The steps, with the one that is chosen."""
    return Asked(_steps(body, value))


def told(body: Body, order: Sequence[int], value: object, reveal: bool) -> Told:
    """The steps afterwards; there is nothing to reveal."""
    place = place_of(value, body.places)
    return Told(_steps(body, value), body.steps[place].feedback if body.steps and place is not None else "")


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The step in the words of the source, or as its number among those of the interface: 4/5."""
    place = place_of(value, body.places)
    if place is None:
        return ()
    return (plain(body.steps[place].html) if body.steps else f"{place + 1}/{len(USUAL)}",)


def right_answer(body: Body) -> tuple[str, ...]:
    """Nothing is right here, or wrong."""
    return ()


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
    """No response is worth anything."""
    return None


def guess(body: Body, order: Sequence[int], rng: Random) -> object:
    """A response drawn blindly, in its stored form."""
    return rng.choice(LETTERS[: len(body.places)])
