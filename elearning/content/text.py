"""Bytes of a text file → numbered lines. BOM, CRLF and NFD are read and left alone in the file itself."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import IO

from elearning.content.problems import Problems

LARGEST = 200_000
_UNTYPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its end; `number` counts from 1 in the file. `code` is true inside and at the edges of a fence."""

    number: int
    text: str
    code: bool = False

    @property
    def blank(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True, slots=True)
class Source:
    """A text as read: front matter lines apart from the body."""

    path: str
    digest: str
    front: tuple[Line, ...]
    body: tuple[Line, ...]


def digest_of(data: bytes) -> str:
    """The name of a text: SHA-256 of its bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def digest_of_file(file: IO[bytes]) -> str:
    """The same of an open file, which is not held whole."""
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def typed_bytes(text: str) -> bytes:
    """What somebody typed, as it is stored: UTF-8 in NFC, lines ended by LF, without what no keyboard types.

    >>> typed_bytes("Ha\u0323n\\r\\n").decode()
    'Hạn\\n'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNTYPED.sub("", lines)).encode()


def lines_digest(lines: tuple[Line, ...]) -> str:
    """The name of some lines, whatever the line ends and normal form of the file that holds them."""
    return digest_of("\n".join(line.text.rstrip() for line in lines).encode())


def read_source(path: str, data: bytes, problems: Problems) -> Source | None:
    """Decode and split a text; None, with a problem noted, where that cannot be done."""
    if len(data) > LARGEST:
        problems.add(path, 0, "The file is larger than 200 kB. Part it in two.")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.add(path, line, "The file is not UTF-8. Save it again with the encoding UTF-8.")
        return None
    if "\x00" in text:
        problems.add(path, text[: text.index("\x00")].count("\n") + 1, "A null character stands here. Delete it.")
        return None
    lines = _numbered(unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))
    front, body = _front(path, lines, problems)
    return Source(path, digest_of(data), front, body)


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of some text that is no file, numbered from 1."""
    return _numbered(unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"))


def _numbered(text: str) -> tuple[Line, ...]:
    lines: list[Line] = []
    fence = ""
    for number, content in enumerate(text.split("\n"), 1):
        mark = _FENCE.match(content)
        if fence:
            lines.append(Line(number, content, True))
            if mark and mark[1].startswith(fence) and not content.strip().strip(fence[0]):
                fence = ""
        else:
            fence = mark[1] if mark else ""
            lines.append(Line(number, content, bool(fence)))
    return tuple(lines)


def _front(path: str, lines: tuple[Line, ...], problems: Problems) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    if not lines or lines[0].text.rstrip() != "---":
        return (), lines
    for place, line in enumerate(lines[1:], 1):
        if line.text.rstrip() == "---":
            return lines[1:place], tuple(Line(one.number, one.text, one.code) for one in lines[place + 1 :])
    problems.add(path, 1, "The front matter is not closed. Put a line with only --- after it.")
    return (), ()


def trimmed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines without blank ones at either end."""
    start, end = 0, len(lines)
    while start < end and lines[start].blank:
        start += 1
    while end > start and lines[end - 1].blank:
        end -= 1
    return lines[start:end]


def joined(lines: tuple[Line, ...]) -> str:
    """The text of some lines."""
    return "\n".join(line.text for line in lines)
