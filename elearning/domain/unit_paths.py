"""Units as people write them in lists: a path from the top, or the last names of one where that is enough.

`Tỉnh An Khuê > Sở Nội vụ > Văn phòng` is one unit; so is `Văn phòng`, where only one is called so. What is written
exactly counts first, then what differs only by case, tones or đ.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from elearning.domain.message import Message, message
from elearning.domain.names import clean, fold

_ARROWS = re.compile(r"[>›»→]")
LONGEST_NAME = 300
DEEPEST = 12
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of a list: `id` of one that exists, 0 for one that is to be made. `path` are the names from the top."""

    id: int
    path: Path


@dataclass(frozen=True, slots=True)
class Found:
    """The unit that a text names. `loosely`: it is written otherwise than in the list, by tones or đ."""

    place: Place
    loosely: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """What each text names, or why it names nothing; the units to be made stand in `new`, those above first."""

    by_text: Mapping[str, Found | Message]
    new: tuple[Place, ...]


def split_path(text: str) -> Path:
    """The names of a path. A slash parts names where there is no arrow.

    >>> split_path("Tỉnh An Khuê > Sở Nội vụ")
    ('Tỉnh An Khuê', 'Sở Nội vụ')
    """
    parts = _ARROWS.split(text) if _ARROWS.search(text) else text.split("/")
    return tuple(clean(part) for part in parts)


def _exact(path: Path) -> Path:
    return tuple(name.casefold() for name in path)


def _loose(path: Path) -> Path:
    return tuple(fold(name) for name in path)


class _Index:
    """All units by their whole path and by every end of it, exact and loose."""

    def __init__(self, known: Iterable[Place]) -> None:
        self._whole: dict[tuple[bool, Path], dict[Path, Place]] = {}
        self._ends: dict[tuple[bool, Path], dict[Path, Place]] = {}
        self._doubled: set[Path] = set()
        for place in known:
            self.add(place)

    def add(self, place: Place) -> None:
        for loose, spelled in ((False, _exact(place.path)), (True, _loose(place.path))):
            whole = self._whole.setdefault((loose, spelled), {})
            if place.path in whole:
                self._doubled.add(place.path)
            whole[place.path] = place
            for start in range(len(spelled)):
                self._ends.setdefault((loose, spelled[start:]), {})[place.path] = place

    def find(self, path: Path) -> Found | Message | None:
        """The one unit that is meant, a Message where there are several, None where there is none."""
        exact, loose = (False, _exact(path)), (True, _loose(path))
        for table, key in ((self._whole, exact), (self._ends, exact), (self._whole, loose), (self._ends, loose)):
            places = table.get(key, {})
            if len(places) > 1 or any(one in self._doubled for one in places):
                return message(
                    "Several units are called “%(unit)s”. Write the whole path, such as Province > Department > Office.",
                    unit=path[-1],
                )
            for place in places.values():
                return Found(place, key is loose)
        return None


def find_places(texts: Iterable[str], known: Sequence[Place], may_add: bool) -> Places:
    """Find the units that texts name; those that are not there are planned where `may_add`, and else are mistakes."""
    index = _Index(known)
    wanted = {text: _path(text, index) for text in dict.fromkeys(texts)}
    found: dict[str, Found | Message] = {}
    new: list[Place] = []
    # Long paths first: a short form then finds the unit that its long form has planned.
    for text, path in sorted(wanted.items(), key=lambda one: -len(one[1])):
        found[text] = _why_not(path) or _resolve(path, index, may_add, new)
    return Places(found, tuple(new))


def _path(text: str, index: _Index) -> Path:
    """The path that a text spells; a slash within the name of a unit that exists parts nothing."""
    whole = (clean(text),)
    return whole if isinstance(index.find(whole), Found) else split_path(text)


def _why_not(path: Path) -> Message | None:
    if not any(path):
        return message("Write the unit.")
    if not all(path):
        return message("A name is missing in the path of the unit. Take out the arrow or slash that is too many.")
    if len(path) > DEEPEST or max(map(len, path)) > LONGEST_NAME:
        return message("The path of the unit is too long. Shorten it.")
    if len(set(_exact(path))) < len(path):
        return message("A unit stands twice in its own path, and cannot stand below itself. Correct the path.")
    return None


def _resolve(path: Path, index: _Index, may_add: bool, new: list[Place]) -> Found | Message:
    there = index.find(path)
    if there is not None:
        return there
    if not may_add:
        return message(
            "“%(unit)s” is not among your units. Write it as in the list of units, or ask an administrator to add it.",
            unit=" > ".join(path),
        )
    above: Path = ()
    if len(path) > 1:
        over = _resolve(path[:-1], index, may_add, new)
        if isinstance(over, Message):
            return over
        above = over.place.path
    place = Place(0, (*above, path[-1]))
    index.add(place)
    new.append(place)
    return Found(place)
