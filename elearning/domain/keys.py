"""Keys that are proposed from words, for questions that come without one."""

import re
from collections.abc import Container

from elearning.domain.names import fold

LONGEST = 50


def proposed_key(words: str, taken: Container[str] = ()) -> str:
    """A key of these words: small letters without marks, digits and single dashes; numbered where it is taken.

    >>> proposed_key("Hạn 24 giờ: từ khi nào?"), proposed_key("Đê vỡ", {"de-vo"})
    ('han-24-gio-tu-khi-nao', 'de-vo-2')
    """
    bare = "-".join(re.findall("[a-z0-9]+", fold(words))) or "cau"
    if len(bare) > LONGEST:
        bare = bare[: LONGEST + 1].rpartition("-")[0] or bare[:LONGEST]
    number, key = 1, bare
    while key in taken:
        number += 1
        key = f"{bare}-{number}"
    return key
