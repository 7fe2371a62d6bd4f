"""Legal documents as readers see them: number, dates, and whether they are in force today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from elearning.domain.law import Law, place_words, read_basis
from elearning.domain.message import Message
from elearning.services.work import Work, not_here
from elearning.store.models.text import LawRow
from elearning.store.queries import texts
from elearning.store.queries.texts import LawEntry


@dataclass(frozen=True, slots=True)
class LawSheet:
    """A document for a small sheet. `basis` names the places that the text relies on.

    A document whose number the register does not know is called by its title.
    """

    key: str
    number: str
    title: str
    issuer: str
    issued: date | None
    from_: date | None
    until: date | None
    in_force: bool
    ended: bool
    replaced_by: str
    verified: str
    source: str
    basis: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class LawPage:
    """A document on a page of its own."""

    law: LawSheet
    parts: tuple[str, ...]
    summary: str
    at: Message | None
    back: str | None


def law_of(row: LawRow) -> Law:
    """The document of a row."""
    return Law(
        row.key, row.title, row.summary, row.number, row.issuer, row.issued, row.since, row.until, row.replaced_by,
        tuple(row.amended_by), row.verified, row.source, tuple(row.parts),
    )  # fmt: skip


def _brief(row: LawEntry) -> Law:
    """As much of a document as a sheet tells."""
    return Law(
        row.key, row.title, row.summary, row.number, row.issuer, row.issued, row.since, row.until, row.replaced_by,
        verified=row.verified, source=row.source,
    )  # fmt: skip


def _sheet(
    law: Law, rows: Mapping[str, LawEntry] | Mapping[str, LawRow], today: date, places: Iterable[str]
) -> LawSheet:
    successor = rows.get(law.replaced_by.split(" ")[0]) if law.replaced_by else None
    basis = tuple(words for place in places if (words := place_words(place)) is not None)
    return LawSheet(
        law.key, law.number or law.title, law.title, law.issuer, law.issued, law.from_, law.until, law.in_force(today),
        law.until is not None and law.until < today,
        successor.number or successor.title if successor else law.replaced_by, law.verified,
        law.source if law.source.startswith("https://") else "", basis,
    )  # fmt: skip


def sheets(work: Work, cites: Iterable[str]) -> tuple[LawSheet, ...]:
    """The documents that some citations name, each once, in the order of the first citation. One statement."""
    places: dict[str, list[str]] = {}
    for cite in cites:
        basis = read_basis(cite)
        if basis is not None:
            places.setdefault(basis.law, []).append(basis.place)
    if not places:
        return ()
    rows = texts.register(work.session)
    return tuple(
        _sheet(_brief(rows[key]), rows, work.today, dict.fromkeys(at)) for key, at in places.items() if key in rows
    )


def documents(work: Work, keys: Iterable[str]) -> tuple[Law, ...]:
    """Documents by their keys, in that order; those that are not in the register are left out. One statement."""
    rows = texts.all_laws(work.session)
    return tuple(law_of(rows[key]) for key in keys if key in rows)


def law_page(work: Work, key: str, at: str, back: str | None) -> LawPage:
    """One document. Raises NotFound for a key that is not in the register."""
    rows = texts.all_laws(work.session)
    if key not in rows:
        raise not_here()
    law = law_of(rows[key])
    basis = read_basis(f"{key}#{at}") if at else None
    words = place_words(basis.place) if basis else None
    return LawPage(_sheet(law, rows, work.today, ()), law.parts, law.summary, words, back)
