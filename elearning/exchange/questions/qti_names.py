"""QTI 2.1, 2.2 and 3.0 under one set of names: `qti-choice-interaction` and `choiceInteraction` are `choiceinteraction`."""

from collections.abc import Callable, Iterator
from html import escape
from xml.etree.ElementTree import Element

from elearning.exchange.questions.xml_reading import bare

_VOID = frozenset({"br", "img", "hr", "col"})
# What stands in a text for other eyes or other times, and is read apart or not at all.
_APART = frozenset(
    {"rubricblock", "feedbackblock", "feedbackinline", "modalfeedback", "stylesheet", "templateinline", "templateblock"}
)
_MEDIA = ("image/", "audio/", "video/")


def name(element: Element) -> str:
    """The name of an element, whatever the version."""
    return bare(str(element.tag)).removeprefix("qti-").replace("-", "").lower()


def attribute(element: Element, wanted: str, usual: str = "") -> str:
    """An attribute by its name without dashes in small letters."""
    for key, value in element.items():
        if bare(key).replace("-", "").lower() == wanted:
            return value
    return usual


def within(element: Element, *wanted: str) -> list[Element]:
    """All elements of these names inside another, in their order."""
    return [one for one in element.iter() if name(one) in wanted]


def first(element: Element, wanted: str) -> Element | None:
    """The first child of this name."""
    return next((one for one in element if name(one) == wanted), None)


def words(element: Element | None) -> str:
    """All text in an element, in one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


Placed = Callable[[Element], str | None]


def inner_html(element: Element, placed: Placed = lambda _: None) -> str:
    """What stands in an element, as HTML; `placed` may give other text for an element, and None for as it is."""
    return escape(element.text or "", quote=False) + "".join(_pieces(element, placed))


def _pieces(element: Element, placed: Placed) -> Iterator[str]:
    for child in element:
        other = placed(child)
        yield _outer(child, placed) if other is None else other
        yield escape(child.tail or "", quote=False)


def _outer(element: Element, placed: Placed) -> str:
    kind = name(element)
    if kind in _APART and "candidate" not in attribute(element, "view"):
        return ""
    if kind == "object" and attribute(element, "type").startswith(_MEDIA):
        return _tag("img", {"src": attribute(element, "data"), "alt": words(element)})
    if kind == "include" or kind.endswith("interaction"):
        return ""
    inside = inner_html(element, placed)
    if element.tag != bare(str(element.tag)) and "Math" in str(element.tag) and kind != "math":
        return inside if kind != "annotation" else f"<annotation>{inside}</annotation>"
    if bare(str(element.tag)).startswith("qti-") or bare(str(element.tag)) != bare(str(element.tag)).lower():
        return inside
    kept = {
        bare(key): value
        for key, value in element.items()
        if bare(key) in ("src", "alt", "href", "colspan", "rowspan", "start")
    }
    return _tag(kind, kept) + ("" if kind in _VOID else f"{inside}</{kind}>")


def _tag(kind: str, attributes: dict[str, str]) -> str:
    return f"<{kind}" + "".join(f' {key}="{escape(value)}"' for key, value in attributes.items()) + ">"
