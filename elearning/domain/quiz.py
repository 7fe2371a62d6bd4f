"""The rules of a quiz, and the sections that its questions are drawn for."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from elearning.domain.review import PRESETS, Review

Kind = Literal["exam", "practice", "survey"]
GradeRule = Literal["best", "last", "first", "mean"]
Overdue = Literal["submit", "grace", "abandon"]
AFTER_SUBMIT = PRESETS["after-submit"]
Behaviour = Literal["deferred", "immediate", "tries", "certainty", "practice"]


@dataclass(frozen=True, slots=True)
class Rules:
    """What the front matter of a quiz says. Times in minutes and hours; None means without limit."""

    title: str
    kind: Kind = "practice"
    pass_share: Fraction | None = None
    minutes: int | None = None
    attempts: int | None = None
    wait_hours: int = 0
    grade: GradeRule = "best"
    behaviour: Behaviour = "deferred"
    tries: int = 3
    page: int = 1
    navigation: Literal["free", "forward"] = "free"
    shuffle_questions: bool = False
    shuffle_options: bool = False
    overdue: Overdue = "submit"
    grace_minutes: int = 0
    review: Review = AFTER_SUBMIT


@dataclass(frozen=True, slots=True)
class Draw:
    """So many questions of a bank that carry all these tags, or the one named. Empty filters let all through."""

    bank: str
    count: int
    question: str = ""
    tags: tuple[str, ...] = ()
    difficulties: tuple[int, ...] = ()
    objectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the quiz and what is drawn for it."""

    key: str
    title: str
    draws: tuple[Draw, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """What is said of results from a share on (safe HTML)."""

    least: Fraction
    html: str


@dataclass(frozen=True, slots=True)
class Quiz:
    """A quiz as compiled: rules, introduction (safe HTML), sections, and what is said of results by bands."""

    key: str
    path: str
    rules: Rules
    introduction: str
    sections: tuple[Section, ...]
    formerly: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()

    @property
    def size(self) -> int:
        """How many questions a paper holds."""
        return sum(draw.count for section in self.sections for draw in section.draws)

    def said_of(self, share: Fraction) -> str:
        """What the quiz says of a result: the words of the highest band that it reaches; empty where there are none."""
        reached = [band for band in self.bands if share >= band.least]
        return max(reached, key=lambda band: band.least).html if reached else ""
