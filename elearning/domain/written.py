"""A question as a trainer writes it, in Markdown and not in HTML: what stands between the texts of banks, the forms of the
editor, and the formats of other platforms.

The body is one of the shapes below; several types share a shape, and `type` says which rules hold. Types that hold plain
words and figures alone (short, number, datetime) have the body that they are graded by.
"""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from elearning.domain.question import PENALTY
from elearning.domain.questions.blanks import Blank
from elearning.domain.questions.several import Credit


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture, a sound or a film that came along, under the path that the Markdown names."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose or to put in order. Right is a share of 1, wrong one of 0; graded choices have any between -1 and 1."""

    text: str
    share: Fraction = Fraction(0)
    feedback: str = ""
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """The body of one, several, graded, order (in the right order), poll and likert (empty for the five usual steps).

    `several` says of graded and poll that more than one may be picked; `credit` counts for several alone.
    """

    options: tuple[Choice, ...]
    several: bool = False
    credit: Credit = "right-minus-wrong"


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of match and sort; an empty `left` is a decoy, or a group to which nothing belongs."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """The body of match and sort: the two headings, and the rows."""

    heads: tuple[str, str]
    rows: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Blanks:
    """The body of blanks: the text with `gaps.gap(n)` in the place of the n-th blank, and the blanks in plain words.

    It takes the place of the stem, which is empty.
    """

    text: str
    blanks: tuple[Blank, ...]
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that can be marked, and whether they are a fault."""

    words: str
    fault: bool


@dataclass(frozen=True, slots=True)
class Faults:
    """The body of faults: the text with `gaps.gap(n)` in the place of the n-th mark, and the marks."""

    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """A row of a rubric: what is looked at, and what it looks like at each level."""

    text: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    """What a person marks by: the head of the first column, the points of the levels, and the criteria."""

    head: str
    points: tuple[Fraction, ...]
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """The body of statement: its rubric and its limits in words; 0 and 0 set none."""

    rubric: Rubric
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class Recording:
    """The body of recording: its rubric, and how many seconds it may last."""

    rubric: Rubric
    seconds: int


@dataclass(frozen=True, slots=True)
class Nothing:
    """The body of description, which asks nothing."""


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question as written. `ask` is its heading, one line; `media` are files that came along and stand in no bank yet."""

    key: str
    type: str
    ask: str
    body: Any
    stem: str = ""
    explanation: str = ""
    points: Fraction = Fraction(1)
    difficulty: int = 0
    tags: tuple[str, ...] = ()
    objective: str = ""
    facts: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    penalty: Fraction = PENALTY
    hints: tuple[str, ...] = ()
    media: tuple[Medium, ...] = field(default=())
