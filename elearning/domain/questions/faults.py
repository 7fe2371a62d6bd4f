"""Mark the faults: parts of a text can be marked, and some of them are faults. A response is the list of the numbers of
those marked, counted from 1 in the text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.question import Grade, Held, Marked, plain
from elearning.domain.questions.gaps import cut

MARKED: Marked = "by-rule"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the text that can be marked, as safe HTML."""

    html: str
    fault: bool


@dataclass(frozen=True, slots=True)
class Body:
    """The text as safe HTML with a place for each part that can be marked, and those parts in their order."""

    html: str
    spans: tuple[Span, ...]


def held(body: Body) -> Held:
    """How a form holds the response."""
    return "numbers"


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    """Nothing is drawn: a text stands as it was written."""
    return ()


def understood(body: Body, order: Sequence[int], value: object) -> list[int] | Message:
    """The response as a rising list of numbers; a Message says what to do about one that this text does not have."""
    if value in ("", None):
        return []
    ticked = [value] if isinstance(value, str | int) else value
    known = {str(number): number for number in range(1, len(body.spans) + 1)}
    if not isinstance(ticked, list) or any(_name(one) not in known for one in ticked):
        return message("Mark only the parts of the text that have a box.")
    return sorted({known[_name(one)] for one in ticked})


def _name(one: object) -> str:
    """A number as a form sends it; empty text for what is none."""
    if isinstance(one, str):
        return one
    return str(one) if isinstance(one, int) and abs(one) < 1000 else ""


def is_empty(value: object) -> bool:
    """Whether the stored form holds no answer."""
    return not value


def _faults(body: Body) -> list[int]:
    return [number for number, span in enumerate(body.spans, 1) if span.fault]


def grade(body: Body, order: Sequence[int], value: object) -> Grade:
    """(Faults found − other parts marked) ÷ all faults, never below nothing: right minus wrong, as for several choices.

    So whoever marks everything gains nothing where the faults are not more than the rest.
    """
    marked = set(value) if isinstance(value, list) else set()
    if not marked:
        return Grade(Fraction(0), message("Not answered"))
    faults = set(_faults(body))
    hits, slips = len(marked & faults), len(marked - faults)
    said = message(
        "%(hits)s of %(all)s faults found, %(slips)s marked that are none", hits=hits, all=len(faults), slips=slips
    )
    return Grade(max(Fraction(0), Fraction(hits - slips, len(faults))), said)


@dataclass(frozen=True, slots=True)
class AskedPart:
    """HTML, and the part that can be marked after it; `number` is 0 after the last one."""

    html: str
    number: int
    span: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The text, cut where it can be marked."""

    parts: tuple[AskedPart, ...]


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    """The text with the parts that can be marked, faults and others alike."""
    marked = value if isinstance(value, list) else []
    return Asked(
        tuple(AskedPart(html, at, body.spans[at - 1].html if at else "", at in marked) for html, at in cut(body.html))
    )


@dataclass(frozen=True, slots=True)
class ToldPart:
    """HTML, and the part after it: whether it was marked, and whether it is a fault (None where that is not to be told)."""

    html: str
    number: int
    span: str
    chosen: bool
    fault: bool | None


@dataclass(frozen=True, slots=True)
class Told:
    """The text after grading."""

    parts: tuple[ToldPart, ...]


def told(body: Body, order: Sequence[int], value: object, reveal: bool) -> Told:
    """The text with what was marked and, where it may be told, what are the faults."""
    return Told(
        tuple(
            ToldPart(
                part.html,
                part.number,
                part.span,
                part.chosen,
                body.spans[part.number - 1].fault if reveal and part.number else None,
            )
            for part in asked(body, order, value).parts
        )
    )


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The parts that were marked, in words, for reports."""
    numbers = value if isinstance(value, list) else []
    return tuple(plain(body.spans[number - 1].html) for number in numbers)


def right_answer(body: Body) -> tuple[str, ...]:
    """The faults, in words."""
    return tuple(plain(span.html) for span in body.spans if span.fault)


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    """The response as a plain form sends it."""
    return list(values)


def to_form(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The stored response as a form shows it: numbers, as the boxes name them."""
    return tuple(str(number) for number in value) if isinstance(value, list) else ()


def complaint(body: Body, order: Sequence[int], value: object) -> Message | None:
    """Nothing: what is stored can always count."""
    return None


def right_value(body: Body, order: Sequence[int]) -> object:
    """A response that earns all of the points, in its stored form."""
    return _faults(body)


def guess(body: Body, order: Sequence[int], rng: Random) -> object:
    """A response drawn blindly, in its stored form."""
    numbers = range(1, len(body.spans) + 1)
    return sorted(rng.sample(numbers, rng.randint(1, len(numbers))))
