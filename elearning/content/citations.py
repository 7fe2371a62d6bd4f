"""Where texts cite legal documents: path, line and question of each citation, read from the texts themselves."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from elearning.content.attributes import attribute_line, split_end
from elearning.content.bank_lines import heading_of
from elearning.content.problems import Problems
from elearning.content.reading import FACTS, LAWS
from elearning.content.text import Line, read_source
from elearning.domain.law import read_basis

_LINK = re.compile(r"law:([a-z0-9][a-z0-9-]*(?:#[a-z0-9đ.-]+)?)")
_BASIS = re.compile(r"""(?<![\w-])basis\s*[=:]\s*(?:"([^"]*)"|\[([^\]]*)\]|([^\s"}\[]+))""")


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """One citation: `item` is the key of the question or fact that it stands in, empty for the text itself."""

    path: str
    line: int
    item: str
    law: str
    place: str


def citations(files: Mapping[str, bytes]) -> list[Citation]:
    """All citations of a tree of texts, by path and line. The register of laws itself cites nothing."""
    found: set[Citation] = set()
    for path, data in files.items():
        if path.endswith(".md") and path != LAWS and (b"law:" in data or b"basis" in data):
            found.update(_of_text(path, data))
    return sorted(found)


def _of_text(path: str, data: bytes) -> Iterator[Citation]:
    source = read_source(path, data, Problems())
    if source is None:
        return
    for line in source.front:
        yield from _of_line(path, line, "")
    item = ""
    for line in source.body:
        item = _item(path, line, item)
        yield from _of_line(path, line, item)
        if item and not _is_list(path) and attribute_line(line.text) is not None:
            item = ""


def _is_list(path: str) -> bool:
    """Whether every `##` heading of a text opens an item of its own."""
    return path == FACTS or path.startswith("quizzes/banks/")


def _item(path: str, line: Line, before: str) -> str:
    heading = heading_of(line)
    if heading is None:
        return before
    end = split_end(heading[1])[1]
    if _is_list(path):
        return end.key if heading[0] == 2 else before
    return end.key if "question" in end.classes else ""


def _of_line(path: str, line: Line, item: str) -> Iterator[Citation]:
    named = [found[1].rstrip(".-") for found in _LINK.finditer(line.text)]
    for found in _BASIS.finditer(line.text):
        named += re.split(r"[\s,]+", (found[1] or found[2] or found[3] or "").strip())
    for text in named:
        basis = read_basis(text)
        if basis is not None:
            yield Citation(path, line.number, item, basis.law, basis.place)
