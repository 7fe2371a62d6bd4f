"""What the reports can be narrowed by."""

from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import DateField, Form, SelectField, StringField
from wtforms.validators import Length, Optional, ValidationError

from elearning.services.reporting import Asked, Choices


class CompletionsForm(Form):
    """The filter of the completions report; it only reads, so it is sent by GET and needs no token."""

    course = SelectField(_l("Course"), validate_choice=True)
    unit = SelectField(_l("Unit, with all below"), validate_choice=True)
    status = SelectField(_l("Status"), validate_choice=True)
    from_ = DateField(_l("Completed from"), [Optional()], name="from")
    to = DateField(_l("Completed until"), [Optional()])
    q = StringField(_l("Name or unit"), [Length(max=200, message=_l("Shorten what you search for to 200 characters."))])

    def __init__(self, formdata: MultiDict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(formdata, **kwargs)
        for field in (self.course, self.unit, self.status):
            field.data = field.data or ""

    def offer(self, choices: Choices) -> None:
        """Fill the lists to choose from."""
        self.course.choices = [("", _("All courses")), *choices.courses]
        self.unit.choices = [
            ("", _("All units")),
            *((unit.public, "\u2003" * unit.depth + unit.name) for unit in choices.units),
        ]
        self.status.choices = [("", _("All")), ("complete", _("Complete")), ("not-complete", _("Not complete"))]

    def validate_to(self, field: DateField) -> None:
        """The second day may not lie before the first."""
        if field.data and self.from_.data and field.data < self.from_.data:
            raise ValidationError(_("Choose a last day that is not before the first."))

    def asked(self) -> Asked:
        """What was chosen."""
        since: date | None = self.from_.data
        until: date | None = self.to.data
        return Asked(
            self.course.data or "", self.unit.data or "", self.status.data or "", since, until, self.q.data or ""
        )


def export_href(kind: str) -> str:
    """The address of the same report as a file."""
    kept = {name: value for name, value in request.args.items() if name not in ("format", "page") and value}
    return url_for("admin.completions", **kept, format=kind)  # type: ignore[arg-type]  # url_for names its own options
