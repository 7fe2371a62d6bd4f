"""Opening the database: the same code on SQLite and PostgreSQL."""

import json
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2
from sqlalchemy import Connection, Dialect, Engine, create_engine, event, func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from elearning.store.driver import run
from elearning.store.holding import FileHold, Hold, InUse, NoHold, SessionHold
from elearning.store.lines import ReadingSession
from elearning.store.writing import WriteLock

OLDEST_SQLITE = (3, 51, 3)
LONGEST_CONNECT = 5
# How a line to PostgreSQL that is cut without a word is noticed: after five seconds of silence it is asked thrice, every other second.
SILENCE, BETWEEN, ASKED, UNHEARD = 5, 2, 3, 10_000
# Statements that a line keeps ready. Of its usual hundred the driver gives away the one least asked for: where a line had done other
# work before, each statement of a page drove out the last, and was read and planned anew: who asks took 100 µs in place of 20.
STATEMENTS = 400
RESTED = 1.0
_PERSONS = 7263002
_SCAN = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # not in its stubs
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "trusted_schema=OFF",
    "cache_size=-16000",
)


@dataclass(frozen=True, slots=True)
class Store:
    """An open database: sessions that read, sessions that write, and the queue for writing."""

    engine: Engine
    reading: sessionmaker[ReadingSession]
    writing: sessionmaker[Session]
    lock: WriteLock
    hold: Hold

    @property
    def is_sqlite(self) -> bool:
        """Whether it is one file on this machine."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Have the database alone, with no server, worker or other command beside. Raises InUse where there is one."""
        with self.hold.alone(self.engine):
            yield

    def write(self, short: bool = False) -> AbstractContextManager[Session]:
        """A session that writes, committed when its block ends well and rolled back when it raises. Short work may share its commit
        with others that wait; it is kept all the same once the block has been left.
        """
        if short and self.lock.path is not None:
            return self.lock.together(self.writing.kw["bind"])
        return self._alone_in_line()

    @contextmanager
    def _alone_in_line(self) -> Iterator[Session]:
        with self.lock.held(), self.writing.begin() as session:
            yield session

    def queue(self, session: Session, person: int) -> None:
        """Let the writes of one person wait for one another; with SQLite all writers wait anyway.

        Two tabs that save at once, or a hand-in that meets the worker, would otherwise each decide on what the other
        has not committed yet. Nobody (0) waits for nobody.
        """
        if person and self.engine.dialect.name == "postgresql":
            session.execute(select(func.pg_advisory_xact_lock(_PERSONS, person)))

    def dispose(self) -> None:
        """Close all connections, and the file of the lock."""
        self.engine.dispose()
        self.lock.close()
        self.hold.close()


def open_store(url: str) -> Store:
    """Open the database at an address of SQLAlchemy's form. Raises nothing until it is used."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(url, address.database)
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    wishes = {
        "connect_timeout": LONGEST_CONNECT, "keepalives_idle": SILENCE, "keepalives_interval": BETWEEN, "keepalives_count": ASKED,
        "tcp_user_timeout": UNHEARD,
    }  # fmt: skip
    wishes = {name: value for name, value in wishes.items() if name not in address.query}
    # The line that was used last goes on: it has the statements prepared, and most of its work is not lost to fifteen others.
    engine = create_engine(address, pool_size=16, max_overflow=8, pool_use_lifo=True, connect_args=wishes)
    event.listen(engine, "connect", _on_line)
    _ping_rested(engine)
    return _store(engine, WriteLock(None), SessionHold())


def _ping_rested(engine: Engine) -> None:
    """Ask a line whether it still leads anywhere before it is used, where it has rested for a while. Asking each time was one of
    seven messages of a page; what breaks between two pages is told as by any database that goes away, and sent again.
    """

    @event.listens_for(engine, "checkin")
    def rest(connection: Any, entry: ConnectionPoolEntry) -> None:
        entry.info["rests"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ping(connection: Any, entry: ConnectionPoolEntry, proxy: Any) -> None:
        now = time.monotonic()
        if now - entry.info.get("rests", now) < RESTED:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error


def _on_line(connection: Any, entry: ConnectionPoolEntry) -> None:
    """Let PostgreSQL notice, too, that a machine is gone: what it held would otherwise keep others waiting for hours."""
    for name, value in (("idle", SILENCE), ("interval", BETWEEN), ("count", ASKED)):
        connection.execute(f"SET tcp_keepalives_{name} = {value}")
    connection.execute(f"SET tcp_user_timeout = {UNHEARD}")
    connection.commit()


def _sqlite(url: str, database: str | None) -> Store:
    engine = create_engine(
        url, module=dbapi2, pool_size=20, max_overflow=20, json_deserializer=_from_json,
        connect_args={"cached_statements": STATEMENTS},
    )  # fmt: skip
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    _savepoints(engine.dialect)
    if not database:
        return _store(engine, WriteLock(None), NoHold())
    return _store(engine, WriteLock(Path(f"{database}.lock")), FileHold(Path(f"{database}.use")))


def _store(engine: Engine, lock: WriteLock, hold: Hold) -> Store:
    event.listen(engine, "connect", lambda connection, entry: _join(hold, connection))
    writing = engine.execution_options(writes=True)
    reading = sessionmaker(engine, class_=ReadingSession, expire_on_commit=False)
    return Store(engine, reading, sessionmaker(writing, expire_on_commit=False), lock, hold)


def _join(hold: Hold, connection: Any) -> None:
    try:
        hold.joined(connection)
    except InUse:
        connection.close()
        raise


def _from_json(text: str) -> Any:
    """The value of a cell. What Python does around its scanner, for text with spaces around it, takes as long as the scanner itself."""
    try:
        value, end = _SCAN(text, 0)
    except StopIteration:
        return json.loads(text)
    return value if end == len(text) else json.loads(text)


def _on_connect(connection: Any, entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Connection) -> None:
    """A writing transaction takes its place at once: reading first and writing later would fail under load. A view that has
    begun (`ReadingSession`) goes on.
    """
    writes = connection.get_execution_options().get("writes", False)
    driver: Any = connection.connection.dbapi_connection
    if driver.in_transaction and not writes:
        return
    # By the driver itself: through SQLAlchemy it costs 15 µs more, and there is one for every page.
    run(connection, "BEGIN IMMEDIATE" if writes else "BEGIN")


def _savepoints(dialect: Dialect) -> None:
    """Let savepoints be said by the driver itself, too: writes that share a commit have one each (0.1 ms through SQLAlchemy)."""
    ways: Any = dialect
    ways.do_savepoint = lambda connection, name: run(connection, f"SAVEPOINT {name}")
    ways.do_rollback_to_savepoint = lambda connection, name: run(connection, f"ROLLBACK TO SAVEPOINT {name}")
    ways.do_release_savepoint = lambda connection, name: run(connection, f"RELEASE SAVEPOINT {name}")


def sqlite_version() -> tuple[int, ...]:
    """The version of the SQLite library in use."""
    return tuple(int(part) for part in dbapi2.sqlite_version.split("."))
