"""Statement as text: `type=statement words=80-200` and a rubric table."""

import re
from dataclasses import dataclass, replace

from elearning.content.bank_lines import QuestionText
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.questions.drafts import Lines
from elearning.content.questions.rubrics import (
    RubricDraft,
    RubricWords,
    built_rubric,
    read_rubric,
    rubric_lines,
    rubric_words,
    translated_rubric,
    written_rubric,
    written_rubric_lines,
)
from elearning.domain.questions.statement import Body
from elearning.domain.written import Statement

SHAPE = "table"
OWN_STEM = False
SHEET = "rubric"
ATTRIBUTES = frozenset({"words"})
# More would not fit into the characters that are kept.
MOST_WORDS = 4000
_LIMITS = re.compile(r"(\d{1,4}) ?[-–] ?(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Draft:
    """The rubric as parsed, and the least and the greatest number of words; 0 and 0 set no limits."""

    rubric: RubricDraft
    limits: tuple[int, int]


def fits(question: QuestionText) -> bool:
    """Whether the lines below the question can be of this type; a missing table is told by `parse`."""
    return question.shape in (SHAPE, "")


def claims(question: QuestionText) -> bool:
    """No shape alone asks for a text: `type=statement` says so."""
    return False


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """Read the rubric and the limits; None, with problems noted, when either is wrong."""
    limits = _limits(path, question, problems)
    rubric = read_rubric(path, question, pieces, problems)
    return Draft(rubric, limits) if rubric and limits else None


def _limits(path: str, question: QuestionText, problems: Problems) -> tuple[int, int] | None:
    written = question.attributes.values.get("words")
    if written is None:
        return 0, 0
    found = _LIMITS.fullmatch(written)
    least, most = (int(found[1]), int(found[2])) if found else (0, 0)
    if 0 < most <= MOST_WORDS and least <= most:
        return least, most
    problems.add(
        path,
        question.attributes_line,
        "words= is the least and the greatest number of words, up to %(most)s, such as 80-200.",
        most=MOST_WORDS,
    )
    return None


def build(draft: Draft, pieces: Pieces) -> Body:
    """The body with its HTML."""
    return Body(built_rubric(draft.rubric, pieces), *draft.limits)


def format_answer(draft: Draft) -> list[str]:
    """The answer block in canonical form: the rubric."""
    return rubric_lines(draft.rubric)


def written(draft: Draft, pieces: Pieces) -> Statement:
    """The rubric and the limits as a trainer wrote them."""
    return Statement(written_rubric(draft.rubric), *draft.limits)


def unwritten(body: Statement) -> Lines:
    """The rubric and the limits as they stand in a bank."""
    limits = {"words": f"{body.least}-{body.most}"} if body.most else {}
    return Lines(written_rubric_lines(body.rubric), limits)


def words(path: str, question: QuestionText, pieces: Pieces) -> RubricWords | None:
    """What a translation says, as tickets."""
    return rubric_words(path, question, pieces)


def translated(body: Body, said: RubricWords | None, pieces: Pieces) -> Body | None:
    """The body in other words; None where the rubric is not that of the original."""
    rubric = translated_rubric(body.rubric, said, pieces)
    return replace(body, rubric=rubric) if rubric else None
