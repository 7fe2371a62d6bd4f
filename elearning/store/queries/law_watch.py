"""What the law watch asks of the database: reviews of what cites a changed document, and the editions that rely on it."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.store.models.person import Person
from elearning.store.models.publishing import LawReview
from elearning.store.models.text import Course, Edition


class LiveEdition(NamedTuple):
    """A live edition with the keys of law that it cites."""

    course: str
    title: str
    number: int
    digest: str
    laws: list[Any]


class ReviewRow(NamedTuple):
    """A text, or a question of it, that was looked at: it may stand."""

    law: str
    change: str
    path: str
    item: str
    by: str
    at: datetime
    why: str


def reviews(session: Session, law: str = "") -> list[ReviewRow]:
    """All reviews, of one document where it is named; oldest first."""
    rows = (
        select(
            LawReview.law, LawReview.change, LawReview.path, LawReview.item, Person.name, LawReview.at, LawReview.why
        )
        .join(Person, Person.id == LawReview.by_id)
        .order_by(LawReview.at, LawReview.id)
    )
    return [ReviewRow(*row) for row in session.execute(rows.where(LawReview.law == law) if law else rows)]


def live_editions(session: Session) -> list[LiveEdition]:
    """All live editions, by key of the course."""
    rows = session.execute(
        select(Course.key, Course.title, Edition.number, Edition.digest, Edition.laws)
        .join(Edition, Edition.id == Course.live_id)
        .order_by(Course.key)
    )
    return [LiveEdition(*row) for row in rows]


def review(session: Session, law: str, change: str, path: str, item: str) -> LawReview | None:
    """One review."""
    return session.scalar(
        select(LawReview).where(
            LawReview.law == law, LawReview.change == change, LawReview.path == path, LawReview.item == item
        )
    )
