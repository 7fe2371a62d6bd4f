"""The start page, which says the one next thing to do, and the catalogue of courses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from elearning.domain.completion import judge
from elearning.services.certifying import CertificateRow, certificate_row
from elearning.services.noticing import NoticeRow, shown
from elearning.services.outline import outline_modules
from elearning.services.standing import Enrolled, done_of
from elearning.services.work import Work
from elearning.store.queries import learning
from elearning.store.queries.learning import Event


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A course in the catalogue; `state` is open, enrolled or complete."""

    key: str
    title: str
    summary: str
    hours: str
    lessons: int
    state: str
    done: int
    total: int
    language: str
    translated: bool


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """All courses that the actor takes or may join."""

    courses: tuple[CatalogueRow, ...]


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do next. `href_lesson` is the key of the lesson or quiz, or the id of the running attempt."""

    course_title: str
    course: str
    kind: str
    title: str
    module_title: str
    module_number: int
    activity_number: int
    minutes: int | None
    href_lesson: str
    done: int
    total: int
    module_done: int
    module_total: int
    resumed: bool


@dataclass(frozen=True, slots=True)
class DueRow:
    """A course that the actor has not completed yet; `days` is negative when it is overdue."""

    course: str
    title: str
    due: date | None
    days: int | None
    left_activities: int
    left_minutes: int


@dataclass(frozen=True, slots=True)
class StartPage:
    """What to do next, what is due, and what has been earned."""

    next: NextStep | None
    due: tuple[DueRow, ...]
    certificates: tuple[CertificateRow, ...]
    open_courses: int
    notices: tuple[NoticeRow, ...]
    help: str


def _visible(work: Work, events: Sequence[Event]) -> list[Enrolled]:
    """All courses that the actor takes or may join, with where they stand in each."""
    found: list[Enrolled] = []
    for row in learning.courses(work.session, work.actor.id, work.now):
        compiled = work.shelf.get(work.session, row.digest)
        if row.enrolled is None and (compiled.course.enrol == "by-list" or row.archived is not None):
            continue
        own = tuple(event for event in events if event.course_id == row.course_id)
        found.append(Enrolled(row, compiled, own, judge(compiled.course, compiled.quizzes, done_of(own))))
    return found


def catalogue(work: Work) -> CataloguePage:
    """All courses that the actor takes or may join; those in progress first, those completed last."""
    rank = {"enrolled": 0, "open": 1, "complete": 2}
    rows = [_catalogue_row(work, found) for found in _visible(work, learning.events(work.session, work.actor.id))]
    return CataloguePage(tuple(sorted(rows, key=lambda row: (rank[row.state], row.key))))


def _catalogue_row(work: Work, found: Enrolled) -> CatalogueRow:
    course, language = found.compiled.course_in(work.actor.language)
    complete = any(event.kind == "course" for event in found.events)
    state = "complete" if complete else "enrolled" if found.row.enrolled else "open"
    return CatalogueRow(
        found.row.key, course.title, course.summary, course.hours, len(found.compiled.lessons), state,
        len(found.standing.done), found.standing.total, language, language == work.actor.language,
    )  # fmt: skip


def start(work: Work) -> StartPage:
    """What the actor should do next: a running attempt first, then the course that is due soonest."""
    events, told = learning.events_and_notices(work.session, work.actor.id)
    visible = _visible(work, events)
    titles = {found.row.key: found.compiled.course_in(work.actor.language)[0].title for found in visible}
    open_ = [found for found in visible if found.row.enrolled and not any(e.kind == "course" for e in found.events)]
    open_.sort(key=lambda found: (not found.running, found.row.due or date.max, found.row.key))
    held = learning.certificates(work.session, work.actor.id)
    return StartPage(
        next=next((step for found in open_ if (step := _next_step(work, found))), None),
        due=tuple(_due_row(work, found) for found in open_),
        certificates=tuple(certificate_row(work, row) for row in held),
        open_courses=sum(1 for found in visible if found.row.enrolled is None),
        notices=shown(told, titles),
        help="",
    )


def _next_step(work: Work, found: Enrolled) -> NextStep | None:
    course = found.compiled.course_in(work.actor.language)[0]
    modules = outline_modules(found, course, work.actor.language)
    running = found.running
    for module in modules:
        for item in module.items:
            resumed = item.kind == "quiz" and item.key in running
            if resumed or (not running and item.state == "now"):
                return NextStep(
                    course.title, course.key, "attempt" if resumed else item.kind, item.title, module.title,
                    module.number, item.number, item.minutes, running[item.key] if resumed else item.key,
                    len(found.standing.done), found.standing.total, module.done, module.total,
                    resumed or bool(found.standing.done),
                )  # fmt: skip
    return None


def _due_row(work: Work, found: Enrolled) -> DueRow:
    course = found.compiled.course_in(work.actor.language)[0]
    items = [
        i for module in outline_modules(found, course, work.actor.language) for i in module.items if i.state != "done"
    ]
    due = found.row.due
    days = (due - work.today).days if due else None
    return DueRow(found.row.key, course.title, due, days, len(items), sum(item.minutes or 0 for item in items))
