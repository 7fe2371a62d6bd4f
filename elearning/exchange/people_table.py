"""Lists of people or of units in a spreadsheet: the heading is found by its words, wherever the columns stand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from elearning.domain.message import message
from elearning.domain.names import fold
from elearning.domain.people_lines import Line
from elearning.exchange.errors import ExchangeError
from elearning.exchange.grids import GridRow
from elearning.exchange.spreadsheets import read_grids

LOOKED_AT = 30
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("Họ và tên", "Họ tên", "Họ tên cán bộ", "Full name", "Name"),
    "unit": ("Đơn vị", "Cơ quan", "Cơ quan, đơn vị", "Đơn vị công tác", "Tên đơn vị", "Unit", "Unit path"),
    "title": ("Chức vụ", "Chức danh", "Chức vụ, chức danh", "Position", "Title"),
    "duty": ("Nhiệm vụ", "Nhiệm vụ được giao", "Duty"),
    "email": ("E-mail", "Thư điện tử", "Địa chỉ thư điện tử", "Địa chỉ e-mail", "E-mail address"),
    "phone": ("Điện thoại", "Số điện thoại", "Điện thoại di động", "SĐT", "Telephone", "Phone", "Mobile"),
    "code": ("Mã cán bộ", "Mã số cán bộ", "Mã CBCC", "Mã nhân viên", "Staff code"),
    "contact": ("Liên hệ", "Thông tin liên hệ", "Contact"),
    "kind": ("Loại", "Loại đơn vị", "Kind", "Kind of unit"),
    "reason": ("Lý do", "Reason"),
}


def _bare(heading: str) -> str:
    """A heading without what stands in brackets, without case, tones, blanks and stops."""
    return re.sub(r"[^a-z0-9]", "", fold(re.sub(r"\([^)]*\)|\[[^\]]*\]", "", heading)))


_BY_HEADING = {_bare(heading): column for column, headings in HEADINGS.items() for heading in headings}


@dataclass(frozen=True, slots=True)
class ListTable:
    """A list as it was sent: headings and cells as they stood, so that rows can be given back, and what was read.

    `rows` has the cells of each line by its number. The column of reasons that we once added is left out of both.
    """

    kind: Literal["people", "units"]
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    rows: Mapping[int, tuple[str, ...]]


def read_list(data: bytes) -> ListTable:
    """Read the first sheet that has the heading of a list.

    Raises ExchangeError as read_grids does, and for a file without heading or rows.
    """
    empty = True
    for grid in read_grids(BytesIO(data)):
        top = [_columns(row) for row in grid[:LOOKED_AT]]
        # “Đơn vị” may also stand above the list, before the name of whoever made it: a row with names counts first.
        for wanted in ({"name", "unit"}, {"unit"}):
            for place, columns in enumerate(top):
                if wanted <= set(columns.values()):
                    return _table(grid[place], columns, grid[place + 1 :])
        empty = empty and not any(any(row.cells) for row in grid)
    if empty:
        raise ExchangeError(message("The file is empty. Choose another."))
    raise ExchangeError(
        message(
            "No heading was found. The first rows need one with these columns: %(people)s. A list of units needs: %(units)s.",
            people="Họ và tên, Đơn vị, Chức vụ, Nhiệm vụ, E-mail, Điện thoại, Mã cán bộ, Liên hệ",
            units="Đơn vị",
        )
    )


SIGN_IN = ("email", "code", "phone")


def read_sign_in_names(data: bytes) -> tuple[str, ...]:
    """The people that a file names, one sign-in name a row: from the columns for e-mail, staff code and phone where there is
    such a heading, whichever is filled first; otherwise from the first filled cell of each row.

    Raises ExchangeError as read_grids does, and for a file without any name.
    """
    for grid in read_grids(BytesIO(data)):
        for place, row in enumerate(grid[:LOOKED_AT]):
            by_column = {column: at for at, column in _columns(row).items()}
            places = [by_column[column] for column in SIGN_IN if column in by_column]
            if places:
                named = _named(grid[place + 1 :], places)
                break
        else:
            named = _named(grid, None)
        if named:
            return named
    raise ExchangeError(message("No sign-in names were found. Write them one a row, under “E-mail” or “Mã cán bộ”."))


def _named(rows: Sequence[GridRow], places: Sequence[int] | None) -> tuple[str, ...]:
    cells = ([_cell(row, place) for place in places] if places is not None else row.cells for row in rows)
    found = (next((cell for cell in row if cell), "") for row in cells)
    return tuple(dict.fromkeys(name for name in found if name))


def _columns(row: GridRow) -> dict[int, str]:
    """Place → column, for the cells of a row that are headings we know."""
    return {place: _BY_HEADING[bare] for place, cell in enumerate(row.cells) if (bare := _bare(cell)) in _BY_HEADING}


def _table(heading: GridRow, columns: Mapping[int, str], rows: Sequence[GridRow]) -> ListTable:
    _check_columns(columns.values(), heading)
    people = "name" in columns.values()
    kept = [place for place in range(_width(heading, rows)) if columns.get(place) != "reason"]
    lines: list[Line] = []
    cells: dict[int, tuple[str, ...]] = {}
    for row in rows:
        line = _line(row, columns)
        if any(value for value in line.values.values()):
            lines.append(_filled(line, row, columns))
            cells[row.number] = tuple(_cell(row, place) for place in kept)
    if not lines:
        raise ExchangeError(message("There are no rows below the heading. Fill in the list, then send it again."))
    headings = tuple(_cell(heading, place) for place in kept)
    return ListTable("people" if people else "units", headings, tuple(lines), cells)


def _width(heading: GridRow, rows: Iterable[GridRow]) -> int:
    """The last column that holds anything, plus one."""
    return max(max((place for place, cell in enumerate(row.cells, 1) if cell), default=0) for row in (heading, *rows))


def _cell(row: GridRow, place: int) -> str:
    return row.cells[place] if place < len(row.cells) else ""


def _check_columns(columns: Iterable[str], heading: GridRow) -> None:
    seen: set[str] = set()
    for column in columns:
        if column in seen:
            raise ExchangeError(
                message(
                    "Row %(row)s has two columns for “%(column)s”. Keep one of them.",
                    row=heading.number,
                    column=HEADINGS[column][0],
                )
            )
        seen.add(column)


def _line(row: GridRow, columns: Mapping[int, str]) -> Line:
    values = {column: _cell(row, place) for place, column in columns.items() if column != "reason"}
    numeric = frozenset(column for place, column in columns.items() if place in row.numeric)
    merged = {column: row.merged[place].row for place, column in columns.items() if place in row.merged}
    return Line(row.number, values, numeric, merged)


def _filled(line: Line, row: GridRow, columns: Mapping[int, str]) -> Line:
    """A unit that is written once beside its people, in a merged cell, is the unit of each of them."""
    for place, column in columns.items():
        cover = row.merged.get(place)
        if column == "unit" and cover is not None and cover.above and cover.text:
            return Line(line.number, {**line.values, "unit": cover.text}, line.numeric, line.merged)
    return line
