"""What a rule says to a person, before it is put into words.

The key is the English sentence with %(name)s places; web and cli look it up in the catalogue of the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence and the values that stand in it. Values are plain: text, numbers, dates or other Messages."""

    key: str
    values: tuple[tuple[str, object], ...] = ()

    @property
    def named(self) -> dict[str, object]:
        return dict(self.values)

    def plain(self) -> str:
        """The English sentence with its values, for logs and for tests."""
        shown = {name: value.plain() if isinstance(value, Message) else value for name, value in self.values}
        return self.key % shown if self.values else self.key


def message(key: str, /, **values: object) -> Message:
    """Build a Message; the first argument is what the catalogues translate."""
    return Message(key, tuple(values.items()))


def packed(one: Message) -> dict[str, Any]:
    """A Message as JSON takes it."""
    values = {name: {"said": packed(value)} if isinstance(value, Message) else value for name, value in one.values}
    return {"key": one.key, "values": values}


def unpacked(row: Mapping[str, Any] | list[Any]) -> Message:
    """The Message that `packed` was given. Jobs of before kept a list of key and values."""
    key, values = row if isinstance(row, list) else (row["key"], row["values"])
    return message(key, **{name: unpacked(v["said"]) if isinstance(v, dict) else v for name, v in values.items()})
