"""What all questions have in common; what is particular to a type stands in `questions/<type>`."""

import re
from dataclasses import dataclass
from fractions import Fraction
from html import unescape
from typing import Any, Literal

from elearning.domain.message import Message

# Who gives the points: the rules of the type, a person with a rubric, or nobody.
Marked = Literal["by-rule", "by-person", "never"]
# How a form holds a response, and so how the page's script reads it: one text, one letter or several, a place for each
# letter, a text for each part, a text for each number in turn, numbers that are ticked, or the name of an upload.
Held = Literal["nothing", "text", "letter", "letters", "places", "parts", "list", "numbers", "upload"]
# Moodle's default: a further try costs a third of the points.
PENALTY = Fraction(1, 3)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be chosen or placed. `html` and `feedback` are safe HTML; `keep` stays in place when shuffled."""

    html: str
    feedback: str = ""
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as compiled. `body` is the dataclass `Body` of its type; `digest` names its own lines.

    `penalty` is the share that each further try costs, and `hints` (safe HTML) are what is said before it. A retired question
    is drawn for no new paper; papers that hold it keep it.
    """

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
    penalty: Fraction = PENALTY
    hints: tuple[str, ...] = ()
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Grade:
    """A share of the points, exact, from 0 to 1, and the reason for it. Only certainty-based marking goes below 0."""

    share: Fraction
    reason: Message


def plain(html: str) -> str:
    """The words of some HTML, for reports and for what is read aloud.

    >>> plain("<em>Luật</em> &amp; nghị định")
    'Luật & nghị định'
    """
    return " ".join(unescape(_TAG.sub(" " if "<p>" in html else "", html)).split())
