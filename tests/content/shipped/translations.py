"""What is asked of the English side: it is there, it was made of the text as it stands, and it has its shape."""

import re

from elearning.content.checking import check_tree
from elearning.content.compiling import is_translation
from elearning.content.links import LinkTable
from elearning.content.rendering import Piece, Rendered
from elearning.content.text import digest_of, lines_digest
from elearning.domain.edition import Compiled
from elearning.domain.question import Question
from tests.content.shipped.reading import Files, read

# The glossary is translated term by term; that is looked after beside this file.
REGISTERS = ("courses/laws.md", "courses/facts.md", "courses/glossary.md")
# These have nothing to translate but their heading and stem: numbers, moments and the usual five steps.
WORDLESS = ("number", "datetime", "likert", "description", "short")


def behind(files: Files) -> list[str]:
    """Texts that are not translated, or whose original has moved on since they were."""
    found = []
    for path, data in sorted(files.items()):
        if not path.endswith(".md") or is_translation(path) or path in REGISTERS:
            continue
        target = f"{path.removesuffix('.md')}.en.md"
        if target not in files:
            found.append(f"{path}: is not translated")
        elif path.startswith("quizzes/banks/"):
            found += _questions_behind(path, data, target, files[target])
        else:
            of = re.search(rb"^of: *\"?([0-9a-f]{12})\b", files[target], re.MULTILINE)
            if of is None or of[1].decode() != digest_of(data)[:12]:
                found.append(f"{target}: is behind its original; of: is {digest_of(data)[:12]} now")
    return found


def _questions_behind(path: str, data: bytes, target: str, translation: bytes) -> list[str]:
    made_of = {one.text.key: one.values.get("of", "") for one in read(target, translation).questions}
    found = [f"{target}: {key} is in no original" for key in made_of if key not in _keys(path, data)]
    for one in read(path, data).questions:
        digest = lines_digest(one.text.lines)[:12]
        if made_of.get(one.text.key) != digest:
            found.append(f"{target}: {one.text.key} is missing or behind its original; of={digest} now")
    return found


def _keys(path: str, data: bytes) -> set[str]:
    return {one.text.key for one in read(path, data).questions}


def unrendered(pieces: list[Piece], table: LinkTable) -> list[Rendered]:
    """Pieces as they are written: enough to see whether words and shapes differ, and a tenth of the time."""
    return [Rendered(piece.text) for piece in pieces]


def misshapen(files: Files) -> list[str]:
    """Questions and lessons that stay in their own language, because the translation does not have their parts."""
    found = []
    for compiled in check_tree(files, unrendered)[0].values():  # type: ignore[arg-type]  # a list is what it is given
        words = compiled.translations["en"]
        for key, lesson in compiled.lessons.items():
            said = words.lessons.get(key)
            if said is None or said.title == lesson.title or said.parts == lesson.parts:
                found.append(f"{lesson.path}: its translation has other parts")
                continue
            found += [f"{lesson.path}: {one}" for one, own in lesson.checks.items() if _same(own, said.checks[one])]
        found += _banks_misshapen(compiled)
    return found


def _banks_misshapen(compiled: Compiled) -> list[str]:
    words = compiled.translations["en"]
    return [
        f"{path}: {key} has other parts in its translation"
        for path, bank in compiled.banks.items()
        for key, own in bank.items()
        if key not in words.banks.get(path, {}) or _same(own, words.banks[path][key])
    ]


def _same(own: Question, said: Question) -> bool:
    return own.ask == said.ask or (own.body == said.body and own.type not in WORDLESS)
