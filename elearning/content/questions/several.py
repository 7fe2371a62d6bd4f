"""Several choices as text: boxes, two or more `[x]`, or one with `type=several`."""

from dataclasses import dataclass, replace
from fractions import Fraction

from elearning.content.bank_lines import QuestionText, items_of
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
from elearning.content.questions.one import checked_boxes
from elearning.domain.questions.several import Body, Credit
from elearning.domain.written import Choices

SHAPE = "boxes"
OWN_STEM = False
SHEET = "multiple"
ATTRIBUTES = frozenset({"credit"})
CREDITS: dict[str, Credit] = {"right-minus-wrong": "right-minus-wrong", "each": "each", "all": "all"}


@dataclass(frozen=True, slots=True)
class Draft:
    """The options as parsed, the places of the right ones, and how credit is given."""

    options: tuple[OptionDraft, ...]
    right: tuple[int, ...]
    credit: Credit


def fits(question: QuestionText) -> bool:
    """Whether the lines below the question can be of this type, where `type=` says so."""
    return question.shape == SHAPE


def claims(question: QuestionText) -> bool:
    """Boxes of which two or more are marked right."""
    return question.shape == SHAPE and sum(item.mark.lower().endswith("[x]") for item in items_of(question)) > 1


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """Read the answer block; None, with problems noted, when it cannot be a question of this type."""
    rights = checked_boxes(path, question, problems)
    credit = question.attributes.values.get("credit", "right-minus-wrong")
    if credit not in CREDITS:
        problems.add(path, question.attributes_line, "credit= is one of: %(allowed)s.", allowed=", ".join(CREDITS))
        return None
    if rights is None:
        return None
    if not rights:
        problems.add(path, question.heading.number, "No answer is marked right. Put [x] before each right one.")
        return None
    return Draft(tuple(ask_options(path, items_of(question), pieces)), tuple(rights), CREDITS[credit])


def build(draft: Draft, pieces: Pieces) -> Body:
    """The body with its HTML."""
    return Body(tuple(built(option, pieces) for option in draft.options), draft.right, draft.credit)


def format_answer(draft: Draft) -> list[str]:
    """The answer block in canonical form."""
    return [
        line
        for place, option in enumerate(draft.options)
        for line in option_lines(
            "- [x]" if place in draft.right else "- [ ]", option.item.text, option.item.feedback, option.item.keep
        )
    ]


def written(draft: Draft, pieces: Pieces) -> Choices:
    """The options as a trainer wrote them, and how credit is given."""
    options = (choice_of(option, Fraction(place in draft.right)) for place, option in enumerate(draft.options))
    return Choices(tuple(options), credit=draft.credit)


def unwritten(body: Choices) -> Lines:
    """The options as they stand in a bank."""
    return Lines(box_lines(body.options), {} if body.credit == "right-minus-wrong" else {"credit": body.credit})


def words(path: str, question: QuestionText, pieces: Pieces) -> list[OptionWords]:
    """What a translation says, as tickets."""
    return option_words(path, question, pieces)


def translated(body: Body, said: list[OptionWords], pieces: Pieces) -> Body | None:
    """The body in other words; None where the options are not those of the original."""
    options = translated_options(body.options, said, pieces)
    return replace(body, options=options) if options else None
