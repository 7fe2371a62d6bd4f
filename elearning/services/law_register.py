"""The live register of legal documents: brought up to date, and the owners of what cites a changed document are told."""

from collections.abc import Iterable, Mapping

from elearning.content.citations import Citation, citations
from elearning.domain.law import Law
from elearning.services import noticing
from elearning.services.laws import law_of
from elearning.services.work import Work
from elearning.store.models.text import LawRow
from elearning.store.queries import publishing as queries
from elearning.store.queries import texts


def keep(work: Work, laws: Mapping[str, Law]) -> None:
    """Bring the live register up to these documents; documents are never taken out.

    Owners are told of documents that have ended or were amended since.
    """
    rows = texts.all_laws(work.session)
    changed = []
    for key, law in laws.items():
        row = rows.get(key) or LawRow(key=key)
        before = law_of(row).change if key in rows else law.change
        row.title, row.summary, row.number, row.issuer = law.title, law.summary, law.number, law.issuer
        row.issued, row.since, row.until = law.issued, law.from_, law.until
        row.replaced_by, row.amended_by = law.replaced_by, list(law.amended_by)
        row.verified, row.source, row.parts = law.verified, law.source, list(law.parts)
        work.session.add(row)
        if law.change and law.change != before:
            changed.append(law)
    if changed:
        _tell_owners(work, changed, citations(texts.draft_texts(work.session)))


def owners(work: Work, paths: Iterable[str]) -> dict[str, frozenset[int]]:
    """Path → those who are told when something about a text must be looked at: who saved it last, or else all who write."""
    known = list(paths)
    authors = queries.authors(work.session, known)
    others = frozenset() if len(authors) == len(known) else frozenset(queries.writers(work.session, work.now))
    return {path: frozenset((authors[path],)) if path in authors else others for path in known}


def _tell_owners(work: Work, laws: Iterable[Law], cited: Iterable[Citation]) -> None:
    by_law: dict[str, dict[str, int]] = {}
    for one in cited:
        paths = by_law.setdefault(one.law, {})
        paths[one.path] = paths.get(one.path, 0) + 1
    known = owners(work, {path for paths in by_law.values() for path in paths})
    for law in laws:
        counts: dict[int, int] = {}
        for path, count in by_law.get(law.key, {}).items():
            for person in known[path]:
                counts[person] = counts.get(person, 0) + count
        for person, count in counts.items():
            values = {"law": law.number or law.title, "key": law.key, "count": count}
            noticing.tell(work, [person], "law", f"{law.key}:{law.change[:12]}", values)
