"""A hand-out in Word as lessons: a file is sent, looked at lesson by lesson, and kept as drafts of a course."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.services import word_keeping, word_lessons
from elearning.services.word_lessons import Choice
from elearning.web.frame import show
from elearning.web.request import actor, house, reading, see_other, writing
from elearning.web.spoken import SpokenForm
from elearning.web.trainer.workshop import bp
from elearning.web.words import words

MOST = 52_500_000


class WordForm(SpokenForm):
    """A Word file, and the module from which the page was opened."""

    file = FileField(
        _l("Word file (.docx)"),
        [FileRequired(_l("Choose the Word file."))],
        render_kw={"accept": ".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    )
    module = HiddenField()


@bp.url_value_preprocessor
def take_word_files(endpoint: str | None, values: object) -> None:
    """These files may be larger than what other pages take. Raises Mistaken for what is larger still."""
    if endpoint == "workshop.send_word":
        if (request.content_length or 0) > MOST:
            raise Mistaken(message("The file is larger than %(most)s MB. Send it in parts.", most=50))
        request.max_content_length = MOST


@bp.get("/courses/<course>/word")
def word(course: str) -> ResponseReturnValue:
    """The form for a Word file."""
    form = WordForm(formdata=None)
    form.module.data = request.args.get("module", "")
    return _send_page(course, form, 200)


def _send_page(course: str, form: WordForm, status: int) -> ResponseReturnValue:
    with reading() as work:
        page = word_lessons.send_page(work, course, form.module.data or "")
    return show("trainer/word/send.html", page, form, status)


@bp.post("/courses/<course>/word")
def send_word(course: str) -> ResponseReturnValue:
    """Take a Word file in and show what it holds."""
    form = WordForm()
    if not form.validate_on_submit():
        return _send_page(course, form, 422)
    sent, address = form.file.data, request.remote_addr or ""
    try:
        public = word_lessons.upload(
            house(), actor(), course, sent.filename or "", sent.stream, form.module.data or "", address
        )
    except Mistaken as error:
        form.file.errors = [words(error.message)]
        return _send_page(course, form, 422)
    return see_other("workshop.word_file", course=course, file=public)


@bp.get("/courses/<course>/word/<file>")
def word_file(course: str, file: str) -> ResponseReturnValue:
    """What a Word file holds, lesson by lesson."""
    return _file_page(course, file, SpokenForm(formdata=None), None, 200)


def _file_page(course: str, file: str, form: SpokenForm, choice: Choice | None, status: int) -> ResponseReturnValue:
    with reading() as work:
        page = word_lessons.word_page(work, course, file, choice)
    return show("trainer/word/file.html", page, form, status)


@bp.post("/courses/<course>/word/<file>")
def keep_lessons(course: str, file: str) -> ResponseReturnValue:
    """Keep the lessons that are ticked as drafts."""
    form, sent = SpokenForm(), request.form
    choice = Choice(tuple(sent.getlist("lesson")[:500]), sent.get("module", ""), sent.get("title", ""))
    try:
        with writing() as work:
            new, changed = word_keeping.keep(work, course, file, choice)
    except Mistaken as error:
        form.form_errors.append(words(error.message))
        return _file_page(course, file, form, choice, 422)
    flash(_kept_words(new, changed), "good")
    return see_other("workshop.tree", course=course)


def _kept_words(new: int, changed: int) -> str:
    said = []
    if new:
        said.append(ngettext("%(num)s new lesson is a draft now.", "%(num)s new lessons are drafts now.", new))
    if changed:
        said.append(
            ngettext("%(num)s lesson was brought up to date.", "%(num)s lessons were brought up to date.", changed)
        )
    return " ".join([*said, _("Nothing is published.")])
