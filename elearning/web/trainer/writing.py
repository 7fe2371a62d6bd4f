"""Pages on which one text is written: the editor, what learners will see, its comments, its removal."""

from flask import flash, jsonify, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.services import drafting, finding, previewing, remarks, writing
from elearning.services.checking import Checking
from elearning.services.drafting import Conflict, Saved
from elearning.services.writing import Look
from elearning.web.frame import show
from elearning.web.headers import FRAMED, FRAMING
from elearning.web.learner.saving import typed_in
from elearning.web.request import number_in, reading, see_other
from elearning.web.request import writing as write
from elearning.web.spoken import SpokenForm
from elearning.web.trainer.workshop import bp
from elearning.web.words import speech, words

MOST = 20_000_000
LARGE = frozenset({"workshop.save", "workshop.try_out", "workshop.preview_typed"})


class TextForm(SpokenForm):
    """A text, and the save it was made on."""

    text = TextAreaField(_l("The text"))
    made_on = HiddenField()


@bp.url_value_preprocessor
def take_long_texts(endpoint: str | None, values: object) -> None:
    """A text may be long. This runs first of all, before anything reads the form."""
    if endpoint in LARGE:
        request.max_content_length = request.max_form_memory_size = MOST


@bp.get("/texts/<path:path>")
def editor(path: str) -> ResponseReturnValue:
    """One text to write."""
    return _editor(path, None, TextForm(formdata=None), 200)


def _editor(path: str, typed: str | None, form: TextForm, status: int) -> ResponseReturnValue:
    with reading() as work:
        page = writing.editor(work, path, typed)
    if typed is None:
        form.text.data, form.made_on.data = page.text, str(page.save_id)
    response = make_response(show("trainer/workshop/editor.html", page, form, status))
    response.headers["Content-Security-Policy"] = FRAMING
    return response


@bp.post("/texts/<path:path>")
def save(path: str) -> ResponseReturnValue:
    """Save a text; where somebody has saved since, on to the page on which the two are merged."""
    if request.is_json:
        return _save_beside(path)
    form = TextForm()
    try:
        done = _saved(path, form.text.data or "", number_in(form.made_on.data or "", 0), False)
    except Mistaken as error:
        form.text.errors = [words(error.message)]
        return _editor(path, form.text.data or "", form, 422)
    if isinstance(done, Conflict):
        return see_other("workshop.merge", path=path)
    flash(_("Saved."), "good")
    return see_other("workshop.editor", path=path)


def _saved(path: str, text: str, made_on: int, auto: bool) -> Saved | Conflict:
    with write() as work:
        return drafting.save_draft(work, path, text, made_on, auto=auto)


def _save_beside(path: str) -> ResponseReturnValue:
    """What the editor sends by itself: {"text": "…", "made_on": n, "auto": true}. 409 where somebody has saved since."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("text"), str) or type(sent.get("made_on")) is not int:
        raise Mistaken(
            message("This page cannot be saved as it is. Load it again; what you typed is kept in this browser.")
        )
    done = _saved(path, sent["text"], sent["made_on"], sent.get("auto") is True)
    if isinstance(done, Conflict):
        said = _(
            "%(name)s has saved this text since you opened it. Your words are kept beside it.",
            name=done.theirs.by or "–",
        )
        return jsonify(message=said, merge=url_for("workshop.merge", path=path)), 409
    return jsonify(save_id=done.save_id, at=speech().clock(done.at), fresh=done.fresh)


@bp.post("/look/<path:path>")
def try_out(path: str) -> ResponseReturnValue:
    """What is to be said of a text as it is typed; nothing is kept."""
    with reading() as work:
        found = writing.look(work, path, request.form.get("text", ""))
    return jsonify(_told(found))


def _told(found: Look) -> dict[str, object]:
    rows = [{"line": one.line, "must": one.must, "words": words(one.message)} for one in found.told]
    return {"told": rows, "words": found.words, "minutes": found.minutes}


@bp.get("/preview/<path:path>")
def preview(path: str) -> ResponseReturnValue:
    """The draft as learners will see it."""
    return _preview(path, None)


@bp.post("/preview/<path:path>")
def preview_typed(path: str) -> ResponseReturnValue:
    """A text as it is typed, as learners will see it; a check question in it is judged."""
    return _preview(path, request.form.get("text"))


def _preview(path: str, text: str | None) -> ResponseReturnValue:
    asked = request.args.get("question", "")
    sent = next(iter(typed_in(request.form).values()), None)
    with reading() as work:
        page = previewing.preview(work, path, text, Checking(asked, sent) if asked else None)
    response = make_response(show("learner/lesson.html", page))
    response.headers["Content-Security-Policy"] = FRAMED
    return response


@bp.post("/remarks/<path:path>")
def remark(path: str) -> ResponseReturnValue:
    """Comment on a line."""
    line, on = (number_in(request.form.get(name, ""), 0) for name in ("line", "save"))
    try:
        with write() as work:
            remarks.remark(work, path, on, line, request.form.get("words", ""))
    except Mistaken as error:
        flash(words(error.message), "bad")
    return see_other("workshop.editor", path=path, _anchor="remarks")


@bp.post("/remarks/<path:path>/<int:remark>")
def settle(path: str, remark: int) -> ResponseReturnValue:
    """A comment is dealt with."""
    with write() as work:
        remarks.settle(work, path, remark)
    return see_other("workshop.editor", path=path, _anchor="remarks")


@bp.get("/find")
def find() -> ResponseReturnValue:
    """What a text may cite or link to, by words of it."""
    with reading() as work:
        found = finding.find(work, request.args.get("path", "")[:300], request.args.get("q", "")[:200])
    rows = [
        {"title": one.title, "words": one.words, "href": one.href, "more": words(one.more), "ended": one.ended}
        for one in found
    ]
    return jsonify(rows)
