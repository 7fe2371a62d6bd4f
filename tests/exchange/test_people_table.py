"""Lists that people send: what a cell says is read as people mean it, and what is no list is refused with a reason."""

import time
import tracemalloc
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from elearning.exchange.columns import Column
from elearning.exchange.errors import ExchangeError
from elearning.exchange.people_table import ListTable, read_list
from elearning.exchange.spreadsheets import check_spreadsheet
from elearning.exchange.table import csv_chunks, xlsx_file

HEADING = ["Họ và tên", "Đơn vị", "Điện thoại", "Mã cán bộ"]
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def workbook(fill: Callable[[Worksheet, xlsxwriter.Workbook], None], hidden_first: bool = False) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    if hidden_first:
        book.add_worksheet("Ghi chú").write_row(0, 0, ["Danh mục"])
    fill(book.add_worksheet("Danh sách"), book)
    book.close()
    return target.getvalue()


def listed(*rows: list[object]) -> bytes:
    def fill(sheet: Worksheet, book: xlsxwriter.Workbook) -> None:
        for number, row in enumerate([HEADING, *rows]):
            sheet.write_row(number, 0, row)

    return workbook(fill)


def values(table: ListTable) -> list[dict[str, str]]:
    return [dict(line.values) for line in table.lines]


def refused(data: bytes) -> str:
    with pytest.raises(ExchangeError) as caught:
        read_list(data)
    return caught.value.message.plain()


CSV = "Họ và tên;Đơn vị;Điện thoại;Mã cán bộ\r\nTrần Thị Ánh;Xã Mộc Lâm;0912345678;00123\r\n"


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        CSV.replace(";", ",").encode(),
        CSV.replace(";", "\t").encode("utf-16"),
        ("sep=;\r\n" + CSV).encode(),
        CSV.replace("\r\n", "\n").encode(),
        unicodedata.normalize("NFD", CSV).encode("utf-8-sig"),
    ],
)
def test_a_csv_file_is_read_however_an_office_saves_it(data: bytes) -> None:
    table = read_list(data)
    assert values(table) == [{"name": "Trần Thị Ánh", "unit": "Xã Mộc Lâm", "phone": "0912345678", "code": "00123"}]
    assert table.lines[0].number == 2


def test_a_text_in_quotes_may_hold_separators_and_new_lines() -> None:
    data = 'Họ và tên,Đơn vị\n"Trần Thị Ánh","Sở Văn hóa,\nThể thao"\n'.encode()
    assert values(read_list(data)) == [{"name": "Trần Thị Ánh", "unit": "Sở Văn hóa, Thể thao"}]


def test_a_number_in_a_cell_is_read_as_its_digits_and_marked() -> None:
    table = read_list(listed(["Trần Thị Ánh", "Xã Mộc Lâm", 912345678, 123.0]))
    assert values(table)[0]["phone"] == "912345678"
    assert values(table)[0]["code"] == "123"
    assert table.lines[0].numeric == {"phone", "code"}


def test_a_code_kept_as_text_keeps_its_zeros_and_is_not_marked() -> None:
    table = read_list(listed(["Trần Thị Ánh", "Xã Mộc Lâm", "0912345678", "00123"]))
    assert values(table)[0]["code"] == "00123"
    assert table.lines[0].numeric == frozenset()


def test_a_date_reads_the_same_as_a_date_and_as_text() -> None:
    def fill(sheet: Worksheet, book: xlsxwriter.Workbook) -> None:
        sheet.write_row(0, 0, ["Họ và tên", "Đơn vị", "Chức vụ"])
        sheet.write_row(1, 0, ["An", "Xã A", "22/11/2026"])
        sheet.write_row(2, 0, ["Bình", "Xã A"])
        sheet.write_datetime(2, 2, date(2026, 11, 22), book.add_format({"num_format": "dd/mm/yyyy"}))

    assert [row["title"] for row in values(read_list(workbook(fill)))] == ["22/11/2026", "22/11/2026"]


def test_a_formula_is_read_by_its_value() -> None:
    def fill(sheet: Worksheet, book: xlsxwriter.Workbook) -> None:
        sheet.write_row(0, 0, HEADING)
        sheet.write_row(1, 0, ["An", "Xã A"])
        sheet.write_formula(1, 3, '="CB"&"07"', None, "CB07")

    assert values(read_list(workbook(fill)))[0]["code"] == "CB07"


def test_a_unit_merged_down_beside_its_people_is_the_unit_of_each() -> None:
    def fill(sheet: Worksheet, book: xlsxwriter.Workbook) -> None:
        sheet.write_row(0, 0, HEADING)
        for row in (1, 2, 3):
            sheet.write_row(row, 0, [f"Người {row}", "", "", f"CB{row}"])
        sheet.merge_range(1, 1, 3, 1, "Xã Mộc Lâm")

    table = read_list(workbook(fill))
    assert [row["unit"] for row in values(table)] == ["Xã Mộc Lâm"] * 3
    assert table.lines[1].merged == {"unit": 2}


def test_any_other_merged_cell_is_marked_with_the_row_that_it_belongs_to() -> None:
    def fill(sheet: Worksheet, book: xlsxwriter.Workbook) -> None:
        sheet.write_row(0, 0, HEADING)
        sheet.write_row(2, 1, ["Xã A", "", "CB2"])
        sheet.write_row(1, 1, ["Xã A", "", "CB1"])
        sheet.merge_range(1, 0, 2, 0, "Trần Thị Ánh")

    table = read_list(workbook(fill))
    assert table.lines[1].merged == {"name": 2}
    assert values(table)[1]["name"] == ""


