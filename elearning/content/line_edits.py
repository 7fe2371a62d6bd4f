"""Changing single lines of a text and leaving every other byte alone: fields of a front matter, attributes of a question."""

import re

from elearning.content.attributes import attribute_line

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_FRONT_END = re.compile(r"---\s*")


def lines_of(data: bytes) -> list[str]:
    """The lines of a text with their ends, numbered as readers number them; a BOM stays part of the first.

    Raises UnicodeDecodeError for what is not UTF-8.
    """
    return _LINES.findall(data.decode("utf-8"))


def line_end(lines: list[str]) -> str:
    """How the lines of a text end: as the first does."""
    first = lines[0] if lines else "\n"
    return "\r\n" if first.endswith("\r\n") else "\r" if first.endswith("\r") else "\n"


def put_field(data: bytes, name: str, value: str) -> bytes:
    """The text with one field of its front matter set, in its old place or at the end; a front matter is begun where there
    is none. A value that went on over more lines is replaced as a whole.
    """
    lines = lines_of(data)
    end = line_end(lines)
    written = f"{name}: {value}{end}"
    bare = lines[0].removeprefix("\ufeff") if lines else ""
    if not _FRONT_END.fullmatch(bare):
        mark = "\ufeff" if lines and lines[0].startswith("\ufeff") else ""
        return "".join([f"{mark}---{end}", written, f"---{end}", bare, *lines[1:]]).encode()
    close = next((place for place in range(1, len(lines)) if _FRONT_END.fullmatch(lines[place])), len(lines))
    start = next((place for place in range(1, close) if re.match(rf"{re.escape(name)}\s*:", lines[place])), None)
    if start is None:
        return "".join([*lines[:close], written, *lines[close:]]).encode()
    after = next((place for place in range(start + 1, close) if not lines[place].startswith((" ", "\t", "-"))), close)
    return "".join([*lines[:start], written, *lines[after:]]).encode()


def put_attribute(data: bytes, number: int, name: str, value: str) -> bytes:
    """The text with one attribute of its `{: … }` line set. Raises ValueError when line `number` is no such line."""
    lines = lines_of(data)
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    found = attribute_line(line)
    if found is None:
        raise ValueError(f"line {number} holds no attributes")
    if name in found.values:
        lines[number - 1] = re.sub(
            rf'(?<![\w-]){re.escape(name)}=(?:"[^"]*"|[^\s"}}]+)', lambda _: f"{name}={value}", line, count=1
        )
    else:
        place = line.rindex("}")
        lines[number - 1] = f"{line[:place].rstrip()} {name}={value} {line[place:]}"
    return "".join(lines).encode()
