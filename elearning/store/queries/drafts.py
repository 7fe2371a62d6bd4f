"""Reading the drafts of texts one by one: their last saves, who made them, and what stood before."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.store.models.person import Person
from elearning.store.models.text import Course, Edition, EditionText, Save, SideSave, TextBytes

_TEXTS = 7263004


class SaveRow(NamedTuple):
    """One save with the name of its author; the digest is None where the text was removed."""

    id: int
    path: str
    digest: str | None
    at: datetime
    author_id: int | None
    by: str
    made_on: int | None
    auto: bool


_COLUMNS = select(
    Save.id, Save.path, Save.digest, Save.at, Save.author_id, func.coalesce(Person.name, ""), Save.made_on, Save.auto
).outerjoin(Person, Person.id == Save.author_id)


def queue(session: Session, path: str) -> None:
    """Let those who save one path wait for one another; with SQLite all writers wait anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_TEXTS, func.hashtext(path))))


def head(session: Session, path: str) -> SaveRow | None:
    """The last save of a path, also where it was a removal."""
    row = session.execute(_COLUMNS.where(Save.path == path).order_by(Save.id.desc()).limit(1)).first()
    return SaveRow(*row) if row else None


def heads(session: Session, start: str = "") -> list[SaveRow]:
    """The last saves of all paths that begin so, removals too, in order of path."""
    last = select(func.max(Save.id)).where(Save.path.startswith(start, autoescape=True)).group_by(Save.path)
    return [SaveRow(*row) for row in session.execute(_COLUMNS.where(Save.id.in_(last)).order_by(Save.path))]


def save(session: Session, path: str, number: int) -> SaveRow | None:
    """One save of a path by its number."""
    row = session.execute(_COLUMNS.where(Save.path == path, Save.id == number)).first()
    return SaveRow(*row) if row else None


def saves(session: Session, path: str) -> list[SaveRow]:
    """All saves of a path, the last one first."""
    return [SaveRow(*row) for row in session.execute(_COLUMNS.where(Save.path == path).order_by(Save.id.desc()))]


def last_texts(session: Session, paths: Sequence[str]) -> list[SaveRow]:
    """The last save of each path that was no removal."""
    last = select(func.max(Save.id)).where(Save.path.in_(paths), Save.digest.is_not(None)).group_by(Save.path)
    return [SaveRow(*row) for row in session.execute(_COLUMNS.where(Save.id.in_(last)))]


def text(session: Session, digest: str) -> bytes:
    """The bytes of a text; empty where they were redacted."""
    return session.scalar(select(TextBytes.data).where(TextBytes.digest == digest)) or b""


def saved_bytes(session: Session, digest: str, name: str) -> bytes | None:
    """The bytes of a text that was saved under a path that ends with this name."""
    saved = select(Save.id).where(Save.digest == digest, Save.path.endswith(f"/{name}", autoescape=True)).exists()
    return session.scalar(select(TextBytes.data).where(TextBytes.digest == digest, saved))


def editions_of(session: Session, path: str) -> dict[str, tuple[str, ...]]:
    """Digest of a text at this path → the editions that hold it, as `course 3`."""
    rows = session.execute(
        select(EditionText.digest, Course.key, Edition.number)
        .join(Edition, Edition.id == EditionText.edition_id)
        .join(Course, Course.id == Edition.course_id)
        .where(EditionText.path == path)
        .order_by(Course.key, Edition.number)
    )
    found: dict[str, tuple[str, ...]] = {}
    for digest, course, number in rows:
        found[digest] = (*found.get(digest, ()), f"{course} {number}")
    return found


def aside(session: Session, path: str, person: int) -> SideSave | None:
    """What a person typed at this path that still waits to be merged."""
    return session.scalar(
        select(SideSave).where(SideSave.path == path, SideSave.author_id == person, SideSave.settled.is_(None))
    )


def asides(session: Session, person: int) -> Sequence[SideSave]:
    """All that a person typed and that still waits to be merged, in order of path."""
    return session.scalars(
        select(SideSave).where(SideSave.author_id == person, SideSave.settled.is_(None)).order_by(SideSave.path)
    ).all()
