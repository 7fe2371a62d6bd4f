"""The form at the door."""

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from elearning.web.spoken import SpokenForm


@dataclass(frozen=True, slots=True)
class LoginPage:
    """Who can help, in words; may be empty. Where nothing was sent yet, the empty fields and the page that is wanted."""

    help: str
    fields: str = ""
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class WaitPage:
    """Where many come at once: after how many seconds the page comes back, and whether it brings along what was typed."""

    seconds: int
    by_itself: bool


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
    next = HiddenField("")


def login_form() -> LoginForm:
    """What was sent to the door, as a form or as JSON."""
    return LoginForm(_typed(request.get_json(silent=True))) if request.is_json else LoginForm()


def _typed(body: Any) -> MultiDict[str, str]:
    """The fields of a body; those that hold no plain text are left out, and the form then asks for them."""
    fields = body.items() if isinstance(body, dict) else ()
    return MultiDict({name: text for name, text in fields if isinstance(text, str) and _is_plain(text)})


def _is_plain(text: str) -> bool:
    """Whether it can be kept: JSON can hold halves of characters, and NUL."""
    return not any(letter == "\x00" or "\ud800" <= letter <= "\udfff" for letter in text)
