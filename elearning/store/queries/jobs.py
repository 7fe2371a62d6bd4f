"""Long work: taking it up, saying how far it is, ending it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session, defer

from elearning.store.models.notice import Job
from elearning.store.models.person import Grant, Person


def _ready(kinds: Iterable[str], stale: datetime) -> ColumnElement[bool]:
    left_behind = and_(Job.state == "running", Job.started < stale)
    return and_(Job.kind.in_(list(kinds)), or_(Job.state == "waiting", left_behind))


def first_ready(session: Session, kinds: Iterable[str], stale: datetime) -> int | None:
    """The id of the oldest job of these kinds that nobody is on: new, or not heard of since `stale`."""
    return session.scalar(select(Job.id).where(_ready(kinds, stale)).order_by(Job.id).limit(1))


def take(session: Session, job: int, kinds: Iterable[str], stale: datetime, now: datetime) -> Job | None:
    """Take a job up; None when somebody else was quicker."""
    taking = update(Job).where(Job.id == job, _ready(kinds, stale)).values(state="running", started=now)
    if session.scalar(taking.returning(Job.id)) is None:
        return None
    return session.scalar(select(Job).where(Job.id == job).execution_options(populate_existing=True))


def change(session: Session, job: int, done: int, values: dict[str, Any]) -> bool:
    """Change a running job that is as far as `done`; False when it is not, because somebody else has taken it up."""
    still = update(Job).where(Job.id == job, Job.state == "running", Job.done == done)
    return session.scalar(still.values(**values).returning(Job.id)) is not None


def drop_files(session: Session, job: int) -> None:
    """Forget what came with a job and what came of it."""
    session.execute(update(Job).where(Job.id == job).values(data=None, output=None))


def done_so_far(session: Session, job: int) -> int:
    """How far a job is."""
    return session.scalar(select(Job.done).where(Job.id == job)) or 0


def by_public(session: Session, public: str) -> tuple[Job, bool] | None:
    """A job without its files, and whether there is a file to take away."""
    row = session.execute(
        select(Job, Job.output.is_not(None))
        .where(Job.public == public)
        .options(defer(Job.data, raiseload=True), defer(Job.output, raiseload=True))
    ).one_or_none()
    return (row[0], bool(row[1])) if row else None


def own(session: Session, person: int, kind: str, most: int, name: str) -> list[Job]:
    """The jobs of a kind and of a file name that a person asked for last, the newest first, without their files."""
    asked = select(Job).where(Job.by_id == person, Job.kind == kind, Job.file_name == name)
    bare = (defer(Job.data, raiseload=True), defer(Job.output, raiseload=True))
    return list(session.scalars(asked.order_by(Job.id.desc()).limit(most).options(*bare)))


def of_course(session: Session, kind: str, course: str, most: int = 200) -> list[Job]:
    """The last jobs of a kind that were asked for a course, the newest first, without their files."""
    asked = select(Job).where(Job.kind == kind, Job.asked["course"].as_string() == course)
    bare = (defer(Job.data, raiseload=True), defer(Job.output, raiseload=True))
    return list(session.scalars(asked.order_by(Job.id.desc()).limit(most).options(*bare)))


def files(session: Session, job: int) -> tuple[bytes | None, bytes | None]:
    """The file that came with a job, and the one that came of it."""
    row = session.execute(select(Job.data, Job.output).where(Job.id == job)).one()
    return row[0], row[1]


def grants_of(session: Session, person: int, now: datetime) -> tuple[Person, list[Grant]] | None:
    """A person who may still sign in, with the grants that run now."""
    found = session.scalar(
        select(Person).where(
            Person.id == person, Person.disabled.is_(None), Person.left.is_(None), Person.erased.is_(None)
        )
    )
    running = select(Grant).where(
        Grant.person_id == person, Grant.since <= now, or_(Grant.until.is_(None), Grant.until > now)
    )
    return (found, list(session.scalars(running))) if found else None


def empty_old(session: Session, before: datetime) -> int:
    """Drop the files of jobs that ended before a moment; how many jobs there were."""
    old = update(Job).where(Job.ended < before, or_(Job.data.is_not(None), Job.output.is_not(None)))
    return len(session.scalars(old.values(data=None, output=None).returning(Job.id)).all())


def with_old_file(session: Session, before: datetime) -> list[str]:
    """The jobs that ended before a moment and whose large file is still kept beside the database."""
    rows = session.execute(select(Job.public, Job.result).where(Job.ended < before))
    return [public for public, result in rows if (result or {}).get("file")]


def forget_files(session: Session, publics: list[str]) -> None:
    """Write down that the large files of some jobs are gone."""
    for row in session.scalars(select(Job).where(Job.public.in_(publics)).options(defer(Job.data), defer(Job.output))):
        row.result = {**(row.result or {}), "file": False}


def drop_data(session: Session, job: int) -> None:
    """Drop the file that came with a job."""
    session.execute(update(Job).where(Job.id == job).values(data=None))
