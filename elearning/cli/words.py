"""Messages → words at the shell, in the language that PHATNGON_LANGUAGE names (vi where it names none)."""

import os
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
    values = {name: words(v, known) if isinstance(v, Message) else v for name, v in said.values}
    return text % values if values else text.replace("%%", "%")
