"""What the workshop lists: courses with their live editions, and what these hold."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.store.models.text import Course, Edition, EditionText, TextBytes


class LiveRow(NamedTuple):
    """The live edition of a course."""

    number: int
    at: datetime
    edition_id: int


def live_editions(session: Session) -> dict[str, LiveRow]:
    """Key → the live edition of each course that has one."""
    rows = session.execute(
        select(Course.key, Edition.number, Edition.at, Edition.id).join(Edition, Edition.id == Course.live_id)
    )
    return {key: LiveRow(number, at, edition) for key, number, at, edition in rows}


def manifest(session: Session, edition: int) -> dict[str, str]:
    """Path → digest of an edition."""
    rows = session.execute(select(EditionText.path, EditionText.digest).where(EditionText.edition_id == edition))
    return dict(rows.all())


def texts_of(session: Session, digests: set[str]) -> dict[str, bytes]:
    """The bytes of some texts under their digests."""
    rows = session.execute(select(TextBytes.digest, TextBytes.data).where(TextBytes.digest.in_(digests)))
    return dict(rows.all())
