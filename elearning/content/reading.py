"""A course while it is being read, and the registers that it relies on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from elearning.content.bank_reader import BankDraft
from elearning.content.glossary_reader import TermDraft, check_terms, read_glossary
from elearning.content.lesson_reader import LessonDraft
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.quiz_reader import QuizDraft
from elearning.content.register_reader import Fact, read_facts, read_laws
from elearning.content.text import Source, read_source
from elearning.domain.course import Module
from elearning.domain.law import Law

LAWS, FACTS, GLOSSARY = "courses/laws.md", "courses/facts.md", "courses/glossary.md"


@dataclass(frozen=True, slots=True)
class Registers:
    """What courses may rely on. `laws` and `terms` are None where an edition is rebuilt: it was checked when it was
    published.
    """

    laws: Mapping[str, Law] | None
    facts: Mapping[str, Fact]
    terms: Mapping[str, TermDraft] | None = None

    @property
    def unsure(self) -> frozenset[str]:
        return frozenset(key for key, fact in self.facts.items() if fact.unsure)


def read_registers(files: Mapping[str, bytes], problems: Problems) -> Registers:
    """The registers of a tree; one that is missing is empty."""
    laws: dict[str, Law] = {}
    facts: dict[str, Fact] = {}
    if LAWS in files and (source := read_source(LAWS, files[LAWS], problems)):
        laws = read_laws(source, problems)
    if FACTS in files and (source := read_source(FACTS, files[FACTS], problems)):
        facts = read_facts(source, frozenset(laws), problems)
    terms: dict[str, TermDraft] = {}
    if GLOSSARY in files and (source := read_source(GLOSSARY, files[GLOSSARY], problems)):
        terms = read_glossary(source, problems)
        check_terms(GLOSSARY, terms, facts, problems)
    return Registers(laws, facts, terms)


@dataclass(slots=True)
class Reading:
    """A course while it is being read."""

    files: Mapping[str, bytes]
    registers: Registers
    problems: Problems = field(default_factory=Problems)
    pieces: Pieces = field(default_factory=Pieces)
    lessons: dict[str, LessonDraft] = field(default_factory=dict)
    quizzes: dict[str, QuizDraft] = field(default_factory=dict)
    banks: dict[str, BankDraft] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    modules: list[Module] = field(default_factory=list)

    def source(self, path: str) -> Source | None:
        """Read a text once; None when it is missing or unreadable."""
        if path not in self.sources and path in self.files:
            found = read_source(path, self.files[path], self.problems)
            if found is not None:
                self.sources[path] = found
        return self.sources.get(path)
