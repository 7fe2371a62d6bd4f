"""Publishing a course: looking at what is different, approving, publishing at once or at a set time, and going back."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.content.problems import ContentError
from elearning.domain.errors import Mistaken, Refused
from elearning.services import approving, planning, publish_page, publishing, renaming
from elearning.web.frame import show
from elearning.web.request import reading, see_other, writing
from elearning.web.trainer.publish_forms import PublishForm, RollBackForm
from elearning.web.trainer.workshop import bp
from elearning.web.words import moment, words

TEMPLATE = "trainer/workshop/publish.html"


@bp.get("/courses/<course>/publish")
def publish(course: str) -> ResponseReturnValue:
    """All that one must know before publishing."""
    return _page(course, PublishForm(formdata=None), 200)


def _page(course: str, form: PublishForm, status: int) -> ResponseReturnValue:
    with reading() as work:
        page = publish_page.publish_page(work, course)
    form.digest.data = page.digest
    return show(TEMPLATE, page, form, status)


@bp.post("/courses/<course>/publish")
def publish_now(course: str) -> ResponseReturnValue:
    """Publish what was looked at, now or at the time set."""
    form = PublishForm()
    try:
        if not form.validate_on_submit() or not _meant(course, form):
            return _page(course, form, 422)
        said = _plan(course, form) if request.form.get("go") == "later" else _publish(course, form)
    except (Mistaken, Refused, ContentError) as error:
        form.digest.errors = [words(error.message)]
        return _page(course, form, 422)
    flash(said, "good")
    return see_other("workshop.publish", course=course)


def _meant(course: str, form: PublishForm) -> bool:
    """Whether it was said that activities are gone for good, where some are. It compiles, before the database is held."""
    with reading() as work:
        page = publish_page.publish_page(work, course)
    if page.needs_word and not form.gone.data:
        form.gone.errors = [_("Say that these are gone for good, or what they have become.")]
        return False
    return True


def _publish(course: str, form: PublishForm) -> str:
    with writing() as work:
        done = publishing.publish(work, course, (form.note.data or "").strip(), form.digest.data or "")
    if not done.fresh:
        return str(_("Nothing has changed since edition %(number)s.", number=done.number))
    return str(_("Edition %(number)s is live. Learners are judged by it within minutes.", number=done.number))


def _plan(course: str, form: PublishForm) -> str:
    if form.due.data is None:
        raise Mistaken(planning.no_time())
    with writing() as work:
        planning.plan(work, course, form.digest.data or "", form.due.data, (form.note.data or "").strip())
    return str(_("It will be published at %(moment)s, as it is now.", moment=moment(form.due.data)))


@bp.post("/courses/<course>/approve")
def approve(course: str) -> ResponseReturnValue:
    """Approve one step of the state that was looked at."""
    try:
        with writing() as work:
            approving.approve(work, course, request.form.get("step", ""), request.form.get("digest", ""))
    except (Mistaken, Refused) as error:
        flash(words(error.message), "bad")
    else:
        flash(_("Approved. It holds for the texts as they are now."), "good")
    return see_other("workshop.publish", course=course)


@bp.post("/courses/<course>/renamed")
def renamed(course: str) -> ResponseReturnValue:
    """Say what an activity that is no longer there has become."""
    try:
        with writing() as work:
            renaming.rename(work, course, request.form.get("old", ""), request.form.get("new", ""))
    except Mistaken as error:
        flash(words(error.message), "bad")
    else:
        flash(_("Written into the text: what was done under the old name counts for the new one."), "good")
    return see_other("workshop.publish", course=course)


@bp.post("/courses/<course>/plans/<plan>/withdraw")
def withdraw_plan(course: str, plan: str) -> ResponseReturnValue:
    """Take back what was to be published at a set time."""
    try:
        with writing() as work:
            planning.withdraw(work, course, plan)
    except Refused as error:
        flash(words(error.message), "bad")
    else:
        flash(_("Taken back. Nothing will be published at that time."), "good")
    return see_other("workshop.publish", course=course)


@bp.get("/courses/<course>/editions")
def editions(course: str) -> ResponseReturnValue:
    """All editions of a course."""
    with reading() as work:
        page = publish_page.editions_page(work, course)
    return show("trainer/workshop/editions.html", page)


@bp.get("/courses/<course>/editions/<int:number>")
def edition(course: str, number: int) -> ResponseReturnValue:
    """One edition: what it changed, and going back to it."""
    with reading() as work:
        page = publish_page.edition_page(work, course, number)
    return show("trainer/workshop/edition.html", page, RollBackForm(formdata=None))


@bp.post("/courses/<course>/editions/<int:number>/roll-back")
def roll_back(course: str, number: int) -> ResponseReturnValue:
    """Make an old edition live again, as a new one."""
    form = RollBackForm()
    if not form.validate_on_submit():
        with reading() as work:
            page = publish_page.edition_page(work, course, number)
        return show("trainer/workshop/edition.html", page, form, 422)
    with writing() as work:
        done = publishing.roll_back(work, course, number, (form.note.data or "").strip())
    flash(_("Edition %(number)s is live; it is what edition %(old)s was.", number=done.number, old=number), "good")
    return see_other("workshop.editions", course=course)
