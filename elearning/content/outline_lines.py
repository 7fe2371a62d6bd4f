"""The outline of `course.md` as lines: read leniently, so that a course with mistakes can still be arranged, and changed line by line.

Whatever a change touches, all other lines keep their bytes: marks, line ends, blanks.
"""

import posixpath
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from elearning.content.text import typed_bytes

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_FIELD = re.compile(r"([a-z_]+):[ \t]*(.*?)[ \t]*$")
_MODULE = re.compile(r"##[ \t]+(.*?)[ \t]*$")
_KEY = re.compile(r"[ \t]*\{#([a-z0-9-]+)[^}]*\}$")
_LINK = re.compile(r"[ \t]*[-*+][ \t]+\[([^\]]*)\]\(([^)\s]+)\)[ \t]*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Entry:
    """One activity: its line from 1, the words of its link, and either the key of a quiz or the path of a lesson."""

    line: int
    words: str
    quiz: str
    path: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One module: the line of its heading from 1, and its activities in order."""

    line: int
    key: str
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """The title of a course and its modules."""

    title: str
    chapters: tuple[Chapter, ...]

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All activities in order."""
        return tuple(entry for chapter in self.chapters for entry in chapter.entries)


def _lines(data: bytes) -> list[str]:
    """Lines with their ends, in characters that give the same bytes again."""
    return _LINES.findall(data.decode("utf-8", "surrogateescape"))


def _bytes(lines: Sequence[str]) -> bytes:
    return "".join(lines).encode("utf-8", "surrogateescape")


def _front_end(lines: Sequence[str]) -> int:
    """How many lines the front matter takes; 0 where there is none."""
    if not lines or lines[0].strip().lstrip("\ufeff") != "---":
        return 0
    return next((at + 1 for at, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)


def title_of(data: bytes) -> str:
    """The title in the front matter of a text; empty where there is none."""
    return field_of(data, "title")


def field_of(data: bytes, name: str) -> str:
    """One value of the front matter that stands in a single line; empty where there is none."""
    lines = _lines(data)
    found = (_FIELD.match(line.rstrip("\r\n")) for line in lines[: _front_end(lines)])
    return next((_unquoted(one[2]) for one in found if one and one[1] == name), "")


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return value[1:-1].replace("''", "'") if len(value) > 1 and value[0] == value[-1] == "'" else value


def quoted(value: str) -> str:
    """A text as a value of the front matter: in quotation marks, so that no colon and no bracket in it means anything."""
    clean = " ".join(value.split())
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'


def with_title(data: bytes, title: str) -> bytes:
    """The text with another title; the front matter is begun where there is none."""
    lines = _lines(data)
    end = _end_of(lines)
    fresh = f"title: {quoted(title)}{end}"
    stop = _front_end(lines)
    for at in range(stop):
        if lines[at].startswith("title:"):
            return _bytes([*lines[:at], fresh, *lines[at + 1 :]])
    if stop:
        return _bytes([lines[0], fresh, *lines[1:]])
    return _bytes([f"---{end}", fresh, f"---{end}", *lines])


def _end_of(lines: Sequence[str]) -> str:
    return "\r\n" if lines and lines[0].endswith("\r\n") else "\n"


def read_outline(path: str, data: bytes) -> Outline:
    """The outline of a course as far as it can be read."""
    folder = posixpath.dirname(path)
    chapters: list[tuple[int, str, str, list[Entry]]] = []
    lines = _lines(data)
    fence = ""
    for number, line in enumerate(lines[_front_end(lines) :], _front_end(lines) + 1):
        text = line.rstrip("\r\n")
        mark = _FENCE.match(text)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence and (head := _MODULE.match(text)):
            key = _KEY.search(head[1])
            title = head[1][: key.start()] if key else head[1]
            chapters.append((number, key[1] if key else f"chuyen-de-{len(chapters) + 1}", title, []))
        elif not fence and chapters and (link := _LINK.match(text)):
            quiz = link[2].removeprefix("quiz:") if link[2].startswith("quiz:") else ""
            target = "" if quiz else posixpath.normpath(posixpath.join(folder, link[2]))
            chapters[-1][3].append(Entry(number, link[1], quiz, target))
    return Outline(title_of(data), tuple(Chapter(n, key, title, tuple(rows)) for n, key, title, rows in chapters))


def _changed(data: bytes, change: Callable[[list[str]], None]) -> bytes:
    """Apply a change to the lines; the last line gets an end beforehand, so that lines can trade places."""
    lines = _lines(data)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += _end_of(lines)
    change(lines)
    return _bytes(lines)


def with_line_moved(data: bytes, line: int, before: int) -> bytes:
    """The text with one line put before another, both named by their numbers as they stand now."""

    def move(lines: list[str]) -> None:
        taken = lines.pop(line - 1)
        lines.insert(before - 1 if before < line else before - 2, taken)

    return _changed(data, move)


def line_of(data: bytes, line: int) -> str:
    """One line as it is written, without its end."""
    return _lines(data)[line - 1].rstrip("\r\n")


def without_line(data: bytes, line: int) -> bytes:
    """The text without one line."""

    def take(lines: list[str]) -> None:
        del lines[line - 1]

    return _changed(data, take)


def with_line(data: bytes, before: int, text: str) -> bytes:
    """The text with a new line put before another; a number past the end puts it last."""
    return _changed(data, lambda lines: lines.insert(before - 1, _typed(text) + _end_of(lines)))


def with_line_replaced(data: bytes, line: int, text: str) -> bytes:
    """The text with other words in one line, which keeps its end."""

    def replace(lines: list[str]) -> None:
        old = lines[line - 1]
        lines[line - 1] = _typed(text) + old[len(old.rstrip("\r\n")) :]

    return _changed(data, replace)


def _typed(text: str) -> str:
    return typed_bytes(" ".join(text.split())).decode()


def with_chapter_moved(data: bytes, outline: Outline, place: int, to: int) -> bytes:
    """The text with the module number `place` (from 0) as number `to`: all its lines go with it."""

    def move(lines: list[str]) -> None:
        starts = [chapter.line - 1 for chapter in outline.chapters]
        ends = [*starts[1:], len(lines)]
        blocks = [lines[start:end] for start, end in zip(starts, ends, strict=True)]
        if blocks[-1] and blocks[-1][-1].strip():
            blocks[-1].append(_end_of(lines))
        blocks.insert(to, blocks.pop(place))
        lines[starts[0] :] = [line for block in blocks for line in block]

    return _changed(data, move)


def end_of_chapter(data: bytes, chapter: Chapter) -> int:
    """The number of the line before which a new last activity of a module is written."""
    if chapter.entries:
        return chapter.entries[-1].line + 1
    lines = _lines(data)
    blank = chapter.line < len(lines) and not lines[chapter.line].strip()
    return chapter.line + (2 if blank else 1)
