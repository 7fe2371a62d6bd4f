"""Vietnamese names and words: how they are cleaned, sorted and searched.

Sorting follows Vietnamese dictionaries: letters a ă â b c d đ e ê …, then tones ngang huyền hỏi ngã sắc nặng, then case.
Names are sorted by the given name (the last word), then the family name (the first), then what stands between: all whose
given name is Hoa stand before all whose given name is Hòa. Only case waits until the end, so that a list in which some
names are written in capitals does not fall apart.
"""

import re
import unicodedata
from collections.abc import Sequence

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: f"{place:02d}" for place, letter in enumerate(_LETTERS, 40)}
# What stands in names and titles beside letters and digits, in the order of the Unicode collation.
_MARKS = "_-–—,;:!?.…·'‘’\"“”()[]{}@*/\\&#%`^+<=>|~$"
_RANK |= {mark: f"2{place:02d}" for place, mark in enumerate(_MARKS)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPES = {
    ("a", "\u0306"): "ă",
    ("a", "\u0302"): "â",
    ("e", "\u0302"): "ê",
    ("o", "\u0302"): "ô",
    ("o", "\u031b"): "ơ",
    ("u", "\u031b"): "ư",
}


def clean(text: str) -> str:
    """NFC, without characters that cannot be seen, with single spaces."""
    kept = (c for c in unicodedata.normalize("NFC", text) if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join("".join(kept).split())


def as_typed(text: str) -> str:
    """Text as somebody typed it, in NFC: what no keyboard types goes, so that it can be stored and shown anywhere.

    >>> as_typed("Nghị\x00định\ud800 ")
    'Nghị định'
    """
    kept = (" " if unicodedata.category(c) == "Cc" else c for c in text if unicodedata.category(c) != "Cs")
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def fold(text: str) -> str:
    """The form that search compares: no case, no tones, no marks, đ as d."""
    lowered = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).lower().replace("đ", "d"))
    return " ".join("".join(c for c in lowered if not unicodedata.combining(c)).split())


def _letter(base: str, marks: list[str]) -> str:
    """The first-level code of one letter: marks, digits, our letters, all others; no code begins another."""
    if base in "0123456789":
        return f"3{base}"
    shaped = next((_SHAPES[base, mark] for mark in marks if (base, mark) in _SHAPES), base)
    known = _RANK.get(shaped)
    return known or f"{'9' if shaped.isalpha() else '29'}{ord(shaped[0]):05x}"


def _word(word: str) -> tuple[str, str, str]:
    """Letters, tones and case of one word, each as text that compares the right way."""
    letters: list[str] = []
    tones: list[str] = []
    case: list[str] = []
    for char in word:
        base, *marks = list(unicodedata.normalize("NFD", char))
        letters.append(_letter(base.lower(), marks))
        tones.append(next((_TONES[mark] for mark in marks if mark in _TONES), "0"))
        case.append("1" if base != base.lower() else "0")
    return "".join(letters), "".join(tones), "".join(case)


def _levels(words: Sequence[str]) -> tuple[str, str, str]:
    """Letters, tones and case of some words. `!` ends a word, so that what is shorter comes first."""
    letters, tones, case = zip(*map(_word, words), strict=True) if words else ((), (), ())
    return "!".join(letters), "!".join(tones), "!".join(case)


def collation_key(text: str) -> str:
    """A text whose order by code point is the Vietnamese order of `text`: letters first, then tones, then case.

    A blank ends a level, so that what is shorter comes first: Lê An before Lê Văn An.
    """
    return " ".join(_levels(clean(text).split(" ")))


def sort_key(name: str) -> str:
    """The key that lists of people sort by: given name, family name, middle names; case only breaks what ties are left.

    >>> sorted(["Trần Thị Ánh", "Lê Văn An", "Đỗ Ân", "Dương Ân"], key=sort_key)
    ['Lê Văn An', 'Trần Thị Ánh', 'Dương Ân', 'Đỗ Ân']
    >>> sorted(["LÊ HÒA", "Trần Hoa", "Lê Hoa"], key=sort_key)
    ['Lê Hoa', 'Trần Hoa', 'LÊ HÒA']
    """
    words = clean(name).split(" ")
    given, family, middle = words[-1:], words[:-1][:1], words[1:-1]
    levels = [_levels(part) for part in (given, family, middle)]
    compared = [text for letters, tones, _ in levels for text in (letters, tones)]
    return " ".join([*compared, *(case for _, _, case in levels)])


def key_of_words(words: str, most: int = 60) -> str:
    """A key made of some words: small letters a to z, digits, single dashes; empty where the words hold nothing of it.

    >>> key_of_words("Đồng hồ 24 giờ: bắt đầu khi nào?")
    'dong-ho-24-gio-bat-dau-khi-nao'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")[:most].strip("-")
