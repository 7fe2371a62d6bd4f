"""The editor of a question: a form and the text it stands for, what is wrong with it, and a try as a learner would have it."""

from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.domain.errors import Mistaken
from elearning.domain.message import Message
from elearning.services import question_editing
from elearning.services.question_editing import Changed, Shown, name_of
from elearning.web.frame import show
from elearning.web.learner.saving import typed_in
from elearning.web.request import reading, see_other, writing
from elearning.web.spoken import SpokenForm
from elearning.web.trainer.question_forms import Sent, is_save, is_undecided, on_the_desk, sent_from, shown_from_text
from elearning.web.trainer.workshop import bp
from elearning.web.words import words


@bp.get("/banks/<bank>/<question>")
def question(bank: str, question: str) -> ResponseReturnValue:
    """One question as its draft has it."""
    with reading() as work:
        page = question_editing.question_page(work, bank, question, question_editing.opened(work, bank, question))
    return show("trainer/banks/question.html", page)


@bp.get("/banks/<bank>/new")
def begin_question(bank: str) -> ResponseReturnValue:
    """Go on to a new question of the type that was chosen."""
    return see_other("workshop.new_question", bank=bank, kind=request.args.get("kind", "") or "one")


@bp.get("/banks/<bank>/new/<kind>")
def new_question(bank: str, kind: str) -> ResponseReturnValue:
    """A new question of a type; nothing is kept before it is saved."""
    with reading() as work:
        page = question_editing.question_page(work, bank, "", question_editing.begun(work, bank, kind))
    return show("trainer/banks/question.html", page)


@bp.post("/banks/<bank>/<question>")
def edit_question(bank: str, question: str) -> ResponseReturnValue:
    """Save a question, or show it with what was typed on one side taken over to the other."""
    return _edited(bank, question, sent_from(request.form))


@bp.post("/banks/<bank>/new/<kind>")
def add_question(bank: str, kind: str) -> ResponseReturnValue:
    """The same for a question that is not in the bank yet."""
    return _edited(bank, "", sent_from(request.form))


def _edited(bank: str, key: str, sent: Sent) -> ResponseReturnValue:
    shown = on_the_desk(sent)
    if not is_save(sent) or is_undecided(sent):
        return _page(bank, key, shown, undecided=is_undecided(sent), status=422 if is_undecided(sent) else 200)
    try:
        with writing() as work:
            saved = question_editing.save_question(work, bank, key, shown.text, shown.base)
    except Mistaken as error:
        return _page(bank, key, shown, said=error.message, status=422)
    if isinstance(saved, Changed):
        met = Shown(shown.sheet, shown.text, name_of(saved.theirs) if saved.theirs else "")
        return _page(bank, key if saved.theirs else "", met, theirs=saved.theirs, said=saved.said, status=422)
    flash(_("The question is saved. Learners see it once the course is published."), "good")
    return see_other("workshop.question", bank=bank, question=saved)


def _page(
    bank: str, key: str, shown: Shown, *, status: int, said: Message | None = None, **more: Any
) -> ResponseReturnValue:
    form = SpokenForm()
    if said is not None:
        form.form_errors.append(words(said))
    with reading() as work:
        page = question_editing.question_page(work, bank, key, shown, **more)
    return show("trainer/banks/question.html", page, form, status)


@bp.post("/banks/<bank>/try")
def try_question(bank: str) -> ResponseReturnValue:
    """Judge an answer to a question as it stands on the page, saved or not; nothing is stored."""
    shown = shown_from_text(request.form)
    answer = next(iter(typed_in(request.form).values()), None)
    with reading() as work:
        page = question_editing.question_page(work, bank, request.form.get("key", ""), shown, answer)
    return show("trainer/banks/question.html", page)
