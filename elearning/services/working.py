"""Long work, done by the worker: what was asked stands in a row, how far it is too, and whoever asked can watch.

A job moves on by steps; each step is one transaction that does its part and says so in the row (`advance`), so that a
worker that is killed loses no more than one step and another goes on where it stopped. A step that finds the row
elsewhere than it left it gives way: somebody else has taken the job up.
"""

import logging
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import IO, Any, cast

from elearning.domain.errors import DomainError, Refused
from elearning.domain.message import Message, message, packed, unpacked
from elearning.domain.permission import may
from elearning.domain.person import Actor, Grant, Role, Scope
from elearning.services.failing import Unavailable, refusing
from elearning.services.work import NOBODY, House, Work, not_here
from elearning.store.files.kind import NotThere
from elearning.store.models.notice import Job
from elearning.store.queries import jobs

log = logging.getLogger("phatngon.working")
# A job that was not heard of for so long is taken up by the next worker that looks.
SILENCE = timedelta(seconds=90)
FILES_KEPT = timedelta(days=30)


class GivenUp(Exception):
    """Another worker has taken the job up; this one stops where it is."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A job that was taken up: who asked for what, and how far it was then. Its file is opened by `sent_file`."""

    id: int
    public: str
    kind: str
    actor: Actor
    asked: Mapping[str, Any]
    file_name: str
    done: int
    result: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: figures for the page, and what there is to take away: `output`, a few bytes or an open file that is to stand
    in the database, or `file`, an open one that is kept beside it because it may be very large. `done` is how far the last step came.
    """

    done: int
    result: Mapping[str, Any]
    output: bytes | IO[bytes] | None = None
    file_name: str | None = None
    keep_data: bool = False
    file: IO[bytes] | None = None


@dataclass(frozen=True, slots=True)
class JobPage:
    """A job as its owner sees it; `state` is waiting, running, done or failed, `said` why it failed."""

    public: str
    kind: str
    state: str
    file_name: str
    done: int
    total: int
    made: datetime
    ended: datetime | None
    said: Message | None
    has_output: bool
    result: Mapping[str, Any] = field(default_factory=dict)


Runner = Callable[[House, Ticket], Outcome]
_RUNNERS: dict[str, Runner] = {}


def register(kind: str, runner: Runner) -> None:
    """Say who does the jobs of a kind. The runner may be called again for a job that was broken off."""
    _RUNNERS[kind] = runner


def add(work: Work, kind: str, asked: Mapping[str, Any], file_name: str = "", file: IO[bytes] | None = None) -> str:
    """Ask for a job, with a file that is kept from its first byte on; its address. It is done by the worker after the transaction,
    or at once by `run`.
    """
    public = work.chance.token(16)[:22]
    row = Job(
        public=public, kind=kind, by_id=work.actor.id, asked=dict(asked), file_name=file_name[:200], made=work.now
    )
    work.session.add(row)
    work.session.flush()
    if file is not None:
        file.seek(0)
        jobs.keep_file(work.session, row.id, "data", file)
    return public


@contextmanager
def sent_file(house: House, ticket: Ticket) -> Iterator[IO[bytes]]:
    """The file that came with a job, open and on the disk, so that however large it is nobody has to hold it. Raises Unavailable."""
    with tempfile.TemporaryFile() as file:
        with house.reading(ticket.actor) as work:
            for piece in jobs.pieces(work.session, ticket.id, "data"):
                file.write(piece)
        file.seek(0)
        yield file


def advance(work: Work, ticket: Ticket, since: int, done: int, total: int, result: Mapping[str, Any]) -> None:
    """Within the transaction of a step: the job was as far as `since` and is now as far as `done` of `total`.

    Raises GivenUp when it is elsewhere; the step is then rolled back. Call it first, before what the step writes.
    """
    values = {"done": done, "total": total, "result": dict(result), "started": work.now}
    if not jobs.change(work.session, ticket.id, since, values):
        raise GivenUp


def run_next(house: House) -> bool:
    """Do the oldest job that nobody is on; False when there is none."""
    with house.reading(NOBODY) as work:
        ready = jobs.first_ready(work.session, _RUNNERS, work.now - SILENCE)
    return ready is not None and _take_up(house, ready)


def run(house: House, public: str) -> None:
    """Do one job at once, where it is short enough to wait for."""
    with house.reading(NOBODY) as work:
        found = jobs.by_public(work.session, public)
    if found is not None:
        _take_up(house, found[0].id)


def _take_up(house: House, job: int) -> bool:
    with house.writing(NOBODY) as work:
        row = jobs.take(work.session, job, _RUNNERS, work.now - SILENCE, work.now)
        actor = actor_of(work, row.by_id) if row else None
    if row is None:
        return False
    ticket = Ticket(row.id, row.public, row.kind, actor or NOBODY, row.asked, row.file_name, row.done, row.result or {})
    _do(house, ticket)
    return True


def actor_of(work: Work, person: int) -> Actor | None:
    """Whoever asked, with what is granted to them now and not when they asked."""
    found = jobs.grants_of(work.session, person, work.now)
    if found is None:
        return None
    row, grants = found
    running = tuple(Grant(cast(Role, one.role), cast(Scope, one.scope), one.scope_id) for one in grants)
    return Actor(row.id, row.name, row.language, running)


def _do(house: House, ticket: Ticket) -> None:
    try:
        if not ticket.actor.id:
            raise Refused(message("The account that asked for this is closed."))
        with refusing():
            outcome = _RUNNERS[ticket.kind](house, ticket)
    except GivenUp:
        log.info("job %s goes on elsewhere", ticket.public)
    except Unavailable as error:
        log.warning("job %s goes on later: %s", ticket.public, error.message.plain())
    except DomainError as error:
        _fail(house, ticket, error.message)
    except Exception:
        log.exception("job %s of kind %s broke", ticket.public, ticket.kind)
        _fail(house, ticket, message("Something broke on our side. What was done before is kept. Try again."))
    else:
        _finish(house, ticket, outcome)


def _finish(house: House, ticket: Ticket, outcome: Outcome) -> None:
    if outcome.file is not None:
        with outcome.file as file:
            file.seek(0)
            house.files.keep(ticket.public, file)
    result = {**outcome.result, **({"file": True} if outcome.file is not None else {})}
    values: dict[str, Any] = {"state": "done", "result": result}
    if outcome.file_name is not None:
        values["file_name"] = outcome.file_name[:200]
    made = BytesIO(outcome.output) if isinstance(outcome.output, bytes) else outcome.output
    with made or nullcontext(), house.writing(ticket.actor) as work:
        if not jobs.change(work.session, ticket.id, outcome.done, {**values, "ended": work.now}):
            return
        if not outcome.keep_data:
            jobs.drop_files(work.session, ticket.id, "data")
        if made is not None:
            made.seek(0)
            jobs.keep_file(work.session, ticket.id, "output", made)


def _fail(house: House, ticket: Ticket, why: Message) -> None:
    with house.writing(NOBODY) as work:
        row = work.session.get(Job, ticket.id)
        if row is not None and row.state == "running":
            row.state, row.ended = "failed", work.now
            row.result = {**(row.result or {}), "said": packed(why)}


def job_for(work: Work, public: str) -> tuple[Job, bool]:
    """A job of the actor, or anybody's for an administrator, and whether it has a file. Raises NotFound for any other."""
    found = jobs.by_public(work.session, public)
    if found is None or not (found[0].by_id == work.actor.id or may(work.actor, "manage platform")):
        raise not_here()
    return found


