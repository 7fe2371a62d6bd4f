"""The table of two columns in which match and sort are written: its head, a row for each pair, an empty left cell for what is
only offered. Cells hold inline Markdown; a bar inside one is `\\|`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from elearning.content.bank_lines import QuestionText
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.questions.drafts import Lines
from elearning.content.text import Line, trimmed
from elearning.domain.questions.pairs import Body
from elearning.domain.written import Pair, Pairs

SHAPE = "table"
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table, its cells without their marks."""

    line: int
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The table as parsed, with the tickets of its pieces.

    `offers` are the tickets of the different right cells in the order of the source, `of` gives for each row its offer.
    """

    head: Row
    rows: tuple[Row, ...]
    heads: tuple[int, int]
    lefts: tuple[int, ...]
    offers: tuple[int, ...]
    of: tuple[int, ...]

    @property
    def right(self) -> tuple[int, ...]:
        """For each row that has a left cell its offer."""
        return tuple(offer for row, offer in zip(self.rows, self.of, strict=True) if row.left)


def same(cell: str) -> str:
    """Cells that are equal in this are one thing to a reader."""
    return " ".join(cell.casefold().split())


def cells_of(text: str) -> list[str]:
    """The cells of a row."""
    first, *cells = _BAR.split(text.strip())
    if cells and not cells[-1].strip():
        cells.pop()
    return [cell.strip().replace("\\|", "|") for cell in ([first] if first else []) + cells]


def rows_of(question: QuestionText) -> list[Row]:
    """The rows below the head, as far as they have two cells; nothing is noted."""
    return [Row(line.number, *cells) for line in trimmed(question.answer)[2:] if len(cells := cells_of(line.text)) == 2]


def repeats(question: QuestionText) -> bool:
    """Whether two rows have the same right cell."""
    rights = [same(row.right) for row in rows_of(question) if row.left]
    return len(set(rights)) < len(rights)


def read_table(path: str, question: QuestionText, problems: Problems) -> tuple[Row, list[Row]] | None:
    """The head and the rows; None, with problems noted, when they cannot be read or a cell is missing or stands there twice."""
    lines, before = trimmed(question.answer), len(problems)
    if _well_formed(path, lines, problems):
        head = Row(lines[0].number, *cells_of(lines[0].text))
        if not (head.left and head.right):
            problems.add(path, head.line, "Write a heading over each of the two columns.")
        rows = rows_of(question)
        _check_cells(path, rows, problems)
        return (head, rows) if len(problems) == before else None
    return None


def _well_formed(path: str, lines: Sequence[Line], problems: Problems) -> bool:
    for line in lines:
        at = line.number
        if line.blank:
            problems.add(
                path, at, "An empty line stands inside the table. Delete it; between two tables write a sentence."
            )
        elif line.text.startswith(" ") or line.code:
            problems.add(path, at, "This line is no row of the table. Begin and end it with a bar: | left | right |")
        elif len(cells_of(line.text)) != 2:
            problems.add(
                path,
                at,
                "A row has two cells, and a bar inside a cell is written \\|. A table of criteria needs type=statement.",
            )
        else:
            continue
        return False
    if len(lines) < 2 or not all(_RULE.fullmatch(cell) for cell in cells_of(lines[1].text)):
        problems.add(
            path, lines[0].number, "The table has no head. Begin it with its two headings and a line | --- | --- |"
        )
        return False
    return True


def _check_cells(path: str, rows: Sequence[Row], problems: Problems) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        if not row.right:
            problems.add(
                path, row.line, "The right cell is empty. Write what belongs to the left one, or delete the row."
            )
        first = seen.setdefault(same(row.left), row.line) if row.left else row.line
        if first != row.line:
            problems.add(
                path, row.line, "The left cell stands here twice, first in line %(line)s. Change one.", line=first
            )


def draft_of(path: str, head: Row, rows: Sequence[Row], pieces: Pieces) -> Draft:
    """The draft, with all that is to be rendered put on the list of pieces."""
    places: dict[str, int] = {}
    of = tuple(places.setdefault(same(row.right), len(places)) for row in rows)
    heads = (pieces.ask(path, head.line, head.left, inline=True), pieces.ask(path, head.line, head.right, inline=True))
    lefts = tuple(pieces.ask(path, row.line, row.left, inline=True) for row in rows if row.left)
    firsts = [rows[of.index(place)] for place in range(len(places))]
    offers = tuple(pieces.ask(path, row.line, row.right, inline=True) for row in firsts)
    return Draft(head, tuple(rows), heads, lefts, offers, of)


def build(draft: Draft, pieces: Pieces) -> Body:
    """The body with its HTML."""
    left, right = draft.heads
    return Body(
        (pieces.html(left), pieces.html(right)), tuple(map(pieces.html, draft.lefts)),
        tuple(map(pieces.html, draft.offers)), draft.right,
    )  # fmt: skip


def format_answer(draft: Draft) -> list[str]:
    """The answer block in canonical form."""
    rows = [_row(row) for row in draft.rows]
    return [_row(draft.head), "| --- | --- |", *rows]


def _row(row: Row) -> str:
    left, right = (cell.replace("|", "\\|") for cell in (row.left, row.right))
    return f"| {left} | {right} |" if left else f"| | {right} |"


def written(draft: Draft, pieces: Pieces) -> Pairs:
    """The table as a trainer wrote it."""
    return Pairs((draft.head.left, draft.head.right), tuple(Pair(row.left, row.right) for row in draft.rows))


def unwritten(body: Pairs) -> Lines:
    """The table as it stands in a bank."""
    rows = [Row(0, *(" ".join(cell.split()) for cell in (row.left, row.right))) for row in body.rows]
    return Lines([_row(Row(0, *body.heads)), "| --- | --- |", *map(_row, rows)])


def words(path: str, question: QuestionText, pieces: Pieces) -> Draft | None:
    """What a translation says; None where its table cannot be read."""
    found = read_table(path, question, Problems()) if question.shape == SHAPE else None
    return draft_of(path, *found, pieces) if found else None


def translated(body: Body, said: Draft | None, pieces: Pieces) -> Body | None:
    """The body in other words; None where another number of things is offered, or they belong to other rows."""
    if said is None or said.right != body.right or len(said.offers) != len(body.offers):
        return None
    return replace(build(said, pieces), right=body.right)
