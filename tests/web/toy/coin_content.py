"""Coin as text: one line, `= heads` or `= tails`, and type=coin."""

from dataclasses import dataclass

from elearning.content.bank_lines import QuestionText
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.questions.equals import equals_lines
from tests.web.toy.coin_domain import SIDES, Body

SHAPE = "equals"
OWN_STEM = False
ATTRIBUTES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Draft:
    """The side as written."""

    side: str


def fits(question: QuestionText) -> bool:
    return question.shape == SHAPE


def claims(question: QuestionText) -> bool:
    return False


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    lines = equals_lines(question)
    if [text for _, text in lines] not in [[side] for side in SIDES]:
        problems.add(path, question.heading.number, "Write one line: = heads or = tails")
        return None
    return Draft(lines[0][1])


def build(draft: Draft, pieces: Pieces) -> Body:
    return Body(draft.side)


def format_answer(draft: Draft) -> list[str]:
    return [f"= {draft.side}"]


def words(path: str, question: QuestionText, pieces: Pieces) -> None:
    return None


def translated(body: Body, said: None, pieces: Pieces) -> Body | None:
    return body
