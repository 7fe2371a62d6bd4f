"""Who has a database open: all that work with it hold it together; what moves or replaces all of it holds it alone.

The hold goes with the process, or with its connection, so that neither a crash nor `kill -9` leaves one behind, and a server
that lost its parent still has it.
"""

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

_USERS = 7263003
# PostgreSQL ends a session some moments after its line was closed, and under load some more; so long those that left may take.
LEAVING, _BETWEEN = 3.0, 0.05


class InUse(Exception):
    """Somebody else has the database open, where it is wanted alone, or has it alone."""


@dataclass(slots=True)
class FileHold:
    """The hold of a SQLite file: a lock on a file beside it, shared by all processes that have a connection."""

    path: Path
    inside: threading.Lock = field(default_factory=threading.Lock)
    file: BinaryIO | None = None
    is_alone: bool = False

    def joined(self, connection: Any) -> None:
        """A connection was opened. Raises InUse while somebody has the database alone."""
        with self.inside:
            if self.file is None:
                self._take(fcntl.LOCK_SH)

    def _take(self, kind: int) -> None:
        file = self.file or self._opened()
        if file is None:
            return
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.close()
            self.file = None
            raise InUse(str(self.path)) from error
        self.file = file

    def _opened(self) -> BinaryIO | None:
        """The file to lock; on a disk that takes no writing the one that is there, if any, so that reading goes on."""
        try:
            return self.path.open("ab")
        except OSError:
            return self.path.open("rb") if self.path.exists() else None

    @contextmanager
    def alone(self, engine: Engine) -> Iterator[None]:
        """Have the database alone. Raises InUse at once while anybody else has it open."""
        engine.dispose()
        with self.inside:
            self._take(fcntl.LOCK_EX)
        try:
            yield
        finally:
            engine.dispose()
            self.close()

    def close(self) -> None:
        """Let go; the next connection takes hold again."""
        with self.inside:
            if self.file is not None:
                self.file.close()
                self.file = None


@dataclass(slots=True)
class SessionHold:
    """The hold of a PostgreSQL schema: an advisory lock of each session, which ends with the session on whatever machine."""

    is_alone: bool = False

    def joined(self, connection: Any) -> None:
        """A connection was opened. Raises InUse while somebody has the database alone."""
        if self.is_alone:
            return
        asked = f"SELECT pg_try_advisory_lock_shared({_USERS}, hashtext(current_schema()))"
        taken = connection.execute(asked).fetchone()[0]
        if not taken:
            raise InUse("the database")

    @contextmanager
    def alone(self, engine: Engine) -> Iterator[None]:
        """Have the database alone. Raises InUse where somebody else has it open and does not leave within LEAVING seconds.

        Whoever waited in PostgreSQL's own line would keep all out who come meanwhile, so it is asked again and again.
        """
        engine.dispose()
        self.is_alone = True
        try:
            with engine.connect() as holder:
                last = time.monotonic() + LEAVING
                while not _said(holder, "pg_try_advisory_lock"):
                    if time.monotonic() > last:
                        raise InUse("the database")
                    time.sleep(_BETWEEN)
                try:
                    yield
                finally:
                    # Said, for the end of the session comes some moments late; where the line broke, that end lets go by itself.
                    with suppress(DBAPIError):
                        _said(holder, "pg_advisory_unlock")
        finally:
            self.is_alone = False
            engine.dispose()

    def close(self) -> None:
        """Nothing to let go of: the sessions hold."""


def _said(holder: Connection, lock: str) -> bool:
    taken = holder.scalar(text(f"SELECT {lock}({_USERS}, hashtext(current_schema()))"))
    holder.commit()
    return bool(taken)


@dataclass(slots=True)
class NoHold:
    """A database in memory: nobody else can have it."""

    def joined(self, connection: Any) -> None:
        """Nothing to take hold of."""

    @contextmanager
    def alone(self, engine: Engine) -> Iterator[None]:
        """It is alone already."""
        yield

    def close(self) -> None:
        """Nothing to let go of."""


Hold = FileHold | SessionHold | NoHold
