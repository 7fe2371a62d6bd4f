"""Keys of texts and questions, proposed from the words of a heading."""

import re
from collections.abc import Collection

from elearning.domain.names import fold

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST = 60


def key_from(words: str, longest: int = LONGEST) -> str:
    """The key that some words suggest: tones and marks gone, đ as d, cut at the end of a word; empty where there are none.

    >>> key_from("Hạn 24 giờ của Điều 7 bắt đầu khi nào?")
    'han-24-gio-cua-dieu-7-bat-dau-khi-nao'
    """
    key = re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")
    if len(key) <= longest:
        return key
    cut = key[: longest + 1].rpartition("-")[0]
    return cut or key[:longest]


def free_key(words: str, taken: Collection[str], otherwise: str = "cau-hoi") -> str:
    """A key from some words that is not taken: a number is put behind it where it is.

    >>> free_key("Ai phát ngôn?", {"ai-phat-ngon"})
    'ai-phat-ngon-2'
    """
    key = key_from(words) or otherwise
    number, found = 1, key
    while found in taken:
        number += 1
        found = f"{key}-{number}"
    return found
