"""Backing up while people work: one view of the database and the files of the data folder, in one file that was read back
before it was given its name.
"""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from elearning.domain.errors import DomainError, Refused
from elearning.domain.message import message
from elearning.services.failing import unavailable
from elearning.services.work import House
from elearning.store.engine import Store, open_store
from elearning.store.keeping.archive import ArchiveReader, ArchiveWriter, Manifest, reading_archive, writing_archive
from elearning.store.keeping.filling import Torn, filling
from elearning.store.keeping.rows import NotTaken, read, shape, snapshot, table_names, tally
from elearning.store.keeping.sealing import Broken
from elearning.store.migrating import is_known, migrate, revision_of

OWNER_ONLY, OWNERS_FOLDER = 0o600, 0o700
NAME = "phatngon-%Y-%m-%dT%H%M%SZ"
OURS = re.compile(r"phatngon-\d{4}-\d\d-\d\dT\d{6}Z(-\d+)?\.(zip|sealed)")
UNFINISHED = ".phatngon-backup-"
LAST = "last-backup.json"
SCRATCH = "scratch.db"
# What of the data folder goes along; a database beside it, the queue of the worker and locks do not.
FILES = ("files", "secret-key", "demo-accounts.json")


@dataclass(frozen=True, slots=True)
class BackupWish:
    """Where the backup goes, the data folder, how many are kept (0: all), the key (None: not sealed), and who makes it."""

    folder: Path
    data_dir: Path
    version: str
    keep: int = 7
    key: bytes | None = None


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was written and read back: its file, its size in bytes, what it holds, and the older ones that were removed."""

    path: Path
    size: int
    manifest: Manifest
    removed: tuple[Path, ...]


def back_up(house: House, wish: BackupWish) -> BackupMade:
    """Write one backup, read it back into a database of its own, and only then give it its name; people go on working.

    Raises Refused, with nothing left behind, for a folder that cannot be written, a full disk, a database without tables,
    and a backup that did not come back as it was written.
    """
    try:
        with _folder(wish.folder), ExitStack() as opened:
            _clear(wish.folder)
            scratch = Path(opened.enter_context(TemporaryDirectory(prefix=UNFINISHED, dir=wish.folder)))
            part = scratch / "part"
            _write(house, wish, part, scratch)
            manifest = check(part, wish.key, scratch)
            path = _name(wish, house.clock())
            part.rename(path)
            _settle(wish.folder)
            removed = _rotate(wish, path)
            made = BackupMade(path, path.stat().st_size, manifest, removed)
            _remember(wish.data_dir, made)
            return made
    except (OSError, SQLAlchemyError) as error:
        raise _refusal(wish, error) from error


def _refusal(wish: BackupWish, error: Exception) -> DomainError:
    if isinstance(error, OSError) and unavailable(error) is None:
        said = message("The folder %(folder)s cannot be written. Name another one: --to", folder=str(wish.folder))
        return Refused(said)
    why = unavailable(error)
    if why is None:
        raise error
    if why.is_full:
        said = message("No backup was made: the disk is full. Make room, or name another folder: --to")
    else:
        said = message(
            "No backup was made: the database or the disk does not answer. Look whether both work, then try again."
        )
    return Refused(said)


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """The folder of the backups, made where it is missing, held by one backup at a time."""
    folder.mkdir(parents=True, exist_ok=True, mode=OWNERS_FOLDER)
    with (folder / ".lock").open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(
                message("Another backup is being written into this folder. Wait until it is done.")
            ) from error
        yield


def _clear(folder: Path) -> None:
    """Remove what a backup that was killed left behind; nobody else is at work here."""
    for left in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)


def _write(house: House, wish: BackupWish, part: Path, scratch: Path) -> None:
    with open_owner_only(part) as target:
        with snapshot(house.store) as connection, writing_archive(target, wish.key) as archive:
            revision = ensure_tables(connection)
            for name in _tables_of(revision, scratch):
                table = shape(connection, name)
                archive.add_table(table, read(connection, table))
            _add_files(wish.data_dir, archive)
            made = house.clock().astimezone(UTC).isoformat(timespec="seconds")
            archive.finish(wish.version, revision, made, connection.dialect.name)
        target.flush()
        os.fsync(target.fileno())


def open_owner_only(path: Path) -> BinaryIO:
    """A new file that only its owner reads, from the moment it is made."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb")


