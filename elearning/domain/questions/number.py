"""Number: typed with a comma or a point, right within a tolerance. The unit is shown beside the field, never typed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.names import as_typed
from elearning.domain.question import Grade, Held, Marked
from elearning.domain.questions.typed import Told, told_text

_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([. ]\d{3})+(,\d+)?")
LONGEST = 30

MARKED: Marked = "by-rule"


@dataclass(frozen=True, slots=True)
class Accepted:
    """A right value and how far from it still counts."""

    value: Fraction
    tolerance: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Body:
    """The accepted numbers, and the unit in words (may be empty)."""

    accepted: tuple[Accepted, ...]
    unit: str = ""


def read_number(text: str) -> Fraction | None:
    """A number as Vietnamese or English readers type it; None when it is none.

    One point or comma parts the decimals, but a point or blank before exactly three digits parts thousands, as
    Vietnamese writes them: 1.482 is one thousand four hundred and eighty-two, and 0.125 is an eighth.

    >>> read_number("87,5"), read_number("1.482.000"), read_number("24")
    (Fraction(175, 2), Fraction(1482000, 1), Fraction(24, 1))
    """
    bare = text.strip().replace("\u00a0", " ").replace("−", "-")
    if len(bare) > LONGEST:
        return None
    if _GROUPED.fullmatch(bare):
        return Fraction(re.sub(r"[. ]", "", bare).replace(",", "."))
    if _PLAIN.fullmatch(bare):
        return Fraction(bare.replace(",", "."))
    return None


def held(body: Body) -> Held:
    """How a form holds the response."""
    return "text"


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    """Nothing is drawn for a typed number."""
    return ()


def understood(body: Body, order: Sequence[int], value: object) -> str | Message:
    """The number as typed, readable or not, so that nothing typed is lost; a Message for what cannot be one."""
    text = "" if value is None else as_typed(str(value))
    if len(text) > LONGEST or not isinstance(value, str | int | float | None) or isinstance(value, bool):
        return message("Type a number, such as 24 or 1,5, without the unit.")
    return text


def is_empty(value: object) -> bool:
    """Whether the stored form holds no answer."""
    return not value


def grade(body: Body, order: Sequence[int], value: object) -> Grade:
    """All of the points when the number lies within the tolerance of an accepted one, both ends included."""
    typed = read_number(str(value or ""))
    if typed is None:
        return Grade(Fraction(0), message("Not answered"))
    if any(abs(typed - accepted.value) <= accepted.tolerance for accepted in body.accepted):
        return Grade(Fraction(1), message("Right"))
    return Grade(Fraction(0), message("Not right"))


@dataclass(frozen=True, slots=True)
class Asked:
    """The unit, shown beside the field."""

    unit: str


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    """What the page shows beside the field."""
    return Asked(body.unit)


def told(body: Body, order: Sequence[int], value: object, reveal: bool) -> Told:
    """What was typed with its unit, and what is accepted."""
    return told_text(describe(body, order, value), right_answer(body), reveal)


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The response as typed, with the unit."""
    return (f"{value} {body.unit}".strip(),) if value else ()


@lru_cache(maxsize=4096)
def number_words(value: Fraction) -> str:
    """A number as it is printed: whole, or with a decimal comma."""
    digits = next((n for n in range(LONGEST) if not value * 10**n % 1), 6)
    whole, part = divmod(round(abs(value) * 10**digits), 10**digits)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole},{part:0{digits}d}" if digits else f"{sign}{whole}"


def right_answer(body: Body) -> tuple[str, ...]:
    """The accepted numbers with their tolerance and unit, in words."""
    return tuple(
        f"{number_words(a.value)}{f' ± {number_words(a.tolerance)}' if a.tolerance else ''} {body.unit}".strip()
        for a in body.accepted
    )


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    """The response as a plain form sends it."""
    return values[0] if values else ""


def to_form(body: Body, order: Sequence[int], value: object) -> object:
    """The stored response as a form shows it: text as typed."""
    return str(value or "")


def complaint(body: Body, order: Sequence[int], value: object) -> Message | None:
    """What to say beside a stored response that is no number."""
    if value and read_number(str(value)) is None:
        return message("Type a number, such as 24 or 1,5, without the unit.")
    return None


def right_value(body: Body, order: Sequence[int]) -> object:
    """A response that earns all of the points, in its stored form."""
    return number_words(body.accepted[0].value)


def guess(body: Body, order: Sequence[int], rng: Random) -> object:
    """A response drawn blindly, in its stored form."""
    return rng.choice((number_words(body.accepted[0].value), "12", "48", "36", "72"))
