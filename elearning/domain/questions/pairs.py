"""What match and sort share: rows, each of which belongs to one of the things offered.

A response is {row: letter}: rows counted from 1 and offers lettered as this paper shows them. The order of a paper names
first the places of the rows, then those of the offers, counted on from the rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from elearning.domain.message import Message, message
from elearning.domain.question import Held, Marked, plain
from elearning.domain.questions.letters import LETTERS

MARKED: Marked = "by-rule"
# What a closed list of choices shows on a telephone without cutting it off.
SHORT = 30


@dataclass(frozen=True, slots=True)
class Body:
    """Safe HTML of the two headings, of the rows, and of what is offered, each thing once; `right` gives for each row its offer.

    An offer that is right for no row is a decoy.
    """

    heads: tuple[str, str]
    rows: tuple[str, ...]
    offers: tuple[str, ...]
    right: tuple[int, ...]

    @property
    def options(self) -> tuple[str, ...]:
        """All that has a place on the paper: the rows, then the offers."""
        return self.rows + self.offers


def held(body: Body) -> Held:
    """How a form holds the response."""
    return "parts"


def drawn(body: Body, rng: Random, mixes_rows: bool) -> tuple[int, ...]:
    """The order of a paper. Offers are always mixed.

    What is mixed is put in the order of its words first, so that not even the seed tells where it stood in the source.
    """
    size, options = len(body.rows), body.options
    rows, offers = list(range(size)), sorted(range(size, len(options)), key=lambda place: options[place])
    if mixes_rows:
        rows = rng.sample(sorted(rows, key=lambda place: options[place]), size)
    return (*rows, *rng.sample(offers, len(offers)))


def _numbers(body: Body) -> list[str]:
    return [str(number) for number in range(1, len(body.rows) + 1)]


def _letters(body: Body) -> tuple[str, ...]:
    return tuple(LETTERS[: len(body.offers)])


def understood(body: Body, order: Sequence[int], value: object) -> dict[str, str] | Message:
    """The rows that have a letter, in the order of the paper; rows left open are left out."""
    if value in ("", None, [], {}):
        return {}
    numbers, letters = _numbers(body), ("", *_letters(body))
    if not isinstance(value, dict) or any(row not in numbers or one not in letters for row, one in value.items()):
        return message("Choose in each row among the answers offered there.")
    return {number: str(value[number]) for number in numbers if value.get(number)}


def is_empty(value: object) -> bool:
    """Whether the stored form holds no answer; one row is enough."""
    return not value


def _chosen(body: Body, order: Sequence[int], value: object) -> list[tuple[int, int | None]]:
    """For each row of the paper its place in the source, and the place of the offer chosen for it."""
    given = value if isinstance(value, dict) else {}
    size, letters = len(body.rows), _letters(body)
    found: list[tuple[int, int | None]] = []
    for number, row in zip(_numbers(body), order, strict=False):
        letter = given.get(number)
        found.append((row, order[size + letters.index(letter)] - size if letter in letters else None))
    return found


def hits(body: Body, order: Sequence[int], value: object) -> int:
    """How many rows have their own offer."""
    return sum(1 for row, offer in _chosen(body, order, value) if offer == body.right[row])


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A row under its number on this paper, and the letter chosen for it."""

    number: str
    html: str
    chosen: str


@dataclass(frozen=True, slots=True)
class AskedOffer:
    """Something offered under its letter on this paper, and its words alone."""

    letter: str
    html: str
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The table as it is asked. `listed` says that the offers are shown in full as well: one is too long for a closed list of
    choices, or more than words.
    """

    heads: tuple[str, str]
    rows: tuple[AskedRow, ...]
    offers: tuple[AskedOffer, ...]
    listed: bool


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A row after grading: what was chosen for it, and its own; `right` is None and `own` empty where that is not told."""

    html: str
    chosen: str
    own: str
    right: bool | None


@dataclass(frozen=True, slots=True)
class Told:
    """The rows in the order of this paper."""

    rows: tuple[ToldRow, ...]


def asked(body: Body, order: Sequence[int], value: object) -> Asked:
    """The rows and the offers in the order of this paper."""
    size, shown, options = len(body.rows), to_form(body, order, value), body.options
    rows = zip(_numbers(body), order, strict=False)
    offers = zip(_letters(body), order[size:], strict=False)
    return Asked(
        body.heads,
        tuple(AskedRow(number, body.rows[place], shown[number]) for number, place in rows),
        tuple(AskedOffer(letter, options[place], plain(options[place]) or f"({letter})") for letter, place in offers),
        any("<" in offer or len(plain(offer)) > SHORT for offer in body.offers),
    )


def told(body: Body, order: Sequence[int], value: object, reveal: bool) -> Told:
    """The rows after grading."""
    found = []
    for row, offer in _chosen(body, order, value):
        own = body.right[row]
        found.append(
            ToldRow(
                body.rows[row], "" if offer is None else body.offers[offer], body.offers[own] if reveal else "",
                offer == own if reveal else None,
            )
        )  # fmt: skip
    return Told(tuple(found))


def describe(body: Body, order: Sequence[int], value: object) -> tuple[str, ...]:
    """The response in words, in the order of the source."""
    chosen = sorted((row, offer) for row, offer in _chosen(body, order, value) if offer is not None)
    return tuple(_pair(body, row, offer) for row, offer in chosen)


def right_answer(body: Body) -> tuple[str, ...]:
    """What is right, in words."""
    return tuple(_pair(body, row, offer) for row, offer in enumerate(body.right))


def _pair(body: Body, row: int, offer: int) -> str:
    return f"{plain(body.rows[row])} → {plain(body.offers[offer])}"


def from_form(values: Sequence[str], parts: Mapping[str, str]) -> object:
    """The response as a plain form sends it: a letter for each row."""
    return dict(parts)


def to_form(body: Body, order: Sequence[int], value: object) -> dict[str, str]:
    """The stored response as a form shows it: row → letter, empty where none was chosen."""
    given = value if isinstance(value, dict) else {}
    return {number: str(given.get(number, "")) for number in _numbers(body)}


def complaint(body: Body, order: Sequence[int], value: object) -> Message | None:
    """What to say beside a stored response that cannot count as it is."""
    return None


def right_value(body: Body, order: Sequence[int]) -> dict[str, str]:
    """A response that earns all of the points, in its stored form."""
    size, letters = len(body.rows), _letters(body)
    offers = list(order[size:])
    return {
        number: letters[offers.index(size + body.right[row])]
        for number, row in zip(_numbers(body), order, strict=False)
    }


def guess(body: Body, order: Sequence[int], rng: Random) -> dict[str, str]:
    """A response drawn blindly, in its stored form."""
    return {number: rng.choice(_letters(body)) for number in _numbers(body)}
