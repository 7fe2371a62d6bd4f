"""Order: the items are put in the right order. A response is the list of their letters, first to last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.question import Grade, Option
from elearning.domain.questions.letters import LETTERS, drawn_order, letter_of, place_of

PLACES = True


@dataclass(frozen=True, slots=True)
class Body:
    """The items in the right order."""

    options: tuple[Option, ...]


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


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The response as letters, first to last."""
    return tuple(value) if isinstance(value, list) else ()


def right_answer(body: Body, order: Sequence[int]) -> tuple[str, ...]:
    """The letters of this paper in the right order."""
    return tuple(letter_of(place, order) for place in range(len(body.options)))


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    """The response as a plain form sends it: a place for each letter."""
    return dict(parts)


def to_form(body: Body, order: Sequence[int], value: object) -> object:
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
