"""What is read out of a spreadsheet, whatever its format: rows of text, with what a reader should be told about cells."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from elearning.domain.message import message
from elearning.domain.names import clean
from elearning.exchange.errors import ExchangeError

MOST_ROWS = 50_000
MOST_COLUMNS = 200
LONGEST_CELL = 5_000
# As many characters as a cell of Excel can hold.
LONGEST_TEXT = 32_767
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Merged:
    """An empty cell that is covered by a merged one: row and text of that, and whether it stands straight above."""

    row: int
    text: str
    above: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row as it is numbered on the screen, from 1. `numeric` are the places of cells that hold a number, not text."""

    number: int
    cells: tuple[str, ...]
    numeric: frozenset[int] = frozenset()
    merged: Mapping[int, Merged] = field(default_factory=dict)


def cell_text(text: str, lines: bool) -> str:
    """The words of a cell: in one line, or with `lines` as they stand in it."""
    if not lines:
        return clean(text[:LONGEST_CELL])
    kept = unicodedata.normalize("NFC", _UNSEEN.sub("", text[:LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n")))
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip("\n")


def too_many_rows() -> ExchangeError:
    """The error for a sheet that is too long."""
    return ExchangeError(message("The list has more than %(most)s rows. Send it in parts.", most=MOST_ROWS))


def check_width(columns: int) -> None:
    """Raises ExchangeError for a sheet with too many columns."""
    if columns > MOST_COLUMNS:
        raise ExchangeError(
            message("The list has more than %(most)s columns. Take out those that are not needed.", most=MOST_COLUMNS)
        )