def ensure_tables(connection: Connection) -> str:
    """The form of the tables. Raises Refused where there are none, or of a form that only a newer version knows."""
    revision = revision_of(connection)
    if revision is None:
        raise Refused(message("The database holds no platform yet. Run: phatngon migrate"))
    if not is_known(revision):
        raise Refused(message("A newer version of the platform has made the tables. Use that version."))
    return revision


def _tables_of(revision: str, scratch: Path) -> list[str]:
    """The tables of a form of the database, those that others point to first; it may be older than this version. They are made,
    empty, in the database in which the backup is checked later.
    """
    with _scratch(scratch / SCRATCH) as store:
        migrate(store, revision)
        with store.engine.connect() as connection:
            return table_names(connection)


@contextmanager
def _scratch(path: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{path}")
    try:
        yield store
    finally:
        store.dispose()


def _add_files(data_dir: Path, archive: ArchiveWriter) -> None:
    """The files, after the rows that name them. One that still grows is taken as far as it is now; one that is removed
    meanwhile was old, and is left out.
    """
    for start in FILES:
        there = data_dir / start
        for path in sorted(there.rglob("*")) if there.is_dir() else [there]:
            if path.is_file() and path.suffix != ".new":
                try:
                    source = path.open("rb")
                except FileNotFoundError:
                    continue
                with source:
                    archive.add_file(path.relative_to(data_dir).as_posix(), source, os.fstat(source.fileno()).st_size)


def check(path: Path, key: bytes | None, scratch: Path) -> Manifest:
    """Restore a backup into a database of its own and throw that away; what the backup holds. Raises Refused where anything is
    not as the manifest says.
    """
    try:
        with reading_archive(path, key) as archive, _scratch(scratch / SCRATCH) as store:
            fill(store, archive)
            archive.read_through()
            return archive.manifest
    except (Torn, NotTaken) as error:
        said = message(
            "The database is not sound, and the backup was not kept: %(why)s. Run: phatngon doctor", why=str(error)
        )
        raise Refused(said) from error


def fill(store: Store, archive: ArchiveReader, newest: bool = False) -> None:
    """Put all rows of a backup into an empty database, in one transaction, and read them back there; then, where it is
    wanted, bring the tables to their newest form. Raises Broken where other rows are there than the manifest says.
    """
    kept = archive.manifest.tables
    with filling(store, archive.manifest.schema, [table.name for table in kept], newest) as target:
        if {table.name for table in kept} != set(target.shapes):
            raise Broken(message("The backup was changed or cut short. Take another one."))
        for table in kept:
            for some in archive.table(table):
                target.add(table.shape, some)
        for table in kept:
            shape_there = target.shapes[table.name].in_order(table.columns)
            if tally(target.connection, shape_there).said != (table.rows, table.sha256):
                raise Broken(message("The backup was changed or cut short. Take another one."))


def _name(wish: BackupWish, now: datetime) -> Path:
    """A name that no backup has; two within a second are numbered."""
    start, end = now.astimezone(UTC).strftime(NAME), "sealed" if wish.key else "zip"
    names = (wish.folder / f"{start}{number}.{end}" for number in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(name for name in names if not name.exists())


def _settle(folder: Path) -> None:
    """What was renamed is so after a power cut, too."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _rotate(wish: BackupWish, fresh: Path) -> tuple[Path, ...]:
    """Remove all but the newest backups; the one that was just made stays whatever the clock says."""
    others = sorted(
        (path for path in wish.folder.iterdir() if OURS.fullmatch(path.name) and path != fresh), reverse=True
    )
    too_many = others[max(0, wish.keep - 1) :] if wish.keep else []
    for path in too_many:
        path.unlink()
    return tuple(too_many)


def _remember(data_dir: Path, made: BackupMade) -> None:
    """When the last backup was made, for the figures."""
    fresh = data_dir / f".{LAST}"
    fresh.write_text(json.dumps({"made": made.manifest.made, "path": str(made.path), "bytes": made.size}), "utf-8")
    fresh.replace(data_dir / LAST)


def last_backup(data_dir: Path) -> datetime | None:
    """When the last backup from this data folder was made; None where none is known of."""
    try:
        return datetime.fromisoformat(json.loads((data_dir / LAST).read_text("utf-8"))["made"])
    except (OSError, ValueError, KeyError):
        return None
