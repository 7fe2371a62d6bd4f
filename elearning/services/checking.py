"""Check questions inside lessons: judged at once, as often as one likes, and nothing of it is kept."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from elearning.domain.message import Message
from elearning.domain.question import Question
from elearning.domain.questions import TYPES
from elearning.services.paper import CheckedView, SlotView
from elearning.services.saving import Typed
from elearning.services.telling import verdict_of


@dataclass(frozen=True, slots=True)
class Checking:
    """What was sent for one check question, as JSON gives it or a plain form."""

    question: str
    sent: Any


def order_of(question: Question) -> tuple[int, ...]:
    """The options of a check question are mixed once, the same for everybody, where its type always mixes them."""
    rng = Random(question.key)  # noqa: S311  everybody sees the same order
    return tuple(TYPES[question.type].draw(question.body, rng, False))


def check_view(number: int, original: Question, shown: Question, checked: Checking | None) -> SlotView:
    """A check question as it is asked in a lesson, and what is said of the answer that was given just now."""
    kind, order = TYPES[original.type], order_of(original)
    value: Any = kind.understood(original.body, order, None)
    given = checked is not None and checked.question == original.key
    error: Message | None = None
    if checked is not None and given:
        sent = checked.sent
        found = kind.understood(
            original.body, order, kind.from_form(sent.values, sent.parts) if isinstance(sent, Typed) else sent
        )
        value, error = (
            (value, found) if isinstance(found, Message) else (found, kind.complaint(original.body, order, found))
        )
    view = SlotView(
        number, original.type, kind.held(original.body), shown.ask, shown.stem, kind.asked(shown.body, order, value),
        kind.to_form(shown.body, order, value), False, "", error, may_check=kind.MARKED == "by-rule", key=original.key,
        label=number,
    )  # fmt: skip
    if not given or error is not None:
        return view
    return replace(view, checked=_told(original, shown, order, value))


def _told(original: Question, shown: Question, order: tuple[int, ...], value: Any) -> CheckedView | None:
    kind = TYPES[original.type]
    grade = kind.grade(original.body, order, value)
    if grade is None or kind.MARKED != "by-rule":
        return None
    empty = kind.is_empty(value)
    told = kind.told(shown.body, order, value, not empty)
    return CheckedView(verdict_of(grade.share, empty), grade.reason, told, "" if empty else shown.explanation)
