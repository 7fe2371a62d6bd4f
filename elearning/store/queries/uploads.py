"""Recordings that people send in answer to a question."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.store.models.learning import Attempt, Upload


def count(session: Session, attempt: int, slot: int) -> int:
    """How many recordings were begun for a slot."""
    rows = select(func.count()).select_from(Upload).where(Upload.attempt_id == attempt, Upload.slot == slot)
    return session.scalar(rows) or 0


def own(session: Session, person: int, public: str) -> Upload | None:
    """An upload of the person's own attempts."""
    mine = select(Upload).join(Attempt, Attempt.id == Upload.attempt_id)
    return session.scalar(mine.where(Upload.public == public, Attempt.person_id == person))


def by_public(session: Session, public: str) -> Upload | None:
    """Any upload, for those who mark."""
    return session.scalar(select(Upload).where(Upload.public == public))
