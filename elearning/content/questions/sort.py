"""Sort as text: a table of two columns, items on the left, their groups on the right; a row whose left cell is empty names a
group to which nothing belongs.
"""

from collections.abc import Sequence

from elearning.content.bank_lines import QuestionText
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.questions.pairs import (
    SHAPE,
    Draft,
    Row,
    build,
    draft_of,
    format_answer,
    read_table,
    repeats,
    same,
    translated,
    unwritten,
    words,
    written,
)

__all__ = [
    "ATTRIBUTES", "OWN_STEM", "SHAPE", "SHEET", "Draft", "build", "claims", "fits", "format_answer", "parse", "translated",
    "unwritten", "words", "written",
]  # fmt: skip
OWN_STEM = False
SHEET = "pairs"
ATTRIBUTES: frozenset[str] = frozenset()
MOST_ITEMS = 20
MOST_GROUPS = 8


def fits(question: QuestionText) -> bool:
    """Whether the lines below the question can be of this type, where `type=` says so."""
    return question.shape == SHAPE


def claims(question: QuestionText) -> bool:
    """A table in which something on the right belongs to two rows."""
    return question.shape == SHAPE and repeats(question)


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """Read the table; None, with problems noted, when it is none or its groups are too few, too many, or written in two ways."""
    found, before = read_table(path, question, problems), len(problems)
    if found is None:
        return None
    head, rows = found
    items, line = sum(1 for row in rows if row.left), question.heading.number
    groups = len({same(row.right) for row in rows})
    if not 2 <= items <= MOST_ITEMS:
        problems.add(
            path, line, "A question of sorting has 2 to %(most)s items; this has %(now)s.", most=MOST_ITEMS, now=items
        )
    if not 2 <= groups <= MOST_GROUPS:
        problems.add(
            path,
            line,
            "A question of sorting has 2 to %(most)s groups in its right column; this has %(now)s.",
            most=MOST_GROUPS,
            now=groups,
        )
    _check_groups(path, rows, problems)
    return draft_of(path, head, rows, pieces) if len(problems) == before else None


def _check_groups(path: str, rows: Sequence[Row], problems: Problems) -> None:
    seen: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: not row.left):
        first = seen.setdefault(same(row.right), row)
        if first is not row and not row.left:
            said = (
                "This row has no item, and its group stands in line %(line)s already. Write an item, or delete the row."
            )
            problems.add(path, row.line, said, line=first.line)
        elif first.right != row.right:
            problems.add(
                path,
                row.line,
                "This group is written otherwise than in line %(line)s. Write both the same way.",
                line=first.line,
            )
