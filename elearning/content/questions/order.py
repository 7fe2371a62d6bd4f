"""Order as text: a numbered list in the right order."""

from dataclasses import dataclass, replace

from elearning.content.bank_lines import QuestionText, items_of
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.questions.drafts import (
    MOST_OPTIONS,
    Lines,
    OptionDraft,
    OptionWords,
    ask_options,
    built,
    choice_lines,
    choice_of,
    option_lines,
    option_words,
    translated_options,
)
from elearning.domain.questions.order import Body
from elearning.domain.written import Choices

SHAPE = "numbered"
OWN_STEM = False
SHEET = "steps"
ATTRIBUTES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Draft:
    """The items in the right order."""

    options: tuple[OptionDraft, ...]


def fits(question: QuestionText) -> bool:
    """Whether the lines below the question can be of this type, where `type=` says so."""
    return question.shape == SHAPE


def claims(question: QuestionText) -> bool:
    """A numbered list."""
    return question.shape == SHAPE


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """Read the items; None, with problems noted, when they are too few, too many, or two are the same."""
    items, before = items_of(question), len(problems)
    if not 3 <= len(items) <= MOST_OPTIONS:
        problems.add(
            path,
            question.heading.number,
            "A question of order has 3 to %(most)s items; this has %(now)s.",
            most=MOST_OPTIONS,
            now=len(items),
        )
    for place, item in enumerate(items):
        if not item.text:
            problems.add(path, item.line, "This item is empty. Write its text after the number.")
        if item.text in [other.text for other in items[:place]]:
            problems.add(path, item.line, "This item stands here twice: both orders would be right. Change one.")
    return Draft(tuple(ask_options(path, items, pieces))) if len(problems) == before else None


def build(draft: Draft, pieces: Pieces) -> Body:
    """The body with its HTML."""
    return Body(tuple(built(option, pieces) for option in draft.options))


def format_answer(draft: Draft) -> list[str]:
    """The answer block in canonical form, numbered from 1."""
    return [
        line
        for place, option in enumerate(draft.options, 1)
        for line in option_lines(f"{place}.", option.item.text, option.item.feedback, option.item.keep)
    ]


def written(draft: Draft, pieces: Pieces) -> Choices:
    """The items as a trainer wrote them, in the right order."""
    return Choices(tuple(choice_of(option) for option in draft.options))


def unwritten(body: Choices) -> Lines:
    """The items as they stand in a bank."""
    return Lines([line for place, one in enumerate(body.options, 1) for line in choice_lines(f"{place}.", one)])


def words(path: str, question: QuestionText, pieces: Pieces) -> list[OptionWords]:
    """What a translation says, as tickets."""
    return option_words(path, question, pieces)


def translated(body: Body, said: list[OptionWords], pieces: Pieces) -> Body | None:
    """The body in other words; None where the options are not those of the original."""
    options = translated_options(body.options, said, pieces)
    return replace(body, options=options) if options else None
