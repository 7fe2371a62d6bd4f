"""Forms with which those who run an examination arrange it."""

from datetime import datetime
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, IntegerField, SelectField, StringField
from wtforms.validators import Length
from wtforms.widgets import DateTimeLocalInput

from elearning.services.arranging import LONGEST_PASSWORD, LONGEST_REASON, Wanted
from elearning.services.exams import ExamPage
from elearning.web.spoken import SpokenForm
from elearning.web.words import zone

MOMENT_FORMS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%H:%M %d/%m/%Y", "%H:%M, %d/%m/%Y", "%d/%m/%Y %H:%M")


class MomentField(Field):
    """A day and hour where the platform is, as browsers send them or as they are written by hand."""

    widget = DateTimeLocalInput()

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.typed = ""

    def _value(self) -> str:
        return self.typed or (f"{self.data.astimezone(zone()):%Y-%m-%dT%H:%M}" if self.data else "")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Raises ValueError, with what to write instead, for what is no moment."""
        self.typed = " ".join(valuelist).strip()
        self.data = None
        if not self.typed:
            return
        for form in MOMENT_FORMS:
            try:
                self.data = datetime.strptime(self.typed, form).replace(tzinfo=zone())
            except ValueError:
                continue
            return
        raise ValueError(_("Write the hour and the day like this: 08:00 31/12/2026."))


class ArrangeForm(SpokenForm):
    """What is to be arranged, for whom, and why. Each part of the page shows the fields that its kind needs."""

    kind = HiddenField()
    reach = SelectField(_l("For whom"), default="all", validate_choice=False)
    unit = SelectField(_l("The unit"), validate_choice=False)
    person = StringField(
        _l("Sign-in name of the person"), [Length(max=200, message=_l("Shorten this to 200 characters."))]
    )
    opens = MomentField(_l("Opens"))
    closes = MomentField(_l("Closes"))
    password = StringField(
        _l("Password"),
        [Length(max=LONGEST_PASSWORD, message=_l("Shorten this to 80 characters."))],
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"},
    )
    number = IntegerField(_l("How many"), render_kw={"inputmode": "numeric", "min": "1"})
    reason = StringField(
        _l("Reason, for the record"),
        [Length(max=LONGEST_REASON, message=_l("Shorten this to 500 characters."))],
    )

    def offer(self, page: ExamPage) -> None:
        """Fill the lists to choose from."""
        self.reach.choices = [
            ("all", _("Everybody")), ("unit", _("One unit, with all below")), ("person", _("One person"))
        ]  # fmt: skip
        self.unit.choices = [("", _("Choose a unit")), *((u.public, "\u2003" * u.depth + u.name) for u in page.units)]

    def wanted(self) -> Wanted:
        """What the fields say; what makes no sense in them is told by the service."""
        reach = self.reach.data if self.kind.data in ("dates", "password") else "person"
        who = {"unit": self.unit.data, "person": self.person.data}.get(reach or "", "") or ""
        dates = self.kind.data == "dates"
        return Wanted(
            cast(Any, self.kind.data), cast(Any, reach), who, self.opens.data if dates else None,
            self.closes.data if dates else None, (self.password.data or "") if self.kind.data == "password" else "",
            (self.number.data or 0) if reach == "person" and not dates else 0, self.reason.data or "",
        )  # fmt: skip


class RectifyForm(SpokenForm):
    """A deed on one attempt: for how many minutes, and why."""

    minutes = IntegerField(_l("Minutes"), render_kw={"inputmode": "numeric", "min": "0"})
    reason = StringField(
        _l("Reason, for the record"),
        [Length(max=LONGEST_REASON, message=_l("Shorten this to 500 characters."))],
    )
