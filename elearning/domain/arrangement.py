"""When a quiz opens and closes, its password, and what one person was granted beyond the rules: rows beside the text, for the
platform, a unit or a person, changed without publishing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from elearning.domain.quiz import Rules

Kind = Literal["dates", "password", "extra time", "extra attempts", "time share"]
Reach = Literal["all", "unit", "person"]
KINDS: tuple[Kind, ...] = ("dates", "password", "extra time", "extra attempts", "time share")
# What only one person can be granted; the others hold for the platform or a unit as well.
PERSONAL: frozenset[Kind] = frozenset({"extra time", "extra attempts", "time share"})
MOST_MINUTES, MOST_ATTEMPTS, MOST_SHARE = 1440, 100, 200


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One running row as it bears on one person. `steps` says how far above the person's own unit the unit of the row
    stands; `number` holds minutes, attempts, or percent more of the time limit.
    """

    id: int
    kind: Kind
    reach: Reach
    steps: int = 0
    opens: datetime | None = None
    closes: datetime | None = None
    password: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What all rows together come to for one person at one quiz."""

    opens: datetime | None = None
    closes: datetime | None = None
    password: str = ""
    extra_minutes: int = 0
    extra_attempts: int = 0
    time_share: int = 0

    def more_minutes(self, rules: Rules) -> int:
        """Minutes beyond the time limit: the right to a share of it, rounded up, and what was granted for this quiz."""
        return self.extra_minutes + -(-(rules.minutes or 0) * self.time_share // 100)

    def closes_for(self, rules: Rules) -> datetime | None:
        """When the quiz closes for this person: whoever has more time has it at the end as well."""
        return None if self.closes is None else self.closes + timedelta(minutes=self.more_minutes(rules))


def terms_of(rows: Iterable[Arrangement]) -> Terms:
    """What some rows come to. For dates and for the password the narrowest row speaks (person, then the nearest unit, then
    the platform), and of two as narrow the newer. Minutes and attempts of one person add up; of shares the largest counts.
    """
    found = list(rows)
    dates, password = _narrowest(found, "dates"), _narrowest(found, "password")
    return Terms(
        dates.opens if dates else None,
        dates.closes if dates else None,
        password.password if password else "",
        sum(row.number for row in found if row.kind == "extra time"),
        sum(row.number for row in found if row.kind == "extra attempts"),
        max((row.number for row in found if row.kind == "time share"), default=0),
    )


def _narrowest(rows: Iterable[Arrangement], kind: Kind) -> Arrangement | None:
    return max((row for row in rows if row.kind == kind), key=_rank, default=None)


def _rank(row: Arrangement) -> tuple[int, int, int]:
    return {"person": 2, "unit": 1, "all": 0}[row.reach], -row.steps, row.id


def closing_time(rules: Rules, terms: Terms, began: datetime) -> datetime | None:
    """When the time of an attempt is up: by the time limit or by the closing of the quiz, whichever comes first; None where
    there is neither.
    """
    by_time = None if rules.minutes is None else began + timedelta(minutes=rules.minutes + terms.more_minutes(rules))
    return min((moment for moment in (by_time, terms.closes_for(rules)) if moment is not None), default=None)
