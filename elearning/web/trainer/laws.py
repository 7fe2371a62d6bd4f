"""The register of legal documents: looked at, edited, and everything that cites a document that has changed."""

from dataclasses import replace

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.domain.errors import Mistaken
from elearning.services import law_editing, law_watch
from elearning.web.frame import show
from elearning.web.request import reading, see_other, writing
from elearning.web.trainer.law_forms import LawForm
from elearning.web.trainer.workshop import bp
from elearning.web.words import words


@bp.get("/laws")
def laws() -> ResponseReturnValue:
    """The register."""
    with reading() as work:
        page = law_watch.laws_page(work, request.args.get("q", "")[:200])
    return show("trainer/workshop/laws.html", page)


@bp.get("/laws/new")
def new_law() -> ResponseReturnValue:
    """The form for a new document."""
    return _new(LawForm(formdata=None), 200)


def _new(form: LawForm, status: int) -> ResponseReturnValue:
    with reading() as work:
        page = law_watch.laws_page(work)
    form.offer(tuple((one.key, one.number or one.title) for one in page.laws))
    return show("trainer/workshop/law_new.html", page, form, status)


@bp.post("/laws/new")
def add_law() -> ResponseReturnValue:
    """Add a document to the register."""
    form = LawForm()
    form.offer(())
    try:
        if not form.validate_on_submit():
            return _new(form, 422)
        with writing() as work:
            law_editing.put(work, form.law((form.key.data or "").strip()), "")
    except Mistaken as error:
        form.key.errors = [words(error.message)]
        return _new(form, 422)
    flash(_("Added to the register. Texts can cite it now."), "good")
    return see_other("workshop.law", key=(form.key.data or "").strip())


@bp.get("/laws/<key>")
def law(key: str) -> ResponseReturnValue:
    """One document, and everything that cites it."""
    form = LawForm(formdata=None)
    with reading() as work:
        page = law_watch.law_watch_page(work, key)
    form.offer(page.others, page.law.verified)
    form.fill(page)
    return show("trainer/workshop/law.html", page, form)


def _wrong(key: str, form: LawForm) -> ResponseReturnValue:
    with reading() as work:
        page = law_watch.law_watch_page(work, key)
    form.offer(page.others, page.law.verified)
    return show("trainer/workshop/law.html", page, form, 422)


@bp.post("/laws/<key>")
def edit_law(key: str) -> ResponseReturnValue:
    """Change what the register says of a document."""
    form = LawForm()
    form.offer(())
    try:
        if not form.validate_on_submit():
            return _wrong(key, form)
        with writing() as work:
            law_editing.put(work, form.law(key), form.was.data or "?")
    except Mistaken as error:
        form.title.errors = [words(error.message)]
        return _wrong(key, form)
    flash(_("Saved. It holds from now on, and stands in the draft of courses/laws.md."), "good")
    return see_other("workshop.law", key=key)


@bp.post("/laws/<key>/review")
def review_citations(key: str) -> ResponseReturnValue:
    """Say that what cites the document may stand, and why."""
    items = {(path, item) for path, _, item in (one.partition("#") for one in request.form.getlist("item"))}
    why = request.form.get("why", "")[:1000]
    try:
        with writing() as work:
            count = law_watch.review(work, key, items, why)
    except Mistaken as error:
        return _not_reviewed(key, frozenset(request.form.getlist("item")), why, error)
    flash(ngettext("%(num)s place was looked at and may stand.", "%(num)s places were looked at and may stand.", count), "good")  # fmt: skip
    return see_other("workshop.law", key=key)


def _not_reviewed(key: str, ticked: frozenset[str], why: str, error: Mistaken) -> ResponseReturnValue:
    form = LawForm(formdata=None)
    with reading() as work:
        page = law_watch.law_watch_page(work, key)
    form.offer(page.others, page.law.verified)
    form.fill(page)
    return show("trainer/workshop/law.html", replace(page, ticked=ticked, why=why, refused=error.message), form, 422)
