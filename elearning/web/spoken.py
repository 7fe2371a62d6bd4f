"""What the form library says of its own accord, in our languages."""

from flask import current_app
from flask_wtf import FlaskForm

from elearning.web.identity import language
from elearning.web.speech import Speech


def N_(sentence: str) -> str:  # noqa: N802  the field's name for a sentence that is translated elsewhere
    """Mark a sentence of the library for the catalogues."""
    return sentence


LIBRARY = (
    N_("Not a valid choice."),
    N_("Not a valid date value."),
    N_("Not a valid integer value."),
    N_("This field is required."),
)


def _speech() -> Speech:
    found: Speech = current_app.extensions["speeches"][language()]
    return found


class Catalogue:
    """Our catalogues, in the form that the library asks for."""

    def gettext(self, string: str) -> str:
        """One sentence."""
        return str(_speech().catalogue.gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """One sentence with a number."""
        return str(_speech().catalogue.ngettext(singular, plural, n))


class Spoken:
    """A `Meta` for forms: their own sentences come from our catalogues."""

    def get_translations(self, form: object) -> Catalogue:
        """The catalogue of the language of the page."""
        return Catalogue()


class SpokenForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form with a CSRF token that speaks our languages."""

    class Meta(Spoken, FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF ships no types
        """The library looks its sentences up here."""
