"""Graded choices as text: boxes with the share of the points that each answer is worth, `[100%]`, `[1/3]`, `[-50%]`."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from elearning.content.bank_lines import Item, QuestionText, items_of
from elearning.content.fields import read_share
from elearning.content.figures import share_words
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.questions.drafts import (
    Lines,
    OptionDraft,
    OptionWords,
    ask_options,
    box_of,
    built,
    check_answers,
    choice_lines,
    choice_of,
    option_lines,
    option_words,
    translated_options,
)
from elearning.domain.questions.graded import Body
from elearning.domain.written import Choices

SHAPE = "boxes"
OWN_STEM = False
SHEET = "shares"
ATTRIBUTES = frozenset({"pick"})
PICKS = ("one", "several")
SAMPLES = "[100%], [1/3], [0%], [-50%]"
_SHARE = re.compile(r"-?(?:\d{1,3}(?:[.,]\d{1,3})?%|\d{1,3}/\d{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Draft:
    """The options as parsed, their shares as written, and whether several may be picked."""

    options: tuple[OptionDraft, ...]
    shares: tuple[str, ...]
    several: bool


def fits(question: QuestionText) -> bool:
    """Whether the lines below the question can be of this type, where `type=` says so."""
    return question.shape == SHAPE


def claims(question: QuestionText) -> bool:
    """Boxes of which one holds a figure."""
    return question.shape == SHAPE and any(re.search(r"[\d%]", box_of(item)) for item in items_of(question))


def parse(path: str, question: QuestionText, pieces: Pieces, problems: Problems) -> Draft | None:
    """Read the answer block; None, with problems noted, when it cannot be a question of this type."""
    items, before = items_of(question), len(problems)
    check_answers(path, question, items, problems)
    pick = question.attributes.values.get("pick", "one")
    if pick not in PICKS:
        problems.add(path, question.attributes_line, "pick= is one of: %(allowed)s.", allowed=", ".join(PICKS))
    shares = [_read(path, item, problems) for item in items]
    if len(problems) == before:
        _check_sum(path, question, shares, pick == "several", problems)
    if len(problems) > before:
        return None
    return Draft(tuple(ask_options(path, items, pieces)), tuple(map(_written, items)), pick == "several")


def _written(item: Item) -> str:
    """The share as it is written back: no spaces, a plain minus, no plus."""
    return "".join(box_of(item).replace("\N{MINUS SIGN}", "-").split()).removeprefix("+")


def _read(path: str, item: Item, problems: Problems) -> Fraction:
    written = _written(item)
    share = read_share(written) if _SHARE.fullmatch(written) else None
    if share is None:
        problems.add(
            path,
            item.line,
            "Write in each box the share that the answer is worth, such as %(samples)s; “%(mark)s” is none.",
            samples=SAMPLES,
            mark=item.mark,
        )
    elif not -1 <= share <= 1:
        problems.add(
            path,
            item.line,
            "A share is at most %(most)s and at least %(least)s. Change the one before this answer.",
            most="100%",
            least="-100%",
        )
    return share or Fraction(0)


def _check_sum(path: str, question: QuestionText, shares: list[Fraction], several: bool, problems: Problems) -> None:
    """Whether everything can be earned, and is not earned whatever is picked."""
    line = question.heading.number
    if len(set(shares)) == 1:
        problems.add(path, line, "All answers are worth the same, so nothing is asked. Give them different shares.")
    elif several and sum(share for share in shares if share > 0) < 1:
        problems.add(
            path,
            line,
            "The shares above nothing add up to less than %(all)s, so nobody can earn all points. Raise one.",
            all="100%",
        )
    elif not several and max(shares) < 1:
        problems.add(
            path,
            line,
            "No answer is worth %(all)s, so nobody can earn all points. Put [%(all)s] before the best one.",
            all="100%",
        )


def build(draft: Draft, pieces: Pieces) -> Body:
    """The body with its HTML."""
    shares = tuple(read_share(share) or Fraction(0) for share in draft.shares)
    return Body(tuple(built(option, pieces) for option in draft.options), shares, draft.several)


def format_answer(draft: Draft) -> list[str]:
    """The answer block in canonical form, the shares as they were."""
    return [
        line
        for share, option in zip(draft.shares, draft.options, strict=True)
        for line in option_lines(f"- [{share}]", option.item.text, option.item.feedback, option.item.keep)
    ]


def written(draft: Draft, pieces: Pieces) -> Choices:
    """The options as a trainer wrote them, each with its share."""
    shares = (read_share(share) or Fraction(0) for share in draft.shares)
    options = (choice_of(option, share) for option, share in zip(draft.options, shares, strict=True))
    return Choices(tuple(options), several=draft.several)


def unwritten(body: Choices) -> Lines:
    """The options as they stand in a bank."""
    lines = [line for one in body.options for line in choice_lines(f"- [{share_words(one.share)}]", one)]
    return Lines(lines, {"pick": "several"} if body.several else {})


def words(path: str, question: QuestionText, pieces: Pieces) -> list[OptionWords]:
    """What a translation says, as tickets."""
    return option_words(path, question, pieces)


def translated(body: Body, said: list[OptionWords], pieces: Pieces) -> Body | None:
    """The body in other words; None where the options are not those of the original."""
    options = translated_options(body.options, said, pieces)
    return replace(body, options=options) if options else None
