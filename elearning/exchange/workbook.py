"""The one module that knows XlsxWriter; `table.xlsx_file` loads it when it is first needed."""

import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import BinaryIO
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from elearning.domain.message import message
from elearning.exchange.columns import Column, clean_text, exact, local_day, local_moment, starts_formula
from elearning.exchange.errors import ExchangeError

MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767
FIRST_YEAR = 1900
FORMATS: dict[str, dict[str, object]] = {
    "heading": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
    "text": {"num_format": "@"},
    # Excel then treats the cell as text even when somebody edits it, and the text itself stays as it was.
    "guarded": {"num_format": "@", "quote_prefix": True},
    "date": {"num_format": "dd/mm/yyyy"},
    "moment": {"num_format": "hh:mm dd/mm/yyyy"},
    "number": {},
    "share": {"num_format": "0 %"},
    # A share with tenths shows them, as pages and CSV do.
    "tenths": {"num_format": "0.0 %"},
}


def write_workbook(
    columns: Sequence[Column], rows: Iterable[Sequence[object]], title: str, target: BinaryIO, zone: ZoneInfo
) -> None:
    """Write the rows as one sheet with a frozen heading, a filter and typed cells; see `table.xlsx_file`."""
    with tempfile.TemporaryDirectory(prefix="phatngon-") as folder:
        book = xlsxwriter.Workbook(
            target,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        try:
            _fill(book, columns, rows, title, zone)
        except BaseException:
            # Closing the workbook would write it to the target, half filled; so only its files are closed.
            for sheet in book.worksheets():
                sheet.row_data_fh.close()
            raise
        book.close()


def sheet_name(title: str) -> str:
    """The title as Excel takes it for a sheet: at most 31 characters, none of []:*?/\\, no apostrophe at an end."""
    name = re.sub(r"[\[\]:*?/\\\s]+", " ", clean_text(title))[:31].strip(" '")
    return "Sheet1" if not name or name.lower() == "history" else name


def _fill(
    book: xlsxwriter.Workbook,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    title: str,
    zone: ZoneInfo,
) -> None:
    formats = {name: book.add_format(properties) for name, properties in FORMATS.items()}
    book.set_properties({"title": clean_text(title)[:255]})
    sheet = book.add_worksheet(sheet_name(title))
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, clean_text(column.title), formats["heading"])
    last = 0
    for last, row in enumerate(rows, start=1):
        if last > MOST_ROWS:
            raise ExchangeError(
                message("A worksheet holds at most %(most)s rows. Choose fewer, or take the CSV file.", most=MOST_ROWS)
            )
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            _write_cell(sheet, last, place, column, value, zone, formats)
    if columns:
        sheet.autofilter(0, 0, last, len(columns) - 1)


def _write_cell(
    sheet: Worksheet, row: int, place: int, column: Column, value: object, zone: ZoneInfo, formats: dict[str, Format]
) -> None:
    if value is None:
        return
    if column.kind == "text" or isinstance(value, str):
        _write_text(sheet, row, place, value, formats)
    elif column.kind in ("number", "share"):
        number = exact(value)
        shown = "tenths" if column.kind == "share" and number * 100 % 1 else column.kind
        sheet.write_number(row, place, float(number), formats[shown])
    else:
        moment = _moment(column, value, zone)
        if moment.year < FIRST_YEAR:
            # Excel's calendar begins in 1900; an older day can only be text.
            _write_text(sheet, row, place, f"{moment.day:02}/{moment.month:02}/{moment.year:04}", formats)
        else:
            sheet.write_datetime(row, place, moment, formats[column.kind])


def _moment(column: Column, value: object, zone: ZoneInfo) -> datetime:
    if column.kind == "moment":
        return local_moment(value, zone)
    return datetime.combine(local_day(value, zone), time())


def _write_text(sheet: Worksheet, row: int, place: int, value: object, formats: dict[str, Format]) -> None:
    text = clean_text(value)
    if len(text) > MOST_CHARACTERS:
        text = text[: MOST_CHARACTERS - 1] + "…"
    sheet.write_string(row, place, text, formats["guarded" if starts_formula(text) else "text"])
