"""Courses as their learners go through them."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from elearning.services import certifying, laws, lessons, noticing, outline, starting
from elearning.services.checking import Checking
from elearning.services.outline import Step
from elearning.web.frame import show
from elearning.web.learner.saving import typed_in
from elearning.web.request import came_from, reading, see_other, signed_in_only, writing

bp = Blueprint("learner", __name__)
bp.before_request(signed_in_only)


@bp.get("/learn")
def start() -> ResponseReturnValue:
    """The one next thing to do, what is due, certificates."""
    with reading() as work:
        page = starting.start(work)
    return show("learner/start.html", page)


@bp.post("/notices/<int:notice>/close")
def close_notice(notice: int) -> ResponseReturnValue:
    """A notice has been read."""
    with writing(short=True) as work:
        noticing.close(work, notice)
    return see_other("learner.start")


@bp.get("/courses")
def catalogue() -> ResponseReturnValue:
    """All courses that one takes or may join."""
    with reading() as work:
        page = starting.catalogue(work)
    return show("learner/catalogue.html", page)


@bp.get("/courses/<course>", endpoint="outline")
def course_outline(course: str) -> ResponseReturnValue:
    """A course with its outline."""
    with reading() as work:
        page = outline.outline(work, course)
    return show("learner/outline.html", page)


@bp.post("/courses/<course>/enrol")
def enrol(course: str) -> ResponseReturnValue:
    """Join an open course."""
    with writing(short=True) as work:
        outline.join(work, course)
    return see_other("learner.outline", course=course)


@bp.get("/courses/<course>/<lesson>")
def lesson(course: str, lesson: str) -> ResponseReturnValue:
    """A lesson to read."""
    with reading() as work:
        page = lessons.lesson(work, course, lesson)
    if page.dwell and not page.done:
        with writing(short=True) as work:
            lessons.note_opening(work, course, lesson)
    return show("learner/lesson.html", page)


@bp.post("/courses/<course>/<lesson>/check/<question>")
def check(course: str, lesson: str, question: str) -> ResponseReturnValue:
    """A check question is judged and the lesson shown again with what is said of it; nothing is stored."""
    sent = request.get_json(silent=True) if request.is_json else next(iter(typed_in(request.form).values()), None)
    with reading() as work:
        page = lessons.lesson(work, course, lesson, Checking(question, sent))
    return show("learner/lesson.html", page)


@bp.post("/courses/<course>/<lesson>/complete")
def complete(course: str, lesson: str) -> ResponseReturnValue:
    """“I have finished”: straight on to what comes next."""
    with writing(short=True) as work:
        step = lessons.finish_lesson(work, course, lesson)
    if step is None:
        return see_other("learner.outline", course=course)
    return go_to(course, step)


def go_to(course: str, step: Step) -> ResponseReturnValue:
    """The address of an activity."""
    if step.kind == "lesson":
        return see_other("learner.lesson", course=course, lesson=step.key)
    return see_other("learner.quiz", course=course, quiz=step.key)


@bp.get("/laws/<key>")
def law(key: str) -> ResponseReturnValue:
    """A legal document: number, dates, whether it is in force today. Citations lead here without scripts."""
    with reading() as work:
        page = laws.law_page(work, key, request.args.get("at", "")[:60], came_from())
    return show("learner/law.html", page)


@bp.get("/certificates")
def certificates() -> ResponseReturnValue:
    """The certificates that one holds."""
    with reading() as work:
        page = certifying.held(work)
    return show("learner/certificates.html", page)
