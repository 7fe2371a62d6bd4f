"""Questions as CSV: the same rows as in a workbook."""

from collections.abc import Iterator

from elearning.domain.taking_in import Item
from elearning.exchange.errors import ExchangeError
from elearning.exchange.questions.xlsx import read as read_rows
from elearning.exchange.questions.xlsx_columns import column_of
from elearning.exchange.questions.xlsx_writing import write_csv as write
from elearning.exchange.spreadsheets import read_grids

__all__ = ["claims", "read", "write"]


def claims(name: str, data: bytes) -> bool:
    """A text one of whose first lines holds the headings."""
    if data.startswith((b"PK", b"<")):
        return False
    head = b"".join(data.splitlines(keepends=True)[:20])
    try:
        rows = next(read_grids(head), [])
    except ExchangeError:
        return False
    return any({"ask", "A"} <= {column_of(cell) for cell in row.cells} for row in rows)


def read(data: bytes) -> Iterator[Item]:
    """Each row with words. Raises ExchangeError as `xlsx.read` does."""
    yield from read_rows(data)
