"""A Word file as the lines of an exam paper: stems, answers, keys and explanations, told apart by how teachers write them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from elearning.exchange.word.cutting import cut, lines, plain, stripped
from elearning.exchange.word.values import Block, Paragraph, Run, Table, paragraphs_of

Kind = Literal["stem", "option", "key", "explanation", "keys", "section", "words", "table", "blank"]

_NAMED = re.compile(r"\s*(?:câu hỏi|câu|question)\s*(?:số\s*)?(\d{1,4})\s*(?:[.:)/–-]\s*|(?=\s)|$)", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(\d{1,4})\s*[.)/]\s*(?=\D|$)")
_OPTION = re.compile(r"\s*(\*?)\s*([A-La-l])(\*?)\s*[.):/\]](?!\w*[.:]\w)\s*(\*?)")
_KEY = re.compile(
    r"\s*(?:đáp án(?: đúng)?(?: là)?|đ/a|đa|answer|key|chọn(?: đáp án)?)\s*[:.\-–]?\s*([A-L](?:\s*(?:[,;&+]|và|and)?\s*[A-L])*)\s*\.?\s*",
    re.IGNORECASE,
)
_EXPLANATION = re.compile(
    r"\s*(?:giải thích(?: đáp án)?|hướng dẫn(?: giải| trả lời)?|lời giải(?: chi tiết)?|explanation)\s*[:.]\s*",
    re.IGNORECASE,
)
_KEYS = re.compile(
    r"\s*(?:bảng\s+|phần\s+)?(?:đáp án|answer key|answers|keys?)(?:\s+(?:tham khảo|chi tiết|trắc nghiệm))?\s*[:.]?\s*",
    re.IGNORECASE,
)
_SECTION = re.compile(
    r"\s*(?:(?:phần|chương|chủ đề|mục|part|section)\s+[\dIVXA-Z]+\b|[IVX]{1,5}\s*[.)]\s+\S)", re.IGNORECASE
)
_PAIR = re.compile(r"(?:câu\s*)?(\d{1,4})\s*[.:)\-–]?\s*([A-L](?:\s*[,;]\s*[A-L])*)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line: the number of its paragraph, its words without what marks it, and its whole text.

    `sign` is the number of a stem, the letter of an answer, the letters of a key. `starred` says an asterisk stood there.
    """

    number: int
    kind: Kind
    runs: tuple[Run, ...]
    source: str
    sign: str = ""
    starred: bool = False
    head: tuple[Run, ...] = ()
    table: Table | None = None


def is_named(blocks: Iterable[Block]) -> bool:
    """Whether questions are called so in a file, as in “Câu 1”."""
    return any(_NAMED.match(one.text) for block in blocks for one in paragraphs_of(block))


