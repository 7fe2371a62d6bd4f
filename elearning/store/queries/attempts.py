"""Attempts, their papers, answers and grades. Ownership stands in the query: a stranger's attempt is not found."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, and_, func, insert, select
from sqlalchemy.orm import Session, aliased

from elearning.store.models.learning import Answer, Attempt, AttemptSlot, Certificate, Completion, Flag, Grade
from elearning.store.models.text import Course, Edition


class Sitting(NamedTuple):
    """An attempt, the edition it began on, the course's key, the edition that is live, and what the course has brought."""

    attempt: Attempt
    digest: str
    course: str
    live: str | None
    certificate: str | None
    complete: bool


class SlotRow(NamedTuple):
    """One place of the paper, and whether the learner marked it."""

    number: int
    bank: str
    question: str
    version: str
    order: list[int]
    points_num: int
    points_den: int
    flagged: bool


class Kept(NamedTuple):
    """One saved answer."""

    id: int
    slot: int
    tab: str
    seq: int
    base: int
    version: int
    value: Any
    at: datetime
    late: bool
    chosen: bool


_ANSWER = (
    Answer.id, Answer.slot, Answer.tab, Answer.seq, Answer.base, Answer.version, Answer.value, Answer.at, Answer.late,
    Answer.chosen,
)  # fmt: skip


def sitting(session: Session, person: int, public: str, lock: bool = False) -> Sitting | None:
    """The person's own attempt by its address. `lock` keeps other writers away from it until the end of the work."""
    live = aliased(Edition)
    complete = select(Completion.id).where(
        Completion.person_id == Attempt.person_id,
        Completion.course_id == Attempt.course_id,
        Completion.kind == "course",
    )
    statement = (
        select(Attempt, Edition.digest, Course.key, live.digest, Certificate.code, complete.exists())
        .join(Edition, Edition.id == Attempt.edition_id)
        .join(Course, Course.id == Attempt.course_id)
        .outerjoin(live, live.id == Course.live_id)
        .outerjoin(
            Certificate,
            and_(
                Certificate.person_id == Attempt.person_id,
                Certificate.course_id == Attempt.course_id,
                Certificate.round == Attempt.round,
            ),
        )
        .where(Attempt.public == public, Attempt.person_id == person)
    )
    if lock:
        statement = statement.with_for_update(of=Attempt)
    row = session.execute(statement).one_or_none()
    return Sitting(*row) if row else None


def slots(session: Session, attempt: int) -> list[SlotRow]:
    """The paper of an attempt."""
    rows = session.execute(
        select(
            AttemptSlot.number, AttemptSlot.bank, AttemptSlot.question, AttemptSlot.version, AttemptSlot.order,
            AttemptSlot.points_num, AttemptSlot.points_den, Flag.slot.is_not(None),
        )
        .outerjoin(Flag, and_(Flag.attempt_id == AttemptSlot.attempt_id, Flag.slot == AttemptSlot.number))
        .where(AttemptSlot.attempt_id == attempt)
        .order_by(AttemptSlot.number)
    )  # fmt: skip
    return [SlotRow(*row) for row in rows]


def answers(session: Session, attempt: int) -> list[Kept]:
    """Every saved answer of an attempt, oldest first."""
    rows = session.execute(select(*_ANSWER).where(Answer.attempt_id == attempt).order_by(Answer.version))
    return [Kept(*row) for row in rows]


class SavingRow(NamedTuple):
    """What saving needs to know of one slot, once for each answer that the slot has already (or once with none)."""

    attempt: Attempt
    digest: str
    last: int
    slot: AttemptSlot
    flagged: bool
    answer: Kept | None


