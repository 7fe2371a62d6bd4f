"""Typed values from front matter and from `{: … }` lines, each by its own rule; what is wrong becomes a problem."""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from elearning.content.front_matter import Front
from elearning.content.problems import Problems

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESERVED = frozenset({"enrol", "quizzes", "modules", "complete", "check"})
_MONTHS = re.compile(r"(\d{1,3}) (month|months|year|years)")
_MINUTES = re.compile(r"(\d{1,4}) ?(minute|minutes|hour|hours|day|days)?")
_PER = {"": 1, "minute": 1, "minutes": 1, "hour": 60, "hours": 60, "day": 1440, "days": 1440}


class Fields:
    """Reads the fields of one front matter. Every reader returns its default when the field is missing or wrong."""

    def __init__(self, front: Front, problems: Problems) -> None:
        self.front = front
        self.problems = problems

    def _tell(self, name: str, sentence: str, /, **values: object) -> None:
        self.problems.add(self.front.path, self.front.line(name), sentence, name=name, **values)

    def text(self, name: str, default: str = "", required: bool = False) -> str:
        value = self.front.values.get(name)
        if value is None or value == "":
            if required:
                self._tell(name, "The field “%(name)s” is missing. Write it in the front matter.")
            return default
        if not isinstance(value, str):
            self._tell(name, "Write one text in “%(name)s”, not a list.")
            return default
        return value

    def choice(self, name: str, allowed: Sequence[str], default: str) -> str:
        value = self.text(name, default)
        if value not in allowed:
            self._tell(name, "“%(name)s” is one of: %(allowed)s.", allowed=", ".join(allowed))
            return default
        return value

    def words(self, name: str) -> tuple[str, ...]:
        value = self.front.values.get(name, [])
        items = value.split() if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            self._tell(name, "Write “%(name)s” as a list: [one, two].")
            return ()
        return tuple(str(item) for item in items)

    def whole(self, name: str, default: int | None, least: int = 0, most: int = 10_000) -> int | None:
        value = self.text(name)
        if not value:
            return default
        if not re.fullmatch(r"\d{1,9}", value) or not least <= int(value) <= most:
            self._tell(name, "Write “%(name)s” as a whole number from %(least)s to %(most)s.", least=least, most=most)
            return default
        return int(value)

    def minutes(self, name: str, default: int | None = None) -> int | None:
        """A duration, `45 minutes`, `2 hours` or `1 day`, in minutes."""
        value = self.text(name)
        found = _MINUTES.fullmatch(value)
        if not value:
            return default
        if not found or int(found[1]) == 0:
            self._tell(name, "Write “%(name)s” as a duration, such as 45 minutes or 24 hours.")
            return default
        return int(found[1]) * _PER[found[2] or ""]

    def share(self, name: str) -> Fraction | None:
        """A share such as 70% or 66,5%."""
        value = self.text(name)
        found = re.fullmatch(r"(\d{1,3}(?:[.,]\d{1,3})?) ?%", value)
        if not value:
            return None
        share = Fraction(found[1].replace(",", ".")) / 100 if found else None
        if share is None or share > 1:
            self._tell(name, "Write “%(name)s” as a share, such as 70%%.")
            return None
        return share

    def date(self, name: str) -> date | None:
        value = self.text(name)
        if not value:
            return None
        found = read_date(value)
        if found is None:
            self._tell(name, "Write “%(name)s” as a date: 2026-07-01.")
        return found

    def pairs(self, name: str) -> dict[str, str]:
        """Texts by key: `objectives: {tinh-han: "…"}`."""
        value = self.front.values.get(name, {})
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            self._tell(name, 'Write “%(name)s” as pairs: {key: "words"}.')
            return {}
        for key in value:
            if not KEY.fullmatch(key.replace("_", "-")):
                self._tell(
                    name, "The key “%(key)s” may hold only small letters a–z, digits and single dashes.", key=key
                )
        return {key: str(words) for key, words in value.items()}

    def months(self, name: str, value: str) -> int | None:
        found = _MONTHS.fullmatch(value)
        if not found:
            self._tell(name, "Write “valid_for” as months or years, such as 24 months.")
            return None
        return int(found[1]) * (12 if found[2].startswith("year") else 1)


def read_share(text: str) -> Fraction | None:
    """A share as 25%, 1/3 or 0,25; None when it is none."""
    bare = text.replace(",", ".").replace(" ", "")
    try:
        return Fraction(bare.removesuffix("%")) / (100 if bare.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        return None


def read_date(text: str) -> date | None:
    """A date as 2026-07-01; None when it is none."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None


def key_of(path: str, front: Front, problems: Problems) -> str:
    """The key of a text: `key:` in its front matter, or the file's name without `.md` and a leading number."""
    named = front.values.get("key")
    bare = re.sub(r"(\.(en|vi))?\.md$", "", path.rsplit("/", 1)[-1])
    key = named if isinstance(named, str) and named else re.sub(r"^\d+-", "", bare)
    if not KEY.fullmatch(key):
        problems.add(
            path,
            front.line("key"),
            "The key “%(key)s” may hold only small letters a–z, digits and single dashes.",
            key=key,
        )
    elif key in RESERVED:
        problems.add(path, front.line("key"), "The key “%(key)s” is taken by the platform. Choose another.", key=key)
    return key
