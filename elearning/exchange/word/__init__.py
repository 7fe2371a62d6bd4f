"""Word files (DOCX), read by a walk of our own: nothing that Word can show is passed over without a note."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import IO
from xml.etree.ElementTree import Element

from elearning.domain.message import Message
from elearning.exchange.word.names import attribute, bare
from elearning.exchange.word.numbering import numbering_of
from elearning.exchange.word.opening import MAIN, Parts, is_word, opened
from elearning.exchange.word.styles import Styles, styles_of
from elearning.exchange.word.values import Block, Document, Paragraph
from elearning.exchange.word.walking import Walk

__all__ = ["LongWord", "is_word", "read_word"]


def read_word(file: IO[bytes]) -> Document:
    """What an open Word file holds. Raises ExchangeError when it is damaged, locked, no Word file, or would unpack to too much."""
    long = LongWord(file)
    blocks = tuple(long.blocks())
    notes = {number: tuple(said) for number, said in long.notes.items()}
    return replace(long.around, blocks=blocks, notes=notes)


class LongWord:
    """A Word file whose blocks are read again each time that they are asked for, so that a long one is never held whole.

    `around` is all but the blocks and their notes; `notes` are those of the blocks that were read last, as far as they were.
    """

    def __init__(self, file: IO[bytes]) -> None:
        """Look into an open file. Raises ExchangeError as `read_word` does."""
        self._parts = opened(file)
        self._styles = styles_of(self._parts.tree("word/styles.xml"))
        around = tuple(_around(self._parts, self._styles))
        self.around = Document((), _footnotes(self._parts, self._styles), around)
        self.notes: Mapping[int, Sequence[Message]] = {}

    def blocks(self) -> Iterator[Block]:
        """The blocks from the first on. Raises ExchangeError, perhaps after some, where the file is damaged."""
        walk = _walk(self._parts, self._styles, MAIN)
        self.notes = walk.notes
        # The body stands at the second depth, its paragraphs and tables below it.
        yield from walk.blocks(self._parts.pieces(MAIN, 3))


def _walk(parts: Parts, styles: Styles, path: str) -> Walk:
    return Walk(parts, styles, numbering_of(parts.tree("word/numbering.xml")), parts.targets(path))


def _footnotes(parts: Parts, styles: Styles) -> Mapping[str, tuple[Paragraph, ...]]:
    found: dict[str, tuple[Paragraph, ...]] = {}
    for kind, path in (("", "word/footnotes.xml"), ("end", "word/endnotes.xml")):
        tree = parts.tree(path)
        for one in tree if tree is not None else ():
            if attribute(one, "type") in ("", "normal"):
                found[kind + attribute(one, "id")] = _paragraphs(parts, styles, path, one)
    return found


def _around(parts: Parts, styles: Styles) -> list[str]:
    """The words at the head and the foot of the pages, each once."""
    found: list[str] = []
    for path in parts.names():
        name = path.rpartition("/")[2]
        tree = parts.tree(path) if name.startswith(("header", "footer")) and name.endswith(".xml") else None
        if tree is not None and bare(tree.tag) in ("hdr", "ftr"):
            words = "\n".join(one.text.strip() for one in _paragraphs(parts, styles, path, tree)).strip()
            found += [words] if words and words not in found else []
    return found


def _paragraphs(parts: Parts, styles: Styles, path: str, tree: Element) -> tuple[Paragraph, ...]:
    walk = _walk(parts, styles, path)
    return tuple(one for one in walk.blocks(tree) if isinstance(one, Paragraph))
