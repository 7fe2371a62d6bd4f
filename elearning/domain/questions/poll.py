"""Poll: one option is chosen, or several, and none is right. A response is a letter of this paper, or a list of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.question import Grade, Held, Marked, Option
from elearning.domain.questions.letters import LETTERS, drawn_order, place_of
from elearning.domain.questions.options import Asked, Told, asked_options, in_words, told_options

MARKED: Marked = "never"


@dataclass(frozen=True, slots=True)
class Body:
    """Options in the order of the source, and whether several may be chosen."""

    options: tuple[Option, ...]
    several: bool = False


def held(body: Body) -> Held:
    """How a form holds the response."""
    return "letters" if body.several else "letter"


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    """The order in which this paper shows the options."""
    return drawn_order(body.options, rng, shuffle)


def understood(body: Body, order: Sequence[int], value: object) -> str | list[str] | Message:
    """A letter or a sorted list of letters, empty for none; a Message for what is no option of this paper."""
    letters = [] if value in ("", None) else value if isinstance(value, list) else [value]
    if any(place_of(letter, order) is None for letter in letters):
        return message("Choose among the options shown.")
    if body.several:
        return sorted({str(letter) for letter in letters})
    if len(letters) > 1:
        return message("Choose one of the options shown.")
    return str(letters[0]) if letters else ""


def is_empty(value: object) -> bool:
    """Whether the stored form holds no answer."""
    return not value


def grade(body: Body, order: Sequence[int], value: object) -> Grade:
    """No points can be earned here, whatever is chosen."""
    return Grade(Fraction(0), message("Without points"))


def _letters(value: object) -> list[str]:
    return [str(letter) for letter in value] if isinstance(value, list) else [str(value)] if value else []


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    """The options, with those that are chosen."""
    return asked_options(body.options, order, _letters(value))


def told(body: Body, order: Sequence[int], value: object, reveal: bool) -> Told:
    """The options afterwards; there is nothing to reveal."""
    return told_options(body.options, order, _letters(value), (), False)


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The response in words, for reports."""
    return in_words(body.options, order, _letters(value))


def right_answer(body: Body) -> tuple[str, ...]:
    """Nothing is right here, or wrong."""
    return ()


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    """The response as a plain form sends it."""
    return [value for value in values if value]


def to_form(body: Body, order: Sequence[int], value: object) -> object:
    """The stored response as a form shows it: a letter, or several."""
    return tuple(_letters(value)) if body.several else str(value or "")


def complaint(body: Body, order: Sequence[int], value: object) -> Message | None:
    """What to say beside a stored response that cannot count as it is."""
    return None


def right_value(body: Body, order: Sequence[int]) -> object:
    """No response is worth anything."""
    return None


def guess(body: Body, order: Sequence[int], rng: Random) -> object:
    """A response drawn blindly, in its stored form."""
    letters = LETTERS[: len(order)]
    return sorted(rng.sample(letters, rng.randint(1, len(letters)))) if body.several else rng.choice(letters)
