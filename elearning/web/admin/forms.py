"""What the reports can be narrowed by."""

from datetime import date, datetime
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import DateField, Form, SelectField, StringField
from wtforms.form import BaseForm
from wtforms.validators import Length, Optional, ValidationError

from elearning.services.report_scope import STATUSES, Asked, Choices

DAY_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")


class DayField(DateField):
    """A day as browsers send it, or as it is written by hand."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Raises ValueError, with what to write instead, for what is no day."""
        text = " ".join(valuelist).strip()
        if not text:
            return
        for form in DAY_FORMS:
            try:
                self.data = datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
            except ValueError:
                continue
            return
        self.data = None
        raise ValueError(_("Write the day like this: 31/12/2026."))


class OfferedField(SelectField):
    """A choice from what the reader may see; anything else does not exist for them."""

    def __init__(self, label: str, mistake: str, **kwargs: Any) -> None:
        super().__init__(label, validate_choice=False, **kwargs)
        self.mistake = mistake

    def pre_validate(self, form: BaseForm) -> None:
        """Raises ValidationError for what was not offered."""
        if self.data not in {choice[0] for choice in self.choices or ()}:
            raise ValidationError(str(self.mistake))


class ScopeForm(Form):
    """Who counts in a report. It only reads, so it is sent by GET and needs no token."""

    course = OfferedField(_l("Course"), _l("Choose a course from the list."))
    unit = OfferedField(
        _l("Unit, with all below"), _l("Choose a unit from the list: this one is not there, or not on that day.")
    )
    as_of = DayField(_l("As of the end of"), [Optional()])
    q = StringField(_l("Name or unit"), [Length(max=200, message=_l("Shorten what you search for to 200 characters."))])

    def __init__(self, formdata: MultiDict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        self.latest = date.max
        for field in self:
            if isinstance(field, SelectField):
                field.data = field.data or ""

    def offer(self, choices: Choices) -> None:
        """Fill the lists to choose from."""
        self.course.choices = [("", _("All courses")), *choices.courses]
        self.latest = choices.day
        units = [(unit.public, "\u2003" * unit.depth + unit.name) for unit in choices.units]
        self.unit.choices = [("", _("All units")), *units]

    def validate_as_of(self, field: DateField) -> None:
        """Nobody knows yet how things will stand on a day to come."""
        if field.data and field.data > self.latest:
            raise ValidationError(_("Choose today or a day before it."))

    def asked(self) -> Asked:
        """What was chosen."""
        return Asked(self.course.data or "", self.unit.data or "", words=self.q.data or "", as_of=self.as_of.data)

    def kept(self) -> dict[str, str]:
        """The choices as they stand in an address."""
        sent = {field.name: request.args.get(field.name, "") for field in self}
        return {name: value for name, value in sent.items() if value}


class CompletionsForm(ScopeForm):
    """Who counts, and whom the list names."""

    status = OfferedField(_l("Status"), _l("Choose a status from the list."))
    from_ = DayField(_l("Completed from"), [Optional()], name="from")
    to = DayField(_l("Completed until"), [Optional()])

    def offer(self, choices: Choices) -> None:
        """Fill the lists to choose from."""
        super().offer(choices)
        words = {
            "complete": _("Complete"), "not-complete": _("Not complete"), "in-progress": _("In progress"),
            "not-started": _("Not started"), "overdue": _("Overdue"),
        }  # fmt: skip
        self.status.choices = [("", _("All")), *((status, words[status]) for status in STATUSES)]

    def validate_to(self, field: DateField) -> None:
        """The second day may not lie before the first."""
        if field.data and self.from_.data and field.data < self.from_.data:
            raise ValidationError(_("Choose a last day that is not before the first."))

    def asked(self) -> Asked:
        """What was chosen."""
        since: date | None = self.from_.data
        until: date | None = self.to.data
        return Asked(
            self.course.data or "", self.unit.data or "", self.status.data or "", since, until, self.q.data or "",
            self.as_of.data,
        )  # fmt: skip
