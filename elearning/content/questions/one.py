"""One choice as text: boxes, one of them `[x]`."""

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
    box_of,
    built,
    check_answers,
    choice_of,
    option_lines,
    option_words,
    translated_options,
)
from elearning.domain.questions.one import Body
from elearning.domain.written import Choices

SHAPE = "boxes"
OWN_STEM = False
SHEET = "single"
ATTRIBUTES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Draft:
    """The options as parsed, and the place of the right one."""

    options: tuple[OptionDraft, ...]
    right: int


def fits(question: QuestionText) -> bool:
    """Whether the lines below the question can be of this type, where `type=` says so."""
    return question.shape == SHAPE


def claims(question: QuestionText) -> bool:
    """Boxes of which at most one is marked right."""
    return question.shape == SHAPE and sum(item.mark.lower().endswith("[x]") for item in items_of(question)) <= 1


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """Read the answer block; None, with problems noted, when it cannot be a one-choice question."""
    items = items_of(question)
    rights = checked_boxes(path, question, problems)
    if rights is None:
        return None
    if not rights:
        problems.add(path, question.heading.number, "No answer is marked right. Put [x] before the right one.")
        return None
    if len(rights) > 1:
        problems.add(
            path, question.heading.number, "Two answers are marked right, but type=one. Take one [x] away, or the type."
        )
        return None
    return Draft(tuple(ask_options(path, items, pieces)), rights[0])


def checked_boxes(path: str, question: QuestionText, problems: Problems) -> list[int] | None:
    """The places of the boxes marked right; None, with problems noted, when the block itself is wrong."""
    items, before = items_of(question), len(problems)
    check_answers(path, question, items, problems)
    for item in items:
        if box_of(item).lower() not in ("", "x"):
            problems.add(
                path,
                item.line,
                "Write [x] for a right answer and [ ] for a wrong one; “%(mark)s” is neither.",
                mark=item.mark,
            )
    if len(problems) > before:
        return None
    return [place for place, item in enumerate(items) if item.mark.lower().endswith("[x]")]


def build(draft: Draft, pieces: Pieces) -> Body:
    """The body with its HTML."""
    return Body(tuple(built(option, pieces) for option in draft.options), draft.right)


def format_answer(draft: Draft) -> list[str]:
    """The answer block in canonical form."""
    return [
        line
        for place, option in enumerate(draft.options)
        for line in option_lines(
            "- [x]" if place == draft.right else "- [ ]", option.item.text, option.item.feedback, option.item.keep
        )
    ]


def written(draft: Draft, pieces: Pieces) -> Choices:
    """The options as a trainer wrote them."""
    return Choices(
        tuple(choice_of(option, Fraction(place == draft.right)) for place, option in enumerate(draft.options))
    )


def unwritten(body: Choices) -> Lines:
    """The options as they stand in a bank."""
    return Lines(box_lines(body.options))


def words(path: str, question: QuestionText, pieces: Pieces) -> list[OptionWords]:
    """What a translation says, as tickets."""
    return option_words(path, question, pieces)


def translated(body: Body, said: list[OptionWords], pieces: Pieces) -> Body | None:
    """The body in other words; None where the options are not those of the original."""
    options = translated_options(body.options, said, pieces)
    return replace(body, options=options) if options else None
