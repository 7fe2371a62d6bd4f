"""Forms of a person's own account."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from elearning.web.spoken import SpokenForm

_LONG = Length(max=1000, message=_l("Shorten the password to 1,000 characters."))


class PasswordForm(SpokenForm):
    """The present password and a new one."""

    old = PasswordField(
        _l("Present password"),
        [InputRequired(_l("Enter your present password.")), _LONG],
        render_kw={"autocomplete": "current-password"},
    )
    new = PasswordField(
        _l("New password"),
        [InputRequired(_l("Enter a new password.")), _LONG],
        render_kw={"autocomplete": "new-password"},
    )


class WelcomeForm(SpokenForm):
    """A one-time code and the password to choose."""

    code = StringField(
        _l("One-time code"),
        [
            InputRequired(_l("Enter the one-time code from your slip.")),
            Length(max=100, message=_l("The code has 26 signs.")),
        ],
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"},
    )
    new = PasswordField(
        _l("New password"),
        [InputRequired(_l("Enter a new password.")), _LONG],
        render_kw={"autocomplete": "new-password"},
    )
