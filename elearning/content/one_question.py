"""One question by itself: all that is wrong with its lines, and the question as learners would see it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from elearning.content.bank_lines import split_question
from elearning.content.crossing import check_question
from elearning.content.links import LinkTable
from elearning.content.pieces import Pieces, Render
from elearning.content.problems import Problem, Problems
from elearning.content.question_reader import built, read_question
from elearning.content.reading import Registers
from elearning.content.text import Line, lines_of, trimmed
from elearning.domain.question import Question


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking at a question: the question, where it can be asked, and what is wrong, by its own lines."""

    question: Question | None
    problems: tuple[Problem, ...]


def look(
    path: str, text: str, defaults: Mapping[str, str], registers: Registers, table: LinkTable, render: Render
) -> Looked:
    """Read, check and render the lines of one question that stands, or is to stand, in the bank at `path`."""
    problems, pieces = Problems(), Pieces()
    lines = trimmed(lines_of(text)) or (Line(1, ""),)
    draft = read_question(path, split_question(path, lines, problems), dict(defaults), pieces, problems)
    if draft is not None:
        check_question(path, draft, registers, None, problems)
        pieces.render(render, table, problems)
    question = built(draft, pieces, registers.unsure) if draft is not None else None
    told = sorted(set(problems), key=lambda problem: (problem.line, problem.message.key))
    return Looked(question if not problems else None, tuple(replace(one, path="") for one in told))
