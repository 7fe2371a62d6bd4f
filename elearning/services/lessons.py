"""Reading a lesson, and finishing it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from elearning.domain.completion import shut, why_shut
from elearning.domain.course import Activity, Lesson
from elearning.domain.errors import Refused
from elearning.domain.message import message
from elearning.services import completing
from elearning.services.checking import Checking, check_view
from elearning.services.glossary import TermSheet, term_sheets
from elearning.services.handouts import has_form
from elearning.services.laws import LawSheet, sheets
from elearning.services.outline import OutlineItem, Step, module_of, neighbours, outline_modules
from elearning.services.paper import SlotView
from elearning.services.standing import Enrolled, enrolled_course
from elearning.services.work import Work
from elearning.store.queries import visits


@dataclass(frozen=True, slots=True)
class PartView:
    """A run of text, and the check question that follows it."""

    html: str
    check: SlotView | None


@dataclass(frozen=True, slots=True)
class Trial:
    """The words of a lesson that is only being tried by its author, and the path they are written at."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A lesson to read; `behind` says that its original has moved on since it was translated, `trial` that its author is only
    trying it: nothing done on such a page is kept.
    """

    course: str
    course_title: str
    key: str
    title: str
    minutes: int
    objectives: tuple[str, ...]
    module_title: str
    module_number: int
    number: int
    parts: tuple[PartView, ...]
    laws: tuple[LawSheet, ...]
    terms: tuple[TermSheet, ...]
    done: bool
    done_at: datetime | None
    previous: Step | None
    following: Step | None
    items: tuple[OutlineItem, ...]
    original_only: bool
    shown_language: str
    unsure: bool
    reviewed: date | None
    dwell: int
    module_key: str
    forms: bool
    behind: bool = False
    trial: Trial | None = None

    @property
    def ended(self) -> tuple[LawSheet, ...]:
        """Documents that the lesson cites and that are no longer in force."""
        return tuple(law for law in self.laws if law.ended)


def lesson(work: Work, key: str, lesson_key: str, checked: Checking | None = None) -> LessonPage:
    """A lesson, with what is said of the check question that was answered just now, if one was.

    Raises NotFound where there is none, Refused where it is not open yet or the course not joined.
    """
    return lesson_page(work, enrolled_course(work, key), lesson_key, checked)


def lesson_page(work: Work, found: Enrolled, lesson_key: str, checked: Checking | None = None) -> LessonPage:
    """The same for a course that was found already. Raises as `lesson`."""
    compiled, key = found.compiled, found.row.key
    activity = Activity("lesson", lesson_key)
    module_number, module = module_of(compiled, activity)
    if activity in shut(compiled.course, found.standing):
        raise Refused(why_shut())
    course = compiled.course_in(work.actor.language)[0]
    shown, language = compiled.lesson_in(lesson_key, work.actor.language)
    modules = outline_modules(found, course, work.actor.language)
    before, following = neighbours(modules, "lesson", lesson_key)
    translation = compiled.translations.get(language)
    at = next((event.at for event in found.events if (event.kind, event.item) == ("lesson", lesson_key)), None)
    return LessonPage(
        key, course.title, lesson_key, shown.title, shown.minutes, tuple(o.words for o in shown.objectives),
        modules[module_number - 1].title, module_number, module.activities.index(activity) + 1, lesson_parts(compiled.lessons[lesson_key], shown, checked),
        sheets(work, shown.cites), term_sheets(work, shown.terms), at is not None, at, before, following, modules[module_number - 1].items,
        language != work.actor.language, language, shown.unsure, course.reviewed, shown.dwell_minutes, module.key,
        has_form(shown), translation is not None and lesson_key in translation.behind,
    )  # fmt: skip


def lesson_parts(original: Lesson, shown: Lesson, checked: Checking | None = None) -> tuple[PartView, ...]:
    """The parts of a lesson in turn: text, and check questions with what is said of the one that was answered just now."""
    numbers = {key: number for number, key in enumerate(original.checks, 1)}
    return tuple(
        PartView(
            part.html, check_view(numbers[part.check], original.checks[part.check], shown.checks[part.check], checked)
        )
        if part.check in numbers
        else PartView(part.html, None)
        for part in shown.parts
    )


def finish_lesson(work: Work, key: str, lesson_key: str) -> Step | None:
    """The actor has finished a lesson; what comes next. Finishing twice changes nothing."""
    found = enrolled_course(work, key)
    activity = Activity("lesson", lesson_key)
    module_of(found.compiled, activity)
    if activity in shut(found.compiled.course, found.standing):
        raise Refused(why_shut())
    _ensure_dwelt(work, found, lesson_key)
    happened = completing.Happened("lesson", lesson_key, work.actor.id, found.row.course_id, found.row.edition_id)
    completing.after(work, happened, found.compiled)
    modules = outline_modules(found, found.compiled.course, work.actor.language)
    return neighbours(modules, "lesson", lesson_key)[1]


def note_opening(work: Work, key: str, lesson_key: str) -> None:
    """Write down when the actor first opened a lesson that asks for time; nothing for any other lesson."""
    found = enrolled_course(work, key)
    lesson = found.compiled.lessons.get(lesson_key)
    if (
        lesson is not None
        and lesson.dwell_minutes
        and not visits.opened(work.session, work.actor.id, found.row.course_id, lesson_key)
    ):
        visits.open_now(work.session, work.actor.id, found.row.course_id, lesson_key, work.now)


def _ensure_dwelt(work: Work, found: Enrolled, lesson_key: str) -> None:
    """Raises Refused while the lesson has been open for less time than it asks for."""
    dwell = timedelta(minutes=found.compiled.lessons[lesson_key].dwell_minutes)
    if not dwell or any((event.kind, event.item) == ("lesson", lesson_key) for event in found.events):
        return
    opened = visits.opened(work.session, work.actor.id, found.row.course_id, lesson_key)
    if opened is None or work.now - opened < dwell:
        free = (opened or work.now) + dwell
        raise Refused(
            message(
                "This lesson asks for %(minutes)s minutes of reading. You can finish it from %(moment)s.",
                minutes=dwell.seconds // 60,
                moment=free,
            )
        )
