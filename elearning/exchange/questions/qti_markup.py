"""HTML of our own as elements of a QTI item: a closed list of tags, and other elements in the places of a text."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, NavigableString

from elearning.domain.questions.gaps import cut

_KEPT = frozenset(
    {"p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "table", "thead", "tbody", "tr", "th", "td", "a", "img",
     "br", "hr", "sup", "sub", "dl", "dt", "dd", "h2", "h3", "h4", "h5", "h6"}
)  # fmt: skip
_ATTRIBUTES = {"a": ("href", "title"), "img": ("src", "alt"), "ol": ("start",)}
_PLAYED = {".mp3": "audio", ".ogg": "audio", ".mp4": "video", ".webm": "video"}


def put(parent: Element, html: str, places: Sequence[Element] = (), inline: bool = False) -> None:
    """Put HTML into an element, each of its places taken by one of `places`; blanks between inline parts count."""
    for child in BeautifulSoup(html, "html.parser").children:
        _put(parent, child, places, keep_space=inline)


def put_inline(parent: Element, html: str) -> bool:
    """Put one paragraph into an element without the paragraph; whether it was one."""
    inner = html.strip().removeprefix("<p>").removesuffix("</p>")
    single = re.search(r"<(?:p|ul|ol|table|blockquote|pre|dl|h\d)[ >]", inner) is None
    put(parent, inner if single else html, inline=single)
    return single


def say(parent: Element, text: str, places: Sequence[Element] = ()) -> None:
    """Add words to what stands in an element, each place in them taken by one of `places`."""
    for words, number in cut(text):
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + words
        else:
            parent.text = (parent.text or "") + words
        if number:
            parent.append(places[number - 1])


def _put(parent: Element, node: object, places: Sequence[Element], keep_space: bool) -> None:
    if isinstance(node, Comment):
        return
    if isinstance(node, NavigableString):
        if keep_space or node.strip():
            say(parent, str(node), places)
        return
    if not isinstance(node, Tag):
        return
    into = SubElement(parent, *_element(node)) if node.name in _KEPT else parent
    for child in node.children:
        _put(
            into,
            child,
            places,
            keep_space=node.name in _KEPT - {"ul", "ol", "table", "thead", "tbody", "tr", "dl", "blockquote"},
        )


def _element(node: Tag) -> tuple[str, dict[str, str]]:
    source = str(node.get("src") or "")
    played = next((kind for end, kind in _PLAYED.items() if node.name == "img" and source.lower().endswith(end)), "")
    if played:
        return played, {"src": source, "controls": "true"}
    kept = {name: str(node.get(name)) for name in _ATTRIBUTES.get(node.name, ()) if node.get(name) is not None}
    return node.name, kept | ({"alt": kept.get("alt", "")} if node.name == "img" else {})
