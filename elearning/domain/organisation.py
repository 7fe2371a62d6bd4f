"""The tree of units: derived from links, and kept a tree."""

from collections.abc import Iterable, Mapping

from elearning.domain.errors import Mistaken
from elearning.domain.message import message


def ancestors(unit: int, parents: Mapping[int, int]) -> list[int]:
    """The units above a unit, nearest first. Raises Mistaken when the links go round in a circle."""
    found: list[int] = []
    seen = {unit}
    while (above := parents.get(unit)) is not None:
        if above in seen:
            raise Mistaken(message("A unit cannot stand below itself. Choose another unit above it."))
        found.append(above)
        seen.add(above)
        unit = above
    return found


def tree(units: Iterable[int], parents: Mapping[int, int]) -> list[tuple[int, int, int]]:
    """(above, unit, steps) for every unit with itself and with each unit above it.

    >>> tree([1, 2], {2: 1})
    [(1, 1, 0), (2, 2, 0), (1, 2, 1)]
    """
    return [(above, unit, steps) for unit in units for steps, above in enumerate([unit, *ancestors(unit, parents)])]


def ensure_no_circle(unit: int, parent: int, parents: Mapping[int, int]) -> None:
    """Raises Mistaken when `unit` would come to stand below itself."""
    if unit == parent or unit in ancestors(parent, parents):
        raise Mistaken(message("A unit cannot stand below itself. Choose another unit above it."))
