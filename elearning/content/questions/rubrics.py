"""Rubrics as text: a table whose first column names the criteria, and whose other heads are the points of the levels."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from elearning.content.bank_lines import QuestionText
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.domain.questions.number import number_words
from elearning.domain.questions.rubric import Criterion, Rubric
from elearning.domain.written import Criterion as WrittenCriterion
from elearning.domain.written import Rubric as WrittenRubric

MOST_CRITERIA = 20
MOST_LEVELS = 10
# A bar that parts cells; one inside a cell is written \|.
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")
_POINTS = re.compile(r"\d{1,3}([.,]\d{1,2})?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its line in the file, and its cells as written."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_rule(self) -> bool:
        """Whether it is the line of dashes below the heads."""
        return bool(self.cells) and all(_RULE.fullmatch(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class RubricDraft:
    """The heads, the points they stand for, the rows, and the tickets of their cells, row by row."""

    head: str
    points: tuple[Fraction, ...]
    rows: tuple[Row, ...]
    ticket: int
    tickets: tuple[tuple[int, ...], ...]


def _rows_of(question: QuestionText) -> list[Row]:
    lines = [line for line in question.answer if not line.blank]
    return [Row(line.number, tuple(c.strip() for c in _BAR.split(line.text.strip())[1:-1])) for line in lines]


def read_rubric(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> RubricDraft | None:
    """Read the table; None, with problems noted, when it is no rubric."""
    before, rows = len(problems), _rows_of(question)
    if len(rows) < 3 or not rows[1].is_rule:
        problems.add(
            path,
            rows[0].line if rows else question.heading.number,
            "Write the rubric as a table: | Criterion | 0 | 1 | 2 |, below it | --- | --- | --- | --- |, then a row for each criterion.",
        )
        return None
    points = _read_points(path, rows[0], problems)
    _check_criteria(path, rows[0], rows[2:], problems)
    if len(problems) > before:
        return None
    ticket, tickets = _ask(path, rows[0], rows[2:], pieces)
    return RubricDraft(rows[0].cells[0], points, tuple(rows[2:]), ticket, tickets)


def _read_points(path: str, heads: Row, problems: Problems) -> tuple[Fraction, ...]:
    levels = heads.cells[1:]
    wrong = [head for head in levels if not _POINTS.fullmatch(head)]
    for head in wrong:
        problems.add(
            path,
            heads.line,
            "“%(head)s” is not a number of points. All heads of the rubric but the first are points, such as 0, 1 or 2,5.",
            head=head,
        )
    if not 2 <= len(levels) <= MOST_LEVELS:
        problems.add(
            path,
            heads.line,
            "A rubric has 2 to %(most)s levels, each with its points at the head of a column; this has %(now)s.",
            most=MOST_LEVELS,
            now=len(levels),
        )
    if wrong:
        return ()
    points = tuple(Fraction(head.replace(",", ".")) for head in levels)
    if len(set(points)) < len(points):
        problems.add(path, heads.line, "Two levels of the rubric have the same points. Change one.")
    elif not (all(a < b for a, b in pairwise(points)) or all(a > b for a, b in pairwise(points))):
        problems.add(path, heads.line, "Put the levels in order: from the fewest points to the most, or the other way.")
    return points


def _check_criteria(path: str, heads: Row, rows: Sequence[Row], problems: Problems) -> None:
    if len(rows) > MOST_CRITERIA:
        problems.add(
            path,
            heads.line,
            "A rubric has at most %(most)s criteria; this has %(now)s.",
            most=MOST_CRITERIA,
            now=len(rows),
        )
        return
    for place, row in enumerate(rows):
        _check_row(path, heads, row, [other.cells[:1] for other in rows[:place]], problems)


def _check_row(path: str, heads: Row, row: Row, before: Sequence[tuple[str, ...]], problems: Problems) -> None:
    """Note what is wrong with one criterion; `before` are the names of those above it."""
    at = row.line
    if row.is_rule:
        problems.add(path, at, "Two tables meet here. Put a sentence between them; the last table is the rubric.")
    elif len(row.cells) != len(heads.cells):
        problems.add(
            path,
            at,
            "This row has %(now)s cells and the heads have %(wanted)s. Write one cell for each; a bar inside is \\|.",
            now=len(row.cells),
            wanted=len(heads.cells),
        )
    elif not all(row.cells):
        problems.add(path, at, "A cell of this row is empty. Name the criterion and describe each of its levels.")
    elif row.cells[:1] in before:
        problems.add(path, at, "This criterion stands here twice. Change one.")


def _ask(path: str, heads: Row, rows: Sequence[Row], pieces: Pieces) -> tuple[int, tuple[tuple[int, ...], ...]]:
    def ticket(line: int, cell: str) -> int:
        return pieces.ask(path, line, cell.replace("\\|", "|"), inline=True)

    tickets = tuple(tuple(ticket(row.line, cell) for cell in row.cells) for row in rows)
    return ticket(heads.line, heads.cells[0] if heads.cells else ""), tickets


def built_rubric(draft: RubricDraft, pieces: Pieces) -> Rubric:
    """The rubric with its HTML."""
    return Rubric(_criteria(draft.tickets, pieces), draft.points, pieces.html(draft.ticket))


def _criteria(tickets: Sequence[Sequence[int]], pieces: Pieces) -> tuple[Criterion, ...]:
    rows = [[pieces.html(ticket) for ticket in row] for row in tickets]
    return tuple(Criterion(first, tuple(levels)) for first, *levels in rows)


def rubric_lines(draft: RubricDraft) -> list[str]:
    """The rubric in canonical form."""
    heads = [draft.head, *map(number_words, draft.points)]
    body = ["| " + " | ".join(cells) + " |" for cells in (heads, *(row.cells for row in draft.rows))]
    return [body[0], "| " + " | ".join(["---"] * len(heads)) + " |", *body[1:]]


def written_rubric(draft: RubricDraft) -> WrittenRubric:
    """The rubric as a trainer wrote it."""
    rows = [[cell.replace("\\|", "|") for cell in row.cells] for row in draft.rows]
    criteria = tuple(WrittenCriterion(first, tuple(levels)) for first, *levels in rows)
    return WrittenRubric(draft.head.replace("\\|", "|"), draft.points, criteria)


def written_rubric_lines(rubric: WrittenRubric) -> list[str]:
    """The rubric as it stands in a bank."""

    def cell(text: str) -> str:
        return " ".join(text.split()).replace("|", "\\|")

    rows = tuple(Row(0, tuple(map(cell, (one.text, *one.levels)))) for one in rubric.criteria)
    return rubric_lines(RubricDraft(cell(rubric.head), rubric.points, rows, 0, ()))


@dataclass(frozen=True, slots=True)
class RubricWords:
    """What a translation says in place of the cells, as tickets."""

    ticket: int
    tickets: tuple[tuple[int, ...], ...]


def rubric_words(path: str, question: QuestionText, pieces: Pieces) -> RubricWords | None:
    """The words of the rubric of a translated question; None where it has no table."""
    rows = _rows_of(question) if question.shape == "table" else []
    if len(rows) < 3:
        return None
    return RubricWords(*_ask(path, rows[0], [row for row in rows[2:] if row.cells], pieces))


def translated_rubric(rubric: Rubric, said: RubricWords | None, pieces: Pieces) -> Rubric | None:
    """The rubric in other words; the points stay those of the original. None where its rows or levels are others."""
    if said is None:
        return None
    criteria = _criteria(said.tickets, pieces)
    if [len(one.levels) for one in criteria] != [len(one.levels) for one in rubric.criteria]:
        return None
    return Rubric(criteria, rubric.points, pieces.html(said.ticket) or rubric.head)
