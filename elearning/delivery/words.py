"""Messages → words where there is no page: at the shell, in the language that PHATNGON_LANGUAGE names, and in mail."""

import os
from datetime import date
from pathlib import Path

from babel.support import NullTranslations, Translations

from elearning.domain.message import Message


def catalogue(resources: Path, language: str = "") -> NullTranslations:
    """The catalogue of a language; English needs none."""
    chosen = language or os.environ.get("PHATNGON_LANGUAGE", "vi")
    return Translations.load(str(resources / "translations"), [chosen])


def words(said: Message, known: NullTranslations) -> str:
    """A Message in words."""
    text = known.gettext(said.key)
    values = {name: _value(value, known) for name, value in said.values}
    return text % values if values else text.replace("%%", "%")


def _value(value: object, known: NullTranslations) -> object:
    if isinstance(value, Message):
        return words(value, known)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value
