"""Changing some lines of a bank and leaving every other byte as it is: line ends, byte order mark and normal form too.

Only the lines that belong to a question are written anew, with the line ends of the file. Nothing is checked here: a bank
with mistakes can be changed like any other.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from elearning.content.attributes import attribute_line, attribute_words
from elearning.content.bank_lines import QuestionText, split_bank
from elearning.content.problems import Problems
from elearning.content.text import read_source

_END = re.compile(r"(\r\n|\r|\n)")
BANKS = "quizzes/banks/"


@dataclass(frozen=True, slots=True)
class Lines:
    """The raw lines of a file, each with its end, and the end that is used for new ones."""

    raw: tuple[str, ...]
    end: str
    mark: bytes

    def bytes(self) -> bytes:
        """The file again."""
        return self.mark + "".join(self.raw).encode()


def questions_of(data: bytes) -> list[QuestionText]:
    """The questions of a bank in their order, the broken ones too; none where the bytes are no text."""
    source = read_source("", data, Problems())
    return split_bank(source, Problems()) if source else []


def question_text(data: bytes, key: str) -> str | None:
    """The lines of one question as they are read; None where the bank has none with this key."""
    found = _place(data, key)
    return "\n".join(line.text.rstrip() for line in found.lines) + "\n" if found else None


def first_line(data: bytes, key: str) -> int:
    """The line of the bank in which a question begins, counted from 1; 1 where there is none."""
    found = _place(data, key)
    return found.heading.number if found else 1


def replaced(data: bytes, key: str, text: str) -> bytes:
    """The bank with other lines in place of one question; the same where it has none with this key."""
    return all_replaced(data, {key: text})


def all_replaced(data: bytes, texts: Mapping[str, str]) -> bytes:
    """The bank with other lines in place of some questions, by their keys; those that it does not have are passed over."""
    found = {one.key: one for one in reversed(questions_of(data)) if one.key in texts}
    lines = _lines(data) if found else Lines((), "\n", b"")
    raw, end = list(lines.raw), len(lines.raw)
    for key, one in sorted(found.items(), key=lambda pair: -pair[1].lines[0].number):
        first, last = one.lines[0].number - 1, one.lines[-1].number
        raw[first:last] = _fresh(texts[key], lines, ends=last < end)
    return _with(lines, tuple(raw)) if found else data


def added(data: bytes, texts: Sequence[str]) -> bytes:
    """The bank with more questions at its end, each after an empty line."""
    lines = _lines(data)
    raw = list(lines.raw)
    for text in texts:
        if raw and not raw[-1].endswith(("\n", "\r")):
            raw[-1] += lines.end
        if raw and raw[-1].strip():
            raw.append(lines.end)
        raw.extend(_fresh(text, lines))
    return _with(lines, tuple(raw))


def removed(data: bytes, keys: Sequence[str]) -> bytes:
    """The bank without some questions and the empty lines below them."""
    lines = _lines(data)
    gone: set[int] = set()
    for key in keys:
        found = _place(data, key)
        if found is not None:
            end = found.lines[-1].number
            while end < len(lines.raw) and not lines.raw[end].strip():
                end += 1
            gone.update(range(found.lines[0].number - 1, end))
    return _with(lines, tuple(line for place, line in enumerate(lines.raw) if place not in gone))


def with_attributes(data: bytes, keys: Sequence[str], changes: Mapping[str, str]) -> bytes:
    """The bank with some attributes of some questions set; an empty value takes an attribute away."""
    for key in keys:
        text = question_text(data, key)
        if text is not None and (fresh := _set(text, changes)) != text:
            data = replaced(data, key, fresh)
    return data


def tagged(data: bytes, keys: Sequence[str], add: Sequence[str], drop: Sequence[str]) -> bytes:
    """The bank with tags of some questions added and dropped; the order of those that stay is kept."""
    for question in questions_of(data):
        if question.key in keys:
            old = question.attributes.values.get("tag", "").split()
            kept = [tag for tag in old if tag not in drop]
            tags = " ".join(dict.fromkeys((*kept, *add)))
            data = with_attributes(data, [question.key], {"tag": tags})
    return data


def new_bank(title: str) -> bytes:
    """A bank that holds its title and nothing else."""
    return f"# {title}\n".encode()


def bank_title(data: bytes) -> str:
    """The words of the line with one `#`; empty where there is none."""
    source = read_source("", data, Problems())
    titles = (
        (line.text[1:].strip() for line in source.body if not line.code and line.text.startswith("# "))
        if source
        else ()
    )
    return next(iter(titles), "")


def bank_path(bank: str) -> str:
    """Where the bank of this key stands."""
    return f"{BANKS}{bank}.md"


def _set(text: str, changes: Mapping[str, str]) -> str:
    """A question with some attributes set: only its last line is written anew."""
    lines = text.rstrip("\n").split("\n")
    read = attribute_line(lines[-1])
    values = {**(read.values if read else {}), **changes}
    words = attribute_words({name: value for name, value in values.items() if value})
    before = lines[:-1] if read else lines
    rest = f" {read.rest}" if read and read.rest else ""
    return "\n".join([*before, *([f"{{: {words}{rest} }}"] if words or rest else [])]) + "\n"


def _place(data: bytes, key: str) -> QuestionText | None:
    return next((question for question in questions_of(data) if question.key == key), None)


def _lines(data: bytes) -> Lines:
    mark = data[:3] if data.startswith(b"\xef\xbb\xbf") else b""
    parts = _END.split(data[len(mark) :].decode())
    raw = tuple(text + end for text, end in zip(parts[::2], [*parts[1::2], ""], strict=True))
    return Lines(raw[:-1] if not raw[-1] else raw, parts[1] if len(parts) > 1 else "\n", mark)


def _fresh(text: str, lines: Lines, ends: bool = True) -> tuple[str, ...]:
    """New lines with the ends of the file; the last may have none, where the file ended without one."""
    fresh = [line + lines.end for line in text.rstrip("\n").split("\n")]
    if not ends and not (lines.raw and lines.raw[-1].endswith(("\n", "\r"))):
        fresh[-1] = fresh[-1].removesuffix(lines.end)
    return tuple(fresh)


def _with(lines: Lines, raw: tuple[str, ...]) -> bytes:
    return Lines(raw, lines.end, lines.mark).bytes()
