"""Questions in a spreadsheet, one row a question; the headings may stand in Vietnamese or in English, in any order."""

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, islice
from typing import IO

from elearning.domain.message import Message, message
from elearning.domain.question import PENALTY
from elearning.domain.questions.number import read_number
from elearning.domain.taking_in import Item, item_of
from elearning.domain.written import WrittenQuestion
from elearning.exchange.errors import ExchangeError
from elearning.exchange.grids import LONGEST_TEXT, GridRow
from elearning.exchange.questions.asking import Keys, ask_and_stem, id_of
from elearning.exchange.questions.labels import from_labels, is_key
from elearning.exchange.questions.xlsx_bodies import BODIES, Row
from elearning.exchange.questions.xlsx_columns import column_of, type_of
from elearning.exchange.questions.xlsx_writing import write
from elearning.exchange.spreadsheets import read_rows
from elearning.exchange.streams import PORTION, head_of
from elearning.exchange.zipped import DAMAGED

__all__ = ["claims", "read", "write"]
_LOOKED_AT = 20
_LONGEST_TAG = 4_000
_FORMULA = re.compile(rb'<c\b[^>]*?\br="[A-Z]{1,3}(\d+)"[^>]*>\s*<f[\s>/]')
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
MOST_HINTS = 5


def claims(name: str, file: IO[bytes]) -> bool:
    """A workbook, whatever stands in it."""
    try:
        with zipfile.ZipFile(file) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except DAMAGED:
        return False


def read(file: IO[bytes]) -> Iterator[Item]:
    """Each row with words. Raises ExchangeError for what is no spreadsheet, and for one without the headings."""
    keys, found = Keys(), False
    formulas = _formulas(file)
    for sheet, grid in enumerate(read_rows(file), 1):
        first = list(islice(grid, _LOOKED_AT))
        head = next((number for number, row in enumerate(first) if _is_head(row)), None)
        for row in first[:head] if head is not None else chain(first, grid):
            if any(row.cells):
                yield Item(_place(sheet, row), "whole", (), None, _source(row))
        if head is None:
            continue
        found = True
        columns = [column_of(cell) for cell in first[head].cells]
        if unknown := [cell for cell, name in zip(first[head].cells, columns, strict=True) if cell and not name]:
            said = message("These columns are not known and were left out: %(names)s.", names=", ".join(unknown)[:200])
            yield Item(_place(sheet, first[head]), "part", (said,), None, _source(first[head]))
        for row in chain(first[head + 1 :], grid):
            if any(cell.strip() for cell in row.cells):
                yield _item(sheet, row, columns, keys, formulas.get(sheet, frozenset()))
    if not found:
        said = message("No row has the headings of questions. Take the template and fill it in.")
        raise ExchangeError(said)


def _is_head(row: GridRow) -> bool:
    names = {column_of(cell) for cell in row.cells if cell}
    return "ask" in names and len(names - {""}) > 2


def _place(sheet: int, row: GridRow) -> Message:
    if sheet == 1:
        return message("Row %(number)s", number=row.number)
    return message("Sheet %(sheet)s, row %(number)s", sheet=sheet, number=row.number)


def _source(row: GridRow) -> str:
    return " | ".join(cell.replace("\n", " ") for cell in row.cells).strip(" |")


def _formulas(file: IO[bytes]) -> Mapping[int, frozenset[int]]:
    """The rows with formulas, sheet by sheet; the archive was not looked at yet, so what is too large is passed over."""
    if head_of(file, 2) != b"PK":
        return {}
    found: dict[int, frozenset[int]] = {}
    try:
        with zipfile.ZipFile(file) as archive:
            for one in archive.infolist():
                number = re.fullmatch(r"xl/worksheets/sheet(\d{1,3})\.xml", one.filename)
                if number and one.file_size < LONGEST_TEXT * 1000:
                    with archive.open(one) as sheet:
                        found[int(number[1])] = frozenset(_with_formulas(sheet))
    except DAMAGED:
        return {}
    return found


def _with_formulas(sheet: IO[bytes]) -> Iterator[int]:
    rest = b""
    while portion := sheet.read(PORTION):
        text = rest + portion
        yield from map(int, _FORMULA.findall(text))
        # A cell that begins here may go on in the next portion.
        rest = text[max(text.rfind(b"<c"), len(text) - _LONGEST_TAG) :]


