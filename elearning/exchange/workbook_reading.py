"""The one module that knows python-calamine; `spreadsheets` loads it when it is first needed.

An XLSX file is a zip of XML. The library trusts what the archive and the cells say of their size and keeps a place in memory for every
cell up to the last one; so it gets nothing but an archive that `workbook_packing` has looked through and packed anew on the disk.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from typing import IO, Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from elearning.domain.message import message
from elearning.exchange.errors import ExchangeError
from elearning.exchange.grids import MOST_COLUMNS, GridRow, Merged, cell_text
from elearning.exchange.workbook_packing import Packed, check_archive, damaged, packed_anew
from elearning.exchange.zipped import is_of_disk

__all__ = ["check_archive", "read_rows", "read_sheets"]
MOST_SHEETS = 20
MOST_MERGED = 200_000


def read_sheets(file: IO[bytes], lines: bool = False) -> Iterator[list[GridRow]]:
    """The rows of each visible sheet, the first sheets only. Raises ExchangeError for what cannot be read."""
    with packed_anew(file) as packed, _opened(packed.file.name) as book:
        for name in _names(book):
            yield _rows(book.get_sheet_by_name(name), lines)


def read_rows(file: IO[bytes]) -> Iterator[Iterator[GridRow]]:
    """The same row by row, with the lines of cells and without merged ones; of a long sheet only some rows are held."""
    with packed_anew(file) as packed:
        with _opened(packed.file.name) as book:
            names = _names(book)
        for name in names:
            yield _one_by_one(packed, name)


def _one_by_one(packed: Packed, name: str) -> Iterator[GridRow]:
    for part in range(packed.parts):
        with packed.part(part) as path, _opened(path) as book:
            sheet = book.get_sheet_by_name(name)
            first, column = sheet.start or (0, 0)
            left = ("",) * column
            for number, row in islice(enumerate(sheet.iter_rows(), 1), first if part else 0, None):
                yield GridRow(number, (*left, *(_text(cell, True) for cell in row)))


@contextmanager
def _opened(path: str) -> Iterator[CalamineWorkbook]:
    try:
        with CalamineWorkbook.from_path(path) as book:
            yield book
    except (CalamineError, ValueError, OSError) as error:
        if is_of_disk(error):
            raise
        raise damaged() from error


def _names(book: CalamineWorkbook) -> list[str]:
    """The names of the first visible sheets."""
    shown = (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
    return [sheet.name for sheet in book.sheets_metadata if (sheet.typ, sheet.visible) == shown][:MOST_SHEETS]


def _rows(sheet: CalamineSheet, lines: bool) -> list[GridRow]:
    if sheet.start is None:
        return []
    left = ("",) * sheet.start[1]
    values = [(*left, *row) for row in sheet.iter_rows()]
    texts = [tuple(_text(cell, lines) for cell in row) for row in values]
    covered = _covered(sheet, texts)
    return [
        GridRow(
            number, cells,
            frozenset(place for place, cell in enumerate(row) if type(cell) in (int, float)),
            covered.get(number - 1, {}),
        )
        for number, (row, cells) in enumerate(zip(values, texts, strict=True), 1)
    ]  # fmt: skip


def _covered(sheet: CalamineSheet, texts: list[tuple[str, ...]]) -> dict[int, dict[int, Merged]]:
    """Row → place → the merged cell that covers it, for the cells within the list that merged ones leave empty."""
    found: dict[int, dict[int, Merged]] = {}
    height, width = len(texts), min(MOST_COLUMNS, max((len(row) for row in texts), default=0))
    left = MOST_MERGED
    for (top, first), (bottom, last) in sheet.merged_cell_ranges or []:
        rows, places = range(top, min(bottom + 1, height)), range(first, min(last + 1, width))
        left -= len(rows) * len(places)
        if left < 0:
            raise ExchangeError(message("The list has too many merged cells. Undo the merging, then send it again."))
        text = texts[top][first] if rows and places else ""
        for row in rows:
            for place in places:
                if (row, place) != (top, first):
                    found.setdefault(row, {})[place] = Merged(top + 1, text, place == first)
    return found


def _text(cell: Any, lines: bool) -> str:
    """A cell as it is read aloud: 123 and not 123.0, days as 22/11/2026."""
    if isinstance(cell, str):
        return cell_text(cell, lines)
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime) and cell.time() != time():
        return f"{cell:%H:%M %d/%m/%Y}"
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
