"""An attempt: its states and clocks, which saved answer counts, and what it is worth.

The server's clock alone decides; `now` is the moment at which a request arrived.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import NamedTuple

from elearning.domain.arrangement import Terms
from elearning.domain.attempt_states import State
from elearning.domain.message import Message, message
from elearning.domain.quiz import GradeRule, Rules

STILL_COUNTS = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier attempt, as the rules for another one see it. `ended` and `share` are None while it runs."""

    state: State
    began: datetime
    ended: datetime | None
    share: Fraction | None


class Saved(NamedTuple):  # a frozen dataclass takes three times as long to make, and a page makes twenty
    """One saved answer to one slot. `base` is the version its page had seen, `tab` the page it came from and `seq` its number
    there; `checked` says that the learner had it judged, `certainty` how sure they were (1 to 3), where the quiz asks for it.
    """

    slot: int
    value: object
    version: int
    base: int
    tab: str
    at: datetime
    late: bool = False
    chosen: bool = False
    checked: bool = False
    certainty: int | None = None
    seq: int = 0


def remaining_seconds(closes: datetime | None, now: datetime) -> int | None:
    """Whole seconds left, never negative; None without a time limit."""
    return None if closes is None else max(0, int((closes - now).total_seconds()))


def last_moment(closes: datetime, rules: Rules) -> datetime:
    """When an attempt ends for good: after the grace, where the quiz gives one."""
    return closes + timedelta(minutes=rules.grace_minutes if rules.overdue == "grace" else 0)


def is_over(closes: datetime | None, rules: Rules, now: datetime) -> bool:
    """Whether the time is up, grace included."""
    return closes is not None and now > last_moment(closes, rules)


def still_counts(closes: datetime | None, rules: Rules, now: datetime) -> bool:
    """Whether an answer that arrives now counts: until 60 s after closing, for lines that were slow."""
    return closes is None or now <= last_moment(closes, rules) + STILL_COUNTS


def why_not_start(rules: Rules, terms: Terms, past: Sequence[Past], now: datetime) -> Message | None:
    """Why no further attempt may begin now; None when it may."""
    closes = terms.closes_for(rules)
    if terms.opens is not None and now < terms.opens:
        return message("The quiz opens at %(moment)s.", moment=terms.opens)
    if closes is not None and now >= closes:
        return message("The quiz closed at %(moment)s.", moment=closes)
    allowed = attempts_allowed(rules, terms)
    if allowed is not None and len(past) >= allowed:
        return message("You have used all %(allowed)s attempts.", allowed=allowed)
    ends = [attempt.ended for attempt in past if attempt.ended is not None]
    if rules.wait_hours and ends:
        free = max(ends) + timedelta(hours=rules.wait_hours)
        if now < free:
            return message("You can try again from %(moment)s.", moment=free)
    return None


def attempts_allowed(rules: Rules, terms: Terms) -> int | None:
    """How many attempts one person has; None without limit."""
    return None if rules.attempts is None else rules.attempts + terms.extra_attempts


def is_last(rules: Rules, terms: Terms, past: int) -> bool:
    """Whether no attempt is left after so many."""
    allowed = attempts_allowed(rules, terms)
    return allowed is not None and past >= allowed


def counted_share(rule: GradeRule, shares: Sequence[Fraction]) -> Fraction | None:
    """The result that counts over finished attempts in order; None when there is none."""
    if not shares:
        return None
    if rule == "mean":
        return sum(shares, Fraction(0)) / len(shares)
    return {"best": max(shares), "last": shares[-1], "first": shares[0]}[rule]


def counting(saved: Iterable[Saved]) -> dict[int, Saved]:
    """For each slot the answer that counts: the highest version of those that do.

    An answer to a slot that another tab had changed since the page was shown (its version is above `base`) does not
    count until the learner has chosen it; neither does one that came too late, nor one that was overtaken on the way by a
    later one of its own tab.
    """
    current: dict[int, Saved] = {}
    for answer in sorted(saved, key=lambda one: one.version):
        before = current.get(answer.slot)
        if not answer.late and not is_stale(answer, before) and not was_overtaken(answer, before):
            current[answer.slot] = answer
    return current


def was_overtaken(answer: Saved, current: Saved | None) -> bool:
    """Whether the same tab had sent something newer for this slot that came first."""
    return current is not None and current.tab == answer.tab and current.seq > answer.seq


def is_stale(answer: Saved, current: Saved | None) -> bool:
    """Whether another tab or device has answered this slot since the page of `answer` was shown."""
    return (
        current is not None
        and not answer.chosen
        and current.version > answer.base
        and current.tab != answer.tab
        and current.value != answer.value
    )


def waiting(saved: Iterable[Saved], tab: str) -> dict[int, Saved]:
    """For each slot the last answer of this tab that does not count because another is newer."""
    rows = sorted(saved, key=lambda one: one.version)
    current = counting(rows)
    found: dict[int, Saved] = {}
    for answer in rows:
        if answer.tab == tab and answer.slot in current:
            if current[answer.slot].version > answer.version or is_stale(answer, current[answer.slot]):
                found[answer.slot] = answer
            else:
                found.pop(answer.slot, None)
    return {slot: one for slot, one in found.items() if current[slot].tab != tab and current[slot].value != one.value}


@dataclass(frozen=True, slots=True)
class Total:
    """Points earned of points possible over a paper, exact."""

    earned: Fraction
    possible: Fraction

    @property
    def share(self) -> Fraction:
        """From 0 to 1; a paper without points, or with less than none by certainty, is worth 0."""
        return max(Fraction(0), self.earned / self.possible) if self.possible else Fraction(0)


def total(parts: Iterable[tuple[Fraction, Fraction]]) -> Total:
    """Sum (share, points) over the slots of a paper."""
    rows = list(parts)
    return Total(
        _sum((s.numerator * p.numerator, s.denominator * p.denominator) for s, p in rows),
        _sum((p.numerator, p.denominator) for _, p in rows),
    )


def _sum(terms: Iterable[tuple[int, int]]) -> Fraction:
    """The sum of numerators over denominators, exact. A Fraction looks for the greatest divisor at every step: 7 % of handing in."""
    by_denominator = dict[int, int]()
    for numerator, denominator in terms:
        by_denominator[denominator] = by_denominator.get(denominator, 0) + numerator
    return sum((Fraction(n, d) for d, n in by_denominator.items()), Fraction(0))


def has_passed(rules: Rules, share: Fraction) -> bool | None:
    """Whether a share passes; None where the quiz sets no pass mark."""
    return None if rules.pass_share is None else share >= rules.pass_share
