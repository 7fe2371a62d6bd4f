"""Attempts with answers that a person has to mark."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.store.models.learning import Attempt, Grade
from elearning.store.models.text import Course, Edition
from elearning.store.queries.attempts import UNFINISHED


class Waiting(NamedTuple):
    """An attempt that waits, with how many of its answers do."""

    public: str
    digest: str
    quiz: str
    ended: datetime
    waiting: int


class Marking(NamedTuple):
    """An attempt to mark, its edition's digest, and its course's key."""

    attempt: Attempt
    digest: str
    course: str


def count_waiting(session: Session, marker: int) -> int:
    """How many attempts of others than the marker wait."""
    rows = select(func.count()).select_from(Attempt)
    return session.scalar(rows.where(UNFINISHED, Attempt.state == "submitted", Attempt.person_id != marker)) or 0


def waiting(session: Session, marker: int, skip: int, most: int) -> list[Waiting]:
    """Attempts of others than the marker that wait, those handed in first before the others."""
    newest = select(func.max(Grade.id)).where(Grade.attempt_id == Attempt.id).group_by(Grade.slot).correlate(Attempt)
    open_ = (
        select(func.count())
        .select_from(Grade)
        .where(Grade.attempt_id == Attempt.id, Grade.waits.is_(True), Grade.id.in_(newest))
        .correlate(Attempt)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Attempt.public, Edition.digest, Attempt.quiz, Attempt.ended, open_)
        .join(Edition, Edition.id == Attempt.edition_id)
        .where(UNFINISHED, Attempt.state == "submitted", Attempt.person_id != marker)
        .order_by(Attempt.ended, Attempt.id)
        .offset(skip)
        .limit(most)
    )
    return [Waiting(*row) for row in rows]


def attempt(session: Session, public: str, lock: bool = False) -> Marking | None:
    """An attempt that was handed in; `lock` keeps other markers away from it until the end of the work."""
    statement = (
        select(Attempt, Edition.digest, Course.key)
        .join(Edition, Edition.id == Attempt.edition_id)
        .join(Course, Course.id == Attempt.course_id)
        .where(Attempt.public == public, Attempt.state.in_(("submitted", "graded")))
    )
    row = session.execute(statement.with_for_update(of=Attempt) if lock else statement).one_or_none()
    return Marking(*row) if row else None
