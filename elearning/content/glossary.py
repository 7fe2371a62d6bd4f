"""The glossary as a whole: its texts in all languages → terms with safe HTML, or what is wrong with them."""

from collections.abc import Mapping

from elearning.content.glossary_reader import TermDraft, read_glossary
from elearning.content.links import LinkTable
from elearning.content.pieces import Pieces, Render
from elearning.content.problems import Problems
from elearning.content.reading import GLOSSARY, Registers
from elearning.content.text import read_source
from elearning.content.translation import LANGUAGES, translated_path
from elearning.domain.term import Term, TermWords

ORIGINAL = "vi"
Drafts = Mapping[str, Mapping[str, TermDraft]]


def compile_glossary(
    files: Mapping[str, bytes], render: Render, registers: Registers, problems: Problems
) -> dict[str, Term]:
    """The terms of a tree by key; what is wrong with them is noted. What is wrong with the original itself is noted by
    whoever reads the registers.
    """
    if not registers.terms:
        return {}
    paths = {ORIGINAL: GLOSSARY, **{one: translated_path(GLOSSARY, one) for one in LANGUAGES if one != ORIGINAL}}
    drafts: dict[str, Mapping[str, TermDraft]] = {ORIGINAL: registers.terms}
    for language, path in paths.items():
        if language != ORIGINAL and path in files and (source := read_source(path, files[path], problems)):
            drafts[language] = read_glossary(source, problems, translates=True)
    pieces = Pieces()
    tickets = {
        (language, key): pieces.ask(paths[language], draft.line + 1, draft.text)
        for language, terms in drafts.items()
        for key, draft in terms.items()
    }
    pieces.render(render, LinkTable(laws=frozenset(registers.laws or ()), terms=frozenset(registers.terms)), problems)
    return {key: _built(draft, drafts, pieces, tickets) for key, draft in registers.terms.items()}


def _built(draft: TermDraft, drafts: Drafts, pieces: Pieces, tickets: Mapping[tuple[str, str], int]) -> Term:
    words = {
        language: TermWords(terms[draft.key].name, pieces.html(tickets[language, draft.key]))
        for language, terms in drafts.items()
        if draft.key in terms
    }
    return Term(draft.key, words, draft.pairs)
