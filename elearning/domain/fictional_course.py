"""How made-up people go through a course: what they do, in which order, on which days. Drawn from the `rng` handed in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Literal
from zoneinfo import ZoneInfo

from elearning.domain.course import Activity, Course
from elearning.domain.quiz import Quiz

Outcome = Literal["complete", "untouched", "partway", "running", "failed", "abandoned"]
Result = Literal["done", "passed", "failed", "running", "abandoned"]
UNFINISHED: tuple[tuple[Outcome, int], ...] = (
    ("untouched", 30), ("partway", 38), ("running", 14), ("failed", 13), ("abandoned", 5),
)  # fmt: skip
FIRST_DAYS = (56, 5)  # People begin from eight weeks to five days before now.
EVENING = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One lesson read, or one sitting of a quiz, and how it ends."""

    activity: Activity
    result: Result
    number: int = 1


@dataclass(frozen=True, slots=True)
class Span:
    """When a step was begun and ended."""

    began: datetime
    ended: datetime


def outcomes(rng: Random, count: int, rate: float) -> list[Outcome]:
    """What becomes of so many people of a unit, of whom this share completes, in an order left to chance."""
    finished = min(count, round(count * rate))
    drawn = rng.choices([name for name, _ in UNFINISHED], [share for _, share in UNFINISHED], k=count - finished)
    found: list[Outcome] = ["complete" for _ in range(finished)]
    return rng.sample(found + drawn, count)


def steps(rng: Random, course: Course, quizzes: Mapping[str, Quiz], outcome: Outcome) -> list[Step]:
    """What a person with this outcome does, first to last. Where a course has no quiz, all but the complete are partway."""
    activities = tuple(course.activities())
    if outcome == "untouched":
        return []
    if outcome == "complete":
        return _through(rng, activities, quizzes)
    fitting = [place for place, activity in enumerate(activities) if _fits(activity, quizzes, outcome)]
    if not fitting:
        return _through(rng, activities[: rng.randrange(1, max(2, len(activities)))], quizzes)
    stop = rng.choice(fitting) if outcome == "running" else fitting[-1]
    before = _through(rng, activities[:stop], quizzes)
    return [*before, *_ending(rng, activities[stop], quizzes, outcome)]


def _fits(activity: Activity, quizzes: Mapping[str, Quiz], outcome: Outcome) -> bool:
    """Whether somebody can get stuck at an activity in this way."""
    if activity.kind != "quiz" or activity.key not in quizzes or outcome == "partway":
        return False
    rules = quizzes[activity.key].rules
    return {"failed": bool(rules.pass_share), "abandoned": rules.minutes is not None}.get(outcome, True)


def _through(rng: Random, activities: Sequence[Activity], quizzes: Mapping[str, Quiz]) -> list[Step]:
    """Everything done; here and there a quiz is failed before it is passed."""
    found: list[Step] = []
    for activity in activities:
        if activity.kind == "lesson":
            found.append(Step(activity, "done"))
            continue
        rules = quizzes[activity.key].rules
        slips = rng.choices((0, 1, 2), (80, 16, 4))[0] if rules.pass_share else 0
        slips = slips if rules.attempts is None else min(slips, rules.attempts - 1)
        found += [Step(activity, "failed", number) for number in range(1, slips + 1)]
        found.append(Step(activity, "passed", slips + 1))
    return found


def _ending(rng: Random, activity: Activity, quizzes: Mapping[str, Quiz], outcome: Outcome) -> list[Step]:
    """The sittings at which somebody is stuck."""
    if outcome == "running":
        return [Step(activity, "running")]
    if outcome == "abandoned":
        return [Step(activity, "abandoned")]
    most = quizzes[activity.key].rules.attempts or 2
    return [Step(activity, "failed", number) for number in range(1, rng.randint(1, most) + 1)]


def minutes_of(rng: Random, step: Step, lessons: Mapping[str, int], quizzes: Mapping[str, Quiz]) -> float:
    """How long a step takes: a lesson about its time, a quiz most of its own, or a minute a question."""
    if step.activity.kind == "lesson":
        return lessons[step.activity.key] * rng.uniform(1.0, 1.8) + 0.5
    quiz = quizzes[step.activity.key]
    if step.result == "abandoned":
        return float(quiz.rules.minutes or 1)
    return (quiz.rules.minutes or quiz.size * 1.2) * rng.uniform(0.35, 0.95)


def timetable(
    rng: Random, lengths: Sequence[float], waits: Sequence[int], now: datetime, zone: ZoneInfo
) -> tuple[Span, ...]:
    """When each step was done: on working days, by day or early evening, the last at least an hour before `now`.

    `lengths` are in minutes; `waits` are the hours that must lie before each step.
    """
    at = _morning(rng, now.astimezone(zone).date() - timedelta(days=rng.randint(FIRST_DAYS[1], FIRST_DAYS[0])), zone)
    spans: list[Span] = []
    for length, wait in zip(lengths, waits, strict=True):
        at += timedelta(hours=wait)
        if wait or rng.random() < 0.2 or at.astimezone(zone).hour >= EVENING:
            at = _morning(rng, at.astimezone(zone).date() + timedelta(days=1), zone)
        ended = at + timedelta(seconds=round(length * 60))
        spans.append(Span(at, ended))
        at = ended + timedelta(seconds=rng.randint(60, 900))
    late = spans[-1].ended - (now - timedelta(hours=1)) if spans else timedelta(0)
    weeks = timedelta(weeks=max(0, -(-late // timedelta(weeks=1)) if late > timedelta(0) else 0))
    return tuple(Span(span.began - weeks, span.ended - weeks) for span in spans)


def _morning(rng: Random, day: date, zone: ZoneInfo) -> datetime:
    """A moment in working hours on a day, or on the Monday after it."""
    day += timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
    local = datetime.combine(day, time(rng.choice((7, 8, 8, 9, 10, 13, 14, 15, 16)), rng.randrange(60)), zone)
    return local.astimezone(UTC)
