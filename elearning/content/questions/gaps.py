"""Places within a running text while it is parsed and rendered: each is one character of the private use area."""

import re
from collections.abc import Sequence

from elearning.content.problems import Problems
from elearning.content.text import Line
from elearning.domain.questions.gaps import RESERVED, cut, gap

_TAG = re.compile(r"(<[^>]*>)")
_GAP = "[\ue001-\ue0ff]"
# In the words or the address of a link, in a picture, a footnote or an address in angle brackets.
_LINKED = re.compile(
    rf"(?m)\[[^\[\]]*{_GAP}[^\[\]]*\][(\[:]|\]\([^()]*{_GAP}|<[^<>]*{_GAP}[^<>]*>|^ {{0,3}}\[[^\[\]]*\]:.*{_GAP}"
)


def check_reserved(path: str, lines: Sequence[Line], problems: Problems) -> None:
    """Note the lines with characters that would be taken for places."""
    for line in lines:
        if RESERVED.search(line.text):
            problems.add(path, line.number, "A character that no font knows stands here. Delete it.")


def in_link(text: str) -> bool:
    """Whether a place stands where Markdown makes a link or a picture of it."""
    return _LINKED.search(text) is not None


def placed(html: str, count: int) -> tuple[str, tuple[int, ...]]:
    """The HTML with its places numbered from 1 as they appear, and the number that each had before.

    Each place stands there once: one that got into a tag leaves it, and one that got lost stands at the end.
    """
    seen: list[int] = []

    def renumbered(text: str) -> str:
        found = ""
        for before, number in cut(text):
            fresh = 0 < number <= count and number not in seen
            seen.extend([number] if fresh else [])
            found += before + (gap(len(seen)) if fresh else "")
        return found

    parts = ["".join(before for before, _ in cut(part)) if part.startswith("<") else renumbered(part)
             for part in _TAG.split(html)]  # fmt: skip
    lost = [number for number in range(1, count + 1) if number not in seen]
    tail = "".join(f"<p>{gap(len(seen) + place)}</p>" for place in range(1, len(lost) + 1))
    return "".join(parts) + tail, (*seen, *lost)
