"""Keys that an edition no longer has: gone, or under another name (`formerly:`), under which what was done still counts."""

from collections.abc import Mapping
from dataclasses import dataclass

from elearning.domain.completion import Done
from elearning.domain.course import Activity
from elearning.domain.edition import Compiled


@dataclass(frozen=True, slots=True)
class Vanished:
    """An activity that the live edition has and the next one has not; `now` is its new key, empty where it is gone."""

    activity: Activity
    title: str
    now: str


def former_keys(compiled: Compiled) -> dict[Activity, str]:
    """Old activity → the key under which it stands now."""
    lessons = {Activity("lesson", old): one.key for one in compiled.lessons.values() for old in one.formerly}
    quizzes = {Activity("quiz", old): one.key for one in compiled.quizzes.values() for old in one.formerly}
    return {old: now for old, now in (lessons | quizzes).items() if old.key != now}


def vanished(live: Compiled, coming: Compiled) -> tuple[Vanished, ...]:
    """What is no longer there, in the order of the live outline."""
    there = set(coming.course.activities())
    names = former_keys(coming)
    titles = {Activity("lesson", key): lesson.title for key, lesson in live.lessons.items()}
    titles |= {Activity("quiz", key): quiz.rules.title for key, quiz in live.quizzes.items()}
    return tuple(
        Vanished(activity, titles.get(activity, activity.key), names.get(activity, ""))
        for activity in live.course.activities()
        if activity not in there
    )


def carried(done: Done, names: Mapping[Activity, str]) -> Done:
    """What was done under former keys as well as under those of now. `names` is what `former_keys` gives."""
    lessons = {now for old, now in names.items() if old.kind == "lesson" and old.key in done.lessons}
    passed = {now for old, now in names.items() if old.kind == "quiz" and old.key in done.passed}
    tried = {now for old, now in names.items() if old.kind == "quiz" and old.key in done.tried}
    return Done(done.lessons | lessons, done.passed | passed, done.tried | tried)


@dataclass(frozen=True, slots=True)
class Effect:
    """What another edition means for one person: `complete` before and after, activities still missing before and after."""

    complete: bool
    would_complete: bool
    missing: int
    would_miss: int