def _item(sheet: int, grid: GridRow, columns: Sequence[str], keys: Keys, formulas: frozenset[int]) -> Item:
    cells = {name: cell for name, cell in zip(columns, grid.cells, strict=False) if name and cell}
    row = Row(cells)
    question = _question(row, keys)
    if question and grid.number in formulas:
        row.notes.append(message("A formula was read as its value. Look it over."))
    return item_of(_place(sheet, grid), question, row.notes, _source(grid), row["key"] or id_of(row["ask"]))


def _question(row: Row, keys: Keys) -> WrittenQuestion | None:
    broken = next((name for name, cell in row.cells.items() if cell.strip() in _ERRORS), "")
    if broken:
        row.wrong(broken, message("The formula there gives no value. Write the words themselves."))
        return None
    if not row["ask"].strip():
        row.wrong("ask", message("No question stands in this row. Write it there."))
        return None
    kind = type_of(row["type"]) if row["type"].strip() else _guessed(row)
    if kind not in BODIES:
        row.wrong("type", message("There is no type of question “%(words)s”.", words=row["type"][:40] or "?"))
        return None
    row = _typed(row, kind)
    body = BODIES[kind](row)
    if body is None:
        return None
    return _dressed(row, kind, body, keys)


def _typed(row: Row, kind: str) -> Row:
    return Row({**row.cells, "type": kind}, row.notes)


def _guessed(row: Row) -> str:
    """The type of a row that says none: by how many letters are right, or by the one answer that stands there."""
    letters = re.findall(r"(?<![A-Za-z])[A-L](?![A-Za-z])", row["right"])
    return "several" if len(letters) > 1 else "one" if letters or len(row.answers) != 1 else "short"


def _dressed(row: Row, kind: str, body: object, keys: Keys) -> WrittenQuestion:
    ask, more = ask_and_stem(row["ask"])
    stem = "" if kind == "blanks" else "\n\n".join(part for part in (more, row["stem"]) if part)
    wish = row["key"].strip() if is_key(row["key"].strip()) else ask
    if row["key"].strip() and wish == ask:
        row.wrong("key", message("“%(words)s” is no key. Another was made.", words=row["key"][:40]))
    if row.unknown():
        row.wrong(
            "more",
            message("These settings are not known and were left out: %(names)s.", names=", ".join(row.unknown())),
        )
    labels = [*_pieces(row["tags"]), *(f"{name}:{one}" for name in ("facts", "basis") for one in _pieces(row[name]))]
    labels += [f"objective:{row['objective'].strip()}"] if row["objective"].strip() else []
    return WrittenQuestion(
        keys.propose(wish), kind, ask, body, stem, row["explanation"], _points(row), penalty=_penalty(row), hints=_hints(row),
        **{**from_labels(labels), "difficulty": _difficulty(row)},
    )  # fmt: skip


def _pieces(text: str) -> list[str]:
    return [piece for piece in re.split(r"[,;\n]\s*", text) if piece] if re.search("[,;\n]", text) else text.split()


def _points(row: Row) -> Fraction:
    text = row["points"].strip()
    try:
        value = (
            Fraction(text)
            if re.fullmatch(r"\d{1,3}/[1-9]\d{0,2}", text)
            else read_number(text)
            if text
            else Fraction(1)
        )
    except ValueError:
        value = None
    if value is None or not 0 < value <= 100:
        row.wrong("points", message("“%(words)s” are no points. It was given one.", words=text[:20]))
        return Fraction(1)
    return value


def _difficulty(row: Row) -> int:
    text = row["difficulty"].strip()
    if text and text not in {"1", "2", "3", "4", "5"}:
        row.wrong("difficulty", message("“%(words)s” is no figure from 1 to 5. It was left out.", words=text[:20]))
        return 0
    return int(text or 0)


def _penalty(row: Row) -> Fraction:
    text = row.settings.get("penalty", "")
    if not re.fullmatch(r"\d{1,3}(/[1-9]\d{0,2})?", text):
        return PENALTY
    return min(Fraction(1), Fraction(text))


def _hints(row: Row) -> tuple[str, ...]:
    hints = [" ".join(hint.split()).replace('"', "”") for hint in re.split(r"\n|\s\|\s", row["hints"]) if hint.strip()]
    if len(hints) > MOST_HINTS:
        row.wrong("hints", message("Only the first %(most)s hints were kept.", most=MOST_HINTS))
    return tuple(hints[:MOST_HINTS])
