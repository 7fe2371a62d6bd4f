"""Description as text: `type=description`, a heading and what stands below it, and no answers."""

from dataclasses import dataclass

from elearning.content.bank_lines import QuestionText
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.questions.drafts import Lines
from elearning.domain.questions.description import Body
from elearning.domain.written import Nothing

SHAPE = ""
OWN_STEM = False
SHEET = "none"
ATTRIBUTES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Draft:
    """Nothing beside the heading and the stem."""


def fits(question: QuestionText) -> bool:
    """Any text fits; `parse` says what to do about one that ends in answers."""
    return True


def claims(question: QuestionText) -> bool:
    """A text that asks nothing might be a question whose answers were forgotten: `type=description` says which."""
    return False


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """None, with problems noted, when the text ends in what would be read as answers or kept back as an explanation."""
    if question.answer:
        problems.add(
            path,
            question.answer[0].number,
            "A text that asks nothing has no answers, and these lines would be read as such. Put a sentence below them.",
        )
    if question.explanation:
        problems.add(
            path,
            question.explanation[0].number,
            "A quotation at the end is an explanation and shown only afterwards. Put a sentence below it.",
        )
    return None if question.answer or question.explanation else Draft()


def build(draft: Draft, pieces: Pieces) -> Body:
    """The body."""
    return Body()


def format_answer(draft: Draft) -> list[str]:
    """No lines: there are no answers."""
    return []


def written(draft: Draft, pieces: Pieces) -> Nothing:
    """Nothing: all that it says stands in heading and stem."""
    return Nothing()


def unwritten(body: Nothing) -> Lines:
    """No lines."""
    return Lines([])


def words(path: str, question: QuestionText, pieces: Pieces) -> None:
    """A translation says nothing but the heading and the stem."""


def translated(body: Body, said: None, pieces: Pieces) -> Body | None:
    """The body, which has no words."""
    return body
