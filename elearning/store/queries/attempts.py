"""Attempts, their papers, answers and grades. Ownership stands in the query: a stranger's attempt is not found."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, and_, bindparam, func, insert, or_, select
from sqlalchemy.orm import Session, aliased

from elearning.store.models.arrangement import Acceptance, Arrangement
from elearning.store.models.learning import Answer, Attempt, AttemptSlot, Certificate, Completion, Flag, Grade
from elearning.store.models.text import Course, Edition


class Sitting(NamedTuple):
    """An attempt, the edition it began on, the course's key, the edition that is live, what the course has brought, and how many
    attempts the person was granted beyond the rules.
    """

    attempt: Attempt
    digest: str
    course: str
    live: str | None
    certificate: str | None
    complete: bool
    extra: int


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
    checked: bool
    certainty: int | None


# An answer that came late and was accepted since is late no longer, and chosen over what was there before.
_ACCEPTED = select(Acceptance.answer_id).where(Acceptance.answer_id == Answer.id).exists()
_LATE = and_(Answer.late, ~_ACCEPTED)
_CHOSEN = or_(Answer.chosen, and_(Answer.late, _ACCEPTED))
_ANSWER = (
    Answer.id, Answer.slot, Answer.tab, Answer.seq, Answer.base, Answer.version, Answer.value, Answer.at, _LATE,
    _CHOSEN, Answer.checked, Answer.certainty,
)  # fmt: skip


_live = aliased(Edition)
_EXTRA = (
    select(func.sum(Arrangement.number))
    .where(
        Arrangement.scope == "person", Arrangement.scope_id == Attempt.person_id, Arrangement.kind == "extra attempts",
        Arrangement.course_id == Attempt.course_id, Arrangement.quiz == Attempt.quiz, Arrangement.ended.is_(None),
    )
    .correlate(Attempt)
    .scalar_subquery()
)  # fmt: skip
_SITTING = (
    select(
        Attempt, Edition.digest, Course.key, _live.digest, Certificate.code,
        select(Completion.id)
        .where(
            Completion.person_id == Attempt.person_id,
            Completion.course_id == Attempt.course_id,
            Completion.kind == "course",
        )
        .exists(),
        func.coalesce(_EXTRA, 0),
    )
    .join(Edition, Edition.id == Attempt.edition_id)
    .join(Course, Course.id == Attempt.course_id)
    .outerjoin(_live, _live.id == Course.live_id)
    .outerjoin(
        Certificate,
        and_(
            Certificate.person_id == Attempt.person_id,
            Certificate.course_id == Attempt.course_id,
            Certificate.round == Attempt.round,
        ),
    )
    .where(Attempt.public == bindparam("public"))
)  # fmt: skip
_OWN_SITTING = _SITTING.where(Attempt.person_id == bindparam("person"))
_LOCKED_SITTING = _OWN_SITTING.with_for_update(of=Attempt)


def anybodys_sitting(session: Session, public: str, lock: bool = False) -> Sitting | None:
    """An attempt by its address, whoever it belongs to; for staff only."""
    row = session.execute(_SITTING.with_for_update(of=Attempt) if lock else _SITTING, {"public": public}).one_or_none()
    return Sitting(*row) if row else None


def sitting(session: Session, person: int, public: str, lock: bool = False) -> Sitting | None:
    """The person's own attempt by its address. `lock` keeps other writers away from it until the end of the work."""
    statement = _LOCKED_SITTING if lock else _OWN_SITTING
    row = session.execute(statement, {"person": person, "public": public}).one_or_none()
    return Sitting(*row) if row else None


_SLOTS = (
    select(
        AttemptSlot.number, AttemptSlot.bank, AttemptSlot.question, AttemptSlot.version, AttemptSlot.order,
        AttemptSlot.points_num, AttemptSlot.points_den, Flag.slot.is_not(None),
    )
    .outerjoin(Flag, and_(Flag.attempt_id == AttemptSlot.attempt_id, Flag.slot == AttemptSlot.number))
    .where(AttemptSlot.attempt_id == bindparam("attempt"))
    .order_by(AttemptSlot.number)
)  # fmt: skip


def slots(session: Session, attempt: int) -> list[SlotRow]:
    """The paper of an attempt."""
    return [SlotRow(*row) for row in session.execute(_SLOTS, {"attempt": attempt})]


_ANSWERS = select(*_ANSWER).where(Answer.attempt_id == bindparam("attempt")).order_by(Answer.version)


