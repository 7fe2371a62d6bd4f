"""What differs between two texts: by words within the lines that differ. Pure, so that it serves editing and publishing alike."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "out", "in"]
Step = tuple[str, int, int, int, int]
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
    runs: list[Run] = []
    for tag, old_from, old_to, new_from, new_to in _steps(old, new):
        if tag == "equal":
            runs.append(Run("same", "".join(old[old_from:old_to])))
            continue
        runs.extend(_whole("".join(old[old_from:old_to]), "".join(new[new_from:new_to])))
    return tuple(_calmed(runs))


def _steps(old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """How the one becomes the other, as difflib tells it. What both begin and end with is not compared; what is too long to
    compare is told as changed as a whole.
    """
    most = min(len(old), len(new))
    head = next((at for at in range(most) if old[at] != new[at]), most)
    tail = next((at for at in range(most - head) if old[-1 - at] != new[-1 - at]), most - head)
    mine, theirs = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(mine) * len(theirs) > MOST_COMPARED:
        middle: list[Step] = [("replace", 0, len(mine), 0, len(theirs))]
    else:
        middle = list(SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes())
    found: list[Step] = [("equal", 0, head, 0, head)] if head else []
    found += [(tag, a + head, b + head, c + head, d + head) for tag, a, b, c, d in middle]
    if tail:
        found.append(("equal", len(old) - tail, len(old), len(new) - tail, len(new)))
    return found


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
    grouping = SequenceMatcher(None, "", "")
    grouping.opcodes = _steps(old, new)  # type: ignore[attr-defined]  # it groups those that it finds there
    for group in grouping.get_grouped_opcodes(around):
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
    for tag, old_from, old_to, new_from, new_to in _steps(old, new):
        if tag == "equal" and old_from < line <= old_to:
            return line - old_from + new_from
        if tag == "equal" and old_to < line:
            nearest = new_to
    return max(1, min(nearest + 1, len(new)))
