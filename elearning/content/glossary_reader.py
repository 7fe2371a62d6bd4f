"""The glossary: `courses/glossary.md` and its translations, one entry a term, which lessons name as `term:key`."""

from collections.abc import Mapping
from dataclasses import dataclass

from elearning.content.fields import KEY
from elearning.content.problems import Problems
from elearning.content.register_reader import Entry, entries
from elearning.content.text import Source, digest_of, joined, lines_digest

ATTRIBUTES = frozenset(["pair", "facts"])
TRANSLATED = frozenset(["of"])


@dataclass(frozen=True, slots=True)
class TermDraft:
    """A term as written. `digest` names its lines, without those of translations."""

    line: int
    key: str
    name: str
    text: str
    pairs: tuple[str, ...]
    facts: tuple[str, ...]
    digest: str
    of: str = ""


def read_glossary(source: Source, problems: Problems, translates: bool = False) -> dict[str, TermDraft]:
    """The terms of one text by key; what is wrong is noted. One that `translates` another has words only."""
    found = {}
    for entry in entries(source, TRANSLATED if translates else ATTRIBUTES, problems):
        if entry.key and not KEY.fullmatch(entry.key):
            problems.add(
                source.path, entry.line,
                "The key “%(key)s” may hold only small letters a–z, digits and single dashes.", key=entry.key,
            )  # fmt: skip
        if not entry.body:
            problems.add(source.path, entry.line, "Say below the heading what the term means.")
        found[entry.key] = _draft(entry)
    return found


def _draft(entry: Entry) -> TermDraft:
    values = entry.attributes.values
    pairs, facts = tuple(values.get("pair", "").split()), tuple(values.get("facts", "").split())
    written = f"{entry.title}\n{lines_digest(entry.body)}\n{' '.join(pairs)}\n{' '.join(facts)}"
    digest = digest_of(written.encode())[:12]
    return TermDraft(
        entry.line, entry.key, entry.title, joined(entry.body), pairs, facts, digest, values.get("of", "")
    )  # fmt: skip


def check_terms(path: str, terms: Mapping[str, TermDraft], facts: Mapping[str, object], problems: Problems) -> None:
    """Note pairs and facts that are not there."""
    for term in terms.values():
        for other in term.pairs:
            if other not in terms:
                problems.add(
                    path, term.line, "pair= names “%(key)s”, which is no term of the glossary.", key=other
                )  # fmt: skip
        for fact in term.facts:
            if fact not in facts:
                problems.add(
                    path, term.line,
                    "The fact “%(fact)s” is not in courses/facts.md. Correct it, or add the fact there with its source.",
                    fact=fact,
                )  # fmt: skip
