"""Graded choices: each option is worth a share of the points, as in tests of judgement. A response is the letter of the one
picked; where several may be picked, the list of their letters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.question import Grade, Held, Marked, Option, plain
from elearning.domain.questions.letters import LETTERS, drawn_order, letter_of, place_of
from elearning.domain.questions.number import number_words
from elearning.domain.questions.options import Asked, asked_options, in_words

MARKED: Marked = "by-rule"


@dataclass(frozen=True, slots=True)
class Body:
    """Options in the order of the source, each with its share from -1 to 1."""

    options: tuple[Option, ...]
    shares: tuple[Fraction, ...]
    several: bool = False


def held(body: Body) -> Held:
    """How a form holds the response."""
    return "letters" if body.several else "letter"


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    """The order in which this paper shows the options."""
    return drawn_order(body.options, rng, shuffle)


def understood(body: Body, order: Sequence[int], value: object) -> str | list[str] | Message:
    """A letter, empty text for none; where several may be picked a sorted list of letters without repeats."""
    if value in ("", None, []):
        return [] if body.several else ""
    picked = value if isinstance(value, list) else [value]
    if any(place_of(letter, order) is None for letter in picked):
        return message("Choose among the options shown.")
    if not body.several:
        return str(picked[0]) if len(picked) == 1 else message("Choose one of the options shown.")
    return sorted({str(letter) for letter in picked})


def is_empty(value: object) -> bool:
    """Whether the stored form holds no answer."""
    return not value


def grade(body: Body, order: Sequence[int], value: object) -> Grade:
    """The share of what was picked: of several the sum; never below nothing and never above everything.

    The rule is that of Moodle's multiple choice, where every option carries a grade and a negative one takes points back.

    >>> options = (Option("A"), Option("B"), Option("C"))
    >>> body = Body(options, (Fraction(1), Fraction(1, 3), Fraction(-1, 2)), several=True)
    >>> grade(body, (0, 1, 2), ["a", "c"]).share
    Fraction(1, 2)
    """
    picked = {place for letter in _letters(value) if (place := place_of(letter, order)) is not None}
    if not picked:
        return Grade(Fraction(0), message("Not answered"))
    share = min(Fraction(1), max(Fraction(0), sum((body.shares[place] for place in picked), Fraction(0))))
    if share in (0, 1):
        return Grade(share, message("Right") if share else message("Not right"))
    return Grade(share, message("worth %(share)s of the points", share=share_words(share)))


def _letters(value: object) -> list[object]:
    return value if isinstance(value, list) else [value] if value else []


def share_words(share: Fraction) -> str:
    """A share as people read it.

    >>> share_words(Fraction(1, 2)), share_words(Fraction(1, 3)), share_words(Fraction(-1, 8))
    ('50%', '1/3', '-12,5%')
    """
    return f"{number_words(share * 100)}%" if not share * 1000 % 1 else str(share)


@dataclass(frozen=True, slots=True)
class ToldItem:
    """An option after grading; `worth` says what it is worth, None where that is not to be told."""

    letter: str
    html: str
    chosen: bool
    worth: Message | None
    feedback: str


@dataclass(frozen=True, slots=True)
class Told:
    """The options in the order of this paper."""

    options: tuple[ToldItem, ...]


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    """The options, with those that are picked."""
    return asked_options(body.options, order, [str(letter) for letter in _letters(value)])


def told(body: Body, order: Sequence[int], value: object, reveal: bool) -> Told:
    """The options after grading. What was picked has its feedback, and where all may be told every option."""
    picked = _letters(value)
    found = []
    for letter, place in zip(LETTERS, order, strict=False):
        option, taken = body.options[place], letter in picked
        worth = _worth(body, place) if reveal else None
        found.append(ToldItem(letter, option.html, taken, worth, option.feedback if taken or reveal else ""))
    return Told(tuple(found))


def _worth(body: Body, place: int) -> Message:
    """What an option is worth; only beside others can one take points back."""
    share = body.shares[place]
    if share < 0 and body.several:
        return message("takes away %(share)s of the points", share=share_words(-share))
    return message("worth %(share)s of the points", share=share_words(max(Fraction(0), share)))


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The response in words, for reports."""
    return in_words(body.options, order, [str(letter) for letter in _letters(value)])


def right_answer(body: Body) -> tuple[str, ...]:
    """What earns everything, in words: the options worth all of the points, or all that add points where several count."""
    return tuple(plain(body.options[place].html) for place in _best(body))


def _best(body: Body) -> list[int]:
    return [place for place, share in enumerate(body.shares) if (share > 0 if body.several else share == 1)]


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    """The response as a plain form sends it: the letters of the boxes that are on."""
    return [value for value in values if value]


def to_form(body: Body, order: Sequence[int], value: object) -> str | tuple[str, ...]:
    """The stored response as a form shows it: a letter or empty text, or letters."""
    letters = tuple(str(letter) for letter in _letters(value))
    return letters if body.several else "".join(letters[:1])


def complaint(body: Body, order: Sequence[int], value: object) -> Message | None:
    """What to say beside a stored response that cannot count as it is."""
    return None


def right_value(body: Body, order: Sequence[int]) -> str | list[str]:
    """A response that earns all of the points, in its stored form."""
    letters = sorted(letter_of(place, order) for place in _best(body))
    return letters if body.several else letters[0]


def guess(body: Body, order: Sequence[int], rng: Random) -> str | list[str]:
    """A response drawn blindly, in its stored form."""
    letters = LETTERS[: len(order)]
    return sorted(rng.sample(letters, rng.randint(1, len(letters)))) if body.several else rng.choice(letters)
