"""Reports as CSV, XLSX and PDF. Files of tables are streamed row by row."""

import tempfile
from collections.abc import Callable, Iterable, Iterator

from flask import Response, current_app, request, stream_with_context
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.domain.reporting import ReportPrint
from elearning.services import exporting, reporting
from elearning.services.exporting import AT_ONCE, Phrases
from elearning.services.progress_report import ProgressPage
from elearning.services.report_scope import Asked
from elearning.services.reporting import Choices, CompletionsPage
from elearning.web.admin.forms import CompletionsForm
from elearning.web.admin.report_words import (
    course_phrases,
    paper,
    people_phrases,
    progress_paper,
    step_phrases,
    unit_phrases,
)
from elearning.web.request import arrived, reading, see_other, writing
from elearning.web.words import zone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PART = 65_536
FILES = ("csv", "xlsx", "pdf")
Rows = Callable[[], Iterable[tuple[object, ...]]]


def completions_file(page: CompletionsPage, form: CompletionsForm, offered: Choices, kind: str) -> ResponseReturnValue:
    """The completions report: on paper, or the table that the address asks for."""
    if kind == "pdf":
        return _paper(page, form, offered)
    if request.args.get("table") == "units":
        return _units(page, kind)
    return _people_file(page, kind)


def _people_file(page: CompletionsPage, kind: str) -> ResponseReturnValue:
    """The list of people. A list of more than 20,000 is made by the worker, and one is led to its progress."""
    phrases, asked = people_phrases(), page.asked
    if page.listed <= AT_ONCE:
        _note("completions", kind, asked)
        return _file("people", phrases, lambda: _people(asked, phrases), kind, "hoan-thanh")
    with writing() as work:
        reporting.note_export(work, "completions", kind, asked)
        job = exporting.ask(work, asked, kind, phrases, _name("hoan-thanh", kind))
    return see_other("admin.job", job=job)


def _people(asked: Asked, phrases: Phrases) -> Iterator[tuple[object, ...]]:
    with reading() as work:
        yield from exporting.people_cells(work, asked, phrases)


def _units(page: CompletionsPage, kind: str) -> ResponseReturnValue:
    """The roll-up by unit, with its sum."""
    _note("completions by unit", kind, page.asked)
    phrases, count = unit_phrases(), page.count
    figures = (count.enrolled, count.complete, count.in_progress, count.not_started, count.overdue, count.share)
    rows = [*exporting.unit_cells(page.parts.lines, phrases), (_("In all"), *figures)]
    return _file("units", phrases, lambda: rows, kind, "don-vi")


def _paper(page: CompletionsPage, form: CompletionsForm, offered: Choices) -> ResponseReturnValue:
    """The report on paper."""
    _note("completions", "pdf", page.asked)
    with reading() as work:
        printed = paper(work, page, form, offered)
    return _printed(printed, "hoan-thanh")


def _printed(printed: ReportPrint, name: str) -> Response:
    papers = current_app.extensions["papers"]
    words = {key: _(english) for key, english in papers.report_words.items()}
    return Response(papers.report(printed, words), mimetype="application/pdf", headers=_headers(name, "pdf"))


def progress_file(page: ProgressPage, offered: Choices, kind: str) -> ResponseReturnValue:
    """The progress report: the table that the page shows."""
    _note("progress", kind, page.asked)
    if kind == "pdf":
        with reading() as work:
            return _printed(progress_paper(work, page, offered), "tien-do")
    if page.course:
        phrases = step_phrases()
        return _file("steps", phrases, lambda: exporting.step_cells(page, phrases), kind, "tien-do")
    return _file("courses", course_phrases(), lambda: exporting.course_cells(page), kind, "tien-do")


def _file(shape: str, phrases: Phrases, rows: Rows, kind: str, name: str) -> Response:
    """CSV is streamed. XLSX is written to a file first: the format cannot be streamed."""
    tables, columns = current_app.extensions["tables"], phrases.columns(shape)
    if kind == "csv":
        chunks = tables.csv(columns, rows(), zone())
        return Response(stream_with_context(chunks), mimetype="text/csv", headers=_headers(name, kind))
    target = tempfile.TemporaryFile()  # noqa: SIM115  it is closed, and gone, when the answer has been sent
    tables.xlsx(columns, rows(), phrases.title, target, zone())
    target.seek(0)
    response = Response(iter(lambda: target.read(PART), b""), mimetype=XLSX, headers=_headers(name, kind))
    response.call_on_close(target.close)
    return response


def _name(name: str, kind: str) -> str:
    return f"{name}-{arrived().astimezone(zone()):%Y-%m-%d}.{kind}"


def _headers(name: str, kind: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{_name(name, kind)}"'}


def _note(report: str, kind: str, asked: Asked) -> None:
    with writing() as work:
        reporting.note_export(work, report, kind, asked)
