"""Papers of a quiz in several versions: asked for on a page, made behind a page that shows how far they are, and fetched."""

from typing import Any

from flask import request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.utils import secure_filename
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp

from elearning.documents.exam_words import WORDS
from elearning.domain.errors import Mistaken
from elearning.services import paper_making
from elearning.services.paper_making import Wanted
from elearning.web.frame import show
from elearning.web.request import actor, house, reading, see_other, writing
from elearning.web.spoken import SpokenForm
from elearning.web.trainer.workshop import bp
from elearning.web.words import words

_MANY = _l("Write a number from 1 to 24.")
_FIRST = _l("Write a code from 1 to 900, such as 101.")
_MINUTES = _l("Write the minutes as a number up to 600, or leave this empty.")
_SEED = _l("Write up to 40 letters, digits and dashes.")
_LONG = _l("Shorten this to 200 characters.")
_NUMBER = {"inputmode": "numeric", "autocomplete": "off"}


class PapersForm(SpokenForm):
    """How many versions, how they are shuffled, and what stands at their head."""

    versions = IntegerField(
        _l("How many versions"), [InputRequired(_MANY), NumberRange(1, 24, _MANY)], render_kw=_NUMBER
    )
    first = IntegerField(
        _l("Code of the first version"), [InputRequired(_FIRST), NumberRange(1, 900, _FIRST)], render_kw=_NUMBER
    )
    mix_questions = BooleanField(_l("Questions stand in another order in each version"))
    mix_options = BooleanField(_l("Answers stand in another order in each version"))
    above = StringField(_l("Authority above"), [Length(max=200, message=_LONG)])
    issuer = StringField(_l("Authority that holds the examination"), [Length(max=200, message=_LONG)])
    occasion = StringField(_l("Examination"), [Length(max=200, message=_LONG)])
    title = StringField(_l("Title of the paper"), [Length(max=200, message=_LONG)])
    minutes = IntegerField(
        _l("Time allowed, in minutes"), [Optional(), NumberRange(0, 600, _MINUTES)], render_kw=_NUMBER
    )
    language = SelectField(_l("Language of the fixed words"))
    kind = RadioField(_l("Form of the files"))
    seed = StringField(_l("Number to draw the papers again"), [Regexp(r"[A-Za-z0-9-]{1,40}$", message=_SEED)])

    def offer(self) -> None:
        """Fill the lists to choose from."""
        self.language.choices = [("vi", _("Vietnamese")), ("en", _("English"))]
        self.kind.choices = [("pdf", _("PDF, ready to print")), ("docx", _("Word, to lay it out further"))]

    def wanted(self) -> Wanted:
        """What the fields say."""
        lines = ("seed", "above", "issuer", "occasion", "title", "language", "kind")
        values: dict[str, Any] = {name: (self.data[name] or "").strip() for name in lines}
        values |= {name: self.data[name] or 0 for name in ("versions", "first", "minutes")}
        return Wanted(**values, mix_questions=bool(self.mix_questions.data), mix_options=bool(self.mix_options.data))


@bp.get("/papers/<quiz>")
def exam_papers(quiz: str) -> ResponseReturnValue:
    """What can be printed of a quiz, and the form for it."""
    return _ask(quiz, None, 200)


def _ask(quiz: str, form: PapersForm | None, status: int) -> ResponseReturnValue:
    with reading() as work:
        page = paper_making.ask_page(work, quiz, request.args.get("like", ""), (form and form.seed.data) or "")
    if form is None:
        form = PapersForm(formdata=None, obj=page.wanted, minutes=page.wanted.minutes or None)
        form.offer()
    return show("trainer/papers/ask.html", page, form, status)


@bp.post("/papers/<quiz>")
def make_papers(quiz: str) -> ResponseReturnValue:
    """Have the papers made."""
    form = PapersForm()
    form.offer()
    if not form.validate_on_submit():
        return _ask(quiz, form, 422)
    with force_locale(form.language.data):
        phrases = {key: gettext(english) for key, english in WORDS.items()}
    try:
        job = paper_making.make(house(), actor(), quiz, form.wanted(), phrases, request.remote_addr or "")
    except Mistaken as error:
        form.form_errors.append(words(error.message))
        return _ask(quiz, form, 422)
    return see_other("workshop.made_papers", quiz=quiz, job=job)


@bp.get("/papers/<quiz>/<job>")
def made_papers(quiz: str, job: str) -> ResponseReturnValue:
    """How far the papers are, and what came of them."""
    with reading() as work:
        page = paper_making.made_page(work, quiz, job)
    return show("trainer/papers/made.html", page)


@bp.get("/papers/<quiz>/<job>/file")
def papers_file(quiz: str, job: str) -> ResponseReturnValue:
    """The papers and their key as a zip."""
    with writing() as work:
        path, name = paper_making.made_file(work, quiz, job)
    return send_file(path, as_attachment=True, download_name=secure_filename(name) or "phatngon.zip")
