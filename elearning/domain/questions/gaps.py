"""Places within a running text, for the types whose fields stand among the words.

In safe HTML a place is one private-use character, U+E001 for the first, which Markdown and the allow-list leave alone.
"""

import re

MOST_GAPS = 40
_FIRST = 0xE000
_GAP = re.compile("([\ue001-\ue0ff])")
RESERVED = re.compile("[\ue000-\uf8ff]")


def gap(number: int) -> str:
    """The character that holds a place, counted from 1."""
    return chr(_FIRST + number)


def cut(html: str) -> tuple[tuple[str, int], ...]:
    """The HTML before each place with the number of the place; what follows the last has the number 0.

    >>> cut("Trong " + gap(1) + " giờ.")
    (('Trong ', 1), (' giờ.', 0))
    """
    found = _GAP.split(html)
    numbers = [*(ord(char) - _FIRST for char in found[1::2]), 0]
    return tuple(zip(found[::2], numbers, strict=True))
