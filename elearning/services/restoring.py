"""Restoring a backup: all of it or nothing, into an empty database or, when told so, in place of what is there."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from elearning.domain.errors import Refused
from elearning.domain.message import message
from elearning.services.backing_up import FILES, fill
from elearning.services.failing import unavailable
from elearning.store.engine import Store, open_store
from elearning.store.holding import InUse
from elearning.store.keeping.archive import Manifest, reading_archive
from elearning.store.keeping.filling import Torn, occupied
from elearning.store.keeping.rows import NotTaken
from elearning.store.migrating import is_known

UNPACKED = ".phatngon-restore-"
NO_ROOM = message("Nothing was changed: the disk is full. Make room, then try again.")
NO_ANSWER = message(
    "Nothing was changed: the database or the disk does not answer. Look whether both work, then try again."
)


@dataclass(frozen=True, slots=True)
class RestoreWish:
    """Which backup, its key (None: not sealed), the data folder, and whether what is there now may be replaced."""

    path: Path
    data_dir: Path
    key: bytes | None = None
    replace: bool = False


def look(wish: RestoreWish) -> Manifest:
    """What a backup says that it holds. Raises Refused where it cannot be restored by this version."""
    with reading_archive(wish.path, wish.key) as archive:
        _ensure_known(archive.manifest)
        return archive.manifest


def _ensure_known(manifest: Manifest) -> None:
    if not is_known(manifest.schema):
        said = message("A newer version of the platform has made this backup. Restore it with that version.")
        raise Refused(said)


def restore(store: Store, wish: RestoreWish) -> Manifest:
    """Put a backup into a database and the data folder, and bring the tables to their newest form; what it held.

    Raises Refused, with nothing changed, while a server or another command has the database open, where it or the data folder
    is not empty and may not be replaced, and for a backup that is damaged. The files change places last, by renaming.
    """
    try:
        with reading_archive(wish.path, wish.key) as archive, alone(store), _unpacking(wish.data_dir) as unpacked:
            _ensure_known(archive.manifest)
            if not wish.replace:
                _ensure_empty(store, wish.data_dir)
            archive.unpack(unpacked)
            fill(store, archive, newest=True)
            _exchange(unpacked, wish.data_dir)
            return archive.manifest
    except (Torn, NotTaken) as error:
        raise Refused(message("The database does not take this backup: %(why)s", why=str(error))) from error
    except (OSError, SQLAlchemyError) as error:
        why = unavailable(error)
        if why is None:
            raise
        raise Refused(NO_ROOM if why.is_full else NO_ANSWER) from error


@contextmanager
def opened(url: str) -> Iterator[Store]:
    """A database by an address that was typed. Raises Refused for one that is no address, or where no database answers."""
    try:
        store = open_store(url)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, ValueError) as error:
        raise Refused(
            message(
                "%(address)s is no address of a database. Write it as postgresql://user:password@host/name or sqlite:////folder/file.db.",
                address=url,
            )
        ) from error
    try:
        _ensure_answers(store)
        yield store
    finally:
        store.dispose()


def _ensure_answers(store: Store) -> None:
    try:
        with alone(store):
            store.engine.connect().close()
    except SQLAlchemyError as error:
        said = message(
            "The database %(address)s does not answer. Look whether the address is right and the database runs.",
            address=store.engine.url.render_as_string(hide_password=True),
        )
        raise Refused(said) from error


@contextmanager
def alone(store: Store) -> Iterator[None]:
    """Have a database alone. Raises Refused while somebody else has it open."""
    try:
        with store.alone():
            yield
    except InUse as error:
        raise Refused(
            message("The database is in use. Stop the server, the worker and other commands, then try again.")
        ) from error


def ensure_no_rows(store: Store) -> None:
    """Raises Refused for a database that holds anything."""
    full = occupied(store)
    if full:
        raise Refused(
            message(
                "The database is not empty: the table %(table)s holds rows. Name an empty one, or replace what is there: --replace",
                table=full[0],
            )
        )


def _ensure_empty(store: Store, data_dir: Path) -> None:
    ensure_no_rows(store)
    files = data_dir / FILES[0]
    if files.is_dir() and any(path.is_file() for path in files.rglob("*")):
        raise Refused(
            message(
                "The data folder %(folder)s holds files. Name an empty one, or replace them: --replace",
                folder=str(data_dir),
            )
        )


@contextmanager
def _unpacking(data_dir: Path) -> Iterator[Path]:
    """A folder beside the files that will be replaced, so that renaming is enough."""
    for left in data_dir.glob(f"{UNPACKED}*"):
        shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=UNPACKED, dir=data_dir) as folder:
        yield Path(folder)


def _exchange(unpacked: Path, data_dir: Path) -> None:
    """Put the files of the backup in place of those that are there; what the backup has not of these goes."""
    for name in FILES:
        fresh, there = unpacked / name, data_dir / name
        if there.exists() and (fresh.exists() or name == FILES[0]):
            there.rename(unpacked / f".before-{name}")
        if fresh.exists():
            if fresh.is_file():
                fresh.chmod(0o600)
            os.rename(fresh, there)  # noqa: PTH104  the same word for files and folders
