"""What the styles of a Word file say: fonts, headings, lists, and how words stand out."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from elearning.exchange.word.names import attribute, bare, child, value
from elearning.exchange.word.values import Mark

_OFF = {"", "0", "false", "off", "none"}
_HEADING = re.compile(r"(?:heading|tiêu đề|titre|đầu đề)\s*([1-9])", re.IGNORECASE)
_PLAIN = {"auto", "000000", "none", "", "ffffff"}


@dataclass(slots=True)
class Styles:
    """The styles of a file by their ids."""

    elements: dict[str, Element] = field(default_factory=dict)
    usual: dict[str, str] = field(default_factory=dict)
    font: str = ""

    def chain(self, style: str) -> list[Element]:
        """A style and those that it rests on."""
        found: list[Element] = []
        while style in self.elements and len(found) < 20:
            found.append(self.elements[style])
            style = value(found[-1], "basedOn")
        return found

    def level(self, style: str) -> int:
        """The level of a heading; 0 for what is none. The title of a document is of the first."""
        for one in self.chain(style):
            name = value(one, "name")
            heading = _HEADING.fullmatch(name.strip())
            if heading:
                return int(heading[1])
            if name.lower() == "title":
                return 1
            outline = value(one, "pPr", "outlineLvl")
            if outline.isdecimal() and int(outline) < 9:
                return int(outline) + 1
        return 0

    def list_of(self, style: str) -> Element | None:
        """The list to which a style belongs."""
        return next((found for one in self.chain(style) if (found := child(one, "pPr", "numPr")) is not None), None)

    def font_of(self, run: Element | None, style: str) -> str:
        """The font of a run in a paragraph of a style."""
        own = child(run, "rPr")
        looks = [own, *(child(one, "rPr") for one in self.chain(value(own, "rStyle")))]
        looks += [child(one, "rPr") for one in self.chain(style or self.usual.get("paragraph", ""))]
        for look in looks:
            fonts = child(look, "rFonts")
            name = attribute(fonts, "ascii") or attribute(fonts, "hAnsi")
            if name:
                return name
        return self.font

    def marks_of(self, run: Element) -> frozenset[Mark]:
        """How the words of a run stand out by themselves and by a style of characters."""
        own = child(run, "rPr")
        found: set[Mark] = set()
        for look in reversed([own, *(child(one, "rPr") for one in self.chain(value(own, "rStyle")))]):
            _looked(look, found)
        return frozenset(found)


def _looked(look: Element | None, found: set[Mark]) -> None:
    for name, mark in (
        ("b", "bold"),
        ("i", "italic"),
        ("u", "underline"),
        ("strike", "strike"),
        ("highlight", "highlight"),
    ):
        one = child(look, name)
        if one is not None:
            (found.discard if value(look, name).lower() in _OFF else found.add)(mark)  # type: ignore[arg-type]
    colour = child(look, "color")
    if colour is not None:
        (found.discard if attribute(colour, "val").lower() in _PLAIN else found.add)("colour")
    shade = attribute(child(look, "shd"), "fill").lower()
    if shade not in _PLAIN:
        found.add("highlight")
    place = value(look, "vertAlign")
    if place in ("superscript", "subscript"):
        found.add("high" if place == "superscript" else "low")


def styles_of(tree: Element | None) -> Styles:
    """The styles that a file defines."""
    found = Styles()
    for one in tree if tree is not None else ():
        if bare(one.tag) == "style":
            found.elements[attribute(one, "styleId")] = one
            if attribute(one, "default") in ("1", "true"):
                found.usual[attribute(one, "type")] = attribute(one, "styleId")
        elif bare(one.tag) == "docDefaults":
            fonts = child(one, "rPrDefault", "rPr", "rFonts")
            found.font = attribute(fonts, "ascii") or attribute(fonts, "hAnsi")
    return found
