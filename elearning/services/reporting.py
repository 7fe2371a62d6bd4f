"""The completions report: who is trained, who is not, who is overdue, by person and by unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from elearning.domain.reporting import Count, Line, Node, RollUp, roll_up, shown_share
from elearning.services.auditing import record
from elearning.services.report_scope import Asked, Choices, choices, scope
from elearning.services.work import Work
from elearning.store.queries import reports
from elearning.store.queries.reports import ReportRow

__all__ = ["Asked", "Choices", "CompletionRow", "CompletionsPage", "choices", "completion_rows", "completions_page"]

PAGE = 50


@dataclass(frozen=True, slots=True)
class CompletionRow:
    """One person in one course; `status` is complete, in-progress or not-started, `person` the address of the person."""

    person: str
    name: str
    unit: str
    title: str
    course: str
    status: str
    overdue: bool
    completed_on: date | None
    share: Fraction
    due: date | None
    code: str | None


@dataclass(frozen=True, slots=True)
class UnitDot:
    """One unit of the picture."""

    unit: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class CompletionsPage:
    """One page of the report: the figures of all who count, by unit, and the people of the list.

    `listed` says how many the list names; `low` are the units of the picture below the line; `crumbs` lead from the top
    to the chosen unit.
    """

    count: Count
    listed: int
    rows: tuple[CompletionRow, ...]
    number: int
    pages: int
    parts: RollUp
    dots: tuple[UnitDot, ...]
    low: int
    crumbs: tuple[Node, ...]
    day: date
    moment: datetime
    today: bool
    asked: Asked
    course_title: str


def figures(work: Work, asked: Asked, offered: Choices) -> tuple[RollUp, int]:
    """The figures of all who count, rolled up by unit, and how many the list names."""
    found = reports.by_unit(work.session, scope(work, asked))
    counts = {row.unit: Count(row.enrolled, row.complete, row.begun, row.overdue) for row in found}
    chosen = offered.unit(asked.unit) if asked.unit else None
    parts = roll_up(offered.nodes, counts, chosen.id if chosen else None)
    return parts, sum(row.listed for row in found)


def completions_page(work: Work, asked: Asked, number: int, offered: Choices) -> CompletionsPage:
    """One page of the report. Raises NotFound for actors without the grant."""
    filter_ = scope(work, asked)
    parts, listed = figures(work, asked, offered)
    pages = max(1, -(-listed // PAGE))
    number = min(max(1, number), pages)
    rows = reports.rows(work.session, filter_, (number - 1) * PAGE, PAGE) if listed else ()
    dots = tuple(UnitDot(line.unit.name, line.count.complete, line.count.enrolled) for line in parts.lines if line.unit)
    chosen = offered.unit(asked.unit) if asked.unit else None
    return CompletionsPage(
        parts.total, listed, tuple(_row(work, row, filter_.day) for row in rows), number, pages, parts, dots,
        sum(1 for line in parts.lines if line.unit and line.count.low), (*offered.above(chosen), chosen) if chosen else (),
        filter_.day, filter_.moment, filter_.today, asked, offered.course_title(asked.course) if asked.course else "",
    )  # fmt: skip


def completion_rows(work: Work, asked: Asked, most: int | None = None) -> Iterator[CompletionRow]:
    """The people of the list, streamed in Vietnamese name order; work stays open while they are read."""
    filter_ = scope(work, asked)
    for row in reports.rows(work.session, filter_, most=most):
        yield _row(work, row, filter_.day)


def unit_lines(work: Work, asked: Asked) -> tuple[Line, ...]:
    """The lines of the roll-up by unit."""
    return figures(work, asked, choices(work, asked.as_of))[0].lines


def listed(work: Work, asked: Asked) -> int:
    """How many the list names."""
    return reports.length(work.session, scope(work, asked))


def _row(work: Work, row: ReportRow, day: date) -> CompletionRow:
    status = "complete" if row.completed else "in-progress" if row.done else "not-started"
    on = row.completed.astimezone(work.platform.zone).date() if row.completed else None
    share = Fraction(1) if row.completed else shown_share(row.done, max(1, row.activities))
    overdue = row.completed is None and row.due is not None and row.due < day
    return CompletionRow(
        row.person, row.name, row.unit or "", row.title, row.course_title, status, overdue, on, share, row.due, row.code
    )


def note_export(work: Work, report: str, kind: str, asked: Asked) -> None:
    """Write down that figures about people left the platform as a file: which report, as what, about whom."""
    chosen = " ".join(f"{name}={value}" for name, value in asked.plain().items())
    record(work, f"export {report}", "report", kind, chosen)
