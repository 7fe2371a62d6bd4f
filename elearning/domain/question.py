"""What all questions have in common; what is particular to a type stands in `questions/<type>`."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from elearning.domain.message import Message


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen or placed. `html` and `feedback` are safe HTML; `keep` stays in place when shuffled."""

    html: str
    feedback: str = ""
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as compiled. `body` is the dataclass `Body` of its type; `digest` names its own lines."""

    key: str
    type: str
    ask: str
    stem: str
    explanation: str
    digest: str
    body: Any
    points: Fraction = Fraction(1)
    difficulty: int = 0
    tags: tuple[str, ...] = ()
    objective: str = ""
    facts: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Grade:
    """A share of the points, exact, from 0 to 1 (never negative), and the reason for it."""

    share: Fraction
    reason: Message
