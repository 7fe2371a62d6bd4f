"""What is asked of the glossary: translated term by term, true to the facts, and linked to from lessons."""

import re

from elearning.content.compiling import is_translation
from elearning.content.glossary_reader import TermDraft, read_glossary
from elearning.content.problems import Problems
from elearning.content.reading import GLOSSARY
from elearning.content.text import read_source
from tests.content.shipped import law
from tests.content.shipped.reading import Files, Sentence, is_lesson

ENGLISH = GLOSSARY.replace(".md", ".en.md")
_LINKED = re.compile(r"\]\(term:([a-z0-9-]+)\)")


def terms_of(files: Files, path: str = GLOSSARY) -> dict[str, TermDraft]:
    """The terms of one text of the glossary."""
    unheard = Problems()
    source = read_source(path, files[path], unheard)
    assert source is not None, path
    return read_glossary(source, unheard, translates=path == ENGLISH)


def terms_behind(files: Files) -> list[str]:
    """Terms that are not translated, whose original has moved on, or that have no original."""
    own, said = terms_of(files), terms_of(files, ENGLISH)
    missing = [
        f"{ENGLISH}: {key} is missing or behind its original; of={term.digest} now"
        for key, term in own.items() if key not in said or said[key].of != term.digest
    ]  # fmt: skip
    return missing + [f"{ENGLISH}:{said[key].line}: {key} is in no original" for key in said if key not in own]


def loose_meanings(files: Files) -> list[str]:
    """Numbers of the law in a meaning that do not stand in the facts that the term names."""
    facts = law.facts_of(files)
    found = []
    for term in terms_of(files).values():
        known = [facts[key] for key in term.facts if key in facts]
        sentence = Sentence(GLOSSARY, term.line + 1, term.text)
        found += [
            f"{GLOSSARY}:{term.line}: “{words}” stands in no fact that {term.key} names"
            for words in (*law.loose_places(sentence, known), *law.loose_spans(sentence, known))
        ]
    return found


def unlinked_terms(files: Files) -> list[str]:
    """Terms that no lesson links to, and lessons whose translation links to others."""
    by_path = {path: set(_LINKED.findall(data.decode())) for path, data in files.items() if is_lesson(path)}
    used = set().union(*(keys for path, keys in by_path.items() if not is_translation(path)))
    alone = [f"{GLOSSARY}:{term.line}: no lesson links to {key}" for key, term in terms_of(files).items() if key not in used]  # fmt: skip
    return alone + [
        f"{path}: its translation links to other terms: {' '.join(sorted(keys ^ by_path[english]))}"
        for path, keys in sorted(by_path.items())
        if not is_translation(path) and (english := path.replace(".md", ".en.md")) in by_path and keys != by_path[english]
    ]  # fmt: skip
