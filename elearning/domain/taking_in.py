"""What came of reading a file of another platform: an item for each thing that the file holds, so that nothing is dropped
silently; and the same as JSON, for jobs and for the command line.
"""

from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import Any, Literal

from elearning.domain import written
from elearning.domain.message import Message, packed, unpacked
from elearning.domain.questions import blanks, datetime, number, short
from elearning.domain.written import WrittenQuestion

# The whole of it is understood; a part of it, and the notes say what became of the rest; none, and the notes say why.
Degree = Literal["whole", "part", "not"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the file holds: where, how far it was understood, why not further, and its own text.

    `id` is what the file calls it, the same when the file is read again; it is empty for what has no name and no order.
    An item that is no question (a category, a comment, a test) has none, and is whole, or in part where something of it is lost.
    """

    place: Message
    degree: Degree
    notes: tuple[Message, ...] = ()
    question: WrittenQuestion | None = None
    source: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many questions were understood whole, in part, and not; and how many items were no questions."""

    whole: int = 0
    part: int = 0
    refused: int = 0
    beside: int = 0


def counted(items: Iterable[Item]) -> Counts:
    """The counts of some items."""
    tally = Counter("beside" if item.degree != "not" and item.question is None else item.degree for item in items)
    return Counts(tally["whole"], tally["part"], tally["not"], tally["beside"])


def plus(counts: Counts, item: Item) -> Counts:
    """The counts with one more item, for whoever does not hold all of them at once."""
    one = counted([item])
    return Counts(
        counts.whole + one.whole, counts.part + one.part, counts.refused + one.refused, counts.beside + one.beside
    )


def item_of(
    place: Message, question: WrittenQuestion | None, notes: Iterable[Message] = (), source: str = "", name: str = ""
) -> Item:
    """An item whose degree follows: without a question it was not understood, with notes in part, else as a whole."""
    said = tuple(dict.fromkeys(notes))
    return Item(place, "not" if question is None else "part" if said else "whole", said, question, source, name)


_SHAPES: Mapping[str, type] = {
    **{kind.__name__: kind for kind in vars(written).values() if isinstance(kind, type) and is_dataclass(kind)},
    "Typed": short.Body,
    "Numbers": number.Body,
    "Near": number.Accepted,
    "Moments": datetime.Body,
    "At": datetime.Accepted,
    "Blank": blanks.Blank,
}
_NAMES = {kind: name for name, kind in _SHAPES.items()}


def item_as_json(item: Item) -> dict[str, Any]:
    """An item as JSON takes it; what names a shape says so under `is`."""
    return {
        "place": packed(item.place),
        "degree": item.degree,
        "notes": [packed(note) for note in item.notes],
        "question": _as_json(item.question),
        "source": item.source,
        "id": item.id,
    }


def item_from_json(row: Mapping[str, Any]) -> Item:
    """The item that `item_as_json` was given. Raises KeyError, TypeError or ValueError for anything else."""
    return Item(
        unpacked(row["place"]), row["degree"], tuple(unpacked(note) for note in row["notes"]),
        _from_json(row["question"]), row["source"], row["id"],
    )  # fmt: skip


def _as_json(value: Any) -> Any:
    if isinstance(value, Fraction):
        return {"is": "share", "of": str(value)}
    if isinstance(value, bytes):
        return {"is": "bytes", "of": b64encode(value).decode("ascii")}
    if isinstance(value, tuple):
        return [_as_json(one) for one in value]
    if type(value) in _NAMES:
        rest = {one.name: _as_json(getattr(value, one.name)) for one in fields(value)}
        return {"is": _NAMES[type(value)], **rest}
    return value


def _from_json(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_from_json(one) for one in value)
    if not isinstance(value, dict):
        return value
    if value["is"] == "share":
        return Fraction(value["of"])
    if value["is"] == "bytes":
        return b64decode(value["of"])
    return _SHAPES[value["is"]](**{name: _from_json(one) for name, one in value.items() if name != "is"})
