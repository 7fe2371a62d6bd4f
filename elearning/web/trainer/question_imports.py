"""Questions from other platforms: a file is sent, looked at item by item, mended, and kept in a bank."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from elearning.domain.errors import Mistaken
from elearning.domain.message import Message, message
from elearning.services import question_files, question_items, question_keeping
from elearning.services.question_editing import Changed, Shown, name_of
from elearning.services.question_items import Pick
from elearning.web.frame import show
from elearning.web.learner.saving import typed_in
from elearning.web.request import actor, house, page_number, reading, see_other, writing
from elearning.web.spoken import SpokenForm
from elearning.web.trainer.question_forms import is_save, is_undecided, on_the_desk, sent_from, shown_from_text
from elearning.web.trainer.workshop import bp
from elearning.web.words import words

MOST = 52_500_000


class SendForm(SpokenForm):
    """A file of questions."""

    file = FileField(_l("File with questions"), [FileRequired(_l("Choose the file with the questions."))])
    format = SelectField(_l("Format"), validate_choice=False)


@bp.url_value_preprocessor
def take_question_files(endpoint: str | None, values: object) -> None:
    """These files may be larger than what other pages take. This runs before anything reads the form.

    Raises Mistaken for what is larger still.
    """
    if endpoint == "workshop.send_questions":
        if (request.content_length or 0) > MOST:
            raise Mistaken(message("The file is larger than %(most)s MB. Send it in parts.", most=50))
        request.max_content_length = MOST


@bp.get("/import")
def question_imports() -> ResponseReturnValue:
    """The form for a file, and the files that were sent before."""
    return _send_page(SendForm(formdata=None), 200)


def _send_page(form: SendForm, status: int) -> ResponseReturnValue:
    with reading() as work:
        page = question_items.send_page(work)
    form.format.choices = [("", _("found out from the file")), *page.formats]
    return show("trainer/banks/send.html", page, form, status)


@bp.post("/import")
def send_questions() -> ResponseReturnValue:
    """Take a file in and show what it holds."""
    form = SendForm()
    if not form.validate_on_submit():
        return _send_page(form, 422)
    sent = form.file.data
    try:
        public = question_files.upload(
            house(), actor(), sent.filename or "", sent.stream, form.format.data or "", request.remote_addr or ""
        )
    except Mistaken as error:
        form.file.errors = [words(error.message)]
        return _send_page(form, 422)
    return see_other("workshop.question_file", file=public)


@bp.get("/import/<file>")
def question_file(file: str) -> ResponseReturnValue:
    """What a file holds, item by item, as far as it is read."""
    return _file_page(file, SpokenForm(formdata=None), 200)


def _file_page(file: str, form: SpokenForm, status: int) -> ResponseReturnValue:
    with reading() as work:
        page = question_items.file_page(work, file, request.args.get("state", ""), page_number())
    return show("trainer/banks/file.html", page, form, status)


@bp.post("/import/<file>")
def keep_questions(file: str) -> ResponseReturnValue:
    """Keep what was chosen in a bank."""
    form = SpokenForm()
    if not form.validate_on_submit():
        return _file_page(file, form, 422)
    numbers = tuple(int(one) for one in request.form.getlist("item")[:500] if one.isdecimal() and len(one) < 8)
    pick = Pick(request.form.get("which", "whole"), numbers)
    bank, title = request.form.get("bank", ""), request.form.get("title", "")
    try:
        job = question_keeping.keep(house(), actor(), file, pick, bank, title, request.remote_addr or "")
    except Mistaken as error:
        form.form_errors.append(words(error.message))
        return _file_page(file, form, 422)
    return see_other("workshop.kept_questions", file=file, job=job)


@bp.get("/import/<file>/kept/<job>")
def kept_questions(file: str, job: str) -> ResponseReturnValue:
    """How far the keeping is, and what came of it."""
    with reading() as work:
        page = question_keeping.kept_page(work, file, job)
    return show("trainer/banks/kept.html", page)


@bp.get("/import/<file>/<int:item>")
def question_item(file: str, item: int) -> ResponseReturnValue:
    """One item: what the file says, and what became of it."""
    with reading() as work:
        page = question_items.item_page(work, file, item, question_items.item_opened(work, file, item))
    return show("trainer/banks/item.html", page)


@bp.post("/import/<file>/<int:item>")
def mend_item(file: str, item: int) -> ResponseReturnValue:
    """Mend an item, or show it with one side taken over to the other."""
    sent = sent_from(request.form)
    shown = on_the_desk(sent)
    if not is_save(sent) or is_undecided(sent):
        return _item_page(file, item, shown, undecided=is_undecided(sent), status=422 if is_undecided(sent) else 200)
    try:
        with writing() as work:
            met = question_items.save_item(work, file, item, shown.text, shown.base)
    except Mistaken as error:
        return _item_page(file, item, shown, said=error.message, status=422)
    if isinstance(met, Changed):
        fresh = Shown(shown.sheet, shown.text, name_of(met.theirs))
        return _item_page(file, item, fresh, theirs=met.theirs, said=met.said, status=422)
    flash(_("The item is mended. It goes into a bank with the others."), "good")
    return see_other("workshop.question_item", file=file, item=item)


def _item_page(
    file: str, item: int, shown: Shown, *, status: int, said: Message | None = None, **more: Any
) -> ResponseReturnValue:
    form = SpokenForm()
    if said is not None:
        form.form_errors.append(words(said))
    with reading() as work:
        page = question_items.item_page(work, file, item, shown, **more)
    return show("trainer/banks/item.html", page, form, status)


@bp.post("/import/<file>/<int:item>/try")
def try_item(file: str, item: int) -> ResponseReturnValue:
    """Judge an answer to an item as it stands on the page; nothing is stored."""
    answer = next(iter(typed_in(request.form).values()), None)
    with reading() as work:
        page = question_items.item_page(work, file, item, shown_from_text(request.form), answer)
    return show("trainer/banks/item.html", page)
