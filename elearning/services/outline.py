"""The outline of a course for one person, and joining a course."""

from dataclasses import dataclass
from datetime import date, datetime

from elearning.domain.completion import next_activity, shut, why_shut
from elearning.domain.course import Activity, Course, Module
from elearning.domain.edition import Compiled
from elearning.domain.message import Message, message
from elearning.services.auditing import record
from elearning.services.standing import Enrolled, course_of_actor, course_titles
from elearning.services.work import Work, not_here
from elearning.store.models.learning import Enrolment
from elearning.store.queries import learning


@dataclass(frozen=True, slots=True)
class OutlineItem:
    """One activity of an outline; `state` is done, now, open or shut."""

    kind: str
    key: str
    number: int
    title: str
    minutes: int | None
    questions: int | None
    state: str
    note: Message | None = None


@dataclass(frozen=True, slots=True)
class OutlineModule:
    """A module with its activities."""

    number: int
    key: str
    title: str
    items: tuple[OutlineItem, ...]

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def readable(self) -> bool:
        """Whether it has lessons, and all of them are open: then there is a hand-out."""
        lessons = [item for item in self.items if item.kind == "lesson"]
        return bool(lessons) and all(item.state != "shut" for item in lessons)

    @property
    def done(self) -> int:
        return sum(1 for item in self.items if item.state == "done")


def outline_modules(found: Enrolled, course: Course, language: str) -> tuple[OutlineModule, ...]:
    """The modules of a course with the state of each activity for the actor."""
    coming = next_activity(found.compiled.course, found.standing)
    closed = shut(found.compiled.course, found.standing)
    return tuple(
        OutlineModule(number, module.key, module.title, tuple(
            _item(found, activity, place, language, coming, activity in closed)
            for place, activity in enumerate(module.activities, 1)
        ))
        for number, module in enumerate(course.modules, 1)
    )  # fmt: skip


def _item(
    found: Enrolled, activity: Activity, number: int, language: str, coming: Activity | None, closed: bool
) -> OutlineItem:
    state = "done" if activity in found.standing.done else "shut" if closed else "now" if activity == coming else "open"
    note = why_shut() if closed else None
    if activity.kind == "lesson":
        lesson = found.compiled.lesson_in(activity.key, language)[0]
        return OutlineItem("lesson", activity.key, number, lesson.title, lesson.minutes, None, state, note)
    quiz = found.compiled.quiz_in(activity.key, language)[0]
    return OutlineItem("quiz", activity.key, number, quiz.rules.title, quiz.rules.minutes, quiz.size, state, note)


@dataclass(frozen=True, slots=True)
class Step:
    """An activity before or after another."""

    kind: str
    key: str
    title: str


def module_of(compiled: Compiled, activity: Activity) -> tuple[int, Module]:
    """The module of an activity, and its number from 1. Raises NotFound when the course has no such activity."""
    for number, module in enumerate(compiled.course.modules, 1):
        if activity in module.activities:
            return number, module
    raise not_here()


def neighbours(modules: tuple[OutlineModule, ...], kind: str, key: str) -> tuple[Step | None, Step | None]:
    """What comes before and after an activity in the outline."""
    steps = [Step(item.kind, item.key, item.title) for module in modules for item in module.items]
    place = next(place for place, step in enumerate(steps) if (step.kind, step.key) == (kind, key))
    return (steps[place - 1] if place else None), (steps[place + 1] if place + 1 < len(steps) else None)


@dataclass(frozen=True, slots=True)
class OutlinePage:
    """A course with its outline; `note` is what was said to learners when this edition was published, at `noted`."""

    key: str
    title: str
    introduction: str
    hours: str
    reviewed: date | None
    enrolled: bool
    may_enrol: bool
    complete_on: datetime | None
    certificate: str | None
    done: int
    total: int
    left_minutes: int
    modules: tuple[OutlineModule, ...]
    next: OutlineItem | None
    shown_language: str
    strict: bool
    blocked: Message | None
    note: str
    noted: datetime | None


def outline(work: Work, key: str) -> OutlinePage:
    """The outline of a course. Raises NotFound for a course that is not the actor's to see."""
    return outline_page(work, course_of_actor(work, key))


def outline_page(work: Work, found: Enrolled) -> OutlinePage:
    """The same for a course that was found already."""
    key = found.row.key
    course, language = found.compiled.course_in(work.actor.language)
    modules = outline_modules(found, course, work.actor.language)
    items = [item for module in modules for item in module.items]
    completed = next((event.at for event in found.events if event.kind == "course"), None)
    held = learning.certificates(work.session, work.actor.id, found.row.course_id) if completed else []
    return OutlinePage(
        key, course.title, course.introduction, course.hours, course.reviewed, found.row.enrolled is not None,
        found.row.enrolled is None and found.row.archived is None, completed, held[0].code if held else None,
        len(found.standing.done), found.standing.total,
        sum(item.minutes or 0 for item in items if item.state != "done"), modules,
        next((item for item in items if item.state == "now"), None), language, course.order == "strict",
        message("Complete first: %(courses)s.", courses=course_titles(work, found.blocked)) if found.blocked else None,
        found.row.note, found.row.published if found.row.note else None,
    )  # fmt: skip


def join(work: Work, key: str) -> None:
    """Enrol the actor in an open course; joining twice changes nothing. Raises NotFound where one may not join."""
    found = course_of_actor(work, key)
    if found.row.enrolled is None:
        work.session.add(
            Enrolment(
                person_id=work.actor.id,
                course_id=found.row.course_id,
                reason="self",
                since=work.now,
                by_id=work.actor.id,
            )
        )
        record(work, "join course", "course", key)
