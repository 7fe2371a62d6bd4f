"""The glossary as readers see it: a term in their language, its name in the other, and what it is confused with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from elearning.domain.term import Term, TermWords, in_order, matching
from elearning.services.work import Work, not_here
from elearning.store.queries import texts


@dataclass(frozen=True, slots=True)
class OtherWords:
    """A term in another language."""

    language: str
    name: str
    html: str


@dataclass(frozen=True, slots=True)
class TermLink:
    """The name of a term, and where it stands."""

    key: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class TermSheet:
    """A term for a small sheet or a list. `language` is the one that it is shown in."""

    key: str
    name: str
    html: str
    language: str
    others: tuple[OtherWords, ...]
    pairs: tuple[TermLink, ...]


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """The terms that match what was asked for, out of `total`."""

    asked: str
    total: int
    terms: tuple[TermSheet, ...]


@dataclass(frozen=True, slots=True)
class TermPage:
    """A term on a page of its own."""

    term: TermSheet
    back: str | None


def _terms(work: Work) -> dict[str, Term]:
    """All terms by key, each language that there is; one statement."""
    words: dict[str, dict[str, TermWords]] = defaultdict(dict)
    pairs: dict[str, tuple[str, ...]] = {}
    for row in texts.all_terms(work.session):
        words[row.key][row.language] = TermWords(row.name, row.html)
        pairs[row.key] = tuple(row.pairs)
    return {key: Term(key, found, pairs[key]) for key, found in words.items()}


def _sheet(term: Term, terms: Mapping[str, Term], language: str) -> TermSheet:
    shown = term.in_language(language)
    said = next(name for name, words in term.words.items() if words is shown)
    others = tuple(OtherWords(name, words.name, words.html) for name, words in term.words.items() if name != said)
    pairs = tuple(_link(terms[key], language) for key in term.pairs if key in terms)
    return TermSheet(term.key, shown.name, shown.html, said, others, pairs)


def _link(term: Term, language: str) -> TermLink:
    return TermLink(
        term.key, term.in_language(language).name, language if language in term.words else next(iter(term.words))
    )


def term_sheets(work: Work, keys: Iterable[str]) -> tuple[TermSheet, ...]:
    """The terms that a text links to, in its order. One statement, and none where it links to no term."""
    wanted = tuple(keys)
    if not wanted:
        return ()
    terms = _terms(work)
    return tuple(_sheet(terms[key], terms, work.actor.language) for key in wanted if key in terms)


def glossary(work: Work, asked: str) -> GlossaryPage:
    """All terms in the order of a dictionary, or those in which every word that was asked for stands, by name first."""
    terms = _terms(work)
    language = work.actor.language
    found = matching(in_order(terms.values(), language), asked)
    return GlossaryPage(
        asked, len(terms), tuple(_sheet(term, terms, language) for term in found)
    )  # fmt: skip


def term_page(work: Work, key: str, back: str | None) -> TermPage:
    """One term. Raises NotFound for a key that is not in the glossary."""
    terms = _terms(work)
    if key not in terms:
        raise not_here()
    return TermPage(_sheet(terms[key], terms, work.actor.language), back)
