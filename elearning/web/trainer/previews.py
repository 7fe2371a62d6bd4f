"""A draft or an edition as a learner would see it on any day: the pages of learners, under another address."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.content.problems import ContentError
from elearning.services import course_previewing as previewing
from elearning.services.checking import Checking
from elearning.services.course_previewing import DRAFT
from elearning.services.work import Work
from elearning.web.frame import Frame, Notice, Section, frame, pages
from elearning.web.learner.saving import typed_in
from elearning.web.request import arrived, reading, see_other
from elearning.web.trainer.workshop import bp
from elearning.web.words import day as day_words
from elearning.web.words import zone

HERE = "/courses/<course>/preview/<which>/<day>"


def _day(text: str) -> date:
    """The day of a preview; today where the address names none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return arrived().astimezone(zone()).date()


def _show(template: str, course: str, which: str, day: str, make: Callable[[Work], Any]) -> ResponseReturnValue:
    """The page of learners; its addresses within the course lead to this preview. A draft with problems leads to them."""
    try:
        with reading() as work:
            page = make(work)
    except ContentError:
        flash(_("The draft has problems. Mend them first; they stand below."), "bad")
        return see_other("workshop.publish", course=course)
    start = url_for("workshop.preview_course", course=course, which=which, day=day)
    html = pages().get_template(template).render(page=page, form=None, frame=_around(course, which, day, start))
    for end in ('"', "/"):
        html = html.replace(f'"/courses/{course}{end}', f'"{start}{end}')
    return html


def _around(course: str, which: str, day: str, start: str) -> Frame:
    """The frame of a preview: what is shown, and the way out."""
    said = _("Preview of the draft") if which == DRAFT else _("Preview of edition %(number)s", number=which)
    said = _("%(what)s, as on %(day)s. Nothing here is recorded.", what=said, day=day_words(_day(day)))
    leave = Section(_("Leave the preview"), url_for("workshop.publish", course=course), False)
    sections = (leave, Section(_("Start of the preview"), start, False))
    usual = frame(pages())
    return replace(usual, notices=(*usual.notices, Notice("warn", said)), sections=sections, tabs=())


@bp.get("/courses/<course>/preview")
def open_preview(course: str) -> ResponseReturnValue:
    """Go to the preview that the form asks for."""
    which, day = request.args.get("which", DRAFT)[:10], _day(request.args.get("day", "")[:10])
    return see_other("workshop.preview_course", course=course, which=which or DRAFT, day=day.isoformat())


@bp.get(HERE)
def preview_course(course: str, which: str, day: str) -> ResponseReturnValue:
    """The outline."""
    return _show(
        "learner/outline.html", course, which, day,
        lambda work: previewing.preview_outline(work, course, which, _day(day)),
    )  # fmt: skip


@bp.get(f"{HERE}/<lesson>")
def preview_lesson(course: str, which: str, day: str, lesson: str) -> ResponseReturnValue:
    """A lesson."""
    return _lesson(course, which, day, lesson, None)


def _lesson(course: str, which: str, day: str, lesson: str, checked: Checking | None) -> ResponseReturnValue:
    return _show(
        "learner/lesson.html", course, which, day,
        lambda work: previewing.preview_lesson(work, course, which, _day(day), lesson, checked),
    )  # fmt: skip


@bp.post(f"{HERE}/<lesson>/check/<question>")
def preview_check(course: str, which: str, day: str, lesson: str, question: str) -> ResponseReturnValue:
    """A check question is judged, as for learners."""
    sent = request.get_json(silent=True) if request.is_json else next(iter(typed_in(request.form).values()), None)
    return _lesson(course, which, day, lesson, Checking(question, sent))


@bp.post(f"{HERE}/<lesson>/complete")
def preview_complete(course: str, which: str, day: str, lesson: str) -> ResponseReturnValue:
    """Go on to what follows; nothing is finished."""
    with reading() as work:
        step = previewing.preview_lesson(work, course, which, _day(day), lesson).following
    if step is None:
        return see_other("workshop.preview_course", course=course, which=which, day=day)
    if step.kind == "quiz":
        return see_other("workshop.preview_quiz", course=course, which=which, day=day, quiz=step.key)
    return see_other("workshop.preview_lesson", course=course, which=which, day=day, lesson=step.key)


@bp.get(f"{HERE}/quizzes/<quiz>")
def preview_quiz(course: str, which: str, day: str, quiz: str) -> ResponseReturnValue:
    """The rules of a quiz."""
    return _show(
        "learner/quiz.html", course, which, day,
        lambda work: previewing.preview_quiz(work, course, which, _day(day), quiz),
    )  # fmt: skip


@bp.post(f"{HERE}/quizzes/<quiz>")
def preview_begin(course: str, which: str, day: str, quiz: str) -> ResponseReturnValue:
    """Draw a paper to look at."""
    seed = secrets.token_hex(4)
    return see_other("workshop.preview_paper", course=course, which=which, day=day, quiz=quiz, seed=seed)


@bp.get(f"{HERE}/quizzes/<quiz>/paper/<seed>")
def preview_paper(course: str, which: str, day: str, quiz: str, seed: str) -> ResponseReturnValue:
    """A paper as it might be drawn."""
    return _show(
        "trainer/workshop/preview_paper.html", course, which, day,
        lambda work: previewing.preview_paper(work, course, which, quiz, seed[:20]),
    )  # fmt: skip
