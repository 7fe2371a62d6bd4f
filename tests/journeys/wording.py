"""The sentences of the interface, as the server itself finds them: through the compiled catalogues."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.support import NullTranslations, Translations

TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"
LANGUAGES = ("vi", "en")


def plain(text: str | None) -> str:
    """Text with every run of blanks, no-break spaces among them, as one space."""
    return " ".join((text or "").split())


@dataclass(frozen=True, slots=True)
class Words:
    """The interface in one language. `say` takes the English sentence of the templates."""

    language: str

    def say(self, sentence: str, **values: object) -> str:
        """The sentence in this language, with its values put in."""
        found = catalogue(self.language).ugettext(sentence)
        return plain(found % values if values else found.replace("%%", "%"))

    def many(self, one: str, more: str, number: int, **values: object) -> str:
        """The sentence for a number of things; `count` in it is the number as people write it."""
        known = {"num": number, "count": self.number(number)} | values
        return plain(catalogue(self.language).ungettext(one, more, number) % known)

    def number(self, value: int) -> str:
        """1.482 in Vietnamese, 1,482 in English."""
        return f"{value:,}".replace(",", "." if self.language == "vi" else ",")


@cache
def catalogue(language: str) -> NullTranslations:
    """The compiled catalogue of a language. Raises FileNotFoundError where it was not compiled."""
    compiled = TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo"
    if not compiled.exists():
        raise FileNotFoundError(f"The catalogue {language} is not compiled; run `make translations` first.")
    return Translations.load(TRANSLATIONS, [language])
