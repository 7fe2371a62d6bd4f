"""How alike two texts are: shingles of folded words, and the share of them that both have (Jaccard)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

from elearning.domain.names import fold

LEAST = Fraction(6, 10)
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


def near_duplicates(texts: Mapping[str, str], least: Fraction = LEAST) -> tuple[Alike, ...]:
    """All pairs that are alike at least so much, the most alike first, then by their keys.

    Only texts are compared that share one of their rarest shingles: those that are alike enough cannot do otherwise.
    """
    sets = {key: shingles(text) for key, text in texts.items()}
    pairs = (Alike(one, two, likeness(sets[one], sets[two])) for one, two in _candidates(sets, least))
    return tuple(
        sorted((pair for pair in pairs if pair.likeness >= least), key=lambda p: (-p.likeness, p.first, p.second))
    )


def _candidates(sets: Mapping[str, frozenset[str]], least: Fraction) -> set[tuple[str, str]]:
    """The pairs worth comparing. Of n shingles, two sets that are alike enough share one of the n - ⌈least·n⌉ + 1 rarest."""
    common = Counter(shingle for found in sets.values() for shingle in found)
    holders: dict[str, list[str]] = {}
    for key, found in sets.items():
        rarest = sorted(found, key=lambda shingle: (common[shingle], shingle))
        needed = -(-least.numerator * len(found) // least.denominator)
        for shingle in rarest[: len(found) - needed + 1]:
            holders.setdefault(shingle, []).append(key)
    return {pair for keys in holders.values() for pair in _pairs(keys)}


def _pairs(keys: Sequence[str]) -> list[tuple[str, str]]:
    return list(combinations(sorted(keys), 2))
