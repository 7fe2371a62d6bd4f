"""An examination on paper as a Word file, for those who lay it out further. The one module that writes Word files."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt, RGBColor

from elearning.documents.exam_words import ExamPrint, figure, key_rows
from elearning.documents.typesetting import one_line
from elearning.domain.exam_paper import LETTERS, Numbered, Piece, Span, Version, columns

FACE = "Be Vietnam Pro"
_FIXED = (1980, 1, 1, 0, 0, 0)
_DOTS = "." * 60
_CIRCLE = {letter: chr(0x24B6 + place) for place, letter in enumerate(LETTERS)}


def exam_docx(exam: ExamPrint, words: Mapping[str, str]) -> bytes:
    """All versions, each with its answer sheet. Equal input gives equal bytes."""
    book = _book(exam)
    for place, version in enumerate(exam.versions):
        if place:
            book.add_page_break()
        _head(book, exam, version, words, words["paper"])
        for title, questions in version.sections:
            if title:
                book.add_heading(one_line(title), 2)
            for one in questions:
                _question(book, one, words)
        _centred(book, f"— {words['end']} —", bold=True)
        book.add_page_break()
        _sheet(book, exam, version, words)
    return _saved(book)


def key_docx(exam: ExamPrint, words: Mapping[str, str]) -> bytes:
    """The key to all versions."""
    book = _book(exam)
    if exam.above:
        _centred(book, exam.above.upper())
    _centred(book, exam.issuer.upper(), bold=True)
    if exam.occasion:
        _centred(book, exam.occasion.upper(), bold=True)
    _centred(book, f"{words['key']}: {exam.title}", bold=True)
    rows = [[words["number"], *(one.code for one in exam.versions)], *key_rows(exam.versions)]
    _table(book, rows)
    if exam.seed:
        book.add_paragraph(words["seed"] % {"seed": exam.seed})
    return _saved(book)


def _book(exam: ExamPrint) -> Any:
    book = docx.Document()
    style: Any = book.styles["Normal"]
    style.font.name, style.font.size = FACE, Pt(11)
    style.paragraph_format.space_after = Pt(4)
    heading: Any = book.styles["Heading 2"]
    heading.font.name, heading.font.size, heading.font.color.rgb = FACE, Pt(11), RGBColor(0, 0, 0)
    section = book.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.7)
    book.core_properties.title, book.core_properties.author = exam.title, exam.issuer
    for name in ("created", "modified"):
        setattr(book.core_properties, name, exam.moment.replace(tzinfo=None, microsecond=0))
    return book


def _centred(book: Any, words: str, bold: bool = False) -> None:
    paragraph = book.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(one_line(words)).bold = bold


def _head(book: Any, exam: ExamPrint, version: Version, words: Mapping[str, str], title: str) -> None:
    table = book.add_table(1, 2)
    left, right = (cell.paragraphs[0] for cell in table.rows[0].cells)
    left.alignment = right.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if exam.above:
        left.add_run(one_line(exam.above).upper() + "\n")
    left.add_run(one_line(exam.issuer).upper()).bold = True
    if exam.occasion:
        right.add_run(one_line(exam.occasion).upper() + "\n").bold = True
    right.add_run(f"{title.upper()}\n{one_line(exam.title)}").bold = True
    if exam.minutes:
        right.add_run("\n" + words["minutes"] % {"minutes": exam.minutes}).italic = True
    _centred(book, f"{words['code']}: {version.code}", bold=True)
    for key in ("name", "candidate", "unit"):
        book.add_paragraph(f"{words[key]}: {_DOTS}")


def _question(book: Any, one: Numbered, words: Mapping[str, str]) -> None:
    question = one.question
    paragraph = book.add_paragraph()
    if one.number:
        paragraph.add_run(words["question"] % {"number": one.number} + " ").bold = True
    rows: list[Sequence[str]] = []
    for place, piece in enumerate(question.asked):
        if rows and piece.kind != "row":
            _table(book, rows)
            rows = []
        if piece.kind == "row":
            rows.append(piece.cells)
        else:
            _piece(book, piece, paragraph if place == 0 and piece.kind == "words" else None)
    if rows:
        _table(book, rows)
    if question.several:
        paragraph.add_run(f" {words['several']}").italic = True
    if question.points != 1 and one.number:
        paragraph.add_run(" " + words["points"] % {"points": figure(question.points)})
    _room(book, one)


def _room(book: Any, one: Numbered) -> None:
    if one.question.form in ("line", "room"):
        for _ in range(8 if one.question.form == "room" else 1):
            book.add_paragraph(_DOTS * 2)
    beside = columns(one.options)
    lettered = list(zip(LETTERS, one.options, strict=False))
    for start in range(0, len(lettered), beside):
        line = book.add_paragraph()
        line.paragraph_format.left_indent = Cm(0.6)
        for place in range(1, beside):
            line.paragraph_format.tab_stops.add_tab_stop(Cm(0.6 + place * 16.4 / beside))
        for place, (letter, option) in enumerate(lettered[start : start + beside]):
            line.add_run(("\t" if place else "") + f"{letter}. ").bold = True
            _spans(line, option.spans)


def _piece(book: Any, piece: Piece, paragraph: Any) -> None:
    if piece.kind == "picture" and piece.picture.startswith(b"RIFF"):
        # Word shows no WebP; its words stand for it.
        book.add_paragraph(f"[{one_line(''.join(span.text for span in piece.spans))}]")
        return
    if piece.kind == "picture":
        book.add_picture(BytesIO(piece.picture), height=Cm(4.5))
        about = book.inline_shapes[-1]._inline.docPr  # noqa: SLF001 - the library has no other door to the description
        about.set("descr", one_line("".join(span.text for span in piece.spans)))
        return
    here = (
        paragraph
        if paragraph is not None
        else book.add_paragraph(style="List Bullet" if piece.kind == "item" else None)
    )
    _spans(here, piece.spans)


def _spans(paragraph: Any, spans: tuple[Span, ...]) -> None:
    for span in spans:
        run = paragraph.add_run(span.text)
        run.bold, run.italic = span.bold or None, span.italic or None


def _table(book: Any, rows: Sequence[Sequence[str]]) -> None:
    table = book.add_table(len(rows), max(map(len, rows)))
    table.style = "Table Grid"
    for line, row in zip(table.rows, rows, strict=True):
        for cell, words in zip(line.cells, row, strict=False):
            cell.text = one_line(words)


def _sheet(book: Any, exam: ExamPrint, version: Version, words: Mapping[str, str]) -> None:
    _head(book, exam, version, words, words["sheet"])
    book.add_paragraph().add_run(words["fill"]).italic = True
    chosen = [one for one in version.questions if one.options]
    beside = 4 if all(len(one.options) <= 4 for one in chosen) else 2
    height = -(-len(chosen) // beside)
    cells = [f"{one.number}. " + " ".join(_CIRCLE[letter] for letter in LETTERS[: len(one.options)]) for one in chosen]
    rows = [[cells[place] for place in range(row, len(cells), height)] for row in range(height)]
    if rows:
        _table(book, rows)
    if len(chosen) < len(version.questions):
        book.add_paragraph().add_run(words["written"]).italic = True


def _saved(book: Any) -> bytes:
    """The file with fixed dates in its zip, so that it is the same each time."""
    made, target = BytesIO(), BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(source.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            archive.writestr(zipfile.ZipInfo(name, _FIXED), source.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()
