"""The form at the door."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from elearning.web.spoken import SpokenForm


@dataclass(frozen=True, slots=True)
class LoginPage:
    """Who can help, in words; may be empty."""

    help: str


class LoginForm(SpokenForm):
    """Sign-in name and password."""

    identifier = StringField(
        _l("E-mail, phone or staff code"),
        [
            InputRequired(_l("Enter your e-mail, phone number or staff code.")),
            Length(max=200, message=_l("Shorten the sign-in name to 200 characters.")),
        ],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        [
            InputRequired(_l("Enter your password.")),
            Length(max=1000, message=_l("Shorten the password to 1,000 characters.")),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
