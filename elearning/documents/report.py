"""A report on paper: who issues it, the roll-up or the progress, the names, and room for two signatures."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from elearning.documents.typesetting import one_line, typeset
from elearning.domain.reporting import Cells, ReportPrint

WORDS: Final[dict[str, str]] = {
    "number": "Row",
    "page": "Page",
    "of_pages": "of",
    "prepared_by": "Prepared by",
    "head_of_unit": "Head of the unit",
    "sign_here": "(signature and full name)",
}
"""The fixed phrases: key → English message id."""


def report_pdf(printed: ReportPrint, words: Mapping[str, str], *, templates: Path) -> bytes:
    """Set the report on sheets of A4, lying. Equal input gives equal bytes.

    Raises `KeyError` when a phrase is missing, `typst.TypstError` when the report cannot be set.
    """
    data = {
        "language": printed.language,
        "issuer": one_line(printed.issuer),
        "unit": one_line(printed.unit),
        "title": one_line(printed.title),
        "sentence": one_line(printed.sentence),
        "scope": [[one_line(label), one_line(value)] for label, value in printed.scope],
        "parts_title": one_line(printed.parts_title),
        "parts": _table(printed.parts),
        "steps": printed.steps,
        "people_title": one_line(printed.people_title),
        "people": _table(printed.people),
        "remark": one_line(printed.remark),
        "made": one_line(printed.made),
        "words": {key: one_line(words[key]) for key in WORDS},
    }
    return typeset(templates / "documents", "report.typ", data, printed.moment)


def _table(rows: Sequence[Cells]) -> list[list[str]]:
    return [[one_line(cell) for cell in row] for row in rows]
