"""Forms with which staff add, correct and move people, and make and move units."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from elearning.services.organising import UnitsPage
from elearning.web.spoken import SpokenForm

_SHORT = Length(max=200, message=_l("Shorten this to 200 characters."))


def unit_choices(page: UnitsPage, first: str = "") -> list[tuple[str, str]]:
    """Units to choose from, indented by their depth; `first` is the words of the empty choice."""
    return [("", first), *((unit.public, "\u2003" * unit.depth + unit.name) for unit in page.rows)]


class PersonForm(SpokenForm):
    """What is written down of a person."""

    name = StringField(_l("Full name, as on the ID card"), [InputRequired(_l("Enter the full name.")), _SHORT])
    title = StringField(_l("Position"), [_SHORT])
    contact = StringField(_l("Contact (may be shared; not for signing in)"), [_SHORT])


class NewPersonForm(PersonForm):
    """A new person, with a unit and names to sign in with."""

    unit = SelectField(_l("Unit"), [InputRequired(_l("Choose a unit."))])
    identifiers = TextAreaField(
        _l("Sign-in names, one a line"),
        [
            InputRequired(_l("Enter at least one e-mail address, phone number or staff code.")),
            Length(max=600, message=_l("Shorten this to 600 characters.")),
        ],
        render_kw={"rows": "3"},
    )

    def offer(self, page: UnitsPage) -> None:
        """Fill the list of units."""
        self.unit.choices = unit_choices(page, _("Choose a unit"))

    def lines(self) -> tuple[str, ...]:
        """The sign-in names that were typed."""
        return tuple(line.strip() for line in (self.identifiers.data or "").splitlines() if line.strip())


class UnitForm(SpokenForm):
    """The name of a unit and the unit above it."""

    name = StringField(
        _l("Name of the unit"),
        [
            InputRequired(_l("Enter the name of the unit.")),
            Length(max=300, message=_l("Shorten this to 300 characters.")),
        ],
    )
    parent = SelectField(_l("Below which unit"))

    def offer(self, page: UnitsPage) -> None:
        """Fill the list of units."""
        self.parent.choices = unit_choices(page, _("At the top"))
