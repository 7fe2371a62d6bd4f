"""Moments as people here write them: 14:05 22/11/2026, 14 giờ 05 ngày 22/11/2026, 2026-11-22 14:05; or a day alone."""

import re
from dataclasses import dataclass
from datetime import date

from elearning.domain.names import fold

LONGEST = 60
DAY = 24 * 60
_NOISE = re.compile(r"\b(?:luc|vao|hoi|ngay|at|on)\b|,|(?<=\d)t(?=\d)")
_CLOCK = r"(?:(?P<h1>\d{1,2}):(?P<m1>\d{2})|(?P<h2>\d{1,2}) ?(?:h|gio)(?: ?(?P<m2>\d{1,2})(?: ?(?:phut|ph|p)\b)?)?)"
_DATE = (
    r"(?:(?P<year1>\d{4})-(?P<month1>\d{1,2})-(?P<day1>\d{1,2})"
    r"|(?P<day2>\d{1,2})(?: ?[/.-] ?| thang )(?P<month2>\d{1,2})(?: ?[/.-] ?| nam )(?P<year2>\d{4}))"
)
_FORMS = tuple(re.compile(form, re.ASCII) for form in (_DATE, f"{_CLOCK} {_DATE}", f"{_DATE} {_CLOCK}"))


@dataclass(frozen=True, slots=True)
class Moment:
    """Minutes since the beginning of the calendar; `timed` is false for a day alone, which stands at its midnight."""

    minutes: int
    timed: bool


def read_moment(text: str) -> Moment | None:
    """The moment that somebody typed, the day always before the month; None for what is none. 24:00 ends the day.

    >>> read_moment("14 giờ 05 ngày 22/11/2026") == read_moment("2026-11-22 14:05")
    True
    """
    if len(text) > LONGEST:
        return None
    bare = " ".join(_NOISE.sub(" ", fold(text)).split())
    found = next((match for form in _FORMS if (match := form.fullmatch(bare))), None)
    if found is None:
        return None
    parts = {name: int(digits) for name, digits in found.groupdict().items() if digits is not None}
    hour, minute = parts.get("h1", parts.get("h2")), parts.get("m1", parts.get("m2", 0))
    year, month, day = (parts.get(f"{name}1", parts.get(f"{name}2", 0)) for name in ("year", "month", "day"))
    if not 1000 <= year < 9999 or minute > 59 or (hour or 0) * 60 + minute > DAY:
        return None
    try:
        midnight = date(year, month, day).toordinal() * DAY
    except ValueError:
        return None
    return Moment(midnight + (hour or 0) * 60 + minute, hour is not None)


def moment_words(moment: Moment) -> str:
    """A moment as the platform prints it.

    >>> moment_words(Moment(739577 * DAY + 14 * 60 + 5, True))
    '14:05, 22/11/2026'
    """
    days, minutes = divmod(moment.minutes, DAY)
    day = f"{date.fromordinal(days):%d/%m/%Y}"
    return f"{minutes // 60:02d}:{minutes % 60:02d}, {day}" if moment.timed else day
