"""Spreadsheets that people send, XLSX or CSV, as grids of text; by what is in the file, whatever its name says."""

import codecs
import csv
import importlib
import re
from collections.abc import Iterator, Sequence
from io import BufferedReader, TextIOWrapper
from itertools import chain, islice
from typing import IO, Any, Literal

from elearning.domain.message import Message, message
from elearning.exchange.errors import ExchangeError
from elearning.exchange.grids import MOST_ROWS, GridRow, cell_text, check_width, too_many_rows
from elearning.exchange.limits import MEGABYTE
from elearning.exchange.streams import Lent, head_of, is_blank, portions, size_of

MOST_BYTES = 20 * MEGABYTE
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
SEPARATORS = ";,\t"
LOOKED_AT = 10
PORTION = 65_536
# What our own CSV files put before a text that a spreadsheet could run as a formula.
GUARD = re.compile(r"'(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")
SEPARATOR_LINE = re.compile(r"sep=.\r?\n", re.IGNORECASE)


def check_spreadsheet(file: IO[bytes]) -> Literal["xlsx", "csv"]:
    """Which kind of file an open one is, without unpacking anything.

    Raises ExchangeError for an empty file, one that is too large or would unpack to too much, one that is locked with a
    password, and one that is neither.
    """
    if is_blank(file):
        raise ExchangeError(message("The file is empty. Choose another."))
    if size_of(file) > MOST_BYTES:
        most = MOST_BYTES // MEGABYTE
        raise ExchangeError(message("The file is larger than %(most)s MB. Send it in parts.", most=most))
    head = head_of(file, len(OLE))
    if head.startswith(ZIP):
        _workbooks().check_archive(file)
        return "xlsx"
    if head == OLE:
        locked = message("The file is locked with a password. Save it without one, then send it again.")
        old = message("This is a spreadsheet of the old kind (.xls). Save it as XLSX, then send it again.")
        raise ExchangeError(locked if _is_locked(file) else old)
    return "csv"


def _is_locked(file: IO[bytes]) -> bool:
    """Whether an old file says that it is a locked one, wherever it does."""
    end = b""
    for portion in portions(file):
        if LOCKED in end + portion:
            return True
        end = portion[-len(LOCKED) :]
    return False


def read_grids(file: IO[bytes], lines: bool = False) -> Iterator[list[GridRow]]:
    """The rows of each visible sheet that has any; of a CSV file, of the file. Formulas are read by their last value.

    With `lines` a cell keeps its lines and up to as much as Excel can hold.

    Raises ExchangeError as check_spreadsheet does, and for a file that is damaged or has too many rows or columns.
    """
    if check_spreadsheet(file) == "xlsx":
        yield from _workbooks().read_sheets(file, lines)
    else:
        yield list(_csv_rows(file, lines))


def read_rows(file: IO[bytes]) -> Iterator[Iterator[GridRow]]:
    """The same with the lines of cells and without merged ones, row by row, so that a long list is never held whole."""
    if check_spreadsheet(file) == "xlsx":
        yield from _workbooks().read_rows(file)
    else:
        yield _csv_rows(file, lines=True)


def _workbooks() -> Any:
    # Loaded by name on first use: most processes never read a workbook and need not hold the library.
    return importlib.import_module("elearning.exchange.workbook_reading")


def _not_a_spreadsheet() -> Message:
    return message("This is not a spreadsheet. Save the list as XLSX or CSV (UTF-8), then send it again.")


def decoded(file: IO[bytes]) -> TextIOWrapper:
    """The text of a CSV file, to be read line by line: UTF-8, or UTF-16 as Excel's “Unicode text” has it.

    Raises ExchangeError for anything else, before the first line.
    """
    encoding = "utf-16" if head_of(file, 2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
    try:
        with _text(file, encoding) as stream:
            while portion := stream.read(PORTION):
                if "\0" in portion:
                    raise ExchangeError(_not_a_spreadsheet())
    except UnicodeDecodeError as error:
        raise ExchangeError(_not_a_spreadsheet()) from error
    return _text(file, encoding)


def _text(file: IO[bytes], encoding: str) -> TextIOWrapper:
    return TextIOWrapper(BufferedReader(Lent(file)), encoding, newline="")


def _separator(lines: Sequence[str]) -> str:
    """What parts the cells: the sign that gives the widest table in the first lines."""
    return max(SEPARATORS, key=lambda sign: max(line.count(sign) for line in lines))


def _csv_rows(file: IO[bytes], lines: bool) -> Iterator[GridRow]:
    text = decoded(file)
    head = list(islice(text, LOOKED_AT)) or [""]
    declared = SEPARATOR_LINE.match(head[0])
    separator = head[0][4] if declared and head[0][4] in SEPARATORS else _separator(head)
    # Excel takes the line of the separator for itself and does not show it, so rows are counted from the next.
    reader = csv.reader(chain(head[1:] if declared else head, text), delimiter=separator)
    try:
        for number, cells in enumerate(reader, 1):
            if number > MOST_ROWS:
                raise too_many_rows()
            check_width(len(cells))
            yield GridRow(number, tuple(_csv_cell(cell, lines) for cell in cells))
    except csv.Error as error:
        raise ExchangeError(_not_a_spreadsheet()) from error


def _csv_cell(text: str, lines: bool) -> str:
    return cell_text(GUARD.sub("", text, count=1) if text.startswith("'") else text, lines)
