"""Options between parsing and rendering, shared by the types that have them, and the way they are written."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from elearning.content.bank_lines import Item, QuestionText, items_of
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.domain.question import Option
from elearning.domain.written import Choice

MOST_OPTIONS = 12


@dataclass(frozen=True, slots=True)
class OptionDraft:
    """An option as text, with the tickets of its pieces."""

    item: Item
    text: int
    feedback: int


def box_of(item: Item) -> str:
    """What stands between the brackets of a box."""
    return item.mark[item.mark.index("[") + 1 : -1].strip()


def check_answers(path: str, question: QuestionText, items: Sequence[Item], problems: Problems) -> None:
    """Note boxes that are too few or too many, and answers that are empty or stand there twice."""
    if not 2 <= len(items) <= MOST_OPTIONS:
        problems.add(
            path,
            question.heading.number,
            "A question with boxes has 2 to %(most)s answers; this has %(now)s.",
            most=MOST_OPTIONS,
            now=len(items),
        )
    seen: dict[str, int] = {}
    for item in items:
        if not item.text:
            problems.add(path, item.line, "This answer is empty. Write its text after the box.")
        elif item.text in seen:
            problems.add(
                path,
                item.line,
                "This answer stands here twice, first in line %(line)s. Change one.",
                line=seen[item.text],
            )
        seen.setdefault(item.text, item.line)


def ask_options(path: str, items: list[Item], pieces: Pieces) -> list[OptionDraft]:
    """Put the texts of options on the list of pieces."""
    return [
        OptionDraft(
            item,
            pieces.ask(path, item.line, item.text, inline="\n" not in item.text),
            pieces.ask(path, item.line, item.feedback),
        )
        for item in items
    ]


def built(draft: OptionDraft, pieces: Pieces) -> Option:
    """The option with its HTML."""
    return Option(pieces.html(draft.text), pieces.html(draft.feedback), draft.item.keep)


def option_lines(mark: str, text: str, feedback: str, keep: bool) -> list[str]:
    """An option in canonical form: the mark, the text, further lines and feedback indented by two spaces."""
    first, *more = text.split("\n")
    lines = [f"{mark} {first}", *(f"  {line}".rstrip() for line in more)]
    if keep:
        lines[-1] += " {.keep}"
    return lines + [f"  > {line}".rstrip() for line in (feedback.split("\n") if feedback else [])]


@dataclass(frozen=True, slots=True)
class Lines:
    """A body as it stands in a bank: the answer block, the attributes of its type, and the stem where it brings its own."""

    answer: list[str]
    attributes: dict[str, str] = field(default_factory=dict)
    stem: str = ""


def choice_of(option: OptionDraft, share: Fraction = Fraction(0)) -> Choice:
    """The option as a trainer wrote it."""
    return Choice(option.item.text, share, option.item.feedback, option.item.keep)


def choice_lines(mark: str, choice: Choice) -> list[str]:
    """A choice in canonical form."""
    return option_lines(mark, choice.text, choice.feedback, choice.keep)


def box_lines(choices: Sequence[Choice]) -> list[str]:
    """Choices that are right or wrong, in canonical form."""
    return [line for one in choices for line in choice_lines("- [x]" if one.share == 1 else "- [ ]", one)]


@dataclass(frozen=True, slots=True)
class OptionWords:
    """What a translation says in place of an option, as tickets."""

    text: int
    feedback: int


def option_words(path: str, question: QuestionText, pieces: Pieces) -> list[OptionWords]:
    """The words of the options of a translated question, in their order."""
    items = items_of(question) if question.shape in ("boxes", "numbered") else []
    return [
        OptionWords(pieces.ask(path, i.line, i.text, inline="\n" not in i.text), pieces.ask(path, i.line, i.feedback))
        for i in items
    ]


def translated_options(
    options: Sequence[Option], said: Sequence[OptionWords], pieces: Pieces
) -> tuple[Option, ...] | None:
    """The options in other words; None where there are not as many of them."""
    if len(options) != len(said):
        return None
    return tuple(
        replace(option, html=pieces.html(one.text), feedback=pieces.html(one.feedback))
        for option, one in zip(options, said, strict=True)
    )
