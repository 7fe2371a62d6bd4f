"""Attempts, their papers, answers and grades. Ownership stands in the query: a stranger's attempt is not found."""

from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar

from sqlalchemy import and_, bindparam, func, literal_column, or_, select
from sqlalchemy.orm import Session, aliased

from elearning.store.base import AnySelect
from elearning.store.models.arrangement import Acceptance, Arrangement
from elearning.store.models.learning import Answer, Attempt, AttemptSlot, Certificate, Completion, Flag, Grade
from elearning.store.models.text import Course, Edition
from elearning.store.prepared import Prepared


class AttemptRow(NamedTuple):
    """The columns of an attempt, for pages that only look at it."""

    id: int
    public: str
    person_id: int
    course_id: int
    edition_id: int
    quiz: str
    round: int
    number: int
    state: str
    seed: str
    began: datetime
    closes: datetime | None
    ended: datetime | None
    reopened: datetime | None
    share_milli: int | None
    share_num: int | None
    share_den: int | None
    passed: bool | None


_COLUMNS = tuple(getattr(Attempt, name) for name in AttemptRow._fields)
Seen = TypeVar("Seen", Attempt, AttemptRow)


class Sitting(NamedTuple, Generic[Seen]):
    """An attempt, the edition it began on, the course's key, the edition that is live, what the course has brought, and how many
    attempts the person was granted beyond the rules.
    """

    attempt: Seen
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
ANSWER_COLUMNS = (
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
_BESIDE = (
    Edition.digest, Course.key, _live.digest, Certificate.code,
    select(Completion.id)
    .where(
        Completion.person_id == Attempt.person_id,
        Completion.course_id == Attempt.course_id,
        Completion.kind == "course",
    )
    .exists(),
    func.coalesce(_EXTRA, 0),
)  # fmt: skip


def _sittings(*attempt: Any) -> AnySelect:
    return (
        select(*attempt, *_BESIDE)
        .select_from(Attempt)
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
    )


_ANYBODYS = _sittings(Attempt)
_OF_PERSON = _sittings(*_COLUMNS).where(Attempt.person_id == bindparam("person"))
_OWN = Prepared(_OF_PERSON)
_OWN_LOCKED = Prepared(_OF_PERSON.with_for_update(of=Attempt))


def anybodys_sitting(session: Session, public: str, lock: bool = False) -> Sitting[Attempt] | None:
    """An attempt by its address, whoever it belongs to; for staff only."""
    row = session.execute(
        _ANYBODYS.with_for_update(of=Attempt) if lock else _ANYBODYS, {"public": public}
    ).one_or_none()
    return Sitting(*row) if row else None


def sitting(session: Session, person: int, public: str) -> Sitting[AttemptRow] | None:
    """The person's own attempt by its address, to look at."""
    return _sitting(_OWN.one(session, {"person": person, "public": public}))


def locked_sitting(session: Session, person: int, public: str) -> Sitting[AttemptRow] | None:
    """The person's own attempt by its address, to change: other writers are kept away from it until the end of the work."""
    return _sitting(_OWN_LOCKED.one(session, {"person": person, "public": public}))


def _sitting(row: tuple[Any, ...] | None) -> Sitting[AttemptRow] | None:
    return Sitting(AttemptRow(*row[: len(_COLUMNS)]), *row[len(_COLUMNS) :]) if row else None


_SLOTS = Prepared(
    select(
        AttemptSlot.number, AttemptSlot.bank, AttemptSlot.question, AttemptSlot.version, AttemptSlot.order,
        AttemptSlot.points_num, AttemptSlot.points_den, Flag.slot.is_not(None),
    )
    .outerjoin(Flag, and_(Flag.attempt_id == AttemptSlot.attempt_id, Flag.slot == AttemptSlot.number))
    .where(AttemptSlot.attempt_id == bindparam("attempt"))
    .order_by(AttemptSlot.number),
    many=True,
)  # fmt: skip


def slots(session: Session, attempt: int) -> list[SlotRow]:
    """The paper of an attempt."""
    return [SlotRow(*row) for row in _SLOTS.rows(session, {"attempt": attempt})]


_ANSWERS = Prepared(
    select(*ANSWER_COLUMNS).where(Answer.attempt_id == bindparam("attempt")).order_by(Answer.version), many=True
)


def answers(session: Session, attempt: int) -> list[Kept]:
    """Every saved answer of an attempt, oldest first."""
    return [Kept(*row) for row in _ANSWERS.rows(session, {"attempt": attempt})]


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
_GRADED = Prepared(
    select(
        AttemptSlot.number, AttemptSlot.bank, AttemptSlot.question, AttemptSlot.version, AttemptSlot.order,
        AttemptSlot.points_num, AttemptSlot.points_den, Grade.share_num, Grade.share_den, Grade.reason, Grade.waits,
        Grade.answer_id, Answer.value,
    )
    .join(Grade, and_(Grade.attempt_id == AttemptSlot.attempt_id, Grade.slot == AttemptSlot.number))
    .outerjoin(Answer, Answer.id == Grade.answer_id)
    .where(AttemptSlot.attempt_id == bindparam("attempt"), Grade.id.in_(_NEWEST))
    .order_by(AttemptSlot.number),
    many=True,
)  # fmt: skip


def graded(session: Session, attempt: int) -> list[GradedSlot]:
    """The paper with the grades that count: the last one of each slot."""
    return [GradedSlot(*row) for row in _GRADED.rows(session, {"attempt": attempt})]


# Written out and not sent as a value, so that the databases know it for the condition of the index of such attempts.
UNFINISHED = Attempt.state != literal_column("'graded'")


def overdue(session: Session, now: datetime, most: int = 200) -> list[tuple[int, str]]:
    """Attempts whose time was up before `now` and that nobody has handed in: (person, address)."""
    rows = session.execute(
        select(Attempt.person_id, Attempt.public)
        .where(UNFINISHED, Attempt.state == "in_progress", Attempt.closes < now)
        .order_by(Attempt.closes)
        .limit(most)
    )
    return [(person, public) for person, public in rows]
