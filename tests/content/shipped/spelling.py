"""Spelling in both languages by hunspell, with word lists of our own beside this file.

Vietnamese is checked syllable by syllable. Its dictionary knows only the newer place of a tone mark (hoà); our texts have
the older one throughout (hòa), so that each syllable is put into the newer form first, and one that stands in it already is
told. English is British.
"""

import os
import re
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

import pytest

from tests.content.shipped.reading import Files

HERE = Path(__file__).parent
DICTIONARIES = {"vi": "vi_VN", "en": "en_GB"}
REGISTERS = ("courses/laws.md", "courses/facts.md")
_TONES = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ",
          "ọe": "oẹ", "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ"}  # fmt: skip
_NEWER = re.compile(rf"(?<![qQ])(?:{'|'.join(_TONES.values())})$")
_NOT_WORDS = re.compile(
    r"\]\([^)]*\)|^!!! [a-z]+|\{(?:[#.]|[a-z]+=)[^}]*\}|\{:(?P<attributes>[^\n]*)\}|`[^`]*`|https?://\S+|^of: .*$|\S+@\S+|\b[\w.]+\.(?:vn|example|gov)\S*",
    re.MULTILINE,
)
_HINT = re.compile(r'hint="([^"]*)"')
_WORD = re.compile(r"(?<!\w)[^\W\d_]{2,}(?:['’](?!s\b)[^\W\d_]+)?|(?<!\w)[^\W\d_a-zA-Z](?!\w)")
_TITLED = re.compile(r"^(title|minutes|objectives|facts|feedback|[a-z_]+): ?(?P<rest>.*)$")
_SPEAKS = ("title", "objectives", "feedback", "certificate", "audience")


def ensure_hunspell() -> None:
    """Skip where hunspell or a dictionary is missing; fail where changes are judged."""
    folders = (Path("/usr/share/hunspell"), Path("/usr/share/myspell/dicts"))
    missing = [
        f"hunspell-{name[:2] if name.startswith('vi') else 'en-gb'}" for name in DICTIONARIES.values()
        if not any((folder / f"{name}.dic").exists() for folder in folders)
    ]  # fmt: skip
    if shutil.which("hunspell") is None:
        missing.insert(0, "hunspell")
    if missing:
        said = f"Spelling needs these Debian packages: {' '.join(missing)}"
        if os.environ.get("CI") == "true":
            pytest.fail(said)
        pytest.skip(said)


def language_of(path: str) -> str:
    """The language that a text is written in."""
    return "en" if path.endswith(".en.md") else "vi"


def words_by_language(files: Files) -> dict[str, dict[str, str]]:
    """For each language, each word with the first place where it stands."""
    found: dict[str, dict[str, str]] = {"vi": {}, "en": {}}
    for path, data in sorted(files.items()):
        if path.endswith(".md") and path not in REGISTERS:
            words = found[language_of(path)]
            for number, line in _lines(path, data):
                for word in _WORD.findall(line):
                    words.setdefault(word.replace("’", "'"), f"{path}:{number}")
    return found


@lru_cache(maxsize=4096)
def _lines(path: str, data: bytes) -> tuple[tuple[int, str], ...]:
    """The lines of a text without addresses, keys and rules."""
    lines, front = [], data.startswith(b"---")
    for number, line in enumerate(data.decode().split("\n"), 1):
        said = line
        if front and number > 1:
            if line == "---":
                front = False
            keyed = _TITLED.match(line)
            said = "" if keyed and keyed[1] not in _SPEAKS else re.sub(r"\b[a-z0-9_-]+:(?= )", " ", line)
        lines.append((number, _NOT_WORDS.sub(lambda found: " ".join(_HINT.findall(found["attributes"] or "")), said)))
    return tuple(lines)


def misspelt(files: Files) -> list[str]:
    """Words that neither the dictionary of their language nor our own list knows."""
    found = []
    for language, words in words_by_language(files).items():
        wrong = _unknown(language, frozenset(words)) - own_words(language)
        if language == "en":
            # Vietnamese terms stand in English texts beside their translation; they are spelt as in Vietnamese.
            foreign = frozenset(word for word in wrong if not word.isascii())
            wrong = (wrong - foreign) | (_unknown("vi", foreign) - own_words("vi"))
        found += [f"{words[word]}: “{word}” ({language})" for word in sorted(wrong, key=lambda word: words[word])]
    return found


def own_words(language: str) -> frozenset[str]:
    """Names and terms that are right and in no dictionary."""
    lines = (HERE / f"words-{language}.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@lru_cache(maxsize=8)
def _unknown(language: str, words: frozenset[str]) -> frozenset[str]:
    asked = {(_newer(word) if language == "vi" else word): word for word in words}
    done = subprocess.run(
        ["hunspell", "-d", DICTIONARIES[language], "-i", "utf-8", "-l"], input="\n".join(asked), capture_output=True,
        text=True, check=True, encoding="utf-8",
    )  # fmt: skip
    wrong = {asked[word] for word in done.stdout.split("\n") if word in asked}
    return frozenset(wrong | {word for word in words if language == "vi" and _NEWER.search(word.lower())})


def _newer(word: str) -> str:
    """The syllable with its tone mark where the dictionary has it; in qu the u is no vowel."""
    end = word[-2:].lower()
    if end in _TONES and not word[:-1].lower().endswith(("qu", "qù", "qú", "qủ", "qũ", "qụ")):
        newer = _TONES[end]
        return word[:-2] + (newer[0].upper() if word[-2].isupper() else newer[0]) + newer[1]
    return word
