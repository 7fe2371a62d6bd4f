"""Order: the items are put in the right order. A response is the list of their letters, first to last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.question import Grade, Held, Marked, Option, plain
from elearning.domain.questions.letters import LETTERS, drawn_order, letter_of, place_of
from elearning.domain.questions.options import Asked, asked_options, in_words

MARKED: Marked = "by-rule"


@dataclass(frozen=True, slots=True)
class Body:
    """The items in the right order."""

    options: tuple[Option, ...]


def held(body: Body) -> Held:
    """How a form holds the response."""
    return "places"


def draw(body: Body, rng: Random, shuffle: bool) -> tuple[int, ...]:
    """The order in which this paper shows the items: always mixed, and never by chance the right order itself."""
    right = tuple(range(len(body.options)))
    order = drawn_order(body.options, rng, True)
    if order != right:
        return order
    loose = [place for place in right if not body.options[place].keep]
    loose = loose if len(loose) > 1 else list(right)
    moved = dict(zip(loose, [*loose[1:], loose[0]], strict=True))
    return tuple(moved.get(place, place) for place in right)


def understood(body: Body, order: Sequence[int], value: object) -> list[str] | dict[str, str] | Message:
    """A whole order as a list of letters; an unfinished one as {letter: place}, so that nothing typed is lost."""
    if value in ("", None, [], {}):
        return []
    if isinstance(value, list):
        if sorted(map(str, value)) != list(LETTERS[: len(order)]):
            return message("Give each item a place of its own, from 1 to %(last)s.", last=len(order))
        return [str(letter) for letter in value]
    if not isinstance(value, dict) or any(place_of(letter, order) is None for letter in value):
        return message("Give each item a place of its own, from 1 to %(last)s.", last=len(order))
    return _from_places({str(letter): str(place).strip() for letter, place in value.items()}, len(order))


def _from_places(typed: dict[str, str], size: int) -> list[str] | dict[str, str] | Message:
    places = {letter: place for letter, place in typed.items() if place}
    if any(place not in map(str, range(1, size + 1)) for place in places.values()):
        return message("Give each item a place of its own, from 1 to %(last)s.", last=size)
    if len(places) == size and len(set(places.values())) == size:
        return sorted(places, key=lambda letter: int(places[letter]))
    return places or []


def is_empty(value: object) -> bool:
    """Whether the stored form holds no whole order; an unfinished one does not count as an answer."""
    return not isinstance(value, list) or not value


def grade(body: Body, order: Sequence[int], value: object) -> Grade:
    """The share of neighbouring pairs that stand in the right sequence, nothing else being assumed about their value.

    With n items there are n − 1 places where the next item must follow; the share is how many do.
    """
    if not isinstance(value, list) or not value:
        return Grade(Fraction(0), message("Not answered"))
    places = [place_of(letter, order) for letter in value]
    steps = sum(1 for here, after in pairwise(places) if here is not None and after == here + 1)
    share = Fraction(steps, len(body.options) - 1)
    return Grade(
        share, message("%(steps)s of %(all)s steps follow one another rightly", steps=steps, all=len(body.options) - 1)
    )


@dataclass(frozen=True, slots=True)
class ToldItem:
    """An item after grading: the place it was given, and its own; both empty where there is none to tell."""

    html: str
    place: str
    right_place: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Told:
    """The items in the order of this paper."""

    items: tuple[ToldItem, ...]


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    """The items in the order of this paper."""
    return asked_options(body.options, order, ())


def told(body: Body, order: Sequence[int], value: object, reveal: bool) -> Told:
    """The items after grading."""
    given = to_form(body, order, value)
    return Told(
        tuple(
            ToldItem(
                body.options[place].html, given[letter], str(place + 1) if reveal else "",
                body.options[place].feedback if reveal else "",
            )
            for letter, place in zip(LETTERS, order, strict=False)
        )
    )  # fmt: skip


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The response in words, first to last."""
    return in_words(body.options, order, value if isinstance(value, list) else [])


def right_answer(body: Body) -> tuple[str, ...]:
    """The items in the right order, in words."""
    return tuple(plain(option.html) for option in body.options)


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    """The response as a plain form sends it: a place for each letter."""
    return dict(parts)


def to_form(body: Body, order: Sequence[int], value: object) -> dict[str, str]:
    """The stored response as a form shows it: letter → place, empty where none was given."""
    letters = LETTERS[: len(order)]
    if isinstance(value, dict):
        return {letter: str(value.get(letter, "")) for letter in letters}
    placed = list(value) if isinstance(value, list) else []
    return {letter: str(placed.index(letter) + 1) if letter in placed else "" for letter in letters}


def complaint(body: Body, order: Sequence[int], value: object) -> Message | None:
    """What to say beside an order that is not finished."""
    if isinstance(value, dict) and value:
        return message("Give each item a place of its own, from 1 to %(last)s.", last=len(order))
    return None


def right_value(body: Body, order: Sequence[int]) -> object:
    """A response that earns all of the points, in its stored form."""
    return [letter_of(place, order) for place in range(len(body.options))]


def guess(body: Body, order: Sequence[int], rng: Random) -> object:
    """A response drawn blindly, in its stored form."""
    return rng.sample(LETTERS[: len(order)], len(order))
