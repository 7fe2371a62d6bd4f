"""How far the translation of a course is."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.domain.errors import Mistaken
from elearning.services import translating
from elearning.web.frame import show
from elearning.web.request import reading, see_other, writing
from elearning.web.trainer.workshop import bp
from elearning.web.words import words


@bp.get("/courses/<course>/translations")
def translations(course: str) -> ResponseReturnValue:
    """What lacks a translation, and what is behind its original."""
    with reading() as work:
        page = translating.translations_page(work, course)
    return show("trainer/workshop/translations.html", page)


@bp.post("/courses/<course>/translations")
def mark_translated(course: str) -> ResponseReturnValue:
    """Say that one translation is up to date."""
    try:
        with writing() as work:
            translating.mark_current(work, course, request.form.get("path", ""), request.form.get("item", ""))
    except Mistaken as error:
        flash(words(error.message), "bad")
    else:
        flash(_("Noted in the draft of the translation."), "good")
    return see_other("workshop.translations", course=course)
