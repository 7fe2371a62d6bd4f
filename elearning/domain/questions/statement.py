"""Statement: a text of one's own within limits of words, marked by a person with a rubric."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import cycle, islice
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.question import Grade, Held, Marked
from elearning.domain.questions.rubric import Rubric, ToldCriterion, marked, told_rubric

MARKED: Marked = "by-person"
LONGEST = 20_000
_MADE_UP = "Chúng tôi đã tiếp nhận thông tin và đang xác minh cùng các đơn vị liên quan."


@dataclass(frozen=True, slots=True)
class Body:
    """The rubric, and how many words the text may have, both ends included; `most` 0 sets no limit."""

    rubric: Rubric
    least: int = 0
    most: int = 0


def count_words(text: str) -> int:
    """Words as Vietnamese writes them: runs of characters between blanks.

    >>> count_words("Người phát ngôn  –\\n09/2017/NĐ-CP")
    5
    """
    return len(text.split())


def held(body: Body) -> Held:
    """How a form holds the response."""
    return "text"


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    """Nothing is drawn for a text."""
    return ()


def understood(body: Body, order: Sequence[int], value: object) -> str | Message:
    """The text as typed, in NFC and with its lines; a Message says what to do about one that is too long to keep."""
    if not isinstance(value, str | type(None)):
        return message("Type the answer as text.")
    text = _as_written(value or "")
    if len(text) > LONGEST:
        return message("Shorten the answer to %(most)s characters; it has %(now)s.", most=LONGEST, now=len(text))
    return text


def _as_written(text: str) -> str:
    lined = text.replace("\r\n", "\n").replace("\r", "\n")
    kinds = ((char, unicodedata.category(char)) for char in lined)
    kept = (" " if kind == "Cc" and char != "\n" else char for char, kind in kinds if kind != "Cs")
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def is_empty(value: object) -> bool:
    """Whether the stored form holds no answer."""
    return not value


def grade(body: Body, order: Sequence[int], value: object) -> Grade | None:
    """Nothing for an empty text; None for any other, because a person has to mark it with `by_rubric`."""
    return None if value else Grade(Fraction(0), message("Not answered"))


def by_rubric(body: Body, marks: Sequence[int | None]) -> Grade | None:
    """The sum of the points chosen by criterion over the greatest possible sum; None while a criterion is unmarked.

    Raises ValueError for marks that the rubric does not have.
    """
    return marked(body.rubric, marks)


@dataclass(frozen=True, slots=True)
class Asked:
    """The limits, and how many words there are now."""

    least: int
    most: int
    words: int


@dataclass(frozen=True, slots=True)
class Told:
    """The text as typed, how many words it has, and the rubric; no rubric where that is not to be told."""

    text: str
    words: int
    rubric: tuple[ToldCriterion, ...]


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    """What the page shows beside the field; the rubric is told only afterwards."""
    return Asked(body.least, body.most, count_words(str(value or "")))


def told(body: Body, order: Sequence[int], value: object, reveal: bool, marks: Sequence[int | None] = ()) -> Told:
    """The text and the rubric, with the levels that were chosen where there are `marks`."""
    text = str(value or "")
    return Told(text, count_words(text), told_rubric(body.rubric, marks) if reveal else ())


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The text as typed."""
    return (str(value),) if value else ()


def right_answer(body: Body) -> tuple[str, ...]:
    """Many texts are right, so none is named."""
    return ()


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    """The response as a plain form sends it."""
    return values[0] if values else ""


def to_form(body: Body, order: Sequence[int], value: object) -> object:
    """The stored response as a form shows it: text."""
    return str(value or "")


def complaint(body: Body, order: Sequence[int], value: object) -> Message | None:
    """What to say beside a text that has too few words or too many."""
    now = count_words(str(value or ""))
    if now and now < body.least:
        return message("Write at least %(least)s words; there are %(now)s so far.", least=body.least, now=now)
    if body.most and now > body.most:
        return message("Shorten the text to %(most)s words; it has %(now)s.", most=body.most, now=now)
    return None


def right_value(body: Body, order: Sequence[int]) -> object:
    """No text is worth everything by itself."""
    return None


def guess(body: Body, order: Sequence[int], rng: Random) -> object:
    """A text within the limits that says little."""
    least = max(body.least, 1)
    return " ".join(islice(cycle(_MADE_UP.split()), rng.randint(least, body.most or least + 40)))
