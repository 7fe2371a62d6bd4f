"""A long sheet is read some rows at a time, and says the same as one that is read at once."""

import errno
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from elearning.exchange import workbook_packing
from elearning.exchange.errors import ExchangeError
from elearning.exchange.grids import GridRow
from elearning.exchange.workbook_packing import packed_anew
from elearning.exchange.workbook_reading import read_rows

SHARED, INLINE = {"in_memory": True}, {"in_memory": True, "constant_memory": True}


def book(options: dict[str, bool]) -> bytes:
    """A sheet of 57 rows with holes in it, one of 3 rows, a hidden one and an empty one."""
    target = BytesIO()
    made = xlsxwriter.Workbook(target, options)
    long, short, hidden, _ = (made.add_worksheet(name) for name in ("Dài", "Ngắn", "Ẩn", "Trống"))
    hidden.hide()
    for row in (row for row in range(60) if row % 20 != 7):
        long.write_row(row, 1 + (row > 40), [f"Câu {row}", row, "Chung", "Hai\ndòng"])
    for row in range(3):
        short.write_row(row, 0, [f"Ngắn {row}"])
        hidden.write_row(row, 0, [f"Ẩn {row}"])
    made.close()
    return target.getvalue()


def rows_of(data: bytes) -> list[list[tuple[int, tuple[str, ...]]]]:
    """The rows with words, without the empty cells at their ends."""

    def bare(row: GridRow) -> tuple[str, ...]:
        cells = list(row.cells)
        while cells and not cells[-1]:
            cells.pop()
        return tuple(cells)

    sheets = [list(sheet) for sheet in read_rows(BytesIO(data))]
    assert all(len({row.number for row in sheet}) == len(sheet) for sheet in sheets)
    return [[(row.number, bare(row)) for row in sheet if any(row.cells)] for sheet in sheets]


def changed(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with its first sheet changed."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name.endswith("sheet1.xml") else content)
    return target.getvalue()


def parts_of(data: bytes) -> int:
    with packed_anew(BytesIO(data)) as packed:
        return packed.parts


@pytest.mark.parametrize("options", [SHARED, INLINE])
@pytest.mark.parametrize(("rows", "parts"), [(1, 19), (10, 6), (56, 2), (57, 1)])
def test_a_sheet_that_is_read_in_parts_says_the_same_as_one_that_is_read_at_once(
    rows: int, parts: int, options: dict[str, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = book(options)
    whole = rows_of(data)
    assert [len(sheet) for sheet in whole] == [57, 3, 0]
    assert whole[0][-1] == (60, ("", "", "Câu 59", "59", "Chung", "Hai\ndòng"))
    monkeypatch.setattr(workbook_packing, "ROWS", rows)
    assert rows_of(data) == whole
    assert parts_of(data) == parts


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(b'<row r="30"', b"<row"),
        lambda xml: xml.replace(b'<row r="30"', b'<row r="3"'),
        lambda xml: xml.replace(b'r="C30"', b'r="C3"'),
    ],
)
def test_a_sheet_whose_rows_are_in_no_order_is_read_at_once(
    change: Callable[[bytes], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = book(INLINE)
    odd = changed(data, change)
    assert odd != changed(data, bytes)
    whole = rows_of(odd)
    monkeypatch.setattr(workbook_packing, "ROWS", 10)
    assert (parts_of(data), parts_of(odd)) == (6, 1)
    assert rows_of(odd) == whole


def test_the_tags_of_a_sheet_may_have_a_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    def prefixed(xml: bytes) -> bytes:
        for tag in (b"worksheet", b"sheetData", b"row", b"c", b"v", b"is", b"t"):
            for end in (b" ", b">"):
                xml = xml.replace(b"<" + tag + end, b"<x:" + tag + end).replace(
                    b"</" + tag + b">", b"</x:" + tag + b">"
                )
        return xml.replace(b"xmlns=", b"xmlns:x=")

    data = book(INLINE)
    monkeypatch.setattr(workbook_packing, "ROWS", 10)
    assert rows_of(changed(data, prefixed)) == rows_of(data)


def test_a_sheet_with_two_sets_of_rows_is_damaged() -> None:
    data = changed(book(INLINE), lambda xml: xml.replace(b"</sheetData>", b"</sheetData><sheetData></sheetData>"))
    with pytest.raises(ExchangeError, match="damaged"):
        rows_of(data)


def test_what_a_member_unpacks_to_is_counted_whatever_the_archive_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_packing, "_wanted", zipfile.ZipFile.infolist)
    monkeypatch.setattr(workbook_packing, "MOST_UNPACKED", 2_000)
    with pytest.raises(ExchangeError, match="unpacks to far more"):
        rows_of(book(INLINE))


def test_a_full_disk_of_ours_is_no_damage_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(workbook_packing, "_copied", full)
    with pytest.raises(OSError, match="No space"):
        rows_of(book(INLINE))


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_packing.tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(workbook_packing, "ROWS", 10)
    sheets = read_rows(BytesIO(book(INLINE)))
    next(next(sheets))
    assert list(tmp_path.iterdir())
    del sheets
    assert not list(tmp_path.iterdir())
