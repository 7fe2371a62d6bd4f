"""Recording as text: `type=recording seconds=60` and a rubric table."""

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
from elearning.domain.questions.recording import Body
from elearning.domain.written import Recording

SHAPE = "table"
OWN_STEM = False
SHEET = "rubric"
ATTRIBUTES = frozenset({"seconds"})
SHORTEST, LONGEST = 5, 900


@dataclass(frozen=True, slots=True)
class Draft:
    """The rubric as parsed, and how many seconds the recording may last."""

    rubric: RubricDraft
    seconds: int


def fits(question: QuestionText) -> bool:
    """Whether the lines below the question can be of this type; a missing table is told by `parse`."""
    return question.shape in (SHAPE, "")


def claims(question: QuestionText) -> bool:
    """No shape alone asks for a recording: `type=recording` says so."""
    return False


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """Read the rubric and the time; None, with problems noted, when either is wrong."""
    written = question.attributes.values.get("seconds", "")
    seconds = int(written) if re.fullmatch(r"[0-9]{1,4}", written) else 0
    if not SHORTEST <= seconds <= LONGEST:
        problems.add(
            path,
            question.attributes_line,
            "seconds= is how long the recording may last, a whole number from %(least)s to %(most)s.",
            least=SHORTEST,
            most=LONGEST,
        )
    rubric = read_rubric(path, question, pieces, problems)
    return Draft(rubric, seconds) if rubric and SHORTEST <= seconds <= LONGEST else None


def build(draft: Draft, pieces: Pieces) -> Body:
    """The body with its HTML."""
    return Body(built_rubric(draft.rubric, pieces), draft.seconds)


def format_answer(draft: Draft) -> list[str]:
    """The answer block in canonical form: the rubric."""
    return rubric_lines(draft.rubric)


def written(draft: Draft, pieces: Pieces) -> Recording:
    """The rubric and the time as a trainer wrote them."""
    return Recording(written_rubric(draft.rubric), draft.seconds)


def unwritten(body: Recording) -> Lines:
    """The rubric and the time as they stand in a bank."""
    return Lines(written_rubric_lines(body.rubric), {"seconds": str(body.seconds)})


def words(path: str, question: QuestionText, pieces: Pieces) -> RubricWords | None:
    """What a translation says, as tickets."""
    return rubric_words(path, question, pieces)


def translated(body: Body, said: RubricWords | None, pieces: Pieces) -> Body | None:
    """The body in other words; None where the rubric is not that of the original."""
    rubric = translated_rubric(body.rubric, said, pieces)
    return replace(body, rubric=rubric) if rubric else None
