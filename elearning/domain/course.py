"""A course as its learners go through it: modules, and in each the activities in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

ActivityKind = Literal["lesson", "quiz"]


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing to do: a lesson to read or a quiz to pass, named by its key."""

    kind: ActivityKind
    key: str


@dataclass(frozen=True, slots=True)
class Module:
    """A heading of the outline and the activities below it."""

    key: str
    title: str
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class CertificateRule:
    """What is certified on completion; `valid_months` is None where it does not end."""

    title: str
    valid_months: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What `course.md` says. `complete` is empty where all of the course counts."""

    key: str
    title: str
    introduction: str
    summary: str
    modules: tuple[Module, ...]
    language: str = "vi"
    audience: tuple[str, ...] = ()
    hours: str = ""
    enrol: Literal["open", "by-list"] = "open"
    order: Literal["free", "strict"] = "free"
    requires: tuple[str, ...] = ()
    complete: tuple[Activity, ...] = ()
    certificate: CertificateRule | None = None
    reviewed: date | None = None
    formerly: tuple[str, ...] = ()

    def activities(self) -> Iterator[Activity]:
        """All activities in the order of the outline."""
        for module in self.modules:
            yield from module.activities


@dataclass(frozen=True, slots=True)
class Objective:
    """What a lesson teaches, by key; questions name it so that results can say what to read again."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson as compiled: `body` is safe HTML, `cites` the places in the law that it relies on (law#place)."""

    key: str
    path: str
    title: str
    minutes: int
    objectives: tuple[Objective, ...]
    body: str
    cites: tuple[str, ...]
    unsure: bool = False
    dwell_minutes: int = 0
    formerly: tuple[str, ...] = ()
