"""Whether a question of a file is new here, or which of our questions it brings up to date."""

from dataclasses import dataclass
from typing import Literal

# As it was taken in before; another state of one that is here; the same, but ours was changed since; or none of these.
Standing = Literal["new", "same", "update", "touched"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one of our questions came from: what its file called it and said of it, and the lines that it became here."""

    item: str
    item_digest: str
    bank: str
    key: str
    text_digest: str


def standing(origin: Origin | None, item_digest: str, current: str | None) -> Standing:
    """How an item of a file stands to the question that came from it before, whose lines have the digest `current` now.

    One that is no longer in its bank does not count: its item is new again.
    """
    if origin is None or current is None:
        return "new"
    if origin.item_digest == item_digest:
        return "same"
    return "update" if origin.text_digest == current else "touched"
