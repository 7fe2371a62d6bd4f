"""The progress report: of those enrolled, how many have done each lesson and quiz; and all courses beside one another."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from elearning.domain.course import Activity
from elearning.domain.edition import Compiled
from elearning.domain.reporting import Count, Node, shown_share
from elearning.services.report_scope import Asked, Choices, scope
from elearning.services.work import Work
from elearning.store.queries import reports
from elearning.store.queries.reports import CourseCount


@dataclass(frozen=True, slots=True)
class CourseLine:
    """A course among others."""

    key: str
    title: str
    count: Count


@dataclass(frozen=True, slots=True)
class Step:
    """A lesson or a quiz of a module, and how many have done it."""

    module: str
    kind: str
    title: str
    done: int
    enrolled: int

    @property
    def share(self) -> Fraction:
        return shown_share(self.done, self.enrolled)


@dataclass(frozen=True, slots=True)
class ModuleSteps:
    """A module with its steps."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """Either all courses (`course` is empty), or one course module by module. `least` is what fewest have done."""

    count: Count
    courses: tuple[CourseLine, ...]
    course: str
    course_title: str
    modules: tuple[ModuleSteps, ...]
    least: Step | None
    crumbs: tuple[Node, ...]
    day: date
    moment: datetime
    today: bool
    asked: Asked


def progress_page(work: Work, asked: Asked, offered: Choices) -> ProgressPage:
    """The report; the only course there is needs no choosing. Raises NotFound for actors without the grant."""
    filter_ = scope(work, asked)
    found = {row.course: row for row in reports.by_course(work.session, filter_)}
    courses = tuple(CourseLine(key, title, _count(found.get(key))) for key, title in offered.courses)
    key = asked.course or (courses[0].key if len(courses) == 1 else "")
    count = _count(found.get(key)) if key else sum((line.count for line in courses), Count())
    modules = _modules(work, asked, offered, count.enrolled) if key else ()
    steps = [step for module in modules for step in module.steps]
    chosen = offered.unit(asked.unit) if asked.unit else None
    return ProgressPage(
        count, courses, key, offered.course_title(key) if key else "", modules,
        min(steps, key=lambda step: step.done) if steps and count.enrolled else None,
        (*offered.above(chosen), chosen) if chosen else (), filter_.day, filter_.moment, filter_.today, asked,
    )  # fmt: skip


def _count(row: CourseCount | None) -> Count:
    return Count(row.enrolled, row.complete, row.begun, row.overdue) if row else Count()


def _modules(work: Work, asked: Asked, offered: Choices, enrolled: int) -> tuple[ModuleSteps, ...]:
    key = asked.course or offered.courses[0][0]
    compiled = work.shelf.get(work.session, offered.editions[key])
    course = compiled.course_in(work.actor.language)[0]
    activities = [(activity.kind, activity.key) for activity in course.activities()]
    filter_ = scope(work, Asked(key, asked.unit, words=asked.words, as_of=asked.as_of))
    done = dict(zip(activities, reports.by_activity(work.session, filter_, activities), strict=True))
    return tuple(
        ModuleSteps(module.title, tuple(
            Step(
                module.title, activity.kind, _title(compiled, activity, work.actor.language),
                done[activity.kind, activity.key], enrolled,
            )
            for activity in module.activities
        ))
        for module in course.modules
    )  # fmt: skip


def _title(compiled: Compiled, activity: Activity, language: str) -> str:
    if activity.kind == "lesson":
        return compiled.lesson_in(activity.key, language)[0].title
    return compiled.quiz_in(activity.key, language)[0].rules.title
