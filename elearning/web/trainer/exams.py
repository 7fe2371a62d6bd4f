"""Examinations: the list, one quiz with what is arranged for it, one attempt and what may be done about it."""

from collections.abc import Callable
from dataclasses import replace

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.domain.errors import Closed, Mistaken, Refused
from elearning.services import answer_files, arranging, exams, rectifying
from elearning.services.work import Work
from elearning.web.frame import show
from elearning.web.request import page_number, reading, see_other, writing
from elearning.web.trainer.exam_forms import ArrangeForm, RectifyForm
from elearning.web.trainer.views import bp
from elearning.web.words import words


@bp.get("/quizzes")
def quizzes() -> ResponseReturnValue:
    """Every quiz of every live course."""
    with reading() as work:
        page = exams.exams_page(work)
    return show("trainer/exams.html", page)


@bp.post("/answer-files")
def load_file() -> ResponseReturnValue:
    """Take in a sealed answer file; its answers are kept as late ones, for somebody to accept."""
    sent = request.files.get("file")
    try:
        with writing() as work:
            attempt, new = answer_files.load(work, sent.read() if sent else b"")
    except (Mistaken, Refused) as error:
        with reading() as work:
            page = replace(exams.exams_page(work), refused=error.message)
        return show("trainer/exams.html", page, None, 422)
    said = ngettext("%(num)s answer came in and is kept as late.", "%(num)s answers came in and are kept as late.", new)
    flash(said if new else _("Everything in this file was here already."), "good")
    return see_other("trainer.exam_attempt", attempt=attempt)


@bp.get("/quizzes/<course>/<quiz>")
def exam(course: str, quiz: str) -> ResponseReturnValue:
    """One quiz: what is arranged for it, and its attempts."""
    return _exam(course, quiz, ArrangeForm(formdata=None), 200)


def _exam(course: str, quiz: str, form: ArrangeForm, status: int) -> ResponseReturnValue:
    with reading() as work:
        asked = request.args.get("q", "")[:200]
        page = exams.exam_page(work, course, quiz, request.args.get("state", ""), asked, page_number())
    form.offer(page)
    return show("trainer/exam.html", page, form, status)


@bp.post("/quizzes/<course>/<quiz>/arrange")
def arrange(course: str, quiz: str) -> ResponseReturnValue:
    """Add a row; what is wrong is told with everything that was typed still there."""
    form = ArrangeForm()
    if not form.validate_on_submit():
        return _exam(course, quiz, form, 422)
    try:
        with writing() as work:
            arranging.arrange(work, course, quiz, form.wanted())
    except (Mistaken, Refused) as error:
        form.kind.errors = [words(error.message)]
        return _exam(course, quiz, form, 422)
    flash(_("Arranged. It holds from now on, for attempts that run as well."), "good")
    return see_other("trainer.exam", course=course, quiz=quiz)


@bp.post("/quizzes/<course>/<quiz>/end")
def end_arrangement(course: str, quiz: str) -> ResponseReturnValue:
    """End a row; it stays in the history."""
    try:
        with writing() as work:
            arranging.end(work, course, quiz, request.form.get("row", ""))
    except Refused as error:
        flash(words(error.message), "bad")
    else:
        flash(_("Ended. It stays in the history below."), "good")
    return see_other("trainer.exam", course=course, quiz=quiz)


@bp.get("/attempts/<attempt>")
def exam_attempt(attempt: str) -> ResponseReturnValue:
    """One attempt: how far it is, what came late, what was done about it."""
    return _attempt(attempt, RectifyForm(formdata=None), 200)


def _attempt(attempt: str, form: RectifyForm, status: int) -> ResponseReturnValue:
    with reading() as work:
        page = exams.attempt_page(work, attempt)
    return show("trainer/exam_attempt.html", page, form, status)


def _more_time(work: Work, attempt: str, form: RectifyForm) -> str:
    rectifying.more_time(work, attempt, form.minutes.data or 0, form.reason.data or "")
    return str(_("The attempt has more time."))


def _reopen(work: Work, attempt: str, form: RectifyForm) -> str:
    rectifying.reopen(work, attempt, form.minutes.data or 0, form.reason.data or "")
    return str(_("The attempt is open again. The learner finds it on the start page."))


def _accept(work: Work, attempt: str, form: RectifyForm) -> str:
    chosen = {int(one) for one in request.form.getlist("late") if one.isdecimal() and len(one) < 10}
    count = rectifying.accept_late(work, attempt, chosen, form.reason.data or "")
    return str(ngettext("%(num)s question is graded anew.", "%(num)s questions are graded anew.", count))


DEEDS: dict[str, Callable[[Work, str, RectifyForm], str]] = {
    "more-time": _more_time,
    "reopen": _reopen,
    "accept-late": _accept,
}


@bp.post("/attempts/<attempt>/<any('more-time','reopen','accept-late'):deed>")
def rectify(attempt: str, deed: str) -> ResponseReturnValue:
    """One of the things that may be done about an attempt, with a reason."""
    form = RectifyForm()
    if not form.validate_on_submit():
        return _attempt(attempt, form, 422)
    try:
        with writing() as work:
            said = DEEDS[deed](work, attempt, form)
    except (Mistaken, Refused, Closed) as error:
        form.reason.errors = [words(error.message)]
        return _attempt(attempt, form, 422)
    flash(said, "good")
    return see_other("trainer.exam_attempt", attempt=attempt)