def lines_of(blocks: Iterable[Block], named: bool) -> Iterator[Line]:
    """The lines of a file in their order; tables whose cells hold answers or questions are taken apart."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _of_paragraph(block, named)
        elif key_pairs_of(block) or not _holds_questions(block, named):
            source = "\n".join(" | ".join(_cell(cell) for cell in row) for row in block.rows)
            yield Line(block.number, "table", (), source, table=block)
        else:
            for paragraph in _joined(block):
                yield from _of_paragraph(paragraph, named)


def _cell(cell: Sequence[Paragraph | Table]) -> str:
    return " ".join(one.text.strip() for block in cell for one in paragraphs_of(block)).strip()


def key_pairs_of(table: Table) -> dict[int, str]:
    """The key that a table is: numbers above letters, or numbers beside letters. Empty for any other table."""
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    pairs: dict[int, str] = {}
    bare = [[re.sub(r"(?i)^câu\s*|[.:]$", "", cell) for cell in row] for row in rows]
    for upper, lower in pairwise(bare):
        if not all(re.fullmatch(r"\d{1,4}", cell) for cell in upper[1:]):
            continue
        for number, letters in zip(upper, lower, strict=False):
            if re.fullmatch(r"\d{1,4}", number) and re.fullmatch(r"[A-L](\s*[,;]?\s*[A-L])*", letters):
                pairs[int(number)] = letters
    if not pairs:
        for row in bare:
            pairs.update(key_pairs(" ; ".join(f"{a} {b}" for a, b in zip(row[::2], row[1::2], strict=False))))
    if not pairs:
        pairs = key_pairs(" ; ".join(cell for row in rows for cell in row))
    cells = sum(bool(cell) for row in rows for cell in row)
    longest = max((len(cell) for row in rows for cell in row), default=0)
    return pairs if pairs and longest <= 12 and len(pairs) * 2 + len(rows) * 2 >= cells else {}


def key_pairs(text: str) -> dict[int, str]:
    """Numbers of questions and their letters, as in “1. A  2. C”.

    >>> key_pairs("1. A  2-C, Câu 3: B")
    {1: 'A', 2: 'C', 3: 'B'}
    """
    return {int(number): letters.upper() for number, letters in _PAIR.findall(text)}


def _holds_questions(table: Table, named: bool) -> bool:
    return any(_OPTION.match(one.text) or _stem(one.text, named) for one in paragraphs_of(table) if one.text.strip())


def _joined(table: Table) -> Iterator[Paragraph]:
    """The paragraphs of a table; a cell that holds a number or a letter alone belongs to the next."""
    waiting: Paragraph | None = None
    for paragraph in paragraphs_of(table):
        text = paragraph.text.strip()
        if waiting is not None and text:
            runs = (*waiting.runs, Run(" "), *paragraph.runs)
            yield replace(paragraph, number=waiting.number, runs=runs, label="")
            waiting = None
        elif re.fullmatch(r"(?:(?:câu\s*)?\d{1,4}|[A-L])\s*[.:)]?", text, re.IGNORECASE) and waiting is None:
            dotted = re.sub(r"\s*[.:)]?$", ".", text)
            waiting = replace(paragraph, runs=(*_dotted(paragraph.runs, dotted),), label="")
        else:
            yield paragraph
    if waiting is not None:
        yield waiting


def _dotted(runs: tuple[Run, ...], text: str) -> tuple[Run, ...]:
    marks = next((run.marks for run in runs if run.text.strip()), frozenset())
    return (Run(text, marks),)


def _stem(text: str, named: bool) -> re.Match[str] | None:
    return _NAMED.match(text) if named else _NUMBERED.match(text)


def _of_paragraph(paragraph: Paragraph, named: bool) -> Iterator[Line]:
    labelled = (Run(f"{paragraph.label} "), *paragraph.runs) if paragraph.label else paragraph.runs
    for runs in lines(labelled):
        yield from _of_line(paragraph.number, runs, named)


def _of_line(number: int, runs: tuple[Run, ...], named: bool) -> Iterator[Line]:
    text = plain(runs)
    stem = _stem(text, named)
    if stem:
        starts = _starts(text, stem.end())
        starts = starts if len(starts) > 2 else []
        end = starts[0] if starts else len(text)
        own = stripped(cut(runs, stem.end(), end if starts else None))
        yield Line(number, "stem", own, text[:end].strip(), stem[1], False, cut(runs, 0, stem.end()))
        yield from _options(number, runs, starts)
    elif _OPTION.match(text):
        yield from _options(number, runs, _starts(text, 0))
    else:
        yield _other(number, runs, text)


def _other(number: int, runs: tuple[Run, ...], text: str) -> Line:
    key, explanation = _KEY.fullmatch(text), _EXPLANATION.match(text)
    if key:
        return Line(
            number,
            "key",
            (),
            text.strip(),
            "".join(sorted(set(re.findall("[A-L]", re.sub("(?i)và|and", "", key[1]).upper())))),
        )
    if explanation:
        return Line(number, "explanation", stripped(cut(runs, explanation.end())), text.strip())
    if _KEYS.fullmatch(text):
        return Line(number, "keys", (), text.strip())
    if not text.strip() and all(run.picture is None and not run.footnote for run in runs):
        return Line(number, "blank", (), "")
    kind: Kind = "section" if _SECTION.match(text) else "words"
    return Line(number, kind, stripped(runs), text.strip())


def _starts(text: str, first: int) -> list[int]:
    """Where the answers of a line begin: letters that follow one another, each after a blank."""
    found: list[int] = []
    wanted = ""
    for place in (first, *(m.end() for m in re.finditer(r"\s+", text) if m.end() > first)):
        match = _OPTION.match(text, place)
        if match and (not wanted or match[2].upper() == wanted) and (found or first == 0 or match[2].upper() == "A"):
            found.append(place)
            wanted = chr(ord(match[2].upper()) + 1)
    return found


def _options(number: int, runs: tuple[Run, ...], starts: Sequence[int]) -> Iterator[Line]:
    text = plain(runs)
    for place, start in enumerate(starts):
        end = starts[place + 1] if place + 1 < len(starts) else None
        match = _OPTION.match(text, start)
        if match is None:
            continue
        own = stripped(cut(runs, match.end(), end))
        last = plain(own).endswith("*") and not plain(own).startswith("*")
        starred = any(match[group] for group in (1, 3, 4)) or last
        own = stripped(cut(own, 0, len(plain(own)) - 1)) if last else own
        source = text[start:end].strip()
        yield Line(number, "option", own, source, match[2].upper(), starred, cut(runs, start, match.end()))
