"""Drawings as SVG: only shapes and words. What could run, load or lead elsewhere is refused before it is published."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from elearning.content.problems import Problems
from elearning.domain.message import Message, message

LARGEST = 200_000
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset(
    ["svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc",
     "style", "defs", "marker", "use", "clipPath", "linearGradient", "radialGradient", "stop", "pattern"]
)  # fmt: skip
_XLINK = "{http://www.w3.org/1999/xlink}href"
_LOADS = re.compile(r"url\(\s*['\"]?\s*(?!#)|@import|expression\(|javascript:|\\", re.IGNORECASE)


def check_drawings(files: Mapping[str, bytes], problems: Problems) -> None:
    """Note every SVG in a tree that is not a plain drawing."""
    for path, data in files.items():
        if path.endswith(".svg") and (said := why_not_plain(data)):
            problems.add(path, 0, said.key, **said.named)


def why_not_plain(data: bytes) -> Message | None:
    """What keeps some bytes from being a plain drawing; None where nothing does."""
    if len(data) > LARGEST:
        return message("The drawing is larger than 200 kB. Make it simpler.")
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return message("This is no drawing that can be read. Save it again as plain SVG.")
    if root.tag != f"{_NAMESPACE}svg" or "viewBox" not in root.attrib:
        return message("A drawing begins with <svg viewBox=…>. Save it again as plain SVG.")
    return next(_faults(root), None)


def _faults(root: Element) -> Iterator[Message]:
    for element in root.iter():
        name = str(element.tag).removeprefix(_NAMESPACE)
        if name not in _ELEMENTS:
            yield message("A drawing may not hold “%(name)s”, only shapes and words.", name=name[:40])
        for attribute, value in element.attrib.items():
            leads = attribute in ("href", _XLINK) and not value.startswith("#")
            if leads or attribute.lower().startswith("on") or _LOADS.search(value):
                yield message(
                    "A drawing may not run, load or lead to anything: take “%(name)s” out.", name=attribute[:40]
                )
        if name == "style" and _LOADS.search("".join(element.itertext())):
            yield message("A drawing may not run, load or lead to anything: take “%(name)s” out.", name="style")
