"""Comments on lines of drafts."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.store.models.person import Person
from elearning.store.models.text import Remark


def open_ones(session: Session, path: str) -> Sequence[tuple[Remark, str]]:
    """The comments on a path that nobody has settled, the oldest first, each with the name of who wrote it."""
    rows = session.execute(
        select(Remark, Person.name)
        .join(Person, Person.id == Remark.author_id)
        .where(Remark.path == path, Remark.settled.is_(None))
        .order_by(Remark.id)
    )
    return [(remark, name) for remark, name in rows]


def one(session: Session, path: str, number: int) -> Remark | None:
    """One comment on a path."""
    return session.scalar(select(Remark).where(Remark.path == path, Remark.id == number))
