"""What banks are used for: on how many papers a question stood, and what was published of them."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.store.models.learning import AttemptSlot
from elearning.store.models.text import EditionText, TextBytes


def papers_by_question(session: Session, bank: str) -> dict[str, int]:
    """For each question of a bank on how many papers it stands."""
    rows = session.execute(
        select(AttemptSlot.question, func.count()).where(AttemptSlot.bank == bank).group_by(AttemptSlot.question)
    )
    return dict(rows.all())


def papers_with(session: Session, bank: str, question: str) -> int:
    """On how many papers one question stands."""
    asked = select(func.count()).where(AttemptSlot.bank == bank, AttemptSlot.question == question)
    return session.scalar(asked) or 0


def published(session: Session, path: str) -> list[bytes]:
    """Every state of a text that stands in an edition."""
    held = select(EditionText.digest).where(EditionText.path == path)
    return list(session.scalars(select(TextBytes.data).where(TextBytes.digest.in_(held))))
