"""Which state of its original a translation was made of: `of:` of a text, `of=` of a question in a bank."""

import re
from dataclasses import dataclass

from elearning.content.bank_lines import split_bank
from elearning.content.problems import Problems
from elearning.content.text import read_source

SHORT = 12
_OF = re.compile(r"""of\s*:\s*["']?([0-9a-f]{12})["']?\s*""")


@dataclass(frozen=True, slots=True)
class MadeOf:
    """What a translated question says of its original; `of` is empty where it says nothing, `line` is where it would."""

    of: str
    line: int


def made_of(path: str, data: bytes) -> str:
    """The first digits of the digest of the text that a translation was made of; empty where it does not say."""
    source = read_source(path, data, Problems())
    found = [match[1] for line in source.front if (match := _OF.fullmatch(line.text))] if source else []
    return found[0] if found else ""


def questions_made_of(path: str, data: bytes) -> dict[str, MadeOf]:
    """The same of each question of a translated bank, by key."""
    source = read_source(path, data, Problems())
    texts = split_bank(source, Problems()) if source else []
    return {text.key: MadeOf(text.attributes.values.get("of", ""), text.attributes_line) for text in texts}
