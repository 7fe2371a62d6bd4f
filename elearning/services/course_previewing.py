"""A draft or any edition as a learner would see it on any day: nothing of it is recorded, and nobody is enrolled for it."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any, cast

from elearning.content.problems import ContentError
from elearning.domain.completion import judge
from elearning.domain.course import Activity
from elearning.domain.edition import Compiled
from elearning.domain.paper import draw_paper
from elearning.services.attempting import QuizPage, rules_page
from elearning.services.checking import Checking
from elearning.services.drafting import ensure_writes
from elearning.services.lessons import LessonPage, lesson_page
from elearning.services.outline import OutlinePage, module_of, outline_page
from elearning.services.paper import OpenPaper, SlotView, slot_view
from elearning.services.standing import Enrolled, done_of
from elearning.services.work import Work, not_here
from elearning.store.queries import publishing as queries
from elearning.store.queries.attempts import SlotRow
from elearning.store.queries.learning import CourseRow

DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A paper as it might be drawn; `seed` draws the same one again."""

    course: str
    course_title: str
    quiz: str
    title: str
    slots: tuple[SlotView, ...]
    shown_language: str
    seed: str


def moment_of(work: Work, day: date) -> datetime:
    """Noon of a day, where the platform is."""
    return datetime.combine(day, time(12), work.platform.zone).astimezone(UTC)


def _on(work: Work, day: date) -> Work:
    return replace(work, now=moment_of(work, day))


def _found(work: Work, course: str, which: str) -> Enrolled:
    """The course as one sees it who has just been enrolled in it. Nothing is shut: a preview is not the place to wait.

    Raises NotFound where there is no such state, and for those who may not write; ContentError for a draft with problems.
    """
    ensure_writes(work)
    row = queries.course(work.session, course)
    compiled, digest, edition, note = _state(work, course, which)
    compiled = replace(compiled, course=replace(compiled.course, order="free"))
    standing = judge(compiled.course, compiled.quizzes, done_of(()))
    seen = CourseRow(row.id if row else 0, course, edition, digest, None, work.now, None, note, work.now)
    return Enrolled(seen, compiled, (), standing)


def _state(work: Work, course: str, which: str) -> tuple[Compiled, str, int, str]:
    if which == DRAFT:
        ready = work.shelf.draft(work.session, course)
        if ready.compiled is None:
            raise ContentError(list(ready.problems))
        return ready.compiled, ready.digest, 0, ""
    edition = queries.edition(work.session, course, int(which)) if which.isdecimal() and len(which) < 8 else None
    if edition is None:
        raise not_here()
    return work.shelf.get(work.session, edition.digest), edition.digest, edition.id, edition.note


def preview_outline(work: Work, course: str, which: str, day: date) -> OutlinePage:
    """The outline. Raises as `_found`."""
    return outline_page(_on(work, day), _found(work, course, which))


def preview_lesson(
    work: Work, course: str, which: str, day: date, lesson: str, checked: Checking | None = None
) -> LessonPage:
    """A lesson. Raises as `_found`, and NotFound where there is no such lesson."""
    return lesson_page(_on(work, day), _found(work, course, which), lesson, checked)


def preview_quiz(work: Work, course: str, which: str, day: date, quiz: str) -> QuizPage:
    """The rules of a quiz, as they stand in the text. Raises as `preview_lesson`."""
    found = _found(work, course, which)
    module_of(found.compiled, Activity("quiz", quiz))
    return rules_page(_on(work, day), found, quiz, (), ())


def preview_paper(work: Work, course: str, which: str, quiz: str, seed: str) -> PaperPage:
    """A paper that is drawn for this page alone. Raises as `preview_lesson`."""
    found = _found(work, course, which)
    module_of(found.compiled, Activity("quiz", quiz))
    compiled, language = found.compiled, work.actor.language
    drawn = draw_paper(compiled.quizzes[quiz], compiled.banks, Random(seed))  # noqa: S311  nothing depends on it
    slots = tuple(
        SlotRow(s.number, s.bank, s.question, s.digest, list(s.order), s.points.numerator, s.points.denominator, False)
        for s in drawn
    )
    paper = OpenPaper(cast(Any, None), compiled, compiled.quizzes[quiz].rules, slots, (), {})
    shown, title = compiled.quiz_in(quiz, language)[0], compiled.course_in(language)[0].title
    return PaperPage(
        course, title, quiz, shown.rules.title, tuple(replace(slot_view(paper, slot, None, language), may_check=False) for slot in slots),
        language if language in compiled.translations else compiled.course.language, seed,
    )  # fmt: skip
