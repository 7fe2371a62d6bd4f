"""A question with its answer as it is told, by what may be shown at the moment."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction
from typing import Any

from elearning.domain.edition import Compiled
from elearning.domain.message import Message, unpacked
from elearning.domain.question import Question
from elearning.domain.questions import TYPES
from elearning.domain.questions.number import number_words
from elearning.domain.review import Shown
from elearning.store.queries.attempts import GradedSlot


@dataclass(frozen=True, slots=True)
class ReviewSlot:
    """A question after grading; `label` is the number that people see, 0 for a text between questions; `told` is what its type
    says of the response. Where it may not be said what was right, `told` is None, the verdict empty, and `said` gives the
    response in words. Points are empty where none are given or shown.
    """

    number: int
    label: int
    type: str
    ask: str
    stem: str
    told: Any
    said: tuple[str, ...]
    verdict: str
    earned: str
    possible: str
    reason: Message | None
    explanation: str
    comment: str


def verdict_of(share: Fraction, empty: bool) -> str:
    """The word for a share of the points: empty, right, partly or wrong."""
    if empty:
        return "empty"
    return "right" if share == 1 else "partly" if share > 0 else "wrong"


def rounded(points: Fraction) -> Fraction:
    """Two decimals for print; what is kept stays exact."""
    return Fraction(round(points * 100), 100)


def told(question: Question, order: Sequence[int], value: object, shown: Shown, marks: Sequence[int] = ()) -> Any:
    """What the type tells of a response; where a person has marked it, with the levels that were chosen."""
    kind = TYPES[question.type]
    by_person = kind.MARKED == "by-person"
    found = kind.told(question.body, order, value, by_person or "answer" in shown, *((marks,) if by_person else ()))
    return found if "feedback" in shown else without_feedback(found)


def without_feedback(value: Any) -> Any:
    """The same with every field named `feedback` empty, however deep it stands."""
    if isinstance(value, tuple):
        return tuple(without_feedback(one) for one in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        field.name: "" if field.name == "feedback" else without_feedback(getattr(value, field.name))
        for field in fields(value)
    }
    return replace(value, **changed)


def review_slots(compiled: Compiled, rows: Sequence[GradedSlot], shown: Shown, language: str) -> tuple[ReviewSlot, ...]:
    """All questions of a graded paper as they may be shown; none where even the questions may not be."""
    if "answers" not in shown:
        return ()
    bodies = {row.number: compiled.banks[row.bank][row.question] for row in rows}
    asking = [number for number, one in bodies.items() if TYPES[one.type].held(one.body) != "nothing"]
    labels = {number: label for label, number in enumerate(asking, 1)}
    return tuple(_slot(compiled, row, labels.get(row.number, 0), shown, language) for row in rows)


def _slot(compiled: Compiled, row: GradedSlot, label: int, shown: Shown, language: str) -> ReviewSlot:
    question, _ = compiled.question_in(row.bank, row.question, language)
    kind = TYPES[question.type]
    points = Fraction(row.points_num, row.points_den)
    share = Fraction(row.share_num, row.share_den)
    verdict = "waits" if row.waits else verdict_of(share, kind.is_empty(row.value)) if points else "none"
    judged = "right" in shown or kind.MARKED == "never"
    worth = bool(points) and "points" in shown
    return ReviewSlot(
        row.number, label, question.type, question.ask, question.stem,
        told(question, row.order, row.value, shown, row.reason.get("marks", ())) if judged else None,
        () if judged else tuple(kind.describe(question.body, row.order, row.value)),
        verdict if judged else "", number_words(rounded(points * share)) if worth else "",
        number_words(points) if worth else "", unpacked(row.reason) if judged else None,
        question.explanation if "explanation" in shown else "",
        str(row.reason.get("comment", "")) if "feedback" in shown else "",
    )  # fmt: skip
