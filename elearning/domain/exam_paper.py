"""An examination on paper in several versions: the same questions, shuffled by a seed, so that a version can be printed again."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Literal

LETTERS = "ABCDEFGHIJKL"
# What is put below the words of a question: letters to choose from, a dotted line, room to write, or nothing.
Form = Literal["choices", "line", "room", "text"]


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one look."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, an item of a list, the cells of a row, or a picture with its words and bytes."""

    kind: Literal["words", "item", "row", "picture"]
    spans: tuple[Span, ...] = ()
    cells: tuple[str, ...] = ()
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class PaperOption:
    """An answer to choose from; `keep` holds it in its place."""

    spans: tuple[Span, ...]
    right: bool
    keep: bool = False

    @property
    def length(self) -> int:
        """How many characters it takes."""
        return sum(len(span.text) for span in self.spans)


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A question as it is printed; `answer` is what the key says where nothing is chosen."""

    key: str
    form: Form
    asked: tuple[Piece, ...]
    options: tuple[PaperOption, ...] = ()
    several: bool = False
    answer: str = ""
    points: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A part of the paper under its heading."""

    title: str
    questions: tuple[PaperQuestion, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A question in a version: its number, 0 for what asks nothing, and its answers in their order."""

    number: int
    question: PaperQuestion
    options: tuple[PaperOption, ...]

    @property
    def letters(self) -> str:
        """The letters of the right answers, or what else the key says."""
        right = [letter for letter, one in zip(LETTERS, self.options, strict=False) if one.right]
        return ", ".join(right) or self.question.answer


@dataclass(frozen=True, slots=True)
class Version:
    """One version by its code: for each section its heading and its questions."""

    code: str
    sections: tuple[tuple[str, tuple[Numbered, ...]], ...]

    @property
    def questions(self) -> tuple[Numbered, ...]:
        """All that has a number, in order."""
        return tuple(one for _, questions in self.sections for one in questions if one.number)


def codes(first: int, count: int) -> tuple[str, ...]:
    """The codes of the versions, of three figures.

    >>> codes(101, 3)
    ('101', '102', '103')
    """
    return tuple(f"{first + number:03}" for number in range(count))


def version(code: str, sections: Sequence[PaperSection], seed: str, mix_questions: bool, mix_options: bool) -> Version:
    """A version of a paper; the same seed and code give the same version.

    Questions stay in their section. A section with a text that its questions speak of is left in its order.
    """
    rng = Random(f"{seed} {code}")  # noqa: S311 - a paper is to be drawn again by its seed, not to be secret
    made: list[tuple[str, tuple[Numbered, ...]]] = []
    number = 0
    for section in sections:
        questions = list(section.questions)
        if mix_questions and all(one.form != "text" for one in questions):
            rng.shuffle(questions)
        numbered: list[Numbered] = []
        for question in questions:
            number += question.form != "text"
            options = _mixed(question.options, rng) if mix_options else question.options
            numbered.append(Numbered(number if question.form != "text" else 0, question, options))
        made.append((section.title, tuple(numbered)))
    return Version(code, tuple(made))


def _mixed(options: tuple[PaperOption, ...], rng: Random) -> tuple[PaperOption, ...]:
    """The options in another order; those that keep their place keep it."""
    free = [one for one in options if not one.keep]
    rng.shuffle(free)
    left = iter(free)
    return tuple(one if one.keep else next(left) for one in options)


def columns(options: Sequence[PaperOption]) -> int:
    """In how many columns the answers stand: four where all are short, two, or one.

    >>> columns([PaperOption((Span("24 giờ"),), True)] * 4)
    4
    """
    longest = max((one.length for one in options), default=0)
    if longest <= 16 and len(options) <= 4:
        return 4
    return 2 if longest <= 38 else 1
