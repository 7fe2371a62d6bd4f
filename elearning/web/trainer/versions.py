"""Pages about what was written before, or at the same time by somebody else."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.domain.errors import Mistaken
from elearning.services import comparing, drafting, merging
from elearning.services.drafting import Conflict
from elearning.web.frame import show
from elearning.web.request import number_in, reading, see_other, writing
from elearning.web.trainer.workshop import bp
from elearning.web.words import words


@bp.get("/history/<path:path>")
def history(path: str) -> ResponseReturnValue:
    """Who changed a text when, and what differs between two versions."""
    before, after = (number_in(request.args.get(name, ""), 0) for name in ("before", "after"))
    with reading() as work:
        page = comparing.history_page(work, path, before, after)
    return show("trainer/workshop/history.html", page)


@bp.post("/history/<path:path>")
def restore(path: str) -> ResponseReturnValue:
    """Bring a text back: as an older save left it, or as it was before it was removed."""
    with writing() as work:
        drafting.restore(work, path, number_in(request.form.get("save", ""), 0) or None)
    flash(_("The text is back as it was. What stood there since is kept in its history."), "good")
    if not path.endswith(".md"):
        return see_other("workshop.courses")
    return see_other("workshop.editor", path=path)


@bp.get("/merge/<path:path>")
def merge(path: str) -> ResponseReturnValue:
    """What I typed beside what another person saved meanwhile."""
    with reading() as work:
        page = merging.merge_page(work, path)
    return show("trainer/workshop/merge.html", page)


@bp.post("/merge/<path:path>")
def merge_now(path: str) -> ResponseReturnValue:
    """Save the merged text, or give up one's own words."""
    if request.form.get("go") == "drop":
        with writing() as work:
            drafting.drop_aside(work, path)
        flash(_("The text stays as the other person saved it."), "good")
        return see_other("workshop.courses")
    return _merge(
        path, {int(name[1:]): value for name, value in request.form.items() if name[:1] == "c" and name[1:].isdecimal()}
    )


def _merge(path: str, chosen: dict[int, str]) -> ResponseReturnValue:
    try:
        with writing() as work:
            done = merging.merge(work, path, number_in(request.form.get("on", ""), 0), chosen)
    except Mistaken as error:
        flash(words(error.message), "bad")
        with reading() as work:
            page = merging.merge_page(work, path, chosen)
        return show("trainer/workshop/merge.html", page, None, 422)
    if isinstance(done, Conflict):
        return see_other("workshop.merge", path=path)
    flash(_("Both texts are merged and saved."), "good")
    return see_other("workshop.editor", path=path)