def job_page(work: Work, public: str) -> JobPage:
    """How far a job is, or what came of it. Raises NotFound for somebody else's."""
    row, has_output = job_for(work, public)
    result = row.result or {}
    has_output = has_output or bool(result.get("file"))
    why = unpacked(result["said"]) if "said" in result else None
    return JobPage(
        row.public, row.kind, row.state, row.file_name, row.done, row.total, row.made, row.ended, why, has_output, result
    )  # fmt: skip


def output(work: Work, public: str) -> tuple[str, str, bytes]:
    """Kind, name and bytes of the file that came of a job. Raises NotFound where there is none, or it is not the actor's."""
    row, _ = job_for(work, public)
    made = jobs.whole_file(work.session, row.id, "output")
    if made is None:
        raise not_here()
    return row.kind, row.file_name, made


def kept_file(work: Work, public: str) -> tuple[Path, str] | None:
    """Where the large file that came of a job stands, and its name; None for a job without one. Raises NotFound as `output`."""
    row, _ = job_for(work, public)
    if not (row.result or {}).get("file"):
        return None
    try:
        return work.files.path(public), row.file_name
    except NotThere as error:
        raise not_here() from error


def drop_old_files(house: House) -> int:
    """Drop files of jobs that ended 30 days ago: lists of people are not kept without need. How many jobs there were."""
    with house.writing(NOBODY) as work:
        before = work.now - FILES_KEPT
        large = jobs.with_old_file(work.session, before)
        count = jobs.empty_old(work.session, before)
    for public in large:
        house.files.remove(public)
    with house.writing(NOBODY) as work:
        jobs.forget_files(work.session, large)
    return count + len(large)
