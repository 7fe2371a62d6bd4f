"""Bring the catalogues up to date with the words in code and templates: `make messages`.

New sentences arrive empty in the Vietnamese catalogue, to be translated by a person; in the English one they stand as
they are written in the code, because that is English. Sentences that are gone leave the catalogues. Nothing is guessed:
a sentence that was reworded is a new one.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("vi", "en")
# `add:3` is Problems.add(path, line, sentence), `_tell:2` its short form (name, sentence); other functions of these names
# take no plain text in that place and are passed over.
KEYWORDS = parse_keywords(["_", "gettext", "lazy_gettext", "_l", "ngettext:1,2", "message:1", "N_", "add:3", "_tell:2"])
HEADER = "# Words of Phát Ngôn. See CONTRIBUTING.md, section “Words”.\n#"


def catalogue(language: str, root: Path = ROOT) -> Path:
    """Where the catalogue of a language stands."""
    return root / "translations" / language / "LC_MESSAGES" / "messages.po"


def words_of(source: str) -> Iterator[str]:
    """The phrases of tables named WORDS: modules that stand below the catalogues hand their phrases out that way."""
    for node in ast.parse(source).body:
        target = (
            node.target
            if isinstance(node, ast.AnnAssign)
            else node.targets[0]
            if isinstance(node, ast.Assign)
            else None
        )
        if isinstance(target, ast.Name) and target.id == "WORDS" and isinstance(node.value, ast.Dict):
            yield from (value.value for value in node.value.values if isinstance(value, ast.Constant))


def gather(root: Path = ROOT) -> Catalog:
    """Every sentence that code and templates mark, with the file where it stands.

    Lines are left out of the references, so that moving code does not rewrite the catalogues.
    """
    found = Catalog(project="Phát Ngôn", charset="utf-8")
    with (root / "translations" / "babel.cfg").open() as config:
        methods, options = parse_mapping_cfg(config)
    for name, _line, key, comments, context in extract_from_dir(root, methods, options, KEYWORDS, ("Translators:",)):
        found.add(key, None, [(name, None)], auto_comments=comments, context=context)
    for path in sorted((root / "elearning").rglob("*.py")):
        for phrase in words_of(path.read_text(encoding="utf-8")):
            found.add(phrase, None, [(path.relative_to(root).as_posix(), None)])
    return found


def read(path: Path, language: str) -> Catalog:
    """The catalogue at `path`, or an empty one where there is none yet."""
    if not path.exists():
        return Catalog(locale=language, project="Phát Ngôn", charset="utf-8", fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale=language)


def as_written(entry: Message, plurals: int) -> str | tuple[str, ...]:
    """The English translation of an English sentence: itself."""
    if isinstance(entry.id, str):
        return entry.id
    return tuple(entry.id[min(place, len(entry.id) - 1)] for place in range(plurals))


def update(language: str, found: Catalog) -> int:
    """Rewrite one catalogue from what was found; gives the number of sentences that await a translation."""
    path = catalogue(language)
    known = read(path, language)
    created = known.creation_date
    known.update(found, no_fuzzy_matching=True)
    known.obsolete.clear()
    known.creation_date = created
    known.fuzzy = False
    known.header_comment = HEADER
    known.version = "1"
    known.revision_date = created
    known.last_translator = known.language_team = known.msgid_bugs_address = "Phát Ngôn"
    if language == "en":
        for entry in known:
            if entry.id:
                entry.string = as_written(entry, known.num_plurals)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_po(stream, known, width=120, sort_output=True, ignore_obsolete=True, omit_header=False)
    return sum(1 for entry in known if entry.id and not (all(entry.string) if entry.pluralizable else entry.string))


def main() -> int:
    """Update all catalogues and say what is left to translate."""
    found = gather()
    for language in LANGUAGES:
        waiting = update(language, found)
        print(f"{language}: {len(found)} sentences, {waiting} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
