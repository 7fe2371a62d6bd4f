"""The closed list of tags of a compiled text → nodes that a paper can be set from.

A node is a text, or a mapping with its kind under `t` and what stands in it under `c`.
"""

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

Node = str | dict[str, Any]

_EMPTY: Final = frozenset({"br", "hr", "img"})
_KINDS: Final = {
    "strong": "b",
    "b": "b",
    "em": "i",
    "i": "i",
    "cite": "i",
    "code": "code",
    "kbd": "code",
    "sup": "sup",
    "sub": "sub",
}
_PLAIN: Final = frozenset(
    {"tbody", "thead", "span", "abbr", "mark", "s", "del", "figure", "figcaption", "audio", "video"}
)
# Room to write in, boxes to tick: signs on the screen, drawn on paper.
_SIGNS: Final = re.compile(r"(…{2,}|☐|☑)")
_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})

Cited = Callable[[str, str], int]


class _Tree(HTMLParser):
    """Builds a tree of the tags; the text comes from our own compiler, so that every tag is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root: dict[str, Any] = {"tag": "", "attributes": {}, "children": []}
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = {"tag": tag, "attributes": {name: value or "" for name, value in attrs}, "children": []}
        self.open[-1]["children"].append(element)
        if tag not in _EMPTY:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _EMPTY and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1]["children"].append(data)


def read(html: str, cited: Cited) -> list[Node]:
    """The nodes of some safe HTML. `cited` is told the key and the place of each citation, and gives its number."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return list(_nodes(tree.root["children"], cited))


def forms_of(nodes: list[Node]) -> list[Node]:
    """The templates to fill in among some nodes."""
    return [node for node in nodes if isinstance(node, dict) and node["t"] == "callout" and node["kind"] == "template"]


def _nodes(children: list[Any], cited: Cited) -> Iterator[Node]:
    for child in children:
        if isinstance(child, str):
            yield from _text(child)
        else:
            yield from _element(child, cited)


def _text(text: str) -> Iterator[Node]:
    for part in _SIGNS.split(re.sub(r"[ \t\r\n]+", " ", text)):
        if re.fullmatch("…{2,}", part):
            yield {"t": "fill", "n": len(part)}
        elif part in ("☐", "☑"):
            yield {"t": "tick", "on": part == "☑"}
        elif part:
            yield part


def _element(element: dict[str, Any], cited: Cited) -> Iterator[Node]:
    tag, attributes = element["tag"], element["attributes"]
    inside = list(_nodes(element["children"], cited))
    if tag in _KINDS:
        yield {"t": _KINDS[tag], "c": inside}
    elif tag in _HEADINGS:
        yield {"t": "h", "level": int(tag[1]), "c": inside}
    elif tag == "table":
        yield _table(element, cited)
    elif tag == "a":
        yield _link(attributes, inside, cited)
    elif tag == "div":
        yield from _box(attributes, element["children"], inside)
    elif tag == "img":
        yield {"t": "img", "src": attributes.get("src", ""), "alt": attributes.get("alt", "")}
    elif tag in _PLAIN:
        yield from inside
    elif tag not in ("p", "ul", "ol", "dl") or any(not isinstance(node, str) or node.strip() for node in inside):
        yield {"t": tag, "c": _without_blanks(tag, inside)} | _start(attributes)


def _start(attributes: dict[str, str]) -> dict[str, int]:
    return {"start": int(attributes["start"])} if attributes.get("start", "").isdecimal() else {}


def _without_blanks(tag: str, nodes: list[Node]) -> list[Node]:
    """Between the items of a list stands only white space, which is none on paper."""
    if tag not in ("ul", "ol", "dl", "blockquote"):
        return nodes
    return [node for node in nodes if not isinstance(node, str) or node.strip()]


def _link(attributes: dict[str, str], inside: list[Node], cited: Cited) -> Node:
    href = attributes.get("href", "")
    if law := attributes.get("data-law"):
        place = parse_qs(urlsplit(href).query).get("at", [""])[0]
        return {"t": "cited", "c": inside, "n": cited(law, place)}
    if href.startswith(("https:", "http:", "mailto:")):
        return {"t": "a", "href": href, "c": inside}
    return {"t": "span", "c": inside}


def _box(attributes: dict[str, str], children: list[Any], inside: list[Node]) -> Iterator[Node]:
    names = attributes.get("class", "").split()
    if "callout" not in names:
        yield from (node for node in inside if not isinstance(node, str) or node.strip())
        return
    kind = next((name.removeprefix("callout--") for name in names if name.startswith("callout--")), "note")
    titled = next(
        (c for c in children if isinstance(c, dict) and c["attributes"].get("class") == "callout__title"), None
    )
    rest = [node for node in inside if not isinstance(node, str) or node.strip()]
    title = "".join(c for c in titled["children"] if isinstance(c, str)) if titled else ""
    yield {"t": "callout", "kind": kind, "title": title, "c": rest[1:] if titled else rest}


def _table(element: dict[str, Any], cited: Cited) -> Node:
    rows: list[list[Node]] = []
    heads = 0
    for row in _found(element, "tr"):
        cells = [child for child in row["children"] if isinstance(child, dict) and child["tag"] in ("th", "td")]
        heads += all(cell["tag"] == "th" for cell in cells)
        rows.append([_cell(cell, cited) for cell in cells])
    return {"t": "table", "columns": max((len(row) for row in rows), default=1), "heads": heads, "rows": rows}


def _cell(cell: dict[str, Any], cited: Cited) -> Node:
    inside = list(_nodes(cell["children"], cited))
    return {"t": "cell", "c": inside, "empty": all(isinstance(node, dict) and node["t"] == "fill" for node in inside)}


def _found(element: dict[str, Any], tag: str) -> Iterator[dict[str, Any]]:
    for child in element["children"]:
        if isinstance(child, dict):
            if child["tag"] == tag:
                yield child
            else:
                yield from _found(child, tag)
