"""The numbers that Word puts before paragraphs by itself."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from elearning.exchange.word.names import attribute, bare, child, value

_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
BULLET = "•"


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a file, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    family: dict[str, str] = field(default_factory=dict)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def next(self, list_id: str, depth: int) -> str:
        """The label of the next paragraph of a list at a depth; empty where the list shows none."""
        levels = self.levels.get(list_id, {})
        level = levels.get(depth)
        if level is None or level.form == "none":
            return ""
        owner = self.family[list_id]
        self.counts[owner, depth] = self.counts.get((owner, depth), level.start - 1) + 1
        for deeper in range(depth + 1, 10):
            self.counts.pop((owner, deeper), None)
        if level.form == "bullet":
            return BULLET

        def shown(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            one = levels.get(place, level)
            return counted(self.counts.get((owner, place), one.start), one.form)

        return re.sub(r"%(\d)", shown, level.text).strip()


def counted(number: int, form: str) -> str:
    """A number in one of the forms of Word.

    >>> counted(4, "upperLetter"), counted(4, "lowerRoman"), counted(4, "decimal")
    ('D', 'iv', '4')
    """
    if form.endswith("Letter"):
        letters = chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "upperLetter" else letters.lower()
    if form.endswith("Roman"):
        left, roman = min(number, 3999), ""
        for worth, sign in _ROMAN:
            roman += sign * (left // worth)
            left %= worth
        return roman if form == "upperRoman" else roman.lower()
    return f"{number:02}" if form == "decimalZero" else str(number)


def numbering_of(tree: Element | None) -> Numbering:
    """The lists that a file defines."""
    found = Numbering()
    if tree is None:
        return found
    abstract = {attribute(one, "abstractNumId"): _levels(one) for one in tree if bare(one.tag) == "abstractNum"}
    for one in tree:
        if bare(one.tag) == "num":
            own, base = attribute(one, "numId"), value(one, "abstractNumId")
            starts = [over for over in one if bare(over.tag) == "lvlOverride"]
            levels = dict(abstract.get(base, {}))
            for over in starts:
                levels.update(_levels(over))
            found.levels[own] = levels
            # Lists that start anew count by themselves; all others go on from their common definition.
            found.family[own] = own if starts else f"of {base}"
    return found


def _levels(element: Element) -> dict[int, _Level]:
    return {
        _figure(attribute(one, "ilvl"), 0): _Level(
            value(one, "numFmt"), attribute(child(one, "lvlText"), "val"), _figure(value(one, "start"), 1)
        )
        for one in element
        if bare(one.tag) == "lvl"
    }


def _figure(text: str, usual: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else usual
