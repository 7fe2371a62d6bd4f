"""What trainers do: marking, for now."""

import re

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.domain.errors import Mistaken
from elearning.services import marking
from elearning.services.marking import Marks
from elearning.web.frame import show
from elearning.web.request import page_number, reading, see_other, staff_only, writing
from elearning.web.words import words

bp = Blueprint("trainer", __name__, url_prefix="/author")
_LEVEL = re.compile(r"m(\d{1,4})\.(\d{1,2})")


@bp.before_request
def guard() -> ResponseReturnValue | None:
    """For those without a grant there are no such pages."""
    return staff_only("mark")


@bp.get("/marking")
def waiting() -> ResponseReturnValue:
    """What waits to be marked."""
    with reading() as work:
        page = marking.waiting_page(work, page_number())
    return show("trainer/marking.html", page)


@bp.get("/marking/<attempt>")
def attempt(attempt: str) -> ResponseReturnValue:
    """The answers of one attempt that a person marks."""
    with reading() as work:
        page = marking.marking_page(work, attempt)
    return show("trainer/mark.html", page)


@bp.post("/marking/<attempt>")
def mark(attempt: str) -> ResponseReturnValue:
    """Write marks down; what is missing is told, with everything that was chosen still there."""
    typed = _typed()
    try:
        with writing() as work:
            done = marking.mark(work, attempt, typed)
    except Mistaken as error:
        flash(words(error.message), "bad")
        with reading() as work:
            page = marking.marking_page(work, attempt, typed)
        return show("trainer/mark.html", page, None, 422)
    flash(_("Marked; the learner is told.") if done else _("Marked; other answers of this attempt still wait."), "good")
    return see_other("trainer.waiting")


def _typed() -> dict[int, Marks]:
    """Levels by slot, each as long as the rubric that the page showed."""
    sizes = {int(name[1:-5]): request.form[name] for name in request.form if re.fullmatch(r"m\d{1,4}\.size", name)}
    levels: dict[int, list[int | None]] = {
        slot: [None] * int(size) for slot, size in sizes.items() if size.isdecimal() and int(size) < 100
    }
    for name in request.form:
        found = _LEVEL.fullmatch(name)
        if found and int(found[1]) in levels and int(found[2]) < len(levels[int(found[1])]):
            value = request.form[name]
            levels[int(found[1])][int(found[2])] = int(value) if value.isdecimal() and len(value) < 3 else None
    return {slot: Marks(tuple(row), request.form.get(f"comment{slot}", "").strip()) for slot, row in levels.items()}
