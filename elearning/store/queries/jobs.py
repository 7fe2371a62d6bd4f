"""Long work: taking it up, saying how far it is, ending it; and its files, which are written and read piece by piece."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import IO, Any, Literal

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from elearning.store.models.notice import Job, JobPiece
from elearning.store.models.person import Grant, Person

# What came with a job, and what came of it.
File = Literal["data", "output"]
PIECE = 256 * 1024


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


def keep_file(session: Session, job: int, file: File, source: IO[bytes]) -> None:
    """Keep a file of a job, from where the source stands. Even an empty one has a piece, so that it is there."""
    number, piece = 0, source.read(PIECE)
    while piece or not number:
        session.execute(insert(JobPiece).values(job_id=job, file=file, number=number, piece=piece))
        number, piece = number + 1, source.read(PIECE)


def pieces(session: Session, job: int, file: File) -> Iterator[bytes]:
    """A file of a job, one piece after the other; none where there is no such file."""
    number = 0
    while (piece := session.scalar(select(JobPiece.piece).where(*_numbered(job, file, number)))) is not None:
        yield piece
        number += 1


def whole_file(session: Session, job: int, file: File) -> bytes | None:
    """A file of a job that is small enough to be held."""
    found = list(pieces(session, job, file))
    return b"".join(found) if found else None


def has_file(session: Session, job: int, file: File) -> bool:
    """Whether a job has such a file."""
    return session.scalar(select(JobPiece.number).where(*_numbered(job, file))) is not None


def _numbered(job: int | InstrumentedAttribute[int], file: File, number: int = 0) -> tuple[ColumnElement[bool], ...]:
    return JobPiece.job_id == job, JobPiece.file == file, JobPiece.number == number


def pass_file(session: Session, job: int, public: str) -> None:
    """Give the file that came with a job to another job, which is named by its address."""
    other = select(Job.id).where(Job.public == public).scalar_subquery()
    session.execute(update(JobPiece).where(JobPiece.job_id == job, JobPiece.file == "data").values(job_id=other))


def drop_files(session: Session, job: int, *files: File) -> None:
    """Forget some files of a job."""
    session.execute(delete(JobPiece).where(JobPiece.job_id == job, JobPiece.file.in_(files)))


def done_so_far(session: Session, job: int) -> int:
    """How far a job is."""
    return session.scalar(select(Job.done).where(Job.id == job)) or 0


def by_public(session: Session, public: str) -> tuple[Job, bool] | None:
    """A job, and whether there is a file to take away."""
    made = select(JobPiece.number).where(*_numbered(Job.id, "output")).exists()
    row = session.execute(select(Job, made).where(Job.public == public)).one_or_none()
    return (row[0], bool(row[1])) if row else None


def own(session: Session, person: int, kind: str, most: int, name: str) -> list[Job]:
    """The jobs of a kind and of a file name that a person asked for last, the newest first."""
    asked = select(Job).where(Job.by_id == person, Job.kind == kind, Job.file_name == name)
    return list(session.scalars(asked.order_by(Job.id.desc()).limit(most)))


def of_course(session: Session, kind: str, course: str, most: int = 200) -> list[Job]:
    """The last jobs of a kind that were asked for a course, the newest first."""
    asked = select(Job).where(Job.kind == kind, Job.asked["course"].as_string() == course)
    return list(session.scalars(asked.order_by(Job.id.desc()).limit(most)))


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
    old = delete(JobPiece).where(JobPiece.job_id.in_(select(Job.id).where(Job.ended < before)))
    return len(set(session.scalars(old.returning(JobPiece.job_id))))


def with_old_file(session: Session, before: datetime) -> list[str]:
    """The jobs that ended before a moment and whose large file is still kept beside the database."""
    rows = session.execute(select(Job.public, Job.result).where(Job.ended < before))
    return [public for public, result in rows if (result or {}).get("file")]


def forget_files(session: Session, publics: list[str]) -> None:
    """Write down that the large files of some jobs are gone."""
    for row in session.scalars(select(Job).where(Job.public.in_(publics))):
        row.result = {**(row.result or {}), "file": False}