def answers(session: Session, attempt: int) -> list[Kept]:
    """Every saved answer of an attempt, oldest first."""
    return [Kept(*row) for row in session.execute(_ANSWERS, {"attempt": attempt})]


class SavingRow(NamedTuple):
    """What saving needs to know of one slot, once for each answer that the slot has already (or once with none)."""

    attempt: Attempt
    digest: str
    last: int
    slot: AttemptSlot
    flagged: bool
    answer: Kept | None


_every = aliased(Answer)
_LAST = select(func.max(_every.version)).where(_every.attempt_id == Attempt.id).correlate(Attempt).scalar_subquery()
_FOR_SAVING = (
    select(Attempt, Edition.digest, _LAST, AttemptSlot, Flag.slot.is_not(None), *_ANSWER)
    .join(Edition, Edition.id == Attempt.edition_id)
    .join(
        AttemptSlot,
        and_(AttemptSlot.attempt_id == Attempt.id, AttemptSlot.number.in_(bindparam("numbers", expanding=True))),
    )
    .outerjoin(Flag, and_(Flag.attempt_id == Attempt.id, Flag.slot == AttemptSlot.number))
    .outerjoin(Answer, and_(Answer.attempt_id == Attempt.id, Answer.slot == AttemptSlot.number))
    .where(Attempt.public == bindparam("public"), Attempt.person_id == bindparam("person"))
    .order_by(AttemptSlot.number, Answer.version)
    .with_for_update(of=Attempt)
)


def for_saving(session: Session, person: int, public: str, numbers: Iterable[int]) -> list[SavingRow]:
    """Attempt, edition, slots and their answers in one statement, the attempt locked. Empty for a stranger's attempt."""
    values = {"person": person, "public": public, "numbers": list(numbers)}
    return [_saving_row(row) for row in session.execute(_FOR_SAVING, values)]


def _saving_row(row: Row[*tuple[Any, ...]]) -> SavingRow:
    attempt, digest, last, slot, flagged, *answer = tuple(row)
    return SavingRow(attempt, digest, last or 0, slot, flagged, Kept(*answer) if answer[0] is not None else None)


_ADD = insert(Answer)


def add_answers(session: Session, rows: list[dict[str, Any]]) -> None:
    """Append answers, in one statement."""
    session.execute(_ADD, rows)


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


# Beside the attempts of a person stand the rows of what is arranged for them: see queries/arrangements.
PAST_COLUMNS = (
    Attempt.public, Attempt.number, Attempt.state, Attempt.began, Attempt.ended, Attempt.closes, Attempt.share_num,
    Attempt.share_den, Attempt.passed,
)  # fmt: skip


class GradedSlot(NamedTuple):
    """A slot with its last grade and the answer that was graded, or that waits to be marked by a person."""

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
    waits: bool
    answer_id: int | None
    value: Any


_NEWEST = select(func.max(Grade.id)).where(Grade.attempt_id == bindparam("attempt")).group_by(Grade.slot)
_GRADED = (
    select(
        AttemptSlot.number, AttemptSlot.bank, AttemptSlot.question, AttemptSlot.version, AttemptSlot.order,
        AttemptSlot.points_num, AttemptSlot.points_den, Grade.share_num, Grade.share_den, Grade.reason, Grade.waits,
        Grade.answer_id, Answer.value,
    )
    .join(Grade, and_(Grade.attempt_id == AttemptSlot.attempt_id, Grade.slot == AttemptSlot.number))
    .outerjoin(Answer, Answer.id == Grade.answer_id)
    .where(AttemptSlot.attempt_id == bindparam("attempt"), Grade.id.in_(_NEWEST))
    .order_by(AttemptSlot.number)
)  # fmt: skip


def graded(session: Session, attempt: int) -> list[GradedSlot]:
    """The paper with the grades that count: the last one of each slot."""
    return [GradedSlot(*row) for row in session.execute(_GRADED, {"attempt": attempt})]


def overdue(session: Session, now: datetime, most: int = 200) -> list[tuple[int, str]]:
    """Attempts whose time was up before `now` and that nobody has handed in: (person, address)."""
    rows = session.execute(
        select(Attempt.person_id, Attempt.public)
        .where(Attempt.state == "in_progress", Attempt.closes < now)
        .order_by(Attempt.closes)
        .limit(most)
    )
    return [(person, public) for person, public in rows]
