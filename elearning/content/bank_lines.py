"""A bank cut into questions, and a question into its parts, line by line. Nothing is interpreted here, nothing is lost:
the parts joined in their order are the lines again.

Read from the end: the `{: … }` line; then a block quote without `==` or `{{`, the explanation; then the answer block;
all above it is the stem.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from elearning.content.attributes import Attributes, attribute_line, split_end
from elearning.content.problems import Problems
from elearning.content.text import Line, Source, trimmed

Shape = Literal["boxes", "numbered", "equals", "table", "quote", ""]
_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_ITEM: dict[Shape, re.Pattern[str]] = {
    "boxes": re.compile(r"[-*+]\s+\[[^\]\n]{0,12}\](?:\s+|$)"),
    "numbered": re.compile(r"\d{1,3}[.)]\s+"),
    "equals": re.compile(r"=(?!=)\s*"),
    "table": re.compile(r"\|.*\|\s*$"),
    "quote": re.compile(r">"),
}


@dataclass(frozen=True, slots=True)
class QuestionText:
    """The parts of one question: every part is whole lines, blank lines between parts belong to the part before."""

    heading: Line
    words: str
    key: str
    stem: tuple[Line, ...]
    answer: tuple[Line, ...]
    shape: Shape
    explanation: tuple[Line, ...]
    attributes: Attributes
    attributes_line: int
    lines: tuple[Line, ...]
    level: int = 2


def heading_of(line: Line) -> tuple[int, str] | None:
    """Level and words of a heading outside code fences; None for any other line."""
    found = None if line.code else _HEADING.match(line.text)
    if found is None:
        return None
    words = found[2].rstrip()
    bare = words.rstrip("#")
    return len(found[1]), bare.rstrip() if bare[-1:].isspace() else words


def split_bank(source: Source, problems: Problems) -> list[QuestionText]:
    """The questions of a bank in their order; text before the first is the bank's own introduction."""
    starts = [place for place, line in enumerate(source.body) if (heading_of(line) or (0, ""))[0] == 2]
    cuts = pairwise([*starts, len(source.body)])
    return [split_question(source.path, source.body[start:end], problems) for start, end in cuts]


def split_question(path: str, lines: tuple[Line, ...], problems: Problems) -> QuestionText:
    """Cut one question into its parts."""
    level_words = heading_of(lines[0])
    words, ends = split_end(level_words[1] if level_words else "")
    for line in lines[1:]:
        if (heading_of(line) or (9, ""))[0] == 1:
            problems.add(
                path,
                line.number,
                "A line with a single # is the title of the file and stands first. Use ### inside a question.",
            )
    rest = trimmed(lines[1:])
    attributes, at = Attributes(), lines[0].number
    if rest and not rest[-1].code and (read := attribute_line(rest[-1].text)) is not None:
        attributes, at, rest = read, rest[-1].number, trimmed(rest[:-1])
    rest, explanation = _explanation(rest)
    stem, answer, shape = _answer(rest)
    level = level_words[0] if level_words else 2
    return QuestionText(
        lines[0], words, ends.key, stem, answer, shape, explanation, attributes, at, trimmed(lines), level
    )


@dataclass(frozen=True, slots=True)
class Marked:
    """A question that stands in a lesson or a quiz, and the places of its first line and of the line after it."""

    start: int
    end: int
    text: QuestionText


def marked_questions(path: str, lines: tuple[Line, ...], problems: Problems) -> list[Marked]:
    """The questions in a text that is no bank: from a heading `### … {#key .question}` to its `{: … }` line."""
    found: list[Marked] = []
    place = 0
    while place < len(lines):
        words = heading_of(lines[place])
        if words is None or "question" not in split_end(words[1])[1].classes:
            place += 1
            continue
        end = _end_of_question(lines, place)
        if end is None:
            problems.add(
                path,
                lines[place].number,
                "This question has no end. Close it with a line of attributes, such as {: points=1 }",
            )
            end = place + 1
        else:
            found.append(Marked(place, end, split_question(path, lines[place:end], problems)))
        place = end
    return found


def _end_of_question(lines: tuple[Line, ...], start: int) -> int | None:
    for place in range(start + 1, len(lines)):
        line = lines[place]
        if heading_of(line):
            return None
        if not line.code and attribute_line(line.text) is not None:
            return place + 1
    return None


def _explanation(rest: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    start = len(rest)
    while start and rest[start - 1].text.startswith(">") and not rest[start - 1].code:
        start -= 1
    if start == len(rest) or any("==" in line.text or "{{" in line.text for line in rest[start:]):
        return rest, ()
    return trimmed(rest[:start]), rest[start:]


def _answer(rest: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...], Shape]:
    """The last unbroken run of lines of one shape; indented lines belong to the item above them."""
    if not rest:
        return (), (), ""
    place, shape = len(rest), _shape_at_end(rest)
    if not shape:
        return rest, (), ""
    start = place
    while place:
        line = rest[place - 1]
        if not line.code and _ITEM[shape].match(line.text):
            start = place - 1
        elif not (line.blank or line.text.startswith("  ")):
            break
        place -= 1
    return trimmed(rest[:start]), rest[start:], shape


def _shape_at_end(rest: tuple[Line, ...]) -> Shape:
    for line in reversed(rest):
        if line.blank or (line.text.startswith("  ") and not line.code):
            continue
        return next((shape for shape, pattern in _ITEM.items() if not line.code and pattern.match(line.text)), "")
    return ""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an answer block: its mark, text lines (the mark taken off), feedback lines (the `>` taken off)."""

    line: int
    mark: str
    text: str
    feedback: str
    keep: bool


def items_of(question: QuestionText) -> list[Item]:
    """The boxes or numbered lines of the answer block, each with what belongs to it."""
    pattern = _ITEM[question.shape]
    groups: list[list[Line]] = []
    for line in question.answer:
        if not line.code and pattern.match(line.text):
            groups.append([line])
        elif groups:
            groups[-1].append(line)
    return [_item(tuple(group), pattern) for group in groups]


def _item(lines: tuple[Line, ...], pattern: re.Pattern[str]) -> Item:
    found = pattern.match(lines[0].text)
    mark = found[0] if found else ""
    text: list[str] = [lines[0].text[len(mark) :]]
    feedback: list[str] = []
    for line in lines[1:]:
        inner = line.text.strip() if not line.code else line.text[2:]
        if inner.startswith(">") or (feedback and not line.blank):
            feedback.append(inner.removeprefix(">").removeprefix(" "))
        else:
            text.append(inner)
    words, ends = split_end("\n".join(text).strip())
    keep = ends.classes == ("keep",)
    return Item(
        lines[0].number, mark.strip(), words if keep else "\n".join(text).strip(), "\n".join(feedback).strip(), keep
    )


def quote_text(lines: tuple[Line, ...]) -> str:
    """A block quote without its marks."""
    return "\n".join(line.text.removeprefix(">").removeprefix(" ") for line in lines)
