"""The completions report as CSV and XLSX, streamed row by row."""

import tempfile
from collections.abc import Iterator

from flask import Response, current_app, stream_with_context
from flask_babel import gettext as _

from elearning.domain.certificate import spelled
from elearning.services import reporting
from elearning.services.reporting import Asked, CompletionRow
from elearning.web.request import arrived, reading, writing
from elearning.web.words import zone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PART = 65_536


def _columns() -> tuple[tuple[str, str, int], ...]:
    """Title, kind and width of each column."""
    return (
        (_("Full name"), "text", 28), (_("Unit"), "text", 44), (_("Position"), "text", 26), (_("Course"), "text", 44),
        (_("Status"), "text", 16), (_("Completed on"), "date", 14), (_("Progress"), "share", 10), (_("Due date"), "date", 14),
        (_("Certificate code"), "text", 24),
    )  # fmt: skip


def _cells(row: CompletionRow, status: dict[str, str]) -> tuple[object, ...]:
    code = spelled(row.code) if row.code else ""
    return (row.name, row.unit, row.title, row.course, status[row.status], row.completed_on, row.share, row.due, code)


def _rows(asked: Asked) -> Iterator[tuple[object, ...]]:
    status = {"complete": _("Complete"), "in-progress": _("In progress"), "not-started": _("Not started")}
    with reading() as work:
        for row in reporting.completion_rows(work, asked):
            yield _cells(row, status)


def _name(kind: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="hoan-thanh-{arrived().astimezone(zone()):%Y-%m-%d}.{kind}"'}


def csv_file(asked: Asked) -> Response:
    """The report as CSV: UTF-8 with a mark at the front, semicolons, as Vietnamese spreadsheets open it."""
    _note("csv")
    tables = current_app.extensions["tables"]
    chunks = tables.csv(_columns(), _rows(asked), zone())
    return Response(stream_with_context(chunks), mimetype="text/csv", headers=_name("csv"))


def xlsx_file(asked: Asked) -> Response:
    """The report as XLSX: typed dates, frozen header, no formulas. Written to a file first: the format cannot be streamed."""
    _note("xlsx")
    target = tempfile.TemporaryFile()  # noqa: SIM115  it is closed, and gone, when the answer has been sent
    current_app.extensions["tables"].xlsx(_columns(), _rows(asked), _("Completions"), target, zone())
    target.seek(0)
    response = Response(iter(lambda: target.read(PART), b""), mimetype=XLSX, headers=_name("xlsx"))
    response.call_on_close(target.close)
    return response


def _note(kind: str) -> None:
    with writing() as work:
        reporting.note_export(work, kind)
