"""Names of elements and attributes without their namespaces, which differ between the strict and the usual kind of file."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element


def bare(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def attribute(element: Element | None, name: str) -> str:
    """An attribute by its bare name; empty where there is none."""
    if element is None:
        return ""
    return next((value for key, value in element.attrib.items() if bare(key) == name), "")


def child(element: Element | None, *names: str) -> Element | None:
    """The element at the end of these names."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if bare(one.tag) == name), None)
    return element


def value(element: Element | None, *names: str) -> str:
    """The attribute `val` of the element at the end of these names; `on` where it stands there without one."""
    found = child(element, *names)
    return "" if found is None else attribute(found, "val") or "on"


def within(element: Element, name: str) -> Iterator[Element]:
    """All elements of this name inside."""
    return (one for one in element.iter() if bare(one.tag) == name)
