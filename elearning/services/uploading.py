"""Recordings: announced, sent part by part over a bad line, looked at, and kept for the person who marks them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import select, update

from elearning.domain.attempt import still_counts
from elearning.domain.attempt_states import OPEN
from elearning.domain.errors import Closed, Mistaken
from elearning.domain.media import LONGEST_START, media_kind
from elearning.domain.message import Message, message
from elearning.domain.permission import may
from elearning.domain.person import Actor
from elearning.domain.questions import TYPES
from elearning.services.work import House, Work, not_here
from elearning.store.files.kind import NotThere
from elearning.store.models.learning import Upload
from elearning.store.queries import attempts, uploads

MEGABYTE = 1_000_000
MOST = 100 * MEGABYTE
PART = 500_000
MOST_OF_ONE_SLOT = 20


@dataclass(frozen=True, slots=True)
class Received:
    """How much of an upload is there. `done` says that all is, and that it is sound or video."""

    id: str
    received: int
    size: int
    done: bool
    part: int = PART


def begin(work: Work, attempt: str, slot: int, name: str, size: int) -> Received:
    """Announce a recording for a slot of the actor's running attempt.

    Raises NotFound for a slot that takes none, Mistaken for one that is empty or too large, Closed when the time is up.
    """
    row = _row_of(work, attempt, slot)
    if not 0 < size <= MOST:
        raise Mistaken(
            message(
                "A recording has up to %(most)s MB; this file has %(now)s.", most=MOST // MEGABYTE, now=_megabytes(size)
            )
        )
    if uploads.count(work.session, row, slot) >= MOST_OF_ONE_SLOT:
        raise Mistaken(
            message("This question has been recorded %(most)s times. Keep the last one.", most=MOST_OF_ONE_SLOT)
        )
    upload = Upload(
        public=work.chance.token(16)[:22], attempt_id=row, slot=slot, name=name[:200], size=size, made=work.now
    )
    work.session.add(upload)
    work.session.flush()
    return Received(upload.public, 0, size, False)


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.0f} MB" if size >= MEGABYTE else f"{size} B"


def _row_of(work: Work, attempt: str, slot: int) -> int:
    sitting = attempts.sitting(work.session, work.actor.id, attempt)
    if sitting is None:
        raise not_here()
    compiled = work.shelf.get(work.session, sitting.digest)
    rules = compiled.quizzes[sitting.attempt.quiz].rules
    found = next((row for row in attempts.slots(work.session, sitting.attempt.id) if row.number == slot), None)
    question = compiled.banks[found.bank][found.question] if found else None
    if question is None or TYPES[question.type].held(question.body) != "upload":
        raise not_here()
    if sitting.attempt.state not in OPEN or not still_counts(sitting.attempt.closes, rules, work.now):
        raise Closed(message("This attempt has been handed in. Its answers can no longer be changed."))
    return sitting.attempt.id


def received(work: Work, public: str) -> Received:
    """How much of one of the actor's uploads is there. Raises NotFound for anybody else's."""
    row = uploads.own(work.session, work.actor.id, public)
    if row is None:
        raise not_here()
    return Received(public, work.files.size(public), row.size, bool(row.kind))


def add_part(house: House, actor: Actor, public: str, start: int, data: bytes) -> Received:
    """Add one part; the answer says how much is there, so that a lost line goes on where it broke.

    Raises NotFound for anybody else's upload, Mistaken when all is there and it is neither sound nor video.
    """
    with house.reading(actor) as work:
        now = received(work, public)
    if now.done:
        return now
    room = now.size - start
    there = house.files.append(public, start, data[:room]) if room > 0 else now.received
    if there < now.size:
        return Received(public, there, now.size, False)
    kind = media_kind(house.files.start_of(public, LONGEST_START))
    if kind is None:
        house.files.remove(public)
        raise Mistaken(
            message("This file is neither sound nor video. Choose a recording, such as MP3, M4A, MP4, OGG or WebM.")
        )
    with house.writing(actor) as work:
        work.session.execute(update(Upload).where(Upload.public == public).values(kind=kind, finished=work.now))
    return Received(public, there, now.size, True)


def take_whole(house: House, actor: Actor, attempt: str, slot: int, name: str, file: IO[bytes]) -> str:
    """A recording that a plain form has brought in one piece; its name. Raises as `begin` and `add_part` do."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    with house.writing(actor) as work:
        upload = begin(work, attempt, slot, name, size)
    start = 0
    while part := file.read(PART):
        start = add_part(house, actor, upload.id, start, part).received
    return upload.id


def ensure_own(work: Work, attempt: int, named: Mapping[int, str]) -> Message | None:
    """Why the uploads that answers name cannot stand for them; None where each is a whole recording of that slot."""
    if not named:
        return None
    rows = work.session.execute(
        select(Upload.public, Upload.slot).where(
            Upload.attempt_id == attempt, Upload.public.in_(named.values()), Upload.kind != ""
        )
    )
    known = {(slot, public) for public, slot in rows}
    if all((slot, public) in known for slot, public in named.items()):
        return None
    return message("This recording has not arrived whole. Send it again.")


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A recording to be played."""

    path: Path
    kind: str
    at: datetime


def play(work: Work, public: str) -> MediaFile:
    """A recording, for the learner who made it and for those who mark. Raises NotFound for anybody else."""
    row = uploads.own(work.session, work.actor.id, public)
    if row is None and may(work.actor, "mark"):
        row = uploads.by_public(work.session, public)
    if row is None or not row.kind:
        raise not_here()
    try:
        return MediaFile(work.files.path(public), row.kind, row.made)
    except NotThere as error:
        raise not_here() from error
