"""Question banks: the list, one bank with its questions, what is done to many at once, and questions that are much alike."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from io import BytesIO

from flask import flash, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from elearning.domain.bank_listing import SORTS, Wanted
from elearning.domain.errors import Mistaken
from elearning.services import bank_changes, banks, question_exporting
from elearning.services.bank_changes import MOST_TITLE, Done
from elearning.services.work import Work
from elearning.web.frame import show
from elearning.web.request import page_number, reading, see_other, writing
from elearning.web.spoken import SpokenForm
from elearning.web.trainer.workshop import bp
from elearning.web.words import words


class BankForm(SpokenForm):
    """A new bank."""

    title = StringField(
        _l("Title of the bank"),
        [
            DataRequired(_l("Write a title for the bank.")),
            Length(max=MOST_TITLE, message=_l("Shorten this to 200 characters.")),
        ],
        render_kw={"autocomplete": "off"},
    )
    key = StringField(_l("Key"), render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"})


@bp.get("/banks", endpoint="banks")
def banks_list() -> ResponseReturnValue:
    """All banks, and the form for a new one."""
    return _banks(BankForm(formdata=None), 200)


def _banks(form: BankForm, status: int) -> ResponseReturnValue:
    with reading() as work:
        page = banks.banks_page(work)
    return show("trainer/banks/banks.html", page, form, status)


@bp.post("/banks")
def add_bank() -> ResponseReturnValue:
    """Add an empty bank."""
    form = BankForm()
    if not form.validate_on_submit():
        return _banks(form, 422)
    try:
        with writing() as work:
            key = bank_changes.add_bank(work, form.title.data or "", form.key.data or "")
    except Mistaken as error:
        (form.key if form.key.data else form.title).errors = [words(error.message)]
        return _banks(form, 422)
    flash(_("The bank is there. Add its first question."), "good")
    return see_other("workshop.bank", bank=key)


@bp.get("/banks/<bank>")
def bank(bank: str) -> ResponseReturnValue:
    """One bank, narrowed and sorted as the address says."""
    return _bank(bank, SpokenForm(formdata=None), 200)


def _bank(key: str, form: SpokenForm, status: int) -> ResponseReturnValue:
    with reading() as work:
        page = banks.bank_page(work, key, wanted(), page_number())
    return show("trainer/banks/bank.html", page, form, status)


def wanted() -> Wanted:
    """What the address asks of the list."""
    names = ("words", "tag", "difficulty", "objective", "law", "type", "use")
    asked = {name: request.args.get(name, "").strip()[:200] for name in names}
    sort = request.args.get("sort", "place")
    return Wanted(**asked, sort=sort if sort in SORTS else "place")


Deed = Callable[[Work, str, list[str]], Done]
_DEEDS: Mapping[str, Deed] = {
    "tag": lambda work, key, chosen: bank_changes.tag(
        work, key, chosen, request.form.get("add", ""), request.form.get("drop", "")
    ),
    "move": lambda work, key, chosen: bank_changes.move(work, key, chosen, request.form.get("target", "")),
    "retire": bank_changes.retire,
    "take-up": bank_changes.take_up,
    "remove": bank_changes.remove,
}


@bp.post("/banks/<bank>")
def change_questions(bank: str) -> ResponseReturnValue:
    """Do something to the questions that were ticked."""
    form, deed = SpokenForm(), _DEEDS.get(request.form.get("deed", ""))
    if not form.validate_on_submit() or deed is None:
        return _bank(bank, form, 422)
    try:
        with writing() as work:
            done = deed(work, bank, request.form.getlist("question"))
    except Mistaken as error:
        form.form_errors.append(words(error.message))
        return _bank(bank, form, 422)
    flash(ngettext("%(num)s question was changed.", "%(num)s questions were changed.", done.count), "good")
    kept = {name: value for name, value in asdict(wanted()).items() if value and value != "place"}
    return see_other("workshop.bank", bank=bank, **kept)


@bp.get("/alike")
def alike() -> ResponseReturnValue:
    """Questions that are much alike, in one bank or in all."""
    with reading() as work:
        page = banks.alike_page(work, request.args.get("bank", ""))
    return show("trainer/banks/alike.html", page)


@bp.get("/export/<bank>")
def export_bank(bank: str) -> ResponseReturnValue:
    """A bank for another platform: the formats, and what the chosen one cannot say."""
    with reading() as work:
        page = question_exporting.export_page(work, bank, request.args.get("format", ""))
    return show("trainer/banks/export.html", page)


@bp.get("/export/<bank>/<chosen>")
def export_file(bank: str, chosen: str) -> ResponseReturnValue:
    """The file."""
    with writing() as work:
        made = question_exporting.export_file(work, bank, chosen)
    return send_file(BytesIO(made.data), "application/octet-stream", as_attachment=True, download_name=made.name)
