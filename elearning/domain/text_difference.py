"""What differs between two texts: by words within the lines that differ. Pure, so that it serves editing and publishing alike."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "out", "in"]
# Beyond this many words times words two passages are shown whole, one after the other: comparing them would take seconds.
MOST_COMPARED = 4_000_000
# Editors count lines by their line feeds, and by nothing else that might end a line.
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words in a row that stayed, went (`out`) or came (`in`)."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that follow one another. `before` and `after` are the numbers of its first line in either text, counted from 1.

    Where `changed` is false the lines are the same in both. `left_out` counts lines that stand between this passage and
    the one before it, and that are not shown because nothing changed there.
    """

    changed: bool
    before: int
    after: int
    runs: tuple[Run, ...]
    left_out: int = 0


def compared_words(before: str, after: str) -> tuple[Run, ...]:
    """The words of two passages as runs; joined without `in` they are the one, without `out` the other."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if len(old) * len(new) > MOST_COMPARED:
        return _whole(before, after)
    runs: list[Run] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run("same", "".join(old[old_from:old_to])))
            continue
        runs.extend(_whole("".join(old[old_from:old_to]), "".join(new[new_from:new_to])))
    return tuple(_calmed(runs))


def _whole(before: str, after: str) -> tuple[Run, ...]:
    return tuple(Run(kind, text) for kind, text in (("out", before), ("in", after)) if text)  # type: ignore[arg-type]  # a pair of literals


def _calmed(runs: Sequence[Run]) -> Iterator[Run]:
    """A blank that stayed between two changed words only makes a change harder to read: it is told as changed too."""
    out, came = "", ""
    for place, run in enumerate(runs):
        between = run.kind == "same" and not run.text.strip(" ") and 0 < place < len(runs) - 1
        if run.kind == "same" and not between:
            yield from _whole(out, came)
            yield run
            out = came = ""
            continue
        out += run.text if run.kind != "in" else ""
        came += run.text if run.kind != "out" else ""
    yield from _whole(out, came)


def compared(before: str, after: str, around: int = 2) -> tuple[Passage, ...]:
    """The passages of two texts that differ, with some lines `around` each; nothing where the texts are the same."""
    old, new = _LINES.findall(before), _LINES.findall(after)
    found: list[Passage] = []
    seen = 0
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(around):
        left_out = group[0][1] - seen
        for tag, old_from, old_to, new_from, new_to in group:
            was, now = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
            runs = (Run("same", was),) if tag == "equal" else compared_words(was, now)
            found.append(Passage(tag != "equal", old_from + 1, new_from + 1, runs, left_out))
            left_out = 0
        seen = group[-1][2]
    return tuple(found)


def place_after(before: str, after: str, line: int) -> int:
    """The number in `after` of a line of `before`; of the nearest line above it that stayed where the line itself is gone."""
    old, new = before.split("\n"), after.split("\n")
    nearest = 0
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        if block.a < line <= block.a + block.size:
            return line - block.a + block.b
        if block.size and block.a + block.size < line:
            nearest = block.b + block.size
    return max(1, min(nearest + 1, len(new)))
