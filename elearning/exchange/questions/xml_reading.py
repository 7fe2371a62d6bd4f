"""XML of strangers, read without entities, without a way out of the file, not too deep, and element by element."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from elearning.domain.message import Message, message
from elearning.exchange.errors import ExchangeError
from elearning.exchange.questions.texts import portions_of, text_of

DEEPEST = 100
_PORTION = 65_536
_MOST_SOURCE = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """An element that was wanted: the line where it begins, itself, and its own text in the file."""

    line: int
    element: Element
    source: str


class _TooDeep(Exception):
    """Elements are nested more deeply than any file that means well."""


class _Gatherer(TreeBuilder):
    """Builds a tree for each wanted element alone, and drops everything around it."""

    def __init__(self, wanted: frozenset[str]) -> None:
        super().__init__()
        self.wanted, self.depth, self.inside = wanted, 0, 0
        self.found: list[tuple[int, int, int, Element]] = []
        self.parser: Any = None
        self.start_at = (0, 0)
        self.roots: list[str] = []

    def start(self, tag: Any, attrs: Any, /) -> Any:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _TooDeep
        if not self.roots:
            self.roots.append(bare(str(tag)))
        if not self.inside and bare(str(tag)) not in self.wanted:
            return None
        if not self.inside:
            self.builder = TreeBuilder()
            self.start_at = (self.parser.CurrentLineNumber, self.parser.CurrentByteIndex)
        self.inside += 1
        return self.builder.start(tag, attrs)

    def data(self, data: str, /) -> None:
        if self.inside:
            self.builder.data(data)

    def end(self, tag: str, /) -> Any:
        self.depth -= 1
        if not self.inside:
            return None
        self.inside -= 1
        self.builder.end(tag)
        if not self.inside:
            line, first = self.start_at
            self.found.append((line, first, self.parser.CurrentByteIndex, self.builder.close()))
        return None

    def close(self) -> Any:
        return None


def elements(file: IO[bytes], wanted: frozenset[str], notes: list[Message]) -> Iterator[Found]:
    """The elements of these names in an open file, outermost ones, one after the other; the note on an old encoding is added to `notes`.

    Raises ExchangeError for what is no XML, holds entities of its own, or is nested too deeply.
    """
    portions, said = portions_of(file)
    notes += said
    gatherer = _Gatherer(wanted)
    parser: Any = DefusedXMLParser(target=gatherer, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    expat = gatherer.parser = parser.parser
    # What was fed and may still be asked for, and where it begins in the file.
    raw, at = bytearray(), 0
    for portion in _encoded(portions):
        raw += portion
        _feed(parser, portion)
        for line, first, last, element in gatherer.found:
            end = raw.find(b">", last - at) + 1
            source = raw[first - at : min(end, first - at + _MOST_SOURCE)].decode(errors="replace")
            yield Found(line, element, source)
        gatherer.found.clear()
        behind = gatherer.start_at[1] if gatherer.inside else expat.CurrentByteIndex
        if behind > at:
            del raw[: behind - at]
            at = behind


def _encoded(portions: Iterator[str]) -> Iterator[bytes]:
    """A text as the parser is fed with it, without its declaration; at the end nothing, which tells that it is the end."""
    for text in chain((_without_declaration(next(portions)),), portions):
        raw = text.encode()
        yield from (raw[start : start + _PORTION] for start in range(0, len(raw), _PORTION))
    yield b""


def tree_of(data: bytes) -> Element:
    """The whole tree of a file. Raises ExchangeError as `elements` does."""
    text, _ = text_of(data)
    gatherer = _Whole()
    parser: Any = DefusedXMLParser(target=gatherer, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    _feed(parser, _without_declaration(text).encode())
    _feed(parser, b"")
    if gatherer.root is None:
        raise ExchangeError(message("This is no XML. Export the questions anew and send that file."))
    return gatherer.root


class _Whole(TreeBuilder):
    """Builds one tree, not too deep."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.root: Element | None = None

    def start(self, tag: Any, attrs: Any, /) -> Any:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _TooDeep
        made = super().start(tag, attrs)
        self.root = made if self.root is None else self.root
        return made

    def end(self, tag: str, /) -> Any:
        self.depth -= 1
        return super().end(tag)


def _feed(parser: Any, portion: bytes) -> None:
    try:
        if portion:
            parser.feed(portion)
        else:
            parser.close()
    except DefusedXmlException as error:
        raise ExchangeError(
            message("The XML declares entities of its own. Export the questions without them.")
        ) from error
    except _TooDeep as error:
        raise ExchangeError(message("The XML is nested too deeply. Export the questions anew.")) from error
    except ParseError as error:
        line = error.position[0] if getattr(error, "position", None) else 0
        raise ExchangeError(
            message("The XML is broken in line %(line)s. Export the questions anew and send that file.", line=line)
        ) from error


def _without_declaration(text: str) -> str:
    """The text without what it says of its encoding, which holds no longer; as many lines as before."""
    begin = text.find("<?xml")
    end = text.find("?>", begin)
    return text.lstrip() if begin < 0 or text[:begin].strip() or end < 0 else text[end + 2 :]


def bare(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def text_in(element: Element | None, *names: str) -> str:
    """The text of the element at the end of these names, without blanks at its ends; empty where there is none."""
    for name in names:
        element = next((child for child in element if bare(child.tag) == name), None) if element is not None else None
    return (element.text or "").strip() if element is not None else ""


def child_of(element: Element, name: str) -> Element | None:
    """The first child of this name."""
    return next((child for child in element if bare(child.tag) == name), None)


def children_of(element: Element | None, name: str) -> list[Element]:
    """All children of this name."""
    return [child for child in element if bare(child.tag) == name] if element is not None else []
