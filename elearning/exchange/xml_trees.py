"""XML of strangers as one tree: without entities, without a way out of the file, and not too deep."""

from typing import Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from elearning.domain.message import message
from elearning.exchange.errors import ExchangeError

DEEPEST = 200


class _TooDeep(Exception):
    """Elements are nested more deeply than any file that means well."""


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


def tree_of_part(data: bytes, name: str) -> Element:
    """The tree of a part of an office file, in the encoding that it declares.

    Raises ExchangeError for what is no XML, declares entities or a document type, or is nested too deeply.
    """
    parser: Any = DefusedXMLParser(target=_Whole(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (DefusedXmlException, _TooDeep, ParseError, LookupError, ValueError) as error:
        raise ExchangeError(
            message("The part %(name)s of the file is damaged. Open the file, save it anew, and send that.", name=name)
        ) from error
    return root
