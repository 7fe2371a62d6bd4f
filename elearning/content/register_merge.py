"""Two states of a register put together: ours as it is, and behind it the entries that only theirs has, line by line."""

from itertools import pairwise

from elearning.content.attributes import split_end
from elearning.content.bank_lines import heading_of
from elearning.content.line_edits import line_end, lines_of
from elearning.content.problems import Problems
from elearning.content.text import read_source


def with_missing(path: str, ours: bytes, theirs: bytes) -> bytes:
    """Our register with the entries added that are not in it. The same bytes where it lacks none, or theirs cannot be read."""
    known = {key for key, _ in _blocks(path, ours)}
    added = [block for key, block in _blocks(path, theirs) if key and key not in known]
    if not added:
        return ours
    lines = lines_of(ours)
    end = line_end(lines)
    text = "".join(lines).rstrip("\r\n")
    parts = [text] if text else []
    parts += [block.strip("\r\n").replace("\r\n", "\n").replace("\r", "\n").replace("\n", end) for block in added]
    return ((end + end).join(parts) + end).encode()


def _blocks(path: str, data: bytes) -> list[tuple[str, str]]:
    """Key and lines of each entry."""
    source = read_source(path, data, Problems())
    if source is None:
        return []
    lines = lines_of(data)
    heads = [line for line in source.body if (heading_of(line) or (0, ""))[0] == 2]
    starts = [line.number for line in heads]
    keys = [split_end((heading_of(line) or (2, ""))[1])[1].key for line in heads]
    return (
        [
            (key, "".join(lines[start - 1 : end - 1]))
            for key, (start, end) in zip(keys, pairwise([*starts, len(lines) + 1]), strict=True)
        ]
        if heads
        else []
    )
