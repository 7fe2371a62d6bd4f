"""Poll as text: `type=poll` and boxes of which none is right; `pick=several` lets more than one be chosen."""

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
from elearning.domain.questions.poll import Body
from elearning.domain.written import Choices

SHAPE = "boxes"
OWN_STEM = False
SHEET = "plain"
ATTRIBUTES = frozenset({"pick"})
PICKS = {"one": False, "several": True}


@dataclass(frozen=True, slots=True)
class Draft:
    """The options as parsed, and whether several may be chosen."""

    options: tuple[OptionDraft, ...]
    several: bool


def fits(question: QuestionText) -> bool:
    """Whether the lines below the question can be of this type, where `type=` says so."""
    return question.shape == SHAPE


def claims(question: QuestionText) -> bool:
    """Boxes without a right one are a mistake, unless `type=poll` says otherwise."""
    return False


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """Read the options; None, with problems noted, when they cannot be a poll."""
    items = unmarked_boxes(path, question, problems)
    pick = question.attributes.values.get("pick", "one")
    if pick not in PICKS:
        problems.add(path, question.attributes_line, "pick= is one of: %(allowed)s.", allowed=", ".join(PICKS))
        return None
    return Draft(tuple(ask_options(path, items, pieces)), PICKS[pick]) if items else None


def build(draft: Draft, pieces: Pieces) -> Body:
    """The body with its HTML."""
    return Body(tuple(built(option, pieces) for option in draft.options), draft.several)


def format_answer(draft: Draft) -> list[str]:
    """The answer block in canonical form."""
    items = [option.item for option in draft.options]
    return [line for item in items for line in option_lines("- [ ]", item.text, item.feedback, item.keep)]


def written(draft: Draft, pieces: Pieces) -> Choices:
    """The options as a trainer wrote them."""
    return Choices(tuple(choice_of(option) for option in draft.options), several=draft.several)


def unwritten(body: Choices) -> Lines:
    """The options as they stand in a bank."""
    return Lines(box_lines(body.options), {"pick": "several"} if body.several else {})


def words(path: str, question: QuestionText, pieces: Pieces) -> list[OptionWords]:
    """What a translation says, as tickets."""
    return option_words(path, question, pieces)


def translated(body: Body, said: list[OptionWords], pieces: Pieces) -> Body | None:
    """The body in other words; None where the options are not those of the original."""
    options = translated_options(body.options, said, pieces)
    return replace(body, options=options) if options else None
