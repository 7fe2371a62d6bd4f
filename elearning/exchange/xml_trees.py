"""XML of strangers as one tree: without entities, without a way out of the file, and not too deep."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from elearning.domain.message import message
from elearning.exchange.errors import ExchangeError

DEEPEST = 200


class _TooDeep(Exception):
    """Elements are nested more deeply than any file that means well."""


_WRONG = (DefusedXmlException, _TooDeep, ParseError, LookupError, ValueError)


class _Whole(TreeBuilder):
    """Builds one tree, not too deep."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def start(self, tag: Any, attrs: Any, /) -> Any:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _TooDeep
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Any:
        self.depth -= 1
        return super().end(tag)


class _Pieces(TreeBuilder):
    """Builds a tree for each element of one depth alone, and drops everything around it."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at, self.depth = at, 0
        self.found: list[Element] = []
        self.builder = TreeBuilder()

    def start(self, tag: Any, attrs: Any, /) -> Any:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _TooDeep
        return self.builder.start(tag, attrs) if self.depth >= self.at else None

    def data(self, data: str, /) -> None:
        if self.depth >= self.at:
            self.builder.data(data)

    def end(self, tag: str, /) -> Any:
        self.depth -= 1
        if self.depth < self.at - 1:
            return
        self.builder.end(tag)
        if self.depth == self.at - 1:
            self.found.append(self.builder.close())
            self.builder = TreeBuilder()

    def close(self) -> Any:
        return None


def pieces_of_part(portions: Iterable[bytes], name: str, at: int) -> Iterator[Element]:
    """The elements of one depth (the root has 1) of a part of an office file, one after the other.

    Raises ExchangeError as `tree_of_part` does, perhaps after some of them.
    """
    pieces = _Pieces(at)
    parser: Any = DefusedXMLParser(target=pieces, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    for portion in chain(portions, (b"",)):
        try:
            if portion:
                parser.feed(portion)
            else:
                parser.close()
        except _WRONG as error:
            raise _damaged(name) from error
        yield from pieces.found
        pieces.found.clear()


def _damaged(name: str) -> ExchangeError:
    return ExchangeError(
        message("The part %(name)s of the file is damaged. Open the file, save it anew, and send that.", name=name)
    )


def tree_of_part(data: bytes, name: str) -> Element:
    """The tree of a part of an office file, in the encoding that it declares.

    Raises ExchangeError for what is no XML, declares entities or a document type, or is nested too deeply.
    """
    parser: Any = DefusedXMLParser(target=_Whole(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except _WRONG as error:
        raise _damaged(name) from error
    return root
