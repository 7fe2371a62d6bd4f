"""Formulas of Word as text: a fraction is (a)/(b), a root √(a), a power a^b."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from elearning.exchange.word.names import attribute, bare, child

_BETWEEN = {"f": ("num", "/", "den"), "sSup": ("e", "^", "sup"), "sSub": ("e", "_", "sub")}


def formula_text(element: Element | None) -> str:
    """The formula in one line."""
    if element is None:
        return ""
    name = bare(element.tag)
    if name in _BETWEEN:
        first, sign, second = _BETWEEN[name]
        return _part(element, first) + sign + _part(element, second)
    if name in _SHAPED:
        return _SHAPED[name](element)
    return (element.text or "") if name == "t" else "".join(formula_text(one) for one in element)


def _part(element: Element, name: str) -> str:
    return _grouped(formula_text(child(element, name)))


def _both(element: Element) -> str:
    return f"{_part(element, 'e')}_{_part(element, 'sub')}^{_part(element, 'sup')}"


def _root(element: Element) -> str:
    return f"{formula_text(child(element, 'deg'))}√({formula_text(child(element, 'e'))})"


def _sum(element: Element) -> str:
    sign = attribute(child(element, "naryPr", "chr"), "val") or "∫"
    return f"{sign}_{_part(element, 'sub')}^{_part(element, 'sup')} {formula_text(child(element, 'e'))}"


def _bracketed(element: Element) -> str:
    begin, end = (attribute(child(element, "dPr", part), "val") for part in ("begChr", "endChr"))
    inner = "; ".join(formula_text(one) for one in element if bare(one.tag) == "e")
    return f"{begin or '('}{inner}{end or ')'}"


_SHAPED: Mapping[str, Callable[[Element], str]] = {"sSubSup": _both, "rad": _root, "nary": _sum, "d": _bracketed}


def _grouped(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"
