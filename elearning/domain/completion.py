"""When an activity, a module or a course is complete, worked out from what has happened so far."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from elearning.domain.course import Activity, Course
from elearning.domain.message import Message, message
from elearning.domain.quiz import Quiz


@dataclass(frozen=True, slots=True)
class Done:
    """What one person has done in one round of a course: finished lessons, passed quizzes, tried quizzes."""

    lessons: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()
    tried: frozenset[str] = frozenset()

    def has(self, activity: Activity, quizzes: Mapping[str, Quiz]) -> bool:
        """Whether an activity is complete: a lesson finished, a quiz passed, or taken where it has no pass mark."""
        if activity.kind == "lesson":
            return activity.key in self.lessons
        quiz = quizzes.get(activity.key)
        if quiz is None or quiz.rules.pass_share is None:
            return activity.key in self.tried
        return activity.key in self.passed


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a person is: activities that are done, of those that the course has; what is still missing for completion."""

    done: frozenset[Activity]
    total: int
    missing: tuple[Activity, ...]

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def share(self) -> Fraction:
        """Activities done of all activities, from 0 to 1."""
        return Fraction(len(self.done), self.total) if self.total else Fraction(0)


def required(course: Course, quizzes: Mapping[str, Quiz]) -> tuple[Activity, ...]:
    """What must be done: the list the course gives, or every lesson and every quiz that has a pass mark."""
    if course.complete:
        return course.complete
    return tuple(
        a
        for a in course.activities()
        if a.kind == "lesson" or (a.key in quizzes and quizzes[a.key].rules.pass_share is not None)
    )


def judge(course: Course, quizzes: Mapping[str, Quiz], done: Done) -> Standing:
    """How far someone is in a course. An activity that the edition no longer has counts for nothing."""
    activities = tuple(course.activities())
    finished = frozenset(a for a in activities if done.has(a, quizzes))
    missing = tuple(a for a in required(course, quizzes) if not done.has(a, quizzes))
    return Standing(finished, len(activities), missing)


def shut(course: Course, standing: Standing) -> frozenset[Activity]:
    """Activities that may not be opened yet: in a strict course, all after the first that is not done."""
    if course.order == "free":
        return frozenset()
    first = next_activity(course, standing)
    after = itertools.dropwhile(lambda activity: activity != first, course.activities())
    return frozenset(after) - standing.done - {first}


def why_shut() -> Message:
    """What is said at an activity that is not open yet."""
    return message("Opens when what comes before it is done.")


def next_activity(course: Course, standing: Standing) -> Activity | None:
    """The first activity, in the order of the outline, that is not done; None when nothing is left."""
    return next((a for a in course.activities() if a not in standing.done), None)


def why_not(standing: Standing, titles: Mapping[Activity, str]) -> Message:
    """In one sentence, what is still missing for completion."""
    names = [titles.get(activity, activity.key) for activity in standing.missing]
    done, total = len(standing.done), standing.total
    if not names:
        return message("Everything that the course asks for is done.")
    if len(names) == 1:
        return message(
            "%(done)s of %(total)s activities are done; missing is only: %(first)s.",
            done=done,
            total=total,
            first=names[0],
        )
    if not done:
        return message(
            "Nothing is done yet; %(count)s activities are missing, the first is: %(first)s.",
            count=len(names),
            first=names[0],
        )
    return message(
        "%(done)s of %(total)s activities are done; %(count)s are missing, the next is: %(first)s.",
        done=done, total=total, count=len(names), first=names[0],
    )  # fmt: skip
