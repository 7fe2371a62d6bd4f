"""The one module that knows python-calamine; `spreadsheets` loads it when it is first needed.

An XLSX file is a zip of XML. The library trusts what the archive and the cells say of their size and keeps a place in
memory for every cell up to the last one; so all that it is given is unpacked here first, portion by portion and within limits,
each part is parsed once to see where its last cell stands, and it gets an archive on the disk, packed anew from just these parts.
"""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import IO, Any
from xml.parsers import expat

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from elearning.domain.message import message
from elearning.exchange.errors import ExchangeError
from elearning.exchange.grids import (
    MOST_COLUMNS,
    MOST_ROWS,
    GridRow,
    Merged,
    cell_text,
    check_width,
    too_many_rows,
)
from elearning.exchange.limits import MEGABYTE
from elearning.exchange.streams import PORTION
from elearning.exchange.zipped import DAMAGED, ENCRYPTED, is_of_disk

MOST_UNPACKED = 150 * MEGABYTE
MOST_MEMBERS = 1_000
RATIO = 200
SMALL = MEGABYTE
MOST_SHEETS = 20
MOST_MERGED = 200_000
WANTED = (".xml", ".rels")
VALUES = frozenset({"v", "is", "f"})


def check_archive(file: IO[bytes]) -> None:
    """Look at what the archive declares. Raises ExchangeError when it is damaged, locked, or would unpack to too much."""
    try:
        with zipfile.ZipFile(file) as archive:
            _wanted(archive)
    except DAMAGED as error:
        raise _damaged() from error


def _damaged() -> ExchangeError:
    return ExchangeError(message("The spreadsheet is damaged. Open it, save it again as XLSX, and send that."))


def _wanted(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    members = archive.infolist()
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise ExchangeError(message("This zip file is not a spreadsheet. Save the list as XLSX, then send it again."))
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise ExchangeError(message("The file is locked with a password. Save it without one, then send it again."))
    wanted = [member for member in members if member.filename.endswith(WANTED)]
    packed_hard = (m for m in members if m.file_size > SMALL and m.file_size > RATIO * max(1, m.compress_size))
    size = sum(member.file_size for member in wanted)
    if size > MOST_UNPACKED or len(members) > MOST_MEMBERS or next(packed_hard, None) is not None:
        raise _too_large()
    return wanted


def _too_large() -> ExchangeError:
    return ExchangeError(
        message("The spreadsheet unpacks to far more than a list of people needs. Copy the list into a new file.")
    )


@contextmanager
def _packed_anew(file: IO[bytes]) -> Iterator[str]:
    """The path of an archive of the parts that count; it is gone afterwards."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as target:
        try:
            with zipfile.ZipFile(file) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as fresh:
                size = 0
                for member in _wanted(source):
                    with source.open(member) as part, fresh.open(member.filename, "w") as copy:
                        size = _copied(part, copy, size)
        except (*DAMAGED, expat.ExpatError) as error:
            if is_of_disk(error):
                raise
            raise _damaged() from error
        target.flush()
        yield target.name


def _copied(part: IO[bytes], copy: IO[bytes], size: int) -> int:
    """Copy a part, and look at its cells; how large all parts are together, with the `size` of those before.

    Raises ExchangeError when they are too large, whatever was declared, when a cell with a value stands outside of what a list
    may have, or when the XML defines entities.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = _Extent().start
    parser.StartDoctypeDeclHandler = _refuse
    while portion := part.read(PORTION):
        size += len(portion)
        if size > MOST_UNPACKED:
            raise _too_large()
        parser.Parse(portion, False)
        copy.write(portion)
    parser.Parse(b"", True)
    return size


class _Extent:
    """Follows the cells of a sheet, and objects to a value outside of what a list may have.

    Rows and cells may say where they stand; those that do not follow the one before.
    """

    def __init__(self) -> None:
        self.row = self.column = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins. Raises ExchangeError for a value too far down or too far right."""
        name = tag.rpartition(":")[2]
        if name == "row":
            self.row, self.column = _number(attributes["r"]) if "r" in attributes else self.row + 1, 0
        elif name == "c":
            self.column += 1
            if "r" in attributes:
                self.column, self.row = _place(attributes["r"])
        elif name in VALUES:
            check_width(self.column)
            if self.row > MOST_ROWS:
                raise too_many_rows()


def _refuse(*_: object) -> None:
    raise _damaged()


def _number(digits: str) -> int:
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise _damaged()
    return int(digits)


def _place(written: str) -> tuple[int, int]:
    """Column and row of a cell, from 1: C7 is (3, 7)."""
    letters = written.rstrip("0123456789")
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        raise _damaged()
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column, _number(written[len(letters) :])


def read_sheets(file: IO[bytes], lines: bool = False) -> Iterator[list[GridRow]]:
    """The rows of each visible sheet, the first sheets only. Raises ExchangeError for what cannot be read."""
    for sheet in _sheets(file):
        yield _rows(sheet, lines)


def read_rows(file: IO[bytes]) -> Iterator[Iterator[GridRow]]:
    """The same row by row, with the lines of cells and without merged ones."""
    for sheet in _sheets(file):
        yield _one_by_one(sheet)


def _one_by_one(sheet: CalamineSheet) -> Iterator[GridRow]:
    if sheet.start is None:
        return
    left = ("",) * sheet.start[1]
    for number, row in enumerate(sheet.iter_rows(), 1):
        yield GridRow(number, (*left, *(_text(cell, True) for cell in row)))


def _sheets(file: IO[bytes]) -> Iterator[CalamineSheet]:
    try:
        with _packed_anew(file) as path, CalamineWorkbook.from_path(path) as book:
            names = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
            ]
            for name in names[:MOST_SHEETS]:
                yield book.get_sheet_by_name(name)
    except (CalamineError, ValueError, OSError) as error:
        if is_of_disk(error):
            raise
        raise _damaged() from error


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
