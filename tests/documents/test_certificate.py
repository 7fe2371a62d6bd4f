"""The certificate as its readers meet it: on paper, on a screen, in an archive, through a telephone's camera."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from elearning.documents.certificate import WORDS, certificate_pdf
from elearning.domain.certificate import CertificatePrint, spelled

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
LONG_NAME = "Công Tằng Tôn Nữ Nguyễn Phước Bảo Quỳnh Ngọc Thụy Ẩn Ưỡng Vỹ Ễ Ặng"
LONG_COURSE = (
    "Kỹ năng phát ngôn, cung cấp thông tin cho báo chí và xử lý khủng hoảng truyền thông "
    "dành cho lãnh đạo Ủy ban nhân dân cấp xã"
)
POINTS_PER_MM = 72 / 25.4
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')

Printer = Callable[..., Path]
Tool = Callable[..., str]


def test_name_and_course_are_read_back_with_all_their_marks(print_pdf: Printer, tool: Tool) -> None:
    text = " ".join(tool("pdftotext", str(print_pdf()), "-").split())
    assert "Trần Thị Ngọc Ánh" in text
    assert "Kỹ năng phát ngôn và cung cấp thông tin cho báo chí" in text
    assert "Ủy ban nhân dân xã Mộc Lâm" in text


def test_number_dates_and_spelled_code_are_printed(
    print_pdf: Printer, tool: Tool, certificate: CertificatePrint
) -> None:
    text = tool("pdftotext", str(print_pdf()), "-")
    assert "000123/2026" in text
    assert "20/12/2026" in text
    assert "20/12/2028" in text
    assert spelled(certificate.code) in text


def test_address_to_type_has_neither_scheme_nor_code(print_pdf: Printer, tool: Tool) -> None:
    text = tool("pdftotext", str(print_pdf()), "-")
    assert re.search(r"Check at\s+phatngon\.example/verify\s", text)


def test_address_to_type_leaves_out_a_code_whose_check_character_is_escaped(print_pdf: Printer, tool: Tool) -> None:
    code = "K7MP94TQXW3HR5BZ*"
    path = print_pdf(code=code, verify_url="https://phatngon.example/verify/K7MP94TQXW3HR5BZ%2A")
    assert "%2A" not in tool("pdftotext", str(path), "-")


@pytest.mark.parametrize("host", ["phatngon.example", "tap-huan-phat-ngon.so-van-hoa-the-thao-du-lich.an-khue.example"])
def test_qr_code_on_the_printed_sheet_leads_to_the_check(
    host: str, print_pdf: Printer, tool: Tool, tmp_path: Path
) -> None:
    address = f"https://{host}/verify/K7MP94TQXW3HR5BZ2"
    tool("pdftoppm", "-r", "150", "-png", "-singlefile", str(print_pdf(verify_url=address)), str(tmp_path / "sheet"))
    assert (
        tool("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", str(tmp_path / "sheet.png")).strip() == address
    )


def test_equal_input_gives_equal_bytes(certificate: CertificatePrint) -> None:
    first = certificate_pdf(certificate, WORDS, templates=TEMPLATES)
    assert certificate_pdf(replace(certificate), WORDS, templates=TEMPLATES) == first


def test_another_name_gives_other_bytes(certificate: CertificatePrint) -> None:
    other = replace(certificate, holder="Trần Thị Ngọc Anh")
    first = certificate_pdf(certificate, WORDS, templates=TEMPLATES)
    assert certificate_pdf(other, WORDS, templates=TEMPLATES) != first


def test_names_typed_with_loose_marks_print_the_same(certificate: CertificatePrint) -> None:
    loose = replace(certificate, holder=unicodedata.normalize("NFD", certificate.holder))
    first = certificate_pdf(certificate, WORDS, templates=TEMPLATES)
    assert certificate_pdf(loose, WORDS, templates=TEMPLATES) == first


def test_file_says_that_it_is_for_archives_and_for_screen_readers(certificate: CertificatePrint) -> None:
    made = certificate_pdf(certificate, WORDS, templates=TEMPLATES)
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made


def test_one_tagged_sheet_of_a4_dated_on_the_day_of_issue(print_pdf: Printer, tool: Tool) -> None:
    facts = tool("pdfinfo", "-isodates", str(print_pdf()))
    assert re.search(r"Tagged:\s+yes", facts)
    assert re.search(r"Pages:\s+1\n", facts)
    assert re.search(r"Page size:\s+841\.89 x 595\.276 pts \(A4\)", facts)
    assert re.search(r"CreationDate:\s+2026-12-20T00:00:00(Z|\+00)", facts)
    assert re.search(r"Title:\s+Chứng nhận – Trần Thị Ngọc Ánh\n", facts)


def test_reading_order_is_issuer_title_holder_course_code(print_pdf: Printer, tool: Tool) -> None:
    said = tool("pdfinfo", "-struct-text", str(print_pdf())).replace("\u00a0", " ")
    places = [said.index(words) for words in ("Sở Văn hóa", '"Chứng nhận"', "Trần Thị", "Kỹ năng", "K7MP-94TQ")]
    assert places == sorted(places)
    assert "H1" in said


def test_every_letter_is_set_in_be_vietnam_pro(print_pdf: Printer, tool: Tool) -> None:
    faces = tool("pdffonts", str(print_pdf(holder=LONG_NAME))).splitlines()[2:]
    assert faces
    assert all("BeVietnamPro" in face for face in faces)


@pytest.mark.parametrize(
    ("holder", "course", "title"),
    [
        (LONG_NAME, LONG_COURSE, "Chứng nhận hoàn thành khóa tập huấn kỹ năng phát ngôn cho người đứng đầu"),
        ("Ễ Ặ Ữ Ẩ Ỡ Ộ", LONG_COURSE, "Chứng nhận hoàn thành khóa học"),
        ("Ngườicótênviếtliềnkhôngcódấucáchnàovàrấtrấtdài", "Phát ngôn", "Chứng nhận"),
    ],
)
def test_long_words_stay_in_their_column_and_above_the_dates(
    holder: str, course: str, title: str, print_pdf: Printer, tool: Tool
) -> None:
    path = print_pdf(holder=holder, course_title=course, certificate_title=title)
    boxes = [
        (float(right) / POINTS_PER_MM, float(bottom) / POINTS_PER_MM, word)
        for _, _, right, bottom, word in WORD.findall(tool("pdftotext", "-bbox", str(path), "-"))
    ]
    names = {*holder.split(), *course.split(), *title.split()}
    placed = [box for box in boxes if set(box[2].split("\u00a0")) & names]
    assert {part for box in placed for part in box[2].split("\u00a0")} >= names
    assert max(right for right, _, _ in placed) <= 138
    assert max(bottom for _, bottom, _ in placed) <= 171


def test_without_unit_score_or_end_nothing_empty_is_left(print_pdf: Printer, tool: Tool) -> None:
    text = tool("pdftotext", str(print_pdf(unit="", score="", valid_until=None)), "-")
    assert "Final result" not in text
    assert "no end date" in text


def test_english_certificates_write_the_month_as_a_word(print_pdf: Printer, tool: Tool) -> None:
    path = print_pdf(language="en", issued_on=date(2026, 11, 2))
    assert "2 November 2026" in tool("pdftotext", str(path), "-")


def test_what_looks_like_typesetting_in_a_name_is_only_text(print_pdf: Printer, tool: Tool) -> None:
    holder = '#sys.inputs *x* $y$ "q"'
    assert holder in tool("pdftotext", str(print_pdf(holder=holder)), "-")


def test_a_sign_that_no_face_has_does_not_stop_the_certificate(print_pdf: Printer, tool: Tool) -> None:
    path = print_pdf(holder="Trần 陳 Ánh")
    assert b"pdfaid:part" not in path.read_bytes()
    assert re.search(r"Tagged:\s+yes", tool("pdfinfo", str(path)))


def test_a_missing_phrase_is_an_error(certificate: CertificatePrint) -> None:
    words = {key: phrase for key, phrase in WORDS.items() if key != "awarded_to"}
    with pytest.raises(KeyError, match="awarded_to"):
        certificate_pdf(certificate, words, templates=TEMPLATES)


def test_no_source_of_a_sheet_reaches_for_the_network() -> None:
    sources = sorted((TEMPLATES / "documents").glob("*.typ"))
    assert sources
    assert not [path.name for path in sources if "@preview" in path.read_text(encoding="utf-8")]
