"""Likert as text: `type=likert`, with no answers for the five usual steps, or with boxes for steps of one's own."""

from dataclasses import dataclass, replace

from elearning.content.bank_lines import QuestionText
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.questions.drafts import (
    Lines,
    OptionDraft,
    OptionWords,
    ask_options,
    box_lines,
    built,
    choice_of,
    option_lines,
    option_words,
    translated_options,
)
from elearning.content.questions.unmarked import unmarked_boxes
from elearning.domain.questions.likert import Body
from elearning.domain.written import Choices

SHAPE = ""
OWN_STEM = False
SHEET = "plain"
ATTRIBUTES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Draft:
    """The steps as parsed; none where the usual five are meant."""

    steps: tuple[OptionDraft, ...]


def fits(question: QuestionText) -> bool:
    """Whether the lines below the question can be of this type, where `type=` says so."""
    return question.shape in (SHAPE, "boxes")


def claims(question: QuestionText) -> bool:
    """No shape alone is a scale: `type=likert` says so."""
    return False


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """Read the steps, if there are any; None, with problems noted, when they cannot be a scale."""
    if not question.answer:
        return Draft(())
    items = unmarked_boxes(path, question, problems)
    return Draft(tuple(ask_options(path, items, pieces))) if items else None


def build(draft: Draft, pieces: Pieces) -> Body:
    """The body with its HTML."""
    return Body(tuple(built(step, pieces) for step in draft.steps))


def format_answer(draft: Draft) -> list[str]:
    """The answer block in canonical form."""
    items = [step.item for step in draft.steps]
    return [line for item in items for line in option_lines("- [ ]", item.text, item.feedback, item.keep)]


def written(draft: Draft, pieces: Pieces) -> Choices:
    """The steps as a trainer wrote them; none for the five usual ones."""
    return Choices(tuple(choice_of(step) for step in draft.steps))


def unwritten(body: Choices) -> Lines:
    """The steps as they stand in a bank."""
    return Lines(box_lines(body.options))


def words(path: str, question: QuestionText, pieces: Pieces) -> list[OptionWords]:
    """What a translation says, as tickets."""
    return option_words(path, question, pieces)


def translated(body: Body, said: list[OptionWords], pieces: Pieces) -> Body | None:
    """The body in other words; None where the steps are not those of the original."""
    steps = translated_options(body.steps, said, pieces)
    return None if steps is None else replace(body, steps=steps)
