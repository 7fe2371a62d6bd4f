"""What is read out of a Word file: paragraphs of runs, tables and pictures, with what a reader should be told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from elearning.domain.message import Message

# How words may stand out. `high` and `low` are superscript and subscript.
Mark = Literal["bold", "italic", "underline", "colour", "highlight", "high", "low", "strike"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the name of its file, its bytes, and the words that stand for it; empty where it has none."""

    name: str
    data: bytes
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; or a picture; or the number of a footnote. `link` is where the words lead."""

    text: str
    marks: frozenset[Mark] = frozenset()
    link: str = ""
    picture: Picture | None = None
    footnote: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph by its number in the file, from 1. `level` is that of a heading, 0 for none; `label` the number or bullet
    that Word puts before it by itself, and `depth` how far its list is indented.
    """

    number: int
    runs: tuple[Run, ...]
    style: str = ""
    level: int = 0
    label: str = ""
    depth: int = 0
    boxed: bool = False

    @property
    def text(self) -> str:
        """The plain words, with the label."""
        words = "".join(run.text for run in self.runs)
        return f"{self.label} {words}" if self.label else words


@dataclass(frozen=True, slots=True)
class Table:
    """A table; each cell is a sequence of paragraphs and tables. `number` is that of its first paragraph."""

    number: int
    rows: tuple[tuple[tuple["Block", ...], ...], ...]
    joined: bool = False


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A Word file: its blocks, its footnotes by their ids, what stands around the pages, and notes by paragraph."""

    blocks: tuple[Block, ...]
    footnotes: Mapping[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    around: tuple[str, ...] = ()
    notes: Mapping[int, tuple[Message, ...]] = field(default_factory=dict)


def paragraphs_of(block: Block) -> Iterator[Paragraph]:
    """All paragraphs of a block, those in tables row by row."""
    if isinstance(block, Paragraph):
        yield block
        return
    for row in block.rows:
        for cell in row:
            for inner in cell:
                yield from paragraphs_of(inner)
