"""Several choices: one or more options are right. A response is the list of letters ticked on this paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Literal

from elearning.domain.message import Message, message
from elearning.domain.question import Grade, Held, Marked, Option, plain
from elearning.domain.questions.letters import LETTERS, drawn_order, letter_of, place_of
from elearning.domain.questions.options import Asked, Told, asked_options, in_words, told_options

Credit = Literal["right-minus-wrong", "each", "all"]
MARKED: Marked = "by-rule"


@dataclass(frozen=True, slots=True)
class Body:
    """Options in the order of the source; `right` holds the places of the right ones, counted from 0."""

    options: tuple[Option, ...]
    right: tuple[int, ...]
    credit: Credit = "right-minus-wrong"


def held(body: Body) -> Held:
    """How a form holds the response."""
    return "letters"


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    """The order in which this paper shows the options."""
    return drawn_order(body.options, rng, shuffle)


def understood(body: Body, order: Sequence[int], value: object) -> list[str] | Message:
    """The response as a sorted list of letters without repeats; a Message says what to do about nonsense."""
    if value in ("", None):
        return []
    ticked = [value] if isinstance(value, str) else value
    if not isinstance(ticked, list) or any(place_of(letter, order) is None for letter in ticked):
        return message("Choose among the options shown.")
    return sorted({str(letter) for letter in ticked})


def is_empty(value: object) -> bool:
    """Whether the stored form holds no answer."""
    return not value


def grade(body: Body, order: Sequence[int], value: object) -> Grade:
    """The share by the credit rule of the question.

    `right-minus-wrong`: a wrong tick takes back one right tick, never below nothing. `each`: every option judged for
    itself, ticked or left. `all`: everything exactly right, or nothing.

    >>> options = (Option("A"), Option("B"), Option("C"))
    >>> grade(Body(options, (0, 1)), (0, 1, 2), ["a", "b", "c"]).share
    Fraction(1, 2)
    """
    letters = value if isinstance(value, list) else []
    ticked = {place for letter in letters if (place := place_of(letter, order)) is not None}
    if not ticked:
        return Grade(Fraction(0), message("Not answered"))
    right = set(body.right)
    hits, slips = len(ticked & right), len(ticked - right)
    share = _share(body, hits, slips)
    return Grade(
        share, message("%(hits)s of %(all)s right ones ticked, %(slips)s wrong", hits=hits, all=len(right), slips=slips)
    )


def _share(body: Body, hits: int, slips: int) -> Fraction:
    right, wrong = len(body.right), len(body.options) - len(body.right)
    if body.credit == "all":
        return Fraction(int(hits == right and slips == 0))
    if body.credit == "each":
        return Fraction(hits + wrong - slips, right + wrong)
    return max(Fraction(0), Fraction(hits - slips, right))


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    """The options, with those that are ticked."""
    return asked_options(body.options, order, value if isinstance(value, list) else ())


def told(body: Body, order: Sequence[int], value: object, reveal: bool) -> Told:
    """The options after grading."""
    return told_options(body.options, order, value if isinstance(value, list) else (), body.right, reveal)


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The response in words, for reports."""
    return in_words(body.options, order, value if isinstance(value, list) else [])


def right_answer(body: Body) -> tuple[str, ...]:
    """What is right, in words, in the order of the source."""
    return tuple(plain(body.options[place].html) for place in body.right)


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    """The response as a plain form sends it."""
    return list(values)


def to_form(body: Body, order: Sequence[int], value: object) -> object:
    """The stored response as a form shows it: letters."""
    return tuple(value) if isinstance(value, list) else ()


def complaint(body: Body, order: Sequence[int], value: object) -> Message | None:
    """What to say beside a stored response that cannot count as it is."""
    return None


def right_value(body: Body, order: Sequence[int]) -> object:
    """A response that earns all of the points, in its stored form."""
    return sorted(letter_of(place, order) for place in body.right)


def guess(body: Body, order: Sequence[int], rng: Random) -> object:
    """A response drawn blindly, in its stored form."""
    letters = LETTERS[: len(order)]
    return sorted(rng.sample(letters, rng.randint(1, len(letters))))
