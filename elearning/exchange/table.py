"""Tables for spreadsheets: rows in, CSV or XLSX out, one row at a time however many there are.

CSV is made for the Excel of a Vietnamese office: a byte order mark so that it reads UTF-8, semicolons between cells and
commas in numbers, as the regional settings of Viet Nam have them.
"""

import csv
import importlib
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import BinaryIO
from zoneinfo import ZoneInfo

from elearning.exchange.columns import (
    Column,
    clean_text,
    comma_number,
    exact,
    local_day,
    local_moment,
    starts_formula,
)

__all__ = ["Column", "csv_chunks", "xlsx_file"]

CHUNK = 32_768
NUMBER_PLACES = 4
SHARE_PLACES = 1


def csv_chunks(columns: Sequence[Column], rows: Iterable[Sequence[object]], zone: ZoneInfo) -> Iterator[bytes]:
    """Yield a CSV file in pieces of about 32 KB: heading first, then the rows as they come.

    Dates are 22/11/2026, moments 14:05 22/11/2026 in `zone`, shares 87,5 %. A text that a spreadsheet could run as a
    formula begins with an apostrophe. Raises TypeError or ValueError for a value that its column cannot hold, or a row
    with more or fewer cells than there are columns.
    """
    buffer = StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([_guarded(column.title) for column in columns])
    for row in rows:
        writer.writerow([_shown(column, value, zone) for column, value in zip(columns, row, strict=True)])
        if buffer.tell() >= CHUNK:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def xlsx_file(
    columns: Sequence[Column], rows: Iterable[Sequence[object]], title: str, target: BinaryIO, zone: ZoneInfo
) -> None:
    """Write an Excel workbook of one sheet named `title` to `target`; rows wait on disk, not in memory.

    Raises ExchangeError when there are more rows than a sheet holds, and what csv_chunks raises; then `target` is
    left as it was.
    """
    # Loaded by name on first use: most processes never make a workbook and need not hold the library.
    workbook = importlib.import_module("elearning.exchange.workbook")
    workbook.write_workbook(columns, rows, title, target, zone)


def _shown(column: Column, value: object, zone: ZoneInfo) -> str:
    if column.kind == "text" or value is None or isinstance(value, str):
        return _guarded(value)
    if column.kind == "date":
        day = local_day(value, zone)
        return f"{day.day:02}/{day.month:02}/{day.year:04}"
    if column.kind == "moment":
        return f"{local_moment(value, zone):%H:%M %d/%m/%Y}"
    if column.kind == "number":
        return comma_number(exact(value), NUMBER_PLACES)
    return f"{comma_number(exact(value) * 100, SHARE_PLACES)} %"


def _guarded(value: object) -> str:
    text = clean_text(value)
    return f"'{text}" if starts_formula(text) else text
