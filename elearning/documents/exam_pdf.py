"""An examination on paper as PDF: the versions with their answer sheets, or the key to all of them."""

from collections.abc import Mapping
from pathlib import Path

from elearning.documents.exam_words import WORDS, ExamPrint, figure, key_rows
from elearning.documents.typesetting import one_line, typeset
from elearning.domain.exam_paper import LETTERS, Numbered, Piece, Span, Version, columns


def exam_pdf(exam: ExamPrint, words: Mapping[str, str], *, templates: Path) -> bytes:
    """Set all versions, each with its answer sheet. Equal input gives equal bytes.

    Raises KeyError when a phrase is missing, `typst.TypstError` when the paper cannot be set.
    """
    data = {**_head(exam, words), "versions": [_version(one, words) for one in exam.versions]}
    return typeset(templates / "documents", "exam.typ", data, exam.moment)


def key_pdf(exam: ExamPrint, words: Mapping[str, str], *, templates: Path) -> bytes:
    """Set the key to all versions, which is not handed out. Raises as `exam_pdf` does."""
    rows = [[one_line(cell) for cell in row] for row in key_rows(exam.versions)]
    data = {**_head(exam, words), "codes": [one.code for one in exam.versions], "rows": rows}
    return typeset(templates / "documents", "exam-key.typ", data, exam.moment)


def _head(exam: ExamPrint, words: Mapping[str, str]) -> dict[str, object]:
    said = {key: one_line(words[key]) for key in WORDS}
    time = said["minutes"] % {"minutes": exam.minutes} if exam.minutes else ""
    return {
        "above": one_line(exam.above),
        "issuer": one_line(exam.issuer),
        "occasion": one_line(exam.occasion),
        "title": one_line(exam.title),
        "language": exam.language,
        "time": time,
        "seed": said["seed"] % {"seed": one_line(exam.seed)} if exam.seed else "",
        "words": said,
    }


def _version(version: Version, words: Mapping[str, str]) -> dict[str, object]:
    sections = [
        {"title": one_line(title), "questions": [_question(one, words) for one in questions]}
        for title, questions in version.sections
    ]
    chosen = [
        {"number": one.number, "letters": list(LETTERS[: len(one.options)])} for one in version.questions if one.options
    ]
    written = any(not one.options for one in version.questions)
    return {"code": version.code, "sections": sections, "chosen": chosen, "written": written}


def _question(one: Numbered, words: Mapping[str, str]) -> dict[str, object]:
    question = one.question
    return {
        "label": words["question"] % {"number": one.number} if one.number else "",
        "points": words["points"] % {"points": figure(question.points)} if question.points != 1 and one.number else "",
        "several": words["several"] if question.several else "",
        "form": question.form,
        "asked": [_piece(piece) for piece in question.asked],
        "options": [
            {"letter": letter, "spans": _spans(option.spans)}
            for letter, option in zip(LETTERS, one.options, strict=False)
        ],
        "columns": columns(one.options),
    }


def _piece(piece: Piece) -> dict[str, object]:
    return {
        "kind": piece.kind,
        "spans": _spans(piece.spans),
        "cells": [one_line(cell) for cell in piece.cells],
        "picture": list(piece.picture),
        "alt": one_line("".join(span.text for span in piece.spans)),
    }


def _spans(spans: tuple[Span, ...]) -> list[dict[str, object]]:
    return [{"text": _kept(span.text), "bold": span.bold, "italic": span.italic} for span in spans]


def _kept(text: str) -> str:
    """The words with the blanks at their ends, which part them from the next."""
    bare = one_line(text)
    return (" " if text[:1].isspace() and bare else "") + bare + (" " if text[-1:].isspace() else "")
