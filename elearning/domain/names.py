"""Vietnamese names and words: how they are cleaned, sorted and searched.

Sorting follows Vietnamese dictionaries: letters a ă â b c d đ e ê …, then tones ngang huyền hỏi ngã sắc nặng, then case.
Names are sorted by the given name (the last word), then the family name (the first), then what stands between.
"""

import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: f"{place:02d}" for place, letter in enumerate(_LETTERS, 40)}
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
    """The first-level code of one letter: digits before letters, all else before digits; no code begins another."""
    if base in "0123456789":
        return f"3{base}"
    shaped = next((_SHAPES[base, mark] for mark in marks if (base, mark) in _SHAPES), base)
    return _RANK.get(shaped, f"1{ord(shaped[0]):05x}")


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


def collation_key(text: str) -> str:
    """A text whose order by code point is the Vietnamese order of `text`: letters first, then tones, then case.

    A blank ends a level and `!` a word, so that what is shorter comes first: Lê An before Lê Văn An.
    """
    words = [_word(word) for word in clean(text).split(" ")]
    return " ".join("!".join(level) for level in zip(*words, strict=True))


def sort_key(name: str) -> str:
    """The key that lists of people sort by: given name, family name, middle names.

    >>> sorted(["Trần Thị Ánh", "Lê Văn An", "Đỗ Ân", "Dương Ân"], key=sort_key)
    ['Lê Văn An', 'Trần Thị Ánh', 'Dương Ân', 'Đỗ Ân']
    """
    words = clean(name).split(" ")
    if len(words) < 2:
        return collation_key(name)
    return collation_key(" ".join([words[-1], words[0], *words[1:-1]]))
