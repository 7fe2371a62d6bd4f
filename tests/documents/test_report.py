"""The completions report on paper: readable by people, archives and screen readers, however long it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from elearning.documents.report import WORDS, report_pdf
from elearning.domain.reporting import ReportPrint

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PARTS = ("Đơn vị", "Ghi danh", "Hoàn thành", "Đang học", "Chưa học", "Quá hạn", "Tỷ lệ")
PEOPLE = ("Họ và tên", "Đơn vị", "Chức vụ", "Khóa học", "Tình trạng", "Ngày", "Tiến độ", "Hạn", "Quá hạn", "Mã")
SOMEBODY = (
    "Trần Thị Ngọc Ánh", "Ủy ban nhân dân xã Mộc Lâm", "Phó Chủ tịch", "Kỹ năng phát ngôn", "Đã hoàn thành", "20/12/2026",
    "100 %", "20/12/2026", "", "K7MP-94TQ-XW3H-R5BZ-2",
)  # fmt: skip
Tool = Callable[..., str]


@pytest.fixture
def report() -> ReportPrint:
    return ReportPrint(
        language="vi",
        issuer="Sở Văn hóa, Thể thao và Du lịch tỉnh An Khuê",
        unit="Ủy ban nhân dân xã Mộc Lâm",
        title="Hoàn thành khóa học",
        sentence="1 trên 2 người đã hoàn thành, 50 %",
        scope=(("Khóa học", "Tất cả khóa học"), ("Tính đến", "22/11/2026")),
        parts_title="Theo đơn vị",
        parts=(PARTS, ("Xã Mộc Lâm", "2", "1", "1", "0", "0", "50 %"), ("Tổng cộng", "2", "1", "1", "0", "0", "50 %")),
        people_title="Người học (1)",
        people=(PEOPLE, SOMEBODY),
        remark="Không có ai.",
        made="Lập lúc 14:05, 22/11/2026",
        moment=datetime(2026, 11, 22, 7, 5, 9, 123456, tzinfo=UTC),
    )


@pytest.fixture
def read(tmp_path: Path, tool: Tool) -> Callable[[ReportPrint], str]:
    """All words of the printed report."""

    def words(printed: ReportPrint) -> str:
        path = tmp_path / "report.pdf"
        path.write_bytes(report_pdf(printed, WORDS, templates=TEMPLATES))
        return " ".join(tool("pdftotext", "-layout", str(path), "-").split())

    return words


def test_issuer_title_figures_and_signatures_are_read_back(
    report: ReportPrint, read: Callable[[ReportPrint], str]
) -> None:
    said = read(report)
    for words in (report.issuer, report.title, report.sentence, "Xã Mộc Lâm 2 1 1 0 0 50 %", "Trần Thị Ngọc Ánh",
                  "Prepared by Head of the unit", "Lập lúc 14:05, 22/11/2026", "Page 1 of 1"):  # fmt: skip
        assert words in said


def test_the_file_is_for_archives_and_screen_readers_and_equal_input_gives_equal_bytes(report: ReportPrint) -> None:
    made = report_pdf(report, WORDS, templates=TEMPLATES)
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert report_pdf(replace(report), WORDS, templates=TEMPLATES) == made


def test_parts_of_a_second_in_the_moment_do_no_harm(report: ReportPrint) -> None:
    whole = replace(report, moment=report.moment.replace(microsecond=0))
    assert report_pdf(report, WORDS, templates=TEMPLATES) == report_pdf(whole, WORDS, templates=TEMPLATES)


def test_every_sheet_of_a_long_list_repeats_the_heading(report: ReportPrint, tmp_path: Path, tool: Tool) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(report_pdf(replace(report, people=(PEOPLE, *[SOMEBODY] * 60)), WORDS, templates=TEMPLATES))
    sheets = tool("pdftotext", "-layout", str(path), "-").split("\f")[:-1]
    with_people = [sheet for sheet in sheets if "Trần Thị Ngọc Ánh" in sheet]
    assert len(with_people) >= 3
    assert all("Họ và tên" in sheet for sheet in with_people)


def test_without_people_the_remark_stands_in_their_place(
    report: ReportPrint, read: Callable[[ReportPrint], str]
) -> None:
    assert "Không có ai." in read(replace(report, people=()))


def test_where_all_take_one_course_there_is_no_column_for_it(
    report: ReportPrint, read: Callable[[ReportPrint], str]
) -> None:
    people = (PEOPLE[:3] + PEOPLE[4:], SOMEBODY[:3] + SOMEBODY[4:])
    said = read(replace(report, people=people))
    assert "Phó Chủ tịch Đã hoàn thành" in said
    assert "Kỹ năng phát ngôn" not in said


def test_what_looks_like_typesetting_is_only_text(report: ReportPrint, read: Callable[[ReportPrint], str]) -> None:
    odd = ("#sys.inputs *x* $y$", *SOMEBODY[1:])
    assert "#sys.inputs *x* $y$" in read(replace(report, people=(PEOPLE, odd)))
