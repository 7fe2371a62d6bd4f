"""An examination on paper: its versions, answer sheets and key as PDF and as Word."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest

from elearning.documents.exam_docx import exam_docx, key_docx
from elearning.documents.exam_pdf import exam_pdf, key_pdf
from elearning.documents.exam_words import WORDS, ExamPrint
from elearning.domain.exam_paper import PaperOption, PaperQuestion, PaperSection, Piece, Span, codes, version
from tests.exchange.questions.word_files import POINT

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
Tool = Callable[..., str]


@pytest.fixture
def exam() -> ExamPrint:
    options = tuple(PaperOption((Span(words),), words == "Cơ quan") for words in ("Báo", "Cơ quan", "Xã", "Tỉnh"))
    asked = (
        Piece("words", (Span("Ai "), Span("không", bold=True), Span(" nói?"))),
        Piece("row", cells=("Ngày", "Việc")),
        Piece("row", cells=("1", "Họp")),
        Piece("picture", (Span("Một điểm"),), picture=POINT),
    )
    section = PaperSection(
        "Phần 1",
        (
            PaperQuestion("a", "choices", asked, options),
            PaperQuestion("b", "line", (Piece("words", (Span("Mấy giờ?"),)),), answer="24"),
        ),
    )
    versions = tuple(version(code, [section], "s", True, True) for code in codes(101, 3))
    return ExamPrint("Sở tỉnh An Khuê", "Kiểm tra", "vi", versions, datetime(2027, 3, 1, tzinfo=UTC), 45)


def test_each_version_has_its_head_its_questions_and_its_answer_sheet(
    exam: ExamPrint, tool: Tool, tmp_path: Path
) -> None:
    path = tmp_path / "exam.pdf"
    path.write_bytes(exam_pdf(exam, WORDS, templates=TEMPLATES))
    said = " ".join(tool("pdftotext", "-layout", str(path), "-").split())
    assert (said.count("SỞ TỈNH AN KHUÊ"), said.count("Time allowed: 45 minutes")) == (6, 6)
    for words in ("Ai không nói?", "Họp", "Cơ quan", "ANSWER SHEET"):
        assert said.count(words) == 3, words
    for code in ("101", "102", "103"):
        assert f"Page 2 – Paper code {code}" in said
    assert tool("pdfinfo", str(path)).count("Tagged:          yes") == 1


def test_the_key_of_all_versions_stands_in_a_file_of_its_own(exam: ExamPrint, tool: Tool, tmp_path: Path) -> None:
    path = tmp_path / "key.pdf"
    path.write_bytes(key_pdf(exam, WORDS, templates=TEMPLATES))
    said = tool("pdftotext", "-layout", str(path), "-")
    rows = [line.split() for line in said.split("\n")]
    for place, one in enumerate(exam.versions, 1):
        for question in one.questions:
            row = next(row for row in rows if row[:1] == [str(question.number)])
            assert row[place] == question.letters


def test_the_word_file_says_the_same_and_can_be_opened(exam: ExamPrint) -> None:
    book = docx.Document(BytesIO(exam_docx(exam, WORDS)))
    said = "\n".join(paragraph.text for paragraph in book.paragraphs)
    assert said.count("Ai không nói?") == 3
    assert [said.count(f"Paper code: {code}") for code in ("101", "102", "103")] == [2, 2, 2]
    assert len(book.inline_shapes) == 3
    key = docx.Document(BytesIO(key_docx(exam, WORDS)))
    rows = [[cell.text for cell in row.cells] for row in key.tables[0].rows]
    assert rows[0] == ["Question", "101", "102", "103"]
    assert [row[1:] for row in rows[1:]] == [
        [one.questions[place].letters for one in exam.versions] for place in (0, 1)
    ]


def test_the_same_paper_gives_the_same_bytes(exam: ExamPrint) -> None:
    assert exam_docx(exam, WORDS) == exam_docx(exam, WORDS)
    assert exam_pdf(exam, WORDS, templates=TEMPLATES) == exam_pdf(exam, WORDS, templates=TEMPLATES)
