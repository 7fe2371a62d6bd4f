"""Match as text: a table of two columns, a pair a row; a row whose left cell is empty is a decoy."""

from elearning.content.bank_lines import QuestionText
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.questions.pairs import (
    SHAPE,
    Draft,
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
MOST_PAIRS = 12
MOST_OFFERS = 20


def fits(question: QuestionText) -> bool:
    """Whether the lines below the question can be of this type, where `type=` says so."""
    return question.shape == SHAPE


def claims(question: QuestionText) -> bool:
    """A table in which nothing on the right belongs to two rows."""
    return question.shape == SHAPE and not repeats(question)


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """Read the table; None, with problems noted, when it is no table of pairs, or something on the right stands there twice."""
    found, before = read_table(path, question, problems), len(problems)
    if found is None:
        return None
    head, rows = found
    pairs, line = sum(1 for row in rows if row.left), question.heading.number
    if not 2 <= pairs <= MOST_PAIRS:
        problems.add(
            path, line, "A question of matching has 2 to %(most)s pairs; this has %(now)s.", most=MOST_PAIRS, now=pairs
        )
    if len(rows) > MOST_OFFERS:
        problems.add(
            path,
            line,
            "A question of matching offers at most %(most)s answers; this offers %(now)s.",
            most=MOST_OFFERS,
            now=len(rows),
        )
    seen: dict[str, int] = {}
    for row in rows:
        first = seen.setdefault(same(row.right), row.line)
        if first != row.line:
            problems.add(
                path,
                row.line,
                "The right cell stands here twice, first in line %(line)s, so two answers would be right. Change one; groups need type=sort.",
                line=first,
            )
    return draft_of(path, head, rows, pieces) if len(problems) == before else None
