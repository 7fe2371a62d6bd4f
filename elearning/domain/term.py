"""Terms of the glossary: what a word means here, and with which other words it must not be confused."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape

from elearning.domain.names import collation_key, fold


@dataclass(frozen=True, slots=True)
class TermWords:
    """A term in one language: its name, and what it means as safe HTML."""

    name: str
    html: str


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `words` holds it by language; `pairs` are the keys of terms that are easily confused with it."""

    key: str
    words: Mapping[str, TermWords]
    pairs: tuple[str, ...] = ()

    def in_language(self, language: str) -> TermWords:
        """The term in a language, or in the first that it has."""
        return self.words.get(language) or next(iter(self.words.values()))


def in_order(terms: Iterable[Term], language: str) -> list[Term]:
    """Terms in the order of a dictionary of this language."""
    return sorted(terms, key=lambda term: collation_key(term.in_language(language).name))


def matching(terms: Iterable[Term], asked: str) -> list[Term]:
    """The terms that hold all words that were asked for, in either language; case, tones and đ do not matter. Those whose
    name holds them come first, and each part stays in its order.
    """
    words = fold(asked).split()
    named, meant = [], []
    for term in terms:
        names = fold(" ".join(one.name for one in term.words.values()))
        said = fold(unescape(re.sub(r"<[^>]*>", "", " ".join(one.html for one in term.words.values()))))
        if all(word in names for word in words):
            named.append(term)
        elif all(word in f"{names} {said}" for word in words):
            meant.append(term)
    return [*named, *meant]
