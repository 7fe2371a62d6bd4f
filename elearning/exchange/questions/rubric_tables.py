"""A rubric as a table in Markdown, for notes to whoever marks; and back."""

import re
from fractions import Fraction
from itertools import pairwise

from elearning.domain.questions.number import number_words
from elearning.domain.written import Criterion, Rubric

_BAR = re.compile(r"(?<!\\)\|")
_POINTS = re.compile(r"\d{1,3}([.,]\d{1,2})?")


def rubric_table(rubric: Rubric) -> str:
    """The rubric as a table."""

    def row(*cells: str) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"

    heads = (rubric.head, *map(number_words, rubric.points))
    return "\n".join(
        [row(*heads), row(*["---"] * len(heads)), *(row(one.text, *one.levels) for one in rubric.criteria)]
    )


def rubric_of(table: str) -> Rubric | None:
    """The rubric that a table of Markdown is; None for anything else."""
    lines = [line.strip() for line in table.strip().split("\n")]
    if len(lines) < 3 or not all(line.startswith("|") and line.endswith("|") for line in lines):
        return None
    rows = [[cell.strip().replace("\\|", "|") for cell in _BAR.split(line)[1:-1]] for line in lines]
    heads, points = rows[0], rows[0][1:]
    if not 2 <= len(points) <= 10 or not all(_POINTS.fullmatch(one) for one in points) or len(rows) > 22:
        return None
    figures = tuple(Fraction(one.replace(",", ".")) for one in points)
    rising = {a < b for a, b in pairwise(figures)}
    whole = all(len(row) == len(heads) and all(row) for row in rows[2:])
    names = [row[0] for row in rows[2:]]
    if len(rising) != 1 or len(set(figures)) < len(figures) or not whole or len(set(names)) < len(names):
        return None
    return Rubric(heads[0], figures, tuple(Criterion(first, tuple(levels)) for first, *levels in rows[2:]))
