"""The two registers: `courses/laws.md`, the legal documents, and `courses/facts.md`, what courses may teach."""

import re
from dataclasses import dataclass
from itertools import pairwise

from elearning.content.attributes import Attributes, attribute_line, split_end
from elearning.content.bank_lines import heading_of
from elearning.content.fields import KEY, read_date
from elearning.content.problems import Problems
from elearning.content.text import Line, Source, joined, trimmed
from elearning.domain.law import Law, read_basis

LAW_ATTRIBUTES = frozenset(
    ["number", "issuer", "issued", "from", "until", "replaced-by", "amended-by", "verified", "source"]
)
FACT_ATTRIBUTES = frozenset(["basis", "confidence", "source"])
SURE = frozenset({"V"})


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement that courses may teach, with how sure we are of it."""

    key: str
    statement: str
    basis: tuple[str, ...]
    confidence: str
    source: str

    @property
    def unsure(self) -> bool:
        """Whether readers are told to compare it with the signed text."""
        return self.confidence not in SURE


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a register."""

    line: int
    key: str
    title: str
    body: tuple[Line, ...]
    attributes: Attributes
    attributes_line: int


def entries(source: Source, allowed: frozenset[str], problems: Problems) -> list[Entry]:
    """The entries of a register: a ## heading with a key, text, and a `{: … }` line."""
    heads = [place for place, line in enumerate(source.body) if (heading_of(line) or (0, ""))[0] == 2]
    found: dict[str, Entry] = {}
    for start, end in pairwise([*heads, len(source.body)]):
        entry = _entry(source.path, source.body[start:end], allowed, problems)
        if not entry.key:
            problems.add(source.path, entry.line, "The entry has no key. Put one at the end of its heading: {#key}")
        elif entry.key in found:
            problems.add(
                source.path,
                entry.line,
                "The key “%(key)s” stands here twice, first in line %(line)s. Change one.",
                key=entry.key,
                line=found[entry.key].line,
            )
        else:
            found[entry.key] = entry
    return list(found.values())


def _entry(path: str, lines: tuple[Line, ...], allowed: frozenset[str], problems: Problems) -> Entry:
    title, ends = split_end((heading_of(lines[0]) or (2, ""))[1])
    rest = trimmed(lines[1:])
    attributes, at = Attributes(), lines[0].number
    if rest and (read := attribute_line(rest[-1].text)) is not None:
        attributes, at, rest = read, rest[-1].number, trimmed(rest[:-1])
    for name in attributes.values:
        if name not in allowed:
            problems.add(
                path,
                at,
                "The attribute “%(name)s” is not known here. Known are: %(known)s.",
                name=name,
                known=", ".join(sorted(allowed)),
            )
    if attributes.rest or attributes.repeated:
        problems.add(
            path,
            at,
            '“%(rest)s” cannot be read. Write name=value, or name="two words".',
            rest=attributes.rest[:40] or " ".join(attributes.repeated),
        )
    return Entry(lines[0].number, ends.key, title, rest, attributes, at)


def read_laws(source: Source, problems: Problems) -> dict[str, Law]:
    """The legal documents by key."""
    found = {}
    for entry in entries(source, LAW_ATTRIBUTES, problems):
        values = entry.attributes.values
        if entry.key and not KEY.fullmatch(entry.key):
            problems.add(
                source.path,
                entry.line,
                "The key “%(key)s” may hold only small letters a–z, digits and single dashes.",
                key=entry.key,
            )
        for name in ("issued", "from", "until"):
            if name in values and read_date(values[name]) is None:
                problems.add(source.path, entry.attributes_line, "Write %(name)s= as a date: 2026-07-01.", name=name)
        parts = tuple(line.text[2:].strip() for line in entry.body if re.match(r"- ", line.text))
        summary = joined(trimmed(tuple(line for line in entry.body if not line.text.startswith("- "))))
        found[entry.key] = Law(
            entry.key, entry.title, summary, values.get("number", ""), values.get("issuer", ""),
            read_date(values.get("issued", "")), read_date(values.get("from", "")), read_date(values.get("until", "")),
            values.get("replaced-by", ""), tuple(values.get("amended-by", "").split()), values.get("verified", ""),
            values.get("source", ""), parts,
        )  # fmt: skip
    _check_successors(source, found, problems)
    return found


def _check_successors(source: Source, laws: dict[str, Law], problems: Problems) -> None:
    for law in laws.values():
        for other in (*law.replaced_by.split(), *law.amended_by):
            if other not in laws:
                problems.add(
                    source.path,
                    0,
                    "“%(key)s” names “%(other)s”, which is not in the register.",
                    key=law.key,
                    other=other,
                )


def read_facts(source: Source, laws: frozenset[str], problems: Problems) -> dict[str, Fact]:
    """The facts by key."""
    found = {}
    for entry in entries(source, FACT_ATTRIBUTES, problems):
        values = entry.attributes.values
        for basis in values.get("basis", "").split():
            read = read_basis(basis)
            if read is None or read.law not in laws:
                problems.add(
                    source.path,
                    entry.attributes_line,
                    "basis= names “%(basis)s”, which is not in courses/laws.md.",
                    basis=basis,
                )
        found[entry.key] = Fact(
            entry.key,
            joined(entry.body),
            tuple(values.get("basis", "").split()),
            values.get("confidence", ""),
            values.get("source", ""),
        )
    return found
