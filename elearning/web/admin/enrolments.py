"""Enrolling, withdrawing, and giving more time: first who it would reach, then the deed."""

from dataclasses import dataclass

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf.file import FileField
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from elearning.domain.enrolment import BadDue
from elearning.domain.errors import Mistaken
from elearning.services import enrolling, organising, reporting
from elearning.services.enrolling import EnrolPreview, Wanted
from elearning.web.admin.roster_forms import unit_choices
from elearning.web.admin.views import bp
from elearning.web.frame import show
from elearning.web.request import reading, see_other, writing
from elearning.web.spoken import SpokenForm
from elearning.web.words import words

LONGEST_LIST = 600_000


@dataclass(frozen=True, slots=True)
class EnrolPage:
    """The form, and what it would do once that was asked for."""

    preview: EnrolPreview | None


class EnrolForm(SpokenForm):
    """Whom, in which course, until when and why."""

    course = SelectField(_l("Course"), [InputRequired(_l("Choose a course."))])
    unit = SelectField(_l("Unit, with all below"))
    words = StringField(_l("Or: name or unit"), [Length(max=200, message=_l("Shorten this to 200 characters."))])
    names = TextAreaField(
        _l("Or: a list of sign-in names, one a line"),
        [Length(max=LONGEST_LIST, message=_l("Shorten the list, or enrol in two parts."))],
        render_kw={"rows": "4"},
    )
    file = FileField(_l("Or: a file with sign-in names"), render_kw={"accept": ".xlsx,.csv,.txt"})
    due = DateField(_l("Due date"), [Optional()])
    reason = StringField(_l("Reason"), [Length(max=200, message=_l("Shorten this to 200 characters."))])

    def offer(self) -> None:
        """Fill the lists to choose from."""
        with reading() as work:
            choices = reporting.choices(work)
            units = organising.units_page(work)
        self.course.choices = [("", _("Choose a course")), *choices.courses]
        self.unit.choices = unit_choices(units, _("No unit"))

    def wanted(self) -> Wanted:
        """Whom the form means."""
        lines = tuple(line.strip() for line in (self.names.data or "").splitlines() if line.strip())
        return Wanted(self.course.data or "", self.unit.data or "", self.words.data or "", lines)


@bp.get("/enrolments")
def enrolments() -> ResponseReturnValue:
    """The form."""
    form = EnrolForm(
        formdata=None, data={name: request.args.get(name, "")[:LONGEST_LIST] for name in ("unit", "course", "names")}
    )
    form.offer()
    return show("admin/enrol.html", EnrolPage(None), form)


@bp.post("/enrolments")
def enrol() -> ResponseReturnValue:
    """Look first (`go=look`), then enrol, withdraw or change the due date."""
    form = EnrolForm()
    form.offer()
    if not form.validate_on_submit():
        return show("admin/enrol.html", EnrolPage(None), form, 422)
    try:
        _take_file(form)
        said = _deed(form, request.form.get("go", "look"))
        if said is None:
            return _look(form)
    except Mistaken as error:
        return _wrong(form, error)
    flash(said, "good")
    return see_other("admin.enrolments", unit=form.unit.data or "", course=form.course.data or "")


class BadFile(Mistaken):
    """The file with sign-in names cannot be read."""


def _take_file(form: EnrolForm) -> None:
    """What stands in a file goes into the list on the page, where it is seen, and need not be sent twice."""
    if form.file.data:
        try:
            form.names.data = "\n".join(enrolling.names_in(form.file.data.read()))
        except Mistaken as error:
            raise BadFile(error.message) from error


def _look(form: EnrolForm) -> ResponseReturnValue:
    with reading() as work:
        page = EnrolPage(enrolling.preview_enrolment(work, form.wanted()))
    return show("admin/enrol.html", page, form)


def _wrong(form: EnrolForm, error: Mistaken) -> ResponseReturnValue:
    field = {BadDue: form.due, enrolling.BadReason: form.reason, BadFile: form.file}.get(type(error), form.unit)
    field.errors = [words(error.message)]
    return show("admin/enrol.html", EnrolPage(None), form, 422)


def _deed(form: EnrolForm, go: str) -> str | None:
    """Do what the button says; None where it only looks."""
    with writing() as work:
        if go == "enrol":
            count = enrolling.enrol(work, form.wanted(), form.due.data, form.reason.data or "")
            return str(ngettext("%(num)s person is newly enrolled.", "%(num)s people are newly enrolled.", count))
        if go == "withdraw":
            count = enrolling.withdraw(work, form.wanted(), form.reason.data or "")
            return str(ngettext("%(num)s person is withdrawn.", "%(num)s people are withdrawn.", count))
        if go == "extend":
            count = enrolling.extend(work, form.wanted(), form.due.data, form.reason.data or "")
            return str(ngettext("%(num)s due date is changed.", "%(num)s due dates are changed.", count))
    return None
