"""Questions as CSV: the same rows as in a workbook."""

from collections.abc import Iterator
from io import BytesIO
from typing import IO

from elearning.domain.taking_in import Item
from elearning.exchange.errors import ExchangeError
from elearning.exchange.questions.xlsx import read as read_rows
from elearning.exchange.questions.xlsx_columns import column_of
from elearning.exchange.questions.xlsx_writing import write_csv as write
from elearning.exchange.spreadsheets import read_grids
from elearning.exchange.streams import head_of

__all__ = ["claims", "read", "write"]
_LINES, _LOOKED_AT = 20, 1_000_000


def claims(name: str, file: IO[bytes]) -> bool:
    """A text one of whose first lines holds the headings."""
    if head_of(file, 2).startswith((b"PK", b"<")):
        return False
    head = head_of(file, _LOOKED_AT)
    lines = head.splitlines(keepends=True)
    # The last line of what was looked at may be cut within a letter.
    lines = lines[:-1] if len(head) == _LOOKED_AT else lines
    try:
        rows = next(read_grids(BytesIO(b"".join(lines[:_LINES]))), [])
    except ExchangeError:
        return False
    return any({"ask", "A"} <= {column_of(cell) for cell in row.cells} for row in rows)


def read(file: IO[bytes]) -> Iterator[Item]:
    """Each row with words. Raises ExchangeError as `xlsx.read` does."""
    yield from read_rows(file)
