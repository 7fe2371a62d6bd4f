"""Reports as tables for files: the same cells for a file that is made at once and for one that the worker makes."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, cast
from zoneinfo import ZoneInfo

from elearning.domain.certificate import spelled
from elearning.domain.reporting import Line
from elearning.exchange.columns import Column, Kind
from elearning.exchange.table import csv_chunks, xlsx_file
from elearning.services import reporting, working
from elearning.services.progress_report import ProgressPage
from elearning.services.report_scope import Asked
from elearning.services.work import House, Work
from elearning.services.working import Outcome, Ticket

JOB = "completions export"
AT_ONCE = 20_000
STEP = 2_000
_PEOPLE: tuple[tuple[str, int], ...] = (
    ("text", 28), ("text", 44), ("text", 26), ("text", 44), ("text", 16), ("date", 14), ("share", 10), ("date", 14),
    ("text", 10), ("text", 24),
)  # fmt: skip
_UNITS = (("text", 48), ("number", 12), ("number", 12), ("number", 12), ("number", 12), ("number", 12), ("share", 10))
_STEPS = (("text", 44), ("text", 12), ("text", 48), ("number", 12), ("number", 12), ("share", 10))
_COURSES = (("text", 48), ("number", 12), ("number", 12), ("number", 12), ("number", 12), ("number", 12), ("share", 10))
SHAPES = {"people": _PEOPLE, "units": _UNITS, "steps": _STEPS, "courses": _COURSES}


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of a table in the reader's language: headings, the title of the sheet, and words for values by key."""

    title: str
    headings: tuple[str, ...]
    values: Mapping[str, str]

    def columns(self, shape: str) -> tuple[tuple[str, str, int], ...]:
        """Title, kind and width of each column of a table of this shape."""
        return tuple((title, kind, width) for title, (kind, width) in zip(self.headings, SHAPES[shape], strict=True))


def people_cells(work: Work, asked: Asked, phrases: Phrases, most: int | None = None) -> Iterator[tuple[object, ...]]:
    """The people of the list, one row each, streamed."""
    for row in reporting.completion_rows(work, asked, most):
        yield (
            row.name, row.unit, row.title, row.course, phrases.values[row.status], row.completed_on, row.share, row.due,
            phrases.values["overdue"] if row.overdue else "", spelled(row.code) if row.code else "",
        )  # fmt: skip


def unit_cells(lines: Iterable[Line], phrases: Phrases) -> Iterator[tuple[object, ...]]:
    """The lines of the roll-up, then their sum."""
    for line in lines:
        count = line.count
        yield (
            line_name(line, phrases.values), count.enrolled, count.complete, count.in_progress, count.not_started,
            count.overdue, count.share,
        )  # fmt: skip


def line_name(line: Line, values: Mapping[str, str]) -> str:
    """What a line of the roll-up is called."""
    if line.unit is None:
        return values["no-unit"]
    return values["direct"] % {"unit": line.unit.name} if line.direct else line.unit.name


def step_cells(page: ProgressPage, phrases: Phrases) -> Iterator[tuple[object, ...]]:
    """Lessons and quizzes of one course, in their order."""
    for module in page.modules:
        for step in module.steps:
            yield step.module, phrases.values[step.kind], step.title, step.done, step.enrolled, step.share


def course_cells(page: ProgressPage) -> Iterator[tuple[object, ...]]:
    """All courses beside one another."""
    for line in page.courses:
        c = line.count
        yield line.title, c.enrolled, c.complete, c.in_progress, c.not_started, c.overdue, c.share


def ask(work: Work, asked: Asked, kind: str, phrases: Phrases, file_name: str) -> str:
    """Have the worker make a long list of people, with the words of the one who asks; the address of the job."""
    told = {"asked": asked.plain(), "kind": kind, "title": phrases.title, "headings": list(phrases.headings)}
    return working.add(work, JOB, {**told, "values": dict(phrases.values)}, file_name)


@dataclass(slots=True)
class Watch:
    """Lets rows through and writes down, every now and then, how many have come."""

    house: House
    ticket: Ticket
    total: int
    noted: int

    def rows(self, rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
        """The rows, unchanged. Raises GivenUp when the job has been taken up elsewhere."""
        for number, row in enumerate(rows, 1):
            if number % STEP == 0:
                with self.house.writing(self.ticket.actor) as work:
                    working.advance(work, self.ticket, self.noted, number, max(number, self.total), {})
                self.noted = number
            yield row


def make(house: House, ticket: Ticket) -> Outcome:
    """Make the file of a job. A job that was broken off begins anew: a file cannot be gone on with."""
    told: Mapping[str, Any] = ticket.asked
    asked = Asked.from_plain(told["asked"])
    phrases = Phrases(told["title"], tuple(told["headings"]), told["values"])
    columns = tuple(Column(title, cast(Kind, kind), width) for title, kind, width in phrases.columns("people"))
    with house.reading(ticket.actor) as work:
        watch = Watch(house, ticket, reporting.listed(work, asked), ticket.done)
        rows = watch.rows(people_cells(work, asked, phrases))
        file = _written(told["kind"], columns, rows, phrases.title, work.platform.zone)
    return Outcome(watch.noted, {}, file=file)


def _written(
    kind: str, columns: Sequence[Column], rows: Iterable[tuple[object, ...]], title: str, zone: ZoneInfo
) -> IO[bytes]:
    """The file, open and without a name: it never stands in memory as a whole."""
    target = tempfile.TemporaryFile()  # noqa: SIM115  whoever keeps it closes it
    if kind == "csv":
        target.writelines(csv_chunks(columns, rows, zone))
    else:
        xlsx_file(columns, rows, title, cast(BinaryIO, target), zone)
    return target


working.register(JOB, make)
