"""Messages, dates and numbers → words, in the language of the page."""

from datetime import date, datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import get_locale, gettext, ngettext

from elearning.domain.message import Message


def zone() -> ZoneInfo:
    """The time zone that the platform shows."""
    found: ZoneInfo = current_app.extensions["house"].platform.zone
    return found


def words(said: Message) -> str:
    """A Message in the language of the page. Values that are Messages, dates or moments are put into words too."""
    text: str = gettext(said.key)
    return text % {name: _value(value) for name, value in said.values} if said.values else text.replace("%%", "%")


def _value(value: object) -> object:
    if isinstance(value, Message):
        return words(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return value


def day(value: date) -> str:
    """22/11/2026."""
    local = value.astimezone(zone()) if isinstance(value, datetime) else value
    return f"{local:%d/%m/%Y}"


def moment(value: datetime) -> str:
    """14:05, 22/11/2026."""
    return f"{value.astimezone(zone()):%H:%M, %d/%m/%Y}"


def clock(value: datetime) -> str:
    """14:05:32."""
    return f"{value.astimezone(zone()):%H:%M:%S}"


def number(value: Fraction | float) -> str:
    """1.482 and 87,5 in Vietnamese, 1,482 and 87.5 in English; one decimal at most."""
    rounded = round(Fraction(value) * 10)
    whole, tenth = divmod(abs(rounded), 10)
    text = f"{whole:,}" + (f".{tenth}" if tenth else "")
    if str(get_locale()) == "vi":
        text = text.translate(str.maketrans(",.", ".,"))
    return f"−{text}" if rounded < 0 else text


def percent(value: Fraction | float) -> str:
    """87,5 % of a share from 0 to 1; shares just under the whole are never rounded up to it."""
    share = Fraction(value)
    tenths = round(share * 1000)
    if share < 1 and tenths == 1000:
        tenths = 999
    return f"{number(Fraction(tenths, 10))}\u00a0%"


def duration(seconds: float) -> str:
    """A length of time in words: 45 giây, 12 phút, 1 giờ 5 phút."""
    total = int(seconds)
    if total < 60:
        return str(ngettext("%(num)s second", "%(num)s seconds", total))
    hours, minutes = divmod(round(total / 60), 60)
    parts = []
    if hours:
        parts.append(ngettext("%(num)s hour", "%(num)s hours", hours))
    if minutes:
        parts.append(ngettext("%(num)s minute", "%(num)s minutes", minutes))
    return " ".join(parts)


FILTERS = {
    "message": words,
    "day": day,
    "moment": moment,
    "clock": clock,
    "number": number,
    "percent": percent,
    "duration": duration,
}
