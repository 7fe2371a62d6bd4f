"""The figures of the platform for whoever watches over it: numbers only, nothing of anybody."""

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Select, func, select
from sqlalchemy.exc import SQLAlchemyError

from elearning.domain.attempt_states import OPEN
from elearning.domain.errors import DomainError
from elearning.services.backing_up import last_backup
from elearning.services.health import database_bytes, free_bytes, why_not_ready
from elearning.services.work import NOBODY, House, Work
from elearning.store.holding import InUse
from elearning.store.models.learning import Attempt
from elearning.store.models.notice import Job, Notice
from elearning.store.queries.attempts import UNFINISHED

WORKER_SEEN = "worker-seen"
log = logging.getLogger("phatngon.measuring")


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait, and for how many seconds the oldest of them has."""

    waiting: int
    oldest: float


@dataclass(frozen=True, slots=True)
class State:
    """What the platform has in hand now. Sizes are bytes, ages seconds; None where it cannot be known now."""

    not_ready: str
    jobs: Queue | None
    mails: Queue | None
    attempts: int | None
    database: int | None
    free: int | None
    backup_age: float | None
    worker_age: float | None


def state(house: House, data_dir: Path) -> State:
    """The state of the platform; while the database cannot be reached, all that is known without it."""
    jobs = mails = attempts = size = None
    try:
        with house.reading(NOBODY) as work:
            waiting = select(func.count(Job.id), func.min(Job.made)).where(Job.state.in_(("waiting", "running")))
            jobs = _queue(work, waiting)
            letters = select(func.count(Notice.id), func.min(Notice.at)).where(Notice.mail.in_(("waiting", "sending")))
            mails = _queue(work, letters)
            attempts = work.session.scalar(select(func.count(Attempt.id)).where(UNFINISHED, Attempt.state.in_(OPEN)))
        size = database_bytes(house)
    except (DomainError, SQLAlchemyError, InUse) as error:
        log.warning("figures without the database: %s", error)
    made = last_backup(data_dir)
    age = (house.clock() - made).total_seconds() if made else None
    free, seen = free_bytes(house, data_dir), worker_age(house, data_dir)
    return State(why_not_ready(house, data_dir), jobs, mails, attempts, size, free, age, seen)


def note_worker(data_dir: Path) -> None:
    """The worker is there, and looks for work."""
    with suppress(OSError):
        (data_dir / WORKER_SEEN).touch()


def worker_age(house: House, data_dir: Path) -> float | None:
    """How many seconds ago the worker last looked for work; None where it never has."""
    try:
        seen = (data_dir / WORKER_SEEN).stat().st_mtime
    except OSError:
        return None
    return max(0.0, house.clock().timestamp() - seen)


def _queue(work: Work, asked: Select[int, datetime]) -> Queue:
    count, oldest = work.session.execute(asked).one()
    return Queue(count, max(0.0, (work.now - oldest).total_seconds()) if count else 0.0)
