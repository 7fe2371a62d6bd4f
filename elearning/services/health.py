"""Whether the platform can work: the database answers, has the newest tables and takes writing, and the disk has room."""

import logging
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from elearning.services.work import House
from elearning.store.holding import InUse
from elearning.store.migrating import is_current

LEAST_FREE = 500_000_000
log = logging.getLogger("phatngon.health")


def why_not_ready(house: House, data_dir: Path) -> str:
    """What keeps requests from being served now, in one word for whoever watches: database, tables, writing or disk; empty
    where nothing does.
    """
    try:
        with house.store.reading() as session:
            session.execute(text("SELECT 1"))
        if not is_current(house.store):
            return "tables"
    except (SQLAlchemyError, InUse, OSError) as error:
        log.warning("not ready, database: %s", error)
        return "database"
    if not _takes_writing(house) or not _can_be_written(data_dir):
        return "writing"
    return "disk" if (free_bytes(house, data_dir) or 0) < LEAST_FREE else ""


def _takes_writing(house: House) -> bool:
    """Whether a row can be changed; it is not kept."""
    try:
        with house.store.engine.execution_options(writes=True).connect() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
            connection.rollback()
    except (SQLAlchemyError, InUse) as error:
        log.warning("not ready, writing: %s", error)
        return False
    return True


def _can_be_written(folder: Path) -> bool:
    probe = folder / f".probe-{secrets.token_hex(4)}"
    try:
        probe.write_bytes(b"probe")
    except OSError as error:
        log.warning("not ready, writing: %s", error)
        return False
    finally:
        with suppress(OSError):
            probe.unlink()
    return True


def free_bytes(house: House, data_dir: Path) -> int | None:
    """The room that is left where the platform writes: in the data folder, and beside a SQLite database; None where one of
    them is gone.
    """
    try:
        return min(shutil.disk_usage(folder).free for folder in {data_dir, *_beside(house)})
    except OSError:
        return None


def _beside(house: House) -> set[Path]:
    file = house.store.engine.url.database if house.store.is_sqlite else None
    return {Path(file).absolute().parent} if file else set()


def database_bytes(house: House) -> int:
    """The size of the database."""
    file = house.store.engine.url.database
    if not house.store.is_sqlite:
        with house.store.engine.connect() as connection:
            return int(connection.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    return sum(os.path.getsize(f"{file}{end}") for end in ("", "-wal") if file and os.path.exists(f"{file}{end}"))  # noqa: PTH110, PTH202
