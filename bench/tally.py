"""What a run has seen: times by step, errors, and every answer that was acknowledged, to be compared with the database."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from bench.tables import table
from elearning.services.work import NOBODY, House
from elearning.store.models.learning import Answer, Attempt, Grade

CHUNK = 500
SAVES = ("saving an answer", "saving a page")


@dataclass(slots=True)
class Seen:
    """Filled by all visitors of a run. `told` counts polite refusals (429, 503), which are no errors."""

    times: dict[str, list[float]] = field(default_factory=dict)
    sizes: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    answers: dict[tuple[str, int], str] = field(default_factory=dict)
    handed_in: dict[str, int] = field(default_factory=dict)
    finished: int = 0

    @property
    def requests(self) -> int:
        """How many requests were answered."""
        return sum(map(len, self.times.values()))

    def note(self, step: str, seconds: float, size: int) -> None:
        """Take one answered request into account."""
        self.times.setdefault(step, []).append(seconds)
        self.sizes[step] += size

    def saves(self) -> list[float]:
        """The times of all saves, however they were made."""
        return [seconds for step in SAVES for seconds in self.times.get(step, ())]


def percentile(times: Sequence[float], part: float) -> float:
    """The time below which that part of all lies, in seconds; 0 where there are none."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def latencies(seen: Seen, statements: dict[str, int] | None = None) -> str:
    """A table of the steps, in milliseconds by the clock, with the statements of each where they were counted."""
    rows = []
    for step, times in seen.times.items():
        spread = [f"{percentile(times, part) * 1000:.0f}" for part in (0.5, 0.95, 0.99, 1)]
        counted = [(statements or {}).get(step, "–")]
        rows.append([step, f"{len(times):,}", *spread, f"{seen.sizes[step] / len(times):,.0f}", *counted])
    return table(("step", "number", "p50 ms", "p95 ms", "p99 ms", "worst", "bytes", "statements"), rows)


def compare(house: House, seen: Seen) -> list[str]:
    """What the database lacks of all that was acknowledged: answers, and attempts handed in with all their grades."""
    wrong: list[str] = []
    attempts = sorted({attempt for attempt, _ in seen.answers} | set(seen.handed_in))
    for start in range(0, len(attempts), CHUNK):
        some = attempts[start : start + CHUNK]
        wrong += _lost(seen, some, _counting(house, some)) + _ungraded(seen, some, _graded(house, some))
    return wrong


def _counting(house: House, attempts: Sequence[str]) -> dict[tuple[str, int], object]:
    rows = (
        select(Attempt.public, Answer.slot, Answer.value)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(Attempt.public.in_(attempts))
        .order_by(Answer.version)
    )
    with house.reading(NOBODY) as work:
        return {(public, slot): value for public, slot, value in work.session.execute(rows)}


def _lost(seen: Seen, attempts: Sequence[str], stored: dict[tuple[str, int], object]) -> list[str]:
    some = set(attempts)
    return [
        f"attempt {attempt}, slot {slot}: acknowledged {value!r}, stored {stored.get((attempt, slot))!r}"
        for (attempt, slot), value in seen.answers.items()
        if attempt in some and stored.get((attempt, slot)) != value
    ]


def _graded(house: House, attempts: Sequence[str]) -> dict[str, tuple[str, int]]:
    rows = (
        select(Attempt.public, Attempt.state, func.count(Grade.id))
        .outerjoin(Grade, Grade.attempt_id == Attempt.id)
        .where(Attempt.public.in_(attempts))
        .group_by(Attempt.public, Attempt.state)
    )
    with house.reading(NOBODY) as work:
        return {public: (state, grades) for public, state, grades in work.session.execute(rows)}


def _ungraded(seen: Seen, attempts: Sequence[str], stored: dict[str, tuple[str, int]]) -> list[str]:
    return [
        f"attempt {attempt}: handed in, stored {stored.get(attempt)}"
        for attempt in attempts
        if attempt in seen.handed_in and stored.get(attempt) != ("graded", seen.handed_in[attempt])
    ]
