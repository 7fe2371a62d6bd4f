"""One language as pages speak it: sentences from its catalogue, numbers and dates as it writes them, with no look-up of who asks.

Pages say hundreds of sentences. Finding the language of the page anew for each, as Flask-Babel does, cost 7 µs a sentence.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.support import NullTranslations, Translations

from elearning.domain.message import Message

_SWAPPED = str.maketrans(",.", ".,")


@dataclass(frozen=True, slots=True)
class Speech:
    """A language, its catalogue, and the time zone that the platform shows."""

    language: str
    catalogue: NullTranslations
    zone: ZoneInfo

    def words(self, said: Message) -> str:
        """A Message in this language. Values that are Messages, dates or moments are put into words too."""
        text = self.catalogue.gettext(said.key)
        return (
            text % {name: self._value(value) for name, value in said.values} if said.values else text.replace("%%", "%")
        )

    def _value(self, value: object) -> object:
        if isinstance(value, Message):
            return self.words(value)
        if isinstance(value, datetime):
            return self.moment(value)
        if isinstance(value, date):
            return self.day(value)
        return value

    def day(self, value: date) -> str:
        """22/11/2026."""
        local = value.astimezone(self.zone) if isinstance(value, datetime) else value
        return f"{local:%d/%m/%Y}"

    def moment(self, value: datetime) -> str:
        """14:05, 22/11/2026."""
        return f"{value.astimezone(self.zone):%H:%M, %d/%m/%Y}"

    def clock(self, value: datetime) -> str:
        """14:05:32."""
        # By its parts: `%H:%M:%S` takes twice as long, and a page says it four times.
        local = value.astimezone(self.zone)
        return f"{local.hour:02}:{local.minute:02}:{local.second:02}"

    def number(self, value: Fraction | float) -> str:
        """1.482 and 87,5 in Vietnamese, 1,482 and 87.5 in English; one decimal at most."""
        tenths = round(value * 10) if isinstance(value, int) else round(Fraction(value) * 10)
        whole, tenth = divmod(abs(tenths), 10)
        text = f"{whole:,}" + (f".{tenth}" if tenth else "")
        if self.language == "vi":
            text = text.translate(_SWAPPED)
        return f"−{text}" if tenths < 0 else text

    def percent(self, value: Fraction | float) -> str:
        """87,5 % of a share from 0 to 1; shares just under the whole are never rounded up to it."""
        share = Fraction(value)
        tenths = round(share * 1000)
        if share < 1 and tenths == 1000:
            tenths = 999
        return f"{self.number(Fraction(tenths, 10))}\u00a0%"

    def duration(self, seconds: float) -> str:
        """A length of time in words: 45 giây, 12 phút, 1 giờ 5 phút."""
        ngettext, total = self.catalogue.ngettext, int(seconds)
        if total < 60:
            return ngettext("%(num)s second", "%(num)s seconds", total) % {"num": total}
        hours, minutes = divmod(round(total / 60), 60)
        parts = []
        if hours:
            parts.append(ngettext("%(num)s hour", "%(num)s hours", hours) % {"num": hours})
        if minutes:
            parts.append(ngettext("%(num)s minute", "%(num)s minutes", minutes) % {"num": minutes})
        return " ".join(parts)


def catalogue(resources: Path, language: str) -> NullTranslations:
    """The catalogue of a language, as compiled beside the templates."""
    return Translations.load(str(resources / "translations"), [language])
