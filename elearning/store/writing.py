"""How writes wait for one another, and how short ones share a commit.

SQLite has one writer, and what takes that writer longest is the disk. Where several short pieces of work wait in one process, each
begins where the last has ended, in the same transaction, and the last of them commits for all; none is told that it is kept before that.
"""

import errno
import fcntl
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import RootTransaction
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from elearning.store.driver import run
from elearning.store.lines import LineSession


@dataclass(slots=True)
class Shared:
    """A transaction of several. `error` says why nothing came of it, once it is `done`."""

    connection: Connection
    transaction: RootTransaction
    done: threading.Event = field(default_factory=threading.Event)
    error: Exception | None = None

    def stands(self) -> bool:
        """Whether what was written in it can still be kept: after some errors of the disk SQLite throws all of it away."""
        if not self.transaction.is_active or self.connection.invalidated:
            return False
        driver: Any = self.connection.connection.dbapi_connection
        return bool(driver.in_transaction)

    @contextmanager
    def part(self, later: bool) -> Iterator[Session]:
        """A session for one of them. Undoes what it did where the block raises: the first needs no savepoint for that, for there is
        nothing else yet in the transaction.
        """
        if later:
            run(self.connection, "SAVEPOINT part")
        with LineSession(self.connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
            try:
                yield session
                session.keep()
            except BaseException:
                session.close()
                with suppress(DBAPIError):  # where the disk failed, nothing is left to undo
                    self._undo(later)
                raise
        if later:
            run(self.connection, "RELEASE SAVEPOINT part")

    def _undo(self, later: bool) -> None:
        if not later:
            self.transaction.rollback()
            return
        run(self.connection, "ROLLBACK TO SAVEPOINT part")
        run(self.connection, "RELEASE SAVEPOINT part")

    def end(self) -> None:
        """Commit, where there is anything to commit; what goes wrong is kept for all who share it. A line whose commit failed may
        still stand in its transaction, and is not used again.
        """
        try:
            if self.error is None and self.transaction.is_active:
                self.transaction.commit()
        except Exception as error:  # noqa: BLE001  whatever it is, all who share it must hear of it
            self.error = error
            self.connection.invalidate(error)
        finally:
            self.connection.close()


@dataclass(slots=True)
class WriteLock:
    """One writer at a time, in this process and among the processes of this machine; writers queue instead of colliding.

    SQLite has one writer anyway, and its own waiting is unfair: with this queue the worst wait fell from 3 s to 0.15 s.
    """

    path: Path | None
    inside: threading.Lock = field(default_factory=threading.Lock)
    file: BinaryIO | None = None
    shared: Shared | None = None
    waiting: deque[None] = field(default_factory=deque)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock alone. Without a path (PostgreSQL, memory) the database does the queueing."""
        if self.path is None:
            yield
            return
        with self.inside:
            self._settle()
            file = self._taken(self.path)
            try:
                yield
            finally:
                fcntl.flock(file, fcntl.LOCK_UN)

    @contextmanager
    def together(self, engine: Engine) -> Iterator[Session]:
        """A session for short work, with the database in a file. It is on disk once the block has been left, with the work of others that waited meanwhile.

        What is raised in the block undoes this block alone. Raises what the commit raises, for all who share it.
        """
        if self.path is None:
            raise ValueError("only a database in a file has writers that wait for one another here")
        self.waiting.append(None)
        with self.inside:
            self.waiting.pop()
            later = self.shared is not None
            shared = self.shared = self.shared or self._begun(engine, self.path)
            try:
                with shared.part(later) as session:
                    yield session
            except Exception as error:
                shared.error = None if shared.stands() else error
                raise
            finally:
                if not self.waiting or not shared.stands():
                    self._settle()
        shared.done.wait()
        if shared.error is not None:
            raise shared.error

    def _begun(self, engine: Engine, path: Path) -> Shared:
        file = self._taken(path)
        try:
            connection = engine.connect()
            try:
                return Shared(connection, connection.begin())
            except BaseException:
                connection.close()
                raise
        except BaseException:
            fcntl.flock(file, fcntl.LOCK_UN)
            raise

    def _settle(self) -> None:
        """End the transaction that is open for several, before anything else begins; they hear what came of it."""
        shared, self.shared = self.shared, None
        if shared is None:
            return
        try:
            shared.end()
        finally:
            if self.file is not None:
                fcntl.flock(self.file, fcntl.LOCK_UN)
            shared.done.set()

    def _taken(self, path: Path) -> BinaryIO:
        """The file of the lock, locked. Raises OSError as a disk that does not answer, for where it cannot be had no database can."""
        try:
            self.file = file = self.file or path.open("ab")
        except OSError as error:
            raise OSError(errno.EIO, "the lock beside the database cannot be opened", str(path)) from error
        fcntl.flock(file, fcntl.LOCK_EX)
        return file

    def close(self) -> None:
        """Close the file; it is opened again when the lock is next held."""
        with self.inside:
            if self.file is not None:
                self.file.close()
                self.file = None
