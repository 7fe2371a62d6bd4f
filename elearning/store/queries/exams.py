"""The attempts at a quiz as those who run it see them."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from elearning.store.models.arrangement import Acceptance
from elearning.store.models.learning import Answer, Attempt
from elearning.store.models.person import Audit, Person
from elearning.store.models.unit import Placement, Unit

OPEN = ("in_progress", "overdue")


class ExamCount(NamedTuple):
    """How many attempts at a quiz there are, run, and wait for a person."""

    course_id: int
    quiz: str
    total: int
    running: int
    waiting: int


class ExamAttempt(NamedTuple):
    """One attempt with whose it is."""

    public: str
    number: int
    state: str
    began: datetime
    closes: datetime | None
    ended: datetime | None
    share_num: int | None
    share_den: int | None
    passed: bool | None
    person_id: int
    name: str
    unit: str | None
    late: int


class RecordLine(NamedTuple):
    """One line of the record about an attempt."""

    at: datetime
    action: str
    reason: str
    by: str | None


def counts(session: Session) -> dict[tuple[int, str], ExamCount]:
    """The attempts at every quiz, counted."""
    rows = session.execute(
        select(
            Attempt.course_id, Attempt.quiz, func.count(),
            func.count(Attempt.id).filter(Attempt.state.in_(OPEN)),
            func.count(Attempt.id).filter(Attempt.state == "submitted"),
        ).group_by(Attempt.course_id, Attempt.quiz)
    )  # fmt: skip
    return {(row[0], row[1]): ExamCount(*row) for row in rows}


def _narrowed(course: int, quiz: str, state: str, words: str) -> list[ColumnElement[bool]]:
    found = [Attempt.course_id == course, Attempt.quiz == quiz]
    if state == "running":
        found.append(Attempt.state.in_(OPEN))
    elif state:
        found.append(Attempt.state == state)
    if words:
        found.append(Person.search_key.contains(words, autoescape=True))
    return found


def count_attempts(session: Session, course: int, quiz: str, state: str, words: str) -> int:
    """How many attempts a list has; `words` are as `fold` gives them."""
    statement = select(func.count(Attempt.id)).join(Person, Person.id == Attempt.person_id)
    return session.scalar(statement.where(*_narrowed(course, quiz, state, words))) or 0


def attempts(
    session: Session, course: int, quiz: str, state: str, words: str, skip: int, most: int
) -> list[ExamAttempt]:
    """Attempts at a quiz, those begun last first."""
    late = (
        select(func.count(Answer.id))
        .outerjoin(Acceptance, Acceptance.answer_id == Answer.id)
        .where(Answer.attempt_id == Attempt.id, Answer.late, Acceptance.answer_id.is_(None))
        .correlate(Attempt)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Attempt.public, Attempt.number, Attempt.state, Attempt.began, Attempt.closes, Attempt.ended, Attempt.share_num,
            Attempt.share_den, Attempt.passed, Attempt.person_id, Person.name, Unit.name, late,
        )
        .join(Person, Person.id == Attempt.person_id)
        .outerjoin(Placement, and_(Placement.person_id == Person.id, Placement.running == 1))
        .outerjoin(Unit, Unit.id == Placement.unit_id)
        .where(*_narrowed(course, quiz, state, words))
        .order_by(Attempt.began.desc(), Attempt.id.desc())
        .offset(skip)
        .limit(most)
    )  # fmt: skip
    return [ExamAttempt(*tuple(row)) for row in rows]


def record_of(session: Session, kinds_and_subjects: Iterable[tuple[str, str]]) -> list[RecordLine]:
    """What the record says of some things, oldest first."""
    about = or_(*(and_(Audit.kind == kind, Audit.subject == subject) for kind, subject in kinds_and_subjects))
    rows = session.execute(
        select(Audit.at, Audit.action, Audit.reason, Person.name)
        .outerjoin(Person, Person.id == Audit.actor_id)
        .where(about)
        .order_by(Audit.at, Audit.id)
        .limit(500)
    )
    return [RecordLine(*row) for row in rows]


def person_name(session: Session, person: int) -> str:
    """The name of a person."""
    return session.scalar(select(Person.name).where(Person.id == person)) or ""


def runs_another(session: Session, attempt: Attempt) -> bool:
    """Whether the same person has another attempt at the quiz under way."""
    statement = select(Attempt.id).where(
        Attempt.person_id == attempt.person_id, Attempt.course_id == attempt.course_id, Attempt.quiz == attempt.quiz,
        Attempt.id != attempt.id, Attempt.state.in_(OPEN),
    )  # fmt: skip
    return session.scalar(statement.limit(1)) is not None
