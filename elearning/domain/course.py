"""A course as its learners go through it: modules, and in each the activities in order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from elearning.domain.question import Question

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
    """What `course.md` says. `complete` is empty where all of the course counts; `approval` are the steps, each by another
    person, that a state of the course must pass before it is published.
    """

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
    approval: tuple[str, ...] = ()

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
class Part:
    """A run of a lesson's text (safe HTML), and the check question that follows it, by key; empty for none."""

    html: str
    check: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson as compiled: `parts` are text and check questions in turn, `checks` the questions by key, `cites` the places
    in the law that it relies on (law#place), `terms` the keys of the terms that it links to.
    """

    key: str
    path: str
    title: str
    minutes: int
    objectives: tuple[Objective, ...]
    parts: tuple[Part, ...]
    cites: tuple[str, ...]
    unsure: bool = False
    dwell_minutes: int = 0
    formerly: tuple[str, ...] = ()
    checks: Mapping[str, Question] = field(default_factory=dict)
    terms: tuple[str, ...] = ()
