"""Writing texts: what is being written, saved over nobody's words, removed and brought back, and what stood before.

A save says which save it was made on. Where somebody has saved since, nothing is overwritten and nothing thrown away: what was
typed is kept beside the draft (`SideSave`), the draft stays theirs, and the caller gets both, with the text both began from.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from elearning.content.text import digest_of, typed_bytes
from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.permission import may
from elearning.exchange.errors import ExchangeError
from elearning.exchange.limits import LIMITS
from elearning.exchange.paths import check_names, is_wanted
from elearning.services.auditing import record
from elearning.services.work import Work, not_here
from elearning.store.models.text import Save, SideSave
from elearning.store.queries import drafts, texts
from elearning.store.queries.drafts import SaveRow

MOST_TYPED = 6_000_000
LONGEST_PATH = 300
# Saves that the editor makes by itself are one line of the record, as long as the same person goes on without a pause.
PAUSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of one path: its bytes, and the save to name when the next one is made on it. One that was removed holds no bytes."""

    path: str
    save_id: int
    data: bytes
    by: str
    by_id: int | None
    at: datetime
    removed: bool = False

    @property
    def text(self) -> str:
        """The words of a text; of what is no UTF-8, what can be read of it."""
        return self.data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


@dataclass(frozen=True, slots=True)
class Saved:
    """The draft is as it was sent. `fresh` says whether that changed anything."""

    path: str
    save_id: int
    at: datetime
    fresh: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody has saved since. `theirs` is the draft as it stands, `common` the text both began from, `mine` what was typed.

    `mine` is kept in the side save with the number `aside`. Where somebody removed the text, `theirs` says so.
    """

    path: str
    aside: int
    mine: bytes
    theirs: Draft
    common: bytes


@dataclass(frozen=True, slots=True)
class Version:
    """One save in the history of a path. `digest` is empty where it was removed; `editions` hold it, as `course 3`."""

    save_id: int
    digest: str
    by: str
    at: datetime
    auto: bool
    editions: tuple[str, ...]


def ensure_writes(work: Work) -> None:
    """Raises NotFound for everybody who may not write texts."""
    if not may(work.actor, "write texts"):
        raise not_here()


def draft(work: Work, path: str) -> Draft:
    """The draft of a path. Raises NotFound where there is none, and for those who may not write."""
    ensure_writes(work)
    row = drafts.head(work.session, path)
    if row is None or row.digest is None:
        raise not_here()
    return _draft(work, row)


def version(work: Work, path: str, save_id: int) -> Draft:
    """A path as one of its saves left it. Raises NotFound where there is none, or where that save removed it."""
    ensure_writes(work)
    row = drafts.save(work.session, path, save_id)
    if row is None or row.digest is None:
        raise not_here()
    return _draft(work, row)


def _draft(work: Work, row: SaveRow) -> Draft:
    data = drafts.text(work.session, row.digest) if row.digest else b""
    return Draft(row.path, row.id, data, row.by, row.author_id, row.at, row.digest is None)


def save_draft(
    work: Work, path: str, text: str | bytes, made_on: int | None, *, auto: bool = False
) -> Saved | Conflict:
    """Save what was written on the save `made_on` (None or 0: a path that has no draft yet).

    What was typed (str) is stored in NFC with LF; bytes stay as they are. A text that says what the draft says already is
    no new save, so that a request that is sent twice is one. Raises NotFound for those who may not write, Mistaken for a
    path that breaks the rule of names and for more than fits.
    """
    ensure_writes(work)
    _ensure_path(path)
    drafts.queue(work.session, path)
    head = drafts.head(work.session, path)
    there = _draft(work, head) if head is not None and head.digest is not None else None
    data = _stored(text, there)
    if there is not None and data == there.data:
        return Saved(path, there.save_id, there.at, False)
    if head is not None and head.id != made_on and (there is not None or made_on):
        return _keep_aside(work, path, data, made_on, head)
    if not auto or head is None or head.author_id != work.actor.id or work.now - head.at > PAUSE:
        record(work, "save text", "text", path)
    return Saved(path, _add(work, path, data, head.id if head else None, auto), work.now, True)


def _stored(text: str | bytes, there: Draft | None) -> bytes:
    """The bytes to keep: those of the draft where the words are the same, whatever its line ends and its normal form."""
    most = LIMITS.one_file if isinstance(text, bytes) else MOST_TYPED
    if len(text) > most:
        raise Mistaken(
            message(
                "This is larger than %(most)s MB. Part it, or make it smaller; nothing was saved.",
                most=most // 1_000_000,
            )
        )
    if isinstance(text, bytes):
        return text
    typed = typed_bytes(text)
    return there.data if there is not None and typed == typed_bytes(there.text) else typed


def _ensure_path(path: str) -> None:
    try:
        check_names([path])
    except ExchangeError as error:
        raise Mistaken(error.message) from error
    if not is_wanted(path) or len(path) > LONGEST_PATH:
        raise Mistaken(
            message("A text is called courses/course/01-lesson.md or quizzes/quiz.md; %(path)s is neither.", path=path)
        )


def _add(work: Work, path: str, data: bytes | None, made_on: int | None, auto: bool = False) -> int:
    digest = _keep(work, data) if data is not None else None
    row = Save(path=path, digest=digest, at=work.now, author_id=work.actor.id or None, made_on=made_on, auto=auto)
    work.session.add(row)
    work.session.flush()
    return row.id


def _keep(work: Work, data: bytes) -> str:
    digest = digest_of(data)
    if not texts.known_digests(work.session, [digest]):
        texts.add_texts(work.session, {digest: data})
    return digest


def _keep_aside(work: Work, path: str, data: bytes, made_on: int | None, head: SaveRow) -> Conflict:
    """What was typed goes beside the draft; whoever types on replaces it, so that one row waits a person and path."""
    digest = _keep(work, data)
    row = drafts.aside(work.session, path, work.actor.id)
    if row is None:
        row = SideSave(path=path, author_id=work.actor.id)
        record(work, "keep beside", "text", path)
        work.session.add(row)
    row.digest, row.at, row.made_on = digest, work.now, made_on or None
    work.session.flush()
    return _conflict(work, row, head)


def _conflict(work: Work, row: SideSave, head: SaveRow) -> Conflict:
    base = drafts.save(work.session, row.path, row.made_on) if row.made_on else None
    common = drafts.text(work.session, base.digest) if base is not None and base.digest else b""
    return Conflict(row.path, row.id, drafts.text(work.session, row.digest), _draft(work, head), common)


def waiting_conflict(work: Work, path: str) -> Conflict | None:
    """What the actor typed at this path while another person saved it, as long as the two are not merged."""
    ensure_writes(work)
    row = drafts.aside(work.session, path, work.actor.id)
    head = drafts.head(work.session, path)
    return _conflict(work, row, head) if row is not None and head is not None else None


def drop_aside(work: Work, path: str) -> None:
    """What the actor typed beside the draft is merged, or not needed: it stays in the database and asks for nothing more."""
    ensure_writes(work)
    row = drafts.aside(work.session, path, work.actor.id)
    if row is not None:
        row.settled = work.now


def remove(work: Work, path: str) -> Saved:
    """Remove a text: its draft is gone, its history stays, and so does every edition. Raises NotFound where there is none."""
    there = draft(work, path)
    drafts.queue(work.session, path)
    record(work, "remove text", "text", path)
    return Saved(path, _add(work, path, None, there.save_id), work.now, True)


def restore(work: Work, path: str, save_id: int | None = None) -> Saved:
    """Bring a text back as one of its saves left it: as it was when it was removed, where none is named.

    Raises NotFound where there is nothing to bring back.
    """
    ensure_writes(work)
    drafts.queue(work.session, path)
    rows = drafts.saves(work.session, path)
    found = next((row for row in rows if row.digest is not None and save_id in (None, row.id)), None)
    if found is None:
        raise not_here()
    if rows[0].digest == found.digest:
        return Saved(path, rows[0].id, rows[0].at, False)
    record(work, "restore text", "text", path, f"save {found.id}")
    return Saved(path, _add(work, path, drafts.text(work.session, found.digest or ""), rows[0].id), work.now, True)


def history(work: Work, path: str) -> tuple[Version, ...]:
    """All saves of a path, the last one first. Raises NotFound where there is none."""
    ensure_writes(work)
    rows = drafts.saves(work.session, path)
    if not rows:
        raise not_here()
    editions = drafts.editions_of(work.session, path)
    return tuple(
        Version(row.id, row.digest or "", row.by, row.at, row.auto, editions.get(row.digest or "", ())) for row in rows
    )
