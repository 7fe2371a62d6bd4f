"""Tables: what a spreadsheet is given, and that it runs nothing and needs no more memory for more rows."""

import csv
import gc
import itertools
import os
import re
import shutil
import subprocess
import tracemalloc
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from io import BytesIO, StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from python_calamine import CalamineWorkbook

from elearning.exchange import workbook
from elearning.exchange.errors import ExchangeError
from elearning.exchange.table import Column, csv_chunks, xlsx_file

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE = shutil.which("soffice")
COLUMNS = (
    Column("Họ và tên", "text", 28),
    Column("Ngày cấp", "date", 12),
    Column("Nộp lúc", "moment", 18),
    Column("Điểm", "number", 8),
    Column("Tỷ lệ", "share", 8),
)
ROW = (
    "Nguyễn Thị Ánh",
    date(2026, 11, 22),
    datetime(2026, 11, 22, 7, 5, 59, tzinfo=UTC),
    Decimal("8.50"),
    Fraction(7, 8),
)
FORMULAS = ["=1+1", "+84 24 3804", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "  =1+1", "\n=1+1", "\uff1d1+1"]


def as_csv(rows: Sequence[Sequence[object]], columns: Sequence[Column] = COLUMNS) -> bytes:
    return b"".join(csv_chunks(columns, rows, HANOI))


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def as_xlsx(rows: Sequence[Sequence[object]], columns: Sequence[Column] = COLUMNS, title: str = "Kết quả") -> BytesIO:
    target = BytesIO()
    xlsx_file(columns, rows, title, target, HANOI)
    target.seek(0)
    return target


def part(archive: BytesIO, name: str) -> str:
    with zipfile.ZipFile(BytesIO(archive.getvalue())) as opened:
        return opened.read(name).decode()


def text_column(*values: object) -> tuple[tuple[object], ...]:
    return tuple((value,) for value in values)


def test_a_csv_file_is_what_a_vietnamese_excel_expects() -> None:
    expected = (
        "\ufeffHọ và tên;Ngày cấp;Nộp lúc;Điểm;Tỷ lệ\r\nNguyễn Thị Ánh;22/11/2026;14:05 22/11/2026;8,5;87,5 %\r\n"
    )
    assert as_csv([ROW]) == expected.encode()


def test_a_csv_file_without_rows_still_has_its_heading() -> None:
    assert cells(as_csv([])) == [[column.title for column in COLUMNS]]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_could_run_as_a_formula_begins_with_an_apostrophe(text: str) -> None:
    column = Column(text, "text", 9)
    expected = "'" + unicodedata.normalize("NFC", text)
    assert cells(as_csv(text_column(text), [column])) == [[expected], [expected]]


def test_a_text_in_a_column_of_numbers_is_guarded_too_and_a_negative_number_is_not() -> None:
    column = Column("Điểm", "number", 9)
    assert cells(as_csv(text_column("=1+1", "chưa thi", -3, None), [column]))[1:] == [
        ["'=1+1"],
        ["chưa thi"],
        ["-3"],
        [""],
    ]


@pytest.mark.parametrize("text", ["a;b", 'nói "không"', "hai\ndòng", "hai\r\ndòng", "a\rb", '";"'])
def test_separators_quotes_and_line_ends_stay_inside_their_cell(text: str) -> None:
    column = Column("Ghi chú", "text", 9)
    assert cells(as_csv(text_column(text), [column])) == [["Ghi chú"], [text]]


def test_text_leaves_in_nfc_and_without_what_no_file_can_hold() -> None:
    decomposed = unicodedata.normalize("NFD", "Nguyễn Thị Ánh")
    column = Column("Tên", "text", 9)
    rows = text_column(decomposed, "a\x00b\ud800c")
    assert cells(as_csv(rows, [column]))[1:] == [["Nguyễn Thị Ánh"], ["abc"]]
    assert CalamineWorkbook.from_object(as_xlsx(rows, [column])).get_sheet_by_index(0).to_python()[1:] == [
        ["Nguyễn Thị Ánh"],
        ["abc"],
    ]


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (Fraction(1, 3), "number", "0,3333"),
        (10, "number", "10"),
        (100, "number", "100"),
        (0.1, "number", "0,1"),
        (Decimal("-0.00001"), "number", "0"),
        (1_482_000, "number", "1482000"),
        (Fraction(2, 3), "share", "66,7 %"),
        (1, "share", "100 %"),
        (0, "share", "0 %"),
        (datetime(2026, 12, 31, 17, 30, tzinfo=UTC), "date", "01/01/2027"),
        (datetime(2026, 12, 31, 17, 30, tzinfo=UTC), "moment", "00:30 01/01/2027"),
        (date(945, 1, 2), "date", "02/01/0945"),
    ],
)
def test_values_are_shown_as_people_in_viet_nam_write_them(value: object, kind: str, shown: str) -> None:
    column = Column("Giá trị", kind, 9)  # type: ignore[arg-type]  # kinds come as plain text from the table above
    assert cells(as_csv(text_column(value), [column]))[1:] == [[shown]]


