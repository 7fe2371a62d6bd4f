"""Marking by a person with a rubric: what waits, oldest first and without names; marks, a comment, and what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elearning.domain.edition import Compiled
from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.permission import may
from elearning.domain.questions import TYPES
from elearning.services import noticing
from elearning.services.auditing import record
from elearning.services.handing_in import grade_row, settle_when_done
from elearning.services.work import Work, not_here
from elearning.store.models.learning import Grade as GradeRow
from elearning.store.queries import attempts, marking
from elearning.store.queries.attempts import GradedSlot

PAGE = 50
LONGEST_COMMENT = 4_000


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """An attempt with answers that wait. Whose it is is not said, so that the text is judged and not the person."""

    id: str
    course_title: str
    title: str
    ended: datetime
    waiting: int


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """One page of what waits, oldest first."""

    rows: tuple[WaitingRow, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True)
class MarkSlot:
    """One answer to mark: the question, the response as its type tells it with the rubric, and the marks so far (None: not
    chosen yet), by criterion.
    """

    number: int
    type: str
    ask: str
    stem: str
    told: Any
    verdict: str
    criteria: int
    marks: tuple[int | None, ...]
    comment: str
    waits: bool


@dataclass(frozen=True, slots=True)
class MarkingPage:
    """All answers of one attempt that a person marks."""

    id: str
    course_title: str
    title: str
    ended: datetime
    slots: tuple[MarkSlot, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """What was chosen for one slot: a level for each criterion, and a comment for the learner."""

    levels: tuple[int | None, ...]
    comment: str = ""


def _ensure(work: Work) -> None:
    if not may(work.actor, "mark"):
        raise not_here()


def _found(work: Work, public: str, lock: bool = False) -> marking.Marking:
    """An attempt of somebody else; nobody marks their own."""
    _ensure(work)
    found = marking.attempt(work.session, public, lock)
    if found is None or found.attempt.person_id == work.actor.id:
        raise not_here()
    return found


def waiting_page(work: Work, number: int) -> WaitingPage:
    """What waits to be marked, the actor's own work left out. Raises NotFound for actors who may not mark."""
    _ensure(work)
    count = marking.count_waiting(work.session, work.actor.id)
    pages = max(1, -(-count // PAGE))
    number = min(max(1, number), pages)
    rows = []
    for row in marking.waiting(work.session, work.actor.id, (number - 1) * PAGE, PAGE):
        compiled = work.shelf.get(work.session, row.digest)
        titles = (
            compiled.course_in(work.actor.language)[0].title,
            compiled.quiz_in(row.quiz, work.actor.language)[0].rules.title,
        )
        rows.append(WaitingRow(row.public, *titles, row.ended, row.waiting))
    return WaitingPage(tuple(rows), count, number, pages)


def marking_page(work: Work, public: str, typed: Mapping[int, Marks] | None = None) -> MarkingPage:
    """The answers of one attempt, with the marks that stand or those that were just typed. Raises NotFound."""
    found = _found(work, public)
    compiled = work.shelf.get(work.session, found.digest)
    slots = [
        _slot(compiled, row, work.actor.language, (typed or {}).get(row.number))
        for row in attempts.graded(work.session, found.attempt.id)
        if _by_person(compiled, row)
    ]
    quiz = compiled.quiz_in(found.attempt.quiz, work.actor.language)[0]
    ended = found.attempt.ended or found.attempt.began
    return MarkingPage(public, compiled.course_in(work.actor.language)[0].title, quiz.rules.title, ended, tuple(slots))


def _by_person(compiled: Compiled, row: GradedSlot) -> bool:
    kind = TYPES[compiled.banks[row.bank][row.question].type]
    return bool(kind.MARKED == "by-person" and not kind.is_empty(row.value))


def _slot(compiled: Compiled, row: GradedSlot, language: str, typed: Marks | None) -> MarkSlot:
    question, _ = compiled.question_in(row.bank, row.question, language)
    kind = TYPES[question.type]
    criteria = len(question.body.rubric.criteria)
    kept = tuple(row.reason.get("marks", ())) or (None,) * criteria
    marks = typed.levels if typed and len(typed.levels) == criteria else kept
    comment = typed.comment if typed else str(row.reason.get("comment", ""))
    return MarkSlot(
        row.number, question.type, question.ask, question.stem,
        kind.told(question.body, row.order, row.value, True, marks),
        "waits", criteria, marks, comment, row.waits,
    )  # fmt: skip


def mark(work: Work, public: str, typed: Mapping[int, Marks]) -> bool:
    """Write marks down as new grades; the old ones are kept. Whether the whole attempt now has its result.

    When nothing waits any more the attempt is graded, completion and certificate follow, and the learner is told.
    Raises NotFound, and Mistaken while a criterion of an answer has no level.
    """
    found = _found(work, public, lock=True)
    compiled = work.shelf.get(work.session, found.digest)
    rows = attempts.graded(work.session, found.attempt.id)
    changed = [_marked(work, compiled, row, typed[row.number]) for row in rows
               if row.number in typed and _by_person(compiled, row) and _differs(row, typed[row.number])]  # fmt: skip
    if not changed:
        return found.attempt.state == "graded"
    work.session.add_all(GradeRow(**values, attempt_id=found.attempt.id, by_id=work.actor.id) for values in changed)
    record(work, "mark", "attempt", public, ", ".join(str(values["slot"]) for values in changed))
    work.session.flush()
    return _settle(work, found, compiled)


def _differs(row: GradedSlot, typed: Marks) -> bool:
    return (
        row.waits
        or tuple(row.reason.get("marks", ())) != typed.levels
        or row.reason.get("comment", "") != typed.comment
    )


def _marked(work: Work, compiled: Compiled, row: GradedSlot, typed: Marks) -> dict[str, Any]:
    question = compiled.banks[row.bank][row.question]
    try:
        grade = TYPES[question.type].by_rubric(question.body, typed.levels)
    except ValueError:
        grade = None
    if grade is None:
        raise Mistaken(message("Choose a level for every criterion of each answer."))
    values = grade_row(0, row.number, grade, row.answer_id, work.now)
    values.pop("attempt_id")
    return {
        **values,
        "reason": {**values["reason"], "marks": list(typed.levels), "comment": typed.comment[:LONGEST_COMMENT]},
    }


def _settle(work: Work, found: marking.Marking, compiled: Compiled) -> bool:
    attempt = found.attempt
    if not settle_when_done(work, attempt, compiled):
        return False
    about = f"{attempt.public}:{work.now.isoformat()}"
    noticing.tell(work, [attempt.person_id], "marked", about, {"course": found.course})
    return True