def test_the_heading_is_found_below_a_title_whatever_the_order_case_and_tones() -> None:
    def fill(sheet: Worksheet, book: xlsxwriter.Workbook) -> None:
        sheet.write(0, 1, "Đơn vị")
        sheet.write(1, 1, "DANH SÁCH NGƯỜI PHÁT NGÔN")
        sheet.write_row(3, 1, ["STT", "MA CAN BO", "Don vi (ghi đủ)", "HỌ VÀ TÊN *"])
        sheet.write_row(4, 1, [1, "CB1", "Xã A", "An"])

    table = read_list(workbook(fill, hidden_first=True))
    assert values(table) == [{"code": "CB1", "unit": "Xã A", "name": "An"}]
    assert table.lines[0].number == 5
    assert table.rows[5][1:] == ("1", "CB1", "Xã A", "An")


def test_a_list_with_units_only_is_a_list_of_units() -> None:
    table = read_list("Đơn vị;Loại\nTỉnh An Khuê > Sở Nội vụ;sở\n".encode())
    assert (table.kind, values(table)) == ("units", [{"unit": "Tỉnh An Khuê > Sở Nội vụ", "kind": "sở"}])


def test_rows_without_anything_we_read_are_passed_over_and_the_others_keep_their_numbers() -> None:
    data = "STT;Họ và tên;Đơn vị\n1;An;Xã A\n2;;\n\n;Bình;Xã A\n".encode()
    assert [line.number for line in read_list(data).lines] == [2, 5]


def test_what_we_write_out_is_read_back_without_its_reasons_and_guards() -> None:
    columns = (Column("Họ và tên", "text", 20), Column("Đơn vị", "text", 20), Column("Điện thoại", "text", 20),
               Column("Lý do", "text", 20))  # fmt: skip
    rows = [("An", "Xã A", "+84 912 345 678", "Sửa lại.")]
    target = BytesIO()
    xlsx_file(columns, rows, "Dòng lỗi", target, ZONE)
    for data in (b"".join(csv_chunks(columns, rows, ZONE)), target.getvalue()):
        table = read_list(data)
        assert values(table) == [{"name": "An", "unit": "Xã A", "phone": "+84 912 345 678"}]
        assert table.headings == ("Họ và tên", "Đơn vị", "Điện thoại")
        assert table.rows[2] == ("An", "Xã A", "+84 912 345 678")


def archive(**members: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("Types", "[Content_Types].xml"), content)
    return target.getvalue()


def test_fifty_megabytes_of_zeros_are_refused_at_once_and_without_unpacking() -> None:
    zeros = archive(Types=b"<Types/>", **{"xl__worksheets__sheet1.xml": b"\0" * 50_000_000})
    tracemalloc.start()
    began = time.process_time()
    assert "unpacks to far more" in refused(zeros)
    assert time.process_time() - began < 1
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        (listed()[:900], "damaged"),
        (archive(Types=b"<Types/>", xl__workbook__xml=b"no"), "damaged"),
        (archive(readme=b"hello"), "not a spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a spreadsheet"),
        ("Họ và tên;Đơn vị\nAn;Xã A".encode("cp1258", "ignore"), "not a spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old kind (.xls)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        ("Tên sách;Tác giả\nA;B\n".encode(), "Họ và tên, Đơn vị, Chức vụ"),
        ("Họ và tên;Chức vụ\nAn;Trưởng phòng\n".encode(), "No heading was found"),
        ("Họ và tên;Đơn vị;Đơn vị\nAn;Xã A;Xã B\n".encode(), "two columns for “Đơn vị”"),
        ("Họ và tên;Đơn vị\n".encode(), "no rows below the heading"),
        (listed(), "no rows below the heading"),
        (b"x" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
        (("Họ và tên;Đơn vị\n" + "An;Xã A\n" * 50_000).encode(), "more than 50000 rows"),
        (("Họ và tên;Đơn vị" + ";x" * 300).encode(), "more than 200 columns"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_what_to_do(data: bytes, said: str) -> None:
    assert said in refused(data)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<row r="2000000"><c r="A2000000"><v>1</v></c></row>', "more than 50000 rows"),
        ('<row r="1048576"><c><v>1</v></c></row>', "more than 50000 rows"),
        ('<row r="2"><c r="XFD2"><v>1</v></c></row>', "more than 200 columns"),
        ('<row r="2">' + "<c><v>1</v></c>" * 201 + "</row>", "more than 200 columns"),
    ],
)
def test_one_cell_far_away_does_not_take_all_the_memory(cell: str, said: str) -> None:
    source = BytesIO(listed(["An", "Xã A"]))
    target = BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", cell.encode() + b"</sheetData>")
            new.writestr(name, content)
    assert said in refused(target.getvalue())


def test_formatting_far_below_the_list_is_no_row() -> None:
    def fill(sheet: Worksheet, book: xlsxwriter.Workbook) -> None:
        sheet.write_row(0, 0, HEADING)
        sheet.write_row(1, 0, ["An", "Xã A"])
        sheet.write_blank(1_000_000, 0, None, book.add_format({"bold": True}))

    assert len(read_list(workbook(fill)).lines) == 1


def test_entities_in_the_xml_are_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>'
    assert "damaged" in refused(archive(Types=b"<Types/>", **{"xl__worksheets__sheet1.xml": bomb}))


def test_the_kind_of_a_file_is_told_by_its_content() -> None:
    assert check_spreadsheet(BytesIO(listed())) == "xlsx"
    assert check_spreadsheet(BytesIO(CSV.encode())) == "csv"
