"""Opening the database: the same code on SQLite and PostgreSQL."""

import json
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec import DecodeError
from msgspec.json import decode
from pysqlite3 import dbapi2
from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from elearning.store.driver import run
from elearning.store.holding import FileHold, Hold, InUse, NoHold, SessionHold
from elearning.store.lines import LineSession, ReadingSession
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

    def write(self, short: bool = False, person: int = 0) -> AbstractContextManager[Session]:
        """A session that writes, committed when its block ends well and rolled back when it raises. Short work may share its commit
        with others that wait; it is kept all the same once the block has been left.

        The writes of one person wait for one another; with SQLite all writers do anyway. Two tabs that save at once, or a hand-in
        that meets the worker, would otherwise each decide on what the other has not committed yet. Nobody (0) waits for nobody.
        """
        if short and self.lock.path is not None:
            return self.lock.together(self.writing.kw["bind"])
        return self._alone_in_line(person)

    def add(self) -> AbstractContextManager[Session]:
        """A session for one statement that is prepared, and kept once it has been run; no other may follow. It decides by itself whether
        it still may: on PostgreSQL it waits for no other write of the same person, and is a transaction of its own, one message in
        place of three. What two of them add at once breaks a rule of the tables (IntegrityError). With SQLite it is short work.
        """
        return self.write(short=True) if self.is_sqlite else self._unbegun()

    @contextmanager
    def _unbegun(self) -> Iterator[Session]:
        with self.reading.kw["bind"].connect() as line, LineSession(line, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def _alone_in_line(self, person: int) -> Iterator[Session]:
        with self.lock.held(), self.writing.begin() as session:
            if not self.is_sqlite:
                session.connection(execution_options={"person": person})
            yield session

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
    engine = create_engine(
        address, pool_size=16, max_overflow=8, pool_use_lifo=True, json_deserializer=_from_bytes, connect_args=wishes
    )
    event.listen(engine, "connect", _on_line)
    event.listen(engine, "begin", _on_begin_line)
    _ping_rested(engine)
    return _store(engine, WriteLock(None), SessionHold())


def _ping_rested(engine: Engine) -> None:
    """Ask a line whether it still leads anywhere before it is used, where it has rested for a while. Asking each time was one of
    seven messages of a page; what breaks between two pages is told as by any database that goes away, and sent again.
    """

    @event.listens_for(engine, "checkin")
    def rest(connection: Any, entry: ConnectionPoolEntry) -> None:
        if connection is not None and not connection.autocommit:  # somebody wished for another isolation
            connection.autocommit = True
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
    """Let PostgreSQL notice, too, that a machine is gone: what it held would otherwise keep others waiting for hours. Transactions are
    begun in so many words (`_on_begin_line`): a view needs none, for without one it sees the same.
    """
    connection.autocommit = True
    for name, value in (("idle", SILENCE), ("interval", BETWEEN), ("count", ASKED)):
        connection.execute(f"SET tcp_keepalives_{name} = {value}")
    connection.execute(f"SET tcp_user_timeout = {UNHEARD}")


def _on_begin_line(connection: Connection) -> None:
    """Begin a transaction of PostgreSQL, and wait for the other writes of the same person in the same message. Who wishes for another
    isolation has it begun by the driver. A view begins none: each of its statements would see what is committed by then in any case
    (READ COMMITTED), and to roll it back costs two messages more, and all statements that the driver had prepared on this line.
    """
    options = connection.get_execution_options()
    if options.get("unbegun") or "isolation_level" in options:
        return
    person = int(options.get("person", 0))
    lock = f"; SELECT pg_advisory_xact_lock({_PERSONS}, {person})" if person else ""
    run(connection, f"BEGIN{lock}", prepare=False)  # two statements in one message cannot be prepared


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
    reading = sessionmaker(engine.execution_options(unbegun=True), class_=ReadingSession, expire_on_commit=False)
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


def _from_bytes(value: bytes | str) -> Any:
    """The value of a cell as PostgreSQL sends it: 0.1 to 0.2 µs in place of the 1.4 to 1.9 that Python's own reader takes for bytes."""
    try:
        return decode(value)
    except DecodeError:
        return json.loads(value)


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