@pytest.mark.parametrize(
    ("value", "kind", "error"),
    [
        (datetime(2026, 11, 22, 14, 5, tzinfo=UTC).replace(tzinfo=None), "moment", ValueError),
        (date(2026, 11, 22), "moment", TypeError),
        (20261122, "date", TypeError),
        (float("nan"), "number", ValueError),
        (date(2026, 11, 22), "share", TypeError),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(value: object, kind: str, error: type[Exception]) -> None:
    column = Column("Giá trị", kind, 9)  # type: ignore[arg-type]  # kinds come as plain text from the table above
    with pytest.raises(error):
        as_csv(text_column(value), [column])
    with pytest.raises(error):
        as_xlsx(text_column(value), [column])


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        as_csv([ROW[:-1]])


def test_a_csv_file_of_many_pieces_holds_each_row_once() -> None:
    column = Column("Số", "number", 9)
    pieces = list(csv_chunks([column], ((number,) for number in range(20_000)), HANOI))
    assert len(pieces) > 2
    assert cells(b"".join(pieces))[1:] == [[str(number)] for number in range(20_000)]


def test_csv_rows_leave_as_they_come() -> None:
    taken = itertools.count()

    def endless() -> Iterator[Sequence[object]]:
        while True:
            next(taken)
            yield ROW

    chunks = csv_chunks(COLUMNS, endless(), HANOI)
    assert len(next(chunks)) < 100_000
    assert next(taken) < 2_000


def test_an_xlsx_file_holds_typed_cells() -> None:
    sheet = CalamineWorkbook.from_object(as_xlsx([ROW])).get_sheet_by_name("Kết quả")
    heading, row = sheet.to_python()
    assert heading == [column.title for column in COLUMNS]
    shown = datetime(2026, 11, 22, 14, 5, 59, tzinfo=HANOI).replace(tzinfo=None)
    assert row == ["Nguyễn Thị Ánh", date(2026, 11, 22), shown, 8.5, 0.875]


def test_an_xlsx_file_has_a_frozen_heading_a_filter_widths_and_formats() -> None:
    archive = as_xlsx([ROW, ROW])
    sheet, styles = part(archive, "xl/worksheets/sheet1.xml"), part(archive, "xl/styles.xml")
    assert 'state="frozen"' in sheet
    assert 'ySplit="1"' in sheet
    assert '<autoFilter ref="A1:E3"' in sheet
    assert re.search(r'<col min="1" max="1" width="28\.\d+"', sheet)
    for form in ("dd/mm/yyyy", "hh:mm dd/mm/yyyy", "0.0 %"):
        assert f'formatCode="{form}"' in styles


@pytest.mark.parametrize("text", [*FORMULAS, "{=1+1}", "https://example.org/", "00123"])
def test_text_in_an_xlsx_file_is_never_a_formula_a_link_or_a_number(text: str) -> None:
    archive = as_xlsx(text_column(text), [Column(text, "text", 9)])
    sheet = part(archive, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "<hyperlink" not in sheet
    read = CalamineWorkbook.from_object(archive).get_sheet_by_index(0).to_python()[1][0]
    assert isinstance(read, str)
    assert read.strip() == text.strip()


def test_a_guarded_text_keeps_its_letters_in_xlsx_and_excel_is_told_it_is_text() -> None:
    archive = as_xlsx(text_column("+84 24 3804"), [Column("Điện thoại", "text", 9)])
    assert CalamineWorkbook.from_object(archive).get_sheet_by_index(0).to_python()[1] == ["+84 24 3804"]
    assert 'quotePrefix="1"' in part(archive, "xl/styles.xml")


def test_a_day_before_excels_calendar_is_text_and_a_very_long_text_is_cut_with_a_mark() -> None:
    columns = [Column("Ngày", "date", 9), Column("Bài", "text", 9)]
    row = CalamineWorkbook.from_object(as_xlsx([(date(1890, 5, 19), "a" * 40_000)], columns)).get_sheet_by_index(0)
    day, text = row.to_python()[1]
    assert day == "19/05/1890"
    assert isinstance(text, str)
    assert len(text) == 32_767
    assert text.endswith("…")


@pytest.mark.parametrize(
    "title", ["", "History", "'", "a/b:c[d]*?\\", "Kết quả tập huấn phát ngôn cho báo chí năm 2026"]
)
def test_any_title_makes_a_sheet(title: str) -> None:
    names = CalamineWorkbook.from_object(as_xlsx([ROW], title=title)).sheet_names
    assert len(names) == 1
    assert 1 <= len(names[0]) <= 31


def test_more_rows_than_a_sheet_holds_are_refused_and_the_target_stays_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    as_xlsx([ROW] * 3)
    target = BytesIO()
    with pytest.raises(ExchangeError, match="at most 3 rows"):
        xlsx_file(COLUMNS, itertools.repeat(ROW), "Kết quả", target, HANOI)
    gc.collect()
    assert target.getvalue() == b""


def test_no_temporary_file_stays_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    as_xlsx([ROW])
    with pytest.raises(ValueError, match="shorter"):
        as_xlsx([ROW, ROW[:-1]])
    assert not list(tmp_path.iterdir())


def test_ten_times_the_rows_need_no_more_memory_in_xlsx(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        with (tmp_path / "table.xlsx").open("wb") as target:
            tracemalloc.start()
            xlsx_file(COLUMNS, itertools.repeat(ROW, count), "Kết quả", target, HANOI)
            highest = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return highest

    peak(10)
    assert peak(3_000) < 2 * peak(300) + 500_000


@pytest.mark.skipif(OFFICE is None and os.environ.get("CI") != "true", reason="LibreOffice (soffice) is not installed")
def test_libreoffice_reads_the_workbook_as_it_was_meant(tmp_path: Path) -> None:
    assert OFFICE is not None, "CI must have LibreOffice"
    book = tmp_path / "ket-qua.xlsx"
    book.write_bytes(as_xlsx([ROW, ("=1+1", None, None, None, None)]).getvalue())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [OFFICE, profile, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):59,34,76", "--outdir",
         str(tmp_path), str(book)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    rows = cells((tmp_path / "ket-qua.csv").read_bytes())
    assert rows[0] == [column.title for column in COLUMNS]
    assert rows[1][0] == "Nguyễn Thị Ánh"
    assert rows[1][1:3] == ["22/11/2026", "14:05 22/11/2026"]
    assert rows[1][4] == "87.5 %"
    assert rows[2][0] == "=1+1"