def for_saving(session: Session, person: int, public: str, numbers: Iterable[int]) -> list[SavingRow]:
    """Attempt, edition, slots and their answers in one statement, the attempt locked. Empty for a stranger's attempt."""
    every = aliased(Answer)
    last = select(func.max(every.version)).where(every.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()
    statement = (
        select(Attempt, Edition.digest, last, AttemptSlot, Flag.slot.is_not(None), *_ANSWER)
        .join(Edition, Edition.id == Attempt.edition_id)
        .join(AttemptSlot, and_(AttemptSlot.attempt_id == Attempt.id, AttemptSlot.number.in_(list(numbers))))
        .outerjoin(Flag, and_(Flag.attempt_id == Attempt.id, Flag.slot == AttemptSlot.number))
        .outerjoin(Answer, and_(Answer.attempt_id == Attempt.id, Answer.slot == AttemptSlot.number))
        .where(Attempt.public == public, Attempt.person_id == person)
        .order_by(AttemptSlot.number, Answer.version)
        .with_for_update(of=Attempt)
    )
    return [_saving_row(row) for row in session.execute(statement)]


def _saving_row(row: Row[*tuple[Any, ...]]) -> SavingRow:
    attempt, digest, last, slot, flagged, *answer = tuple(row)
    return SavingRow(attempt, digest, last or 0, slot, flagged, Kept(*answer) if answer[0] is not None else None)


def add_answers(session: Session, rows: list[dict[str, Any]]) -> None:
    """Append answers, in one statement."""
    session.execute(insert(Answer), rows)


class PastRow(NamedTuple):
    """An attempt as the rules page lists it."""

    public: str
    number: int
    state: str
    began: datetime
    ended: datetime | None
    closes: datetime | None
    share_num: int | None
    share_den: int | None
    passed: bool | None


def past(session: Session, person: int, course: int, quiz: str, round_: int = 1) -> list[PastRow]:
    """All attempts of a person at a quiz, oldest first."""
    rows = session.execute(
        select(
            Attempt.public, Attempt.number, Attempt.state, Attempt.began, Attempt.ended, Attempt.closes,
            Attempt.share_num, Attempt.share_den, Attempt.passed,
        )
        .where(Attempt.person_id == person, Attempt.course_id == course, Attempt.quiz == quiz, Attempt.round == round_)
        .order_by(Attempt.number)
    )  # fmt: skip
    return [PastRow(*row) for row in rows]


class GradedSlot(NamedTuple):
    """A slot with its last grade and the answer that was graded."""

    number: int
    bank: str
    question: str
    version: str
    order: list[int]
    points_num: int
    points_den: int
    share_num: int
    share_den: int
    reason: dict[str, Any]
    value: Any


def graded(session: Session, attempt: int) -> list[GradedSlot]:
    """The paper with the grades that count: the last one of each slot."""
    newest = select(func.max(Grade.id)).where(Grade.attempt_id == attempt).group_by(Grade.slot)
    rows = session.execute(
        select(
            AttemptSlot.number, AttemptSlot.bank, AttemptSlot.question, AttemptSlot.version, AttemptSlot.order,
            AttemptSlot.points_num, AttemptSlot.points_den, Grade.share_num, Grade.share_den, Grade.reason, Answer.value,
        )
        .join(Grade, and_(Grade.attempt_id == AttemptSlot.attempt_id, Grade.slot == AttemptSlot.number))
        .outerjoin(Answer, Answer.id == Grade.answer_id)
        .where(AttemptSlot.attempt_id == attempt, Grade.id.in_(newest))
        .order_by(AttemptSlot.number)
    )  # fmt: skip
    return [GradedSlot(*row) for row in rows]


def overdue(session: Session, now: datetime, most: int = 200) -> list[tuple[int, str]]:
    """Attempts whose time was up before `now` and that nobody has handed in: (person, address)."""
    rows = session.execute(
        select(Attempt.person_id, Attempt.public)
        .where(Attempt.state == "in_progress", Attempt.closes < now)
        .order_by(Attempt.closes)
        .limit(most)
    )
    return [(person, public) for person, public in rows]
