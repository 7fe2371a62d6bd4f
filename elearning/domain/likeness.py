"""How alike two texts are: shingles of folded words, and the share of them that both have (Jaccard)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from elearning.domain.names import fold

LEAST = Fraction(6, 10)
# So many pairs tell that a bank has been put in twice; nobody reads more of them.
MOST = 2_000
_SPACE = str.maketrans(dict.fromkeys("_-–—,;:!?.…·'‘’\"“”()[]{}*/\\&#%`^+<=>|~$", " "))


@dataclass(frozen=True, slots=True)
class Alike:
    """Two texts by their keys, and the share of their shingles that both have."""

    first: str
    second: str
    likeness: Fraction


def shingles(text: str) -> frozenset[str]:
    """The words of a text, folded, and every two that follow each other.

    >>> sorted(shingles("Hạn 24 giờ"))
    ['24', '24 gio', 'gio', 'han', 'han 24']
    """
    words = fold(text.translate(_SPACE)).split()
    return frozenset((*words, *(f"{one} {two}" for one, two in pairwise(words))))


def likeness(first: frozenset[str], second: frozenset[str]) -> Fraction:
    """The share of the shingles that both have; two empty texts are not alike."""
    both = len(first & second)
    either = len(first) + len(second) - both
    return Fraction(both, either) if either else Fraction(0)


def near_duplicates(texts: Mapping[str, str], least: Fraction = LEAST, most: int = MOST) -> tuple[Alike, ...]:
    """The pairs that are alike at least so much, the most alike first, then by their keys; at most so many.

    Only texts are compared that share one of their rarest shingles: those that are alike enough cannot do otherwise.
    """
    sets = {key: shingles(text) for key, text in texts.items()}
    found: list[Alike] = []
    for one, two in _candidates(sets, least):
        first, second = sets[one], sets[two]
        both = len(first & second)
        either = len(first) + len(second) - both
        if either and both * least.denominator >= least.numerator * either:
            found.append(Alike(one, two, Fraction(both, either)))
            if len(found) == most:
                break
    return tuple(sorted(found, key=lambda pair: (-pair.likeness, pair.first, pair.second)))


def _candidates(sets: Mapping[str, frozenset[str]], least: Fraction) -> Iterator[tuple[str, str]]:
    """The pairs worth comparing, each once. Of n shingles, two sets that are alike enough share one of the n - ⌈least·n⌉ + 1
    rarest, and neither is much smaller than the other.
    """
    common = Counter(shingle for found in sets.values() for shingle in found)
    holders: dict[str, list[str]] = {}
    for key in sorted(sets):
        found = sets[key]
        rarest = sorted(found, key=lambda shingle: (common[shingle], shingle))
        needed = -(-least.numerator * len(found) // least.denominator)
        near: set[str] = set()
        for shingle in rarest[: len(found) - needed + 1]:
            near.update(holders.get(shingle, ()))
            holders.setdefault(shingle, []).append(key)
        for other in sorted(near):
            if len(sets[other]) >= needed and len(sets[other]) * least.numerator <= len(found) * least.denominator:
                yield other, key
