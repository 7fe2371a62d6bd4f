"""The completions report: who is trained, who is not, by unit, on the screen and as rows for files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from elearning.domain.names import fold
from elearning.domain.permission import within
from elearning.services.auditing import record
from elearning.services.work import Work
from elearning.store.queries import reports, texts, units
from elearning.store.queries.reports import Filter, ReportRow
from elearning.store.queries.units import ListedUnit

PAGE = 50
LINE = Fraction(60, 100)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader of the report chose; empty values let everything through."""

    course: str = ""
    unit: str = ""
    status: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""

    @property
    def narrows(self) -> bool:
        return self != Asked()


@dataclass(frozen=True, slots=True)
class CompletionRow:
    """One person in one course; `status` is complete, in-progress or not-started."""

    name: str
    unit: str
    title: str
    course: str
    status: str
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
    share: Fraction


@dataclass(frozen=True, slots=True)
class CompletionsPage:
    """One page of the report, with the sentence and the picture above it."""

    total: int
    done: int
    rows: tuple[CompletionRow, ...]
    number: int
    pages: int
    units: tuple[UnitDot, ...]
    csv_href: str
    xlsx_href: str
    as_of: datetime
    filtered: bool
    course_title: str
    below: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the report can be narrowed by: (key, title) of courses, and units with their depth."""

    courses: tuple[tuple[str, str], ...]
    units: tuple[ListedUnit, ...]


def choices(work: Work) -> Choices:
    """Courses and units to choose from. Raises NotFound for actors without the grant."""
    bound = within(work.actor, "see reports")
    courses = tuple(
        (row.key, work.shelf.get(work.session, row.digest).course_in(work.actor.language)[0].title)
        for row in texts.live_courses(work.session)
    )
    return Choices(courses, tuple(units.all_units(work.session, bound)))


def _filter(work: Work, asked: Asked) -> Filter:
    zone = work.platform.zone
    since = datetime.combine(asked.since, time(), zone) if asked.since else None
    until = datetime.combine(asked.until + timedelta(days=1), time(), zone) if asked.until else None
    bound = within(work.actor, "see reports")
    return Filter(work.now, bound, asked.course, asked.unit, asked.status, since, until, fold(asked.words))


def completions_page(work: Work, asked: Asked, number: int, csv_href: str, xlsx_href: str) -> CompletionsPage:
    """One page of the report. Raises NotFound for actors without the grant."""
    filter_ = _filter(work, asked)
    total, done = reports.totals(work.session, filter_)
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    dots = tuple(
        UnitDot(row.unit or "", row.done, row.total, Fraction(row.done, row.total))
        for row in reports.by_unit(work.session, filter_)
    )
    rows = tuple(_row(work, row) for row in reports.rows(work.session, filter_, (number - 1) * PAGE, PAGE))
    title = next((row.course for row in rows), "") if asked.course else ""
    return CompletionsPage(
        total, done, rows, number, pages, dots, csv_href, xlsx_href, work.now, asked.narrows, title,
        sum(1 for dot in dots if dot.share < LINE),
    )  # fmt: skip


def completion_rows(work: Work, asked: Asked) -> Iterator[CompletionRow]:
    """All rows of the report, streamed in Vietnamese name order; work stays open while they are read."""
    for row in reports.rows(work.session, _filter(work, asked)):
        yield _row(work, row)


def _row(work: Work, row: ReportRow) -> CompletionRow:
    status = "complete" if row.completed else "in-progress" if row.done else "not-started"
    day = row.completed.astimezone(work.platform.zone).date() if row.completed else None
    share = Fraction(1) if row.completed else min(Fraction(1), Fraction(row.done, max(1, row.activities)))
    return CompletionRow(row.name, row.unit or "", row.title, row.course_title, status, day, share, row.due, row.code)


def note_export(work: Work, kind: str) -> None:
    """Write down that personal data left the platform as a file."""
    record(work, "export completions", "report", kind)
