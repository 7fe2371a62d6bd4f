"""Faults as they happen: a disk without room, one that only reads, a database that is gone and comes back."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import event, text
from sqlalchemy.engine import make_url

from elearning.store.engine import Store, open_store


@contextmanager
def full_disk(store: Store) -> Iterator[None]:
    """No more room for answers: SQLite may take no further page, PostgreSQL says what it says when its disk is full."""
    if store.is_sqlite:
        with _at_every(store, "begin", "PRAGMA max_page_count=1"):
            yield
        with store.engine.connect() as connection:
            connection.execute(text("PRAGMA max_page_count=1073741823"))
        return
    with store.engine.begin() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION no_room() RETURNS trigger AS $$ BEGIN "
                "RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql"
            )
        )
        connection.execute(text("CREATE TRIGGER no_room BEFORE INSERT ON answer EXECUTE FUNCTION no_room()"))  # fmt: skip
    yield
    with store.engine.begin() as connection:
        connection.execute(text("DROP FUNCTION no_room CASCADE"))


@contextmanager
def only_reading(store: Store) -> Iterator[None]:
    """A disk, or a database, that only reads."""
    if store.is_sqlite:
        with _at_every(store, "begin", "PRAGMA query_only=ON"):
            yield
    else:
        with _at_every(store, "checkout", "SET default_transaction_read_only = on"):
            yield
    store.engine.dispose()  # its lines, however many there were, still only read


@contextmanager
def _at_every(store: Store, moment: Literal["begin", "checkout"], said: str) -> Iterator[None]:
    """Say something on each line when it begins a transaction, or when it is taken."""

    def say(line: Any, *_: object) -> None:
        if moment == "begin":
            line.exec_driver_sql(said)
        else:  # the driver's own
            line.execute(said)

    event.listen(store.engine, moment, say)
    try:
        yield
    finally:
        event.remove(store.engine, moment, say)


@dataclass(slots=True)
class Line:
    """A line to a PostgreSQL server that can be cut, as a server that is stopped cuts it, and put back."""

    host: str
    port: int
    own: int = 0
    listener: socket.socket | None = None
    open: "list[socket.socket] | None" = None

    def connect(self) -> None:
        """Take calls, always at the same port."""
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.own))
        self.listener.listen(50)
        self.own, self.open = self.listener.getsockname()[1], []
        threading.Thread(target=self._take, args=(self.listener, self.open), daemon=True).start()

    def _take(self, listener: socket.socket, calls: list[socket.socket]) -> None:
        while True:
            try:
                caller = listener.accept()[0]
            except OSError:
                return
            server = socket.create_connection((self.host, self.port), 10)
            calls += [caller, server]
            for one, other in ((caller, server), (server, caller)):
                threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()

    def cut(self) -> None:
        """Refuse calls, and end those that are open."""
        if self.listener is not None:
            with suppress(OSError):
                self.listener.shutdown(socket.SHUT_RDWR)
            self.listener.close()
        for one in self.open or []:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self.listener, self.open = None, []


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65_536):
            other.sendall(data)
    for end in (one, other):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@dataclass(slots=True)
class Leaving:
    """A database that can go away and come back: a folder that is not there for a while, or a line that is cut."""

    store: Store
    folder: Path
    line: Line | None = None

    @classmethod
    def of(cls, store: Store, folder: Path) -> "Leaving":
        """The same database, in a way that it can go."""
        if store.is_sqlite:
            store.dispose()
            folder.mkdir()
            shutil.copy(str(store.engine.url.database), folder / "leaving.db")
            return cls(open_store(f"sqlite:///{folder / 'leaving.db'}"), folder)
        url = make_url(store.engine.url)
        line = Line(url.host or "127.0.0.1", url.port or 5432)
        line.connect()
        return cls(
            open_store(url.set(host="127.0.0.1", port=line.own).render_as_string(hide_password=False)), folder, line
        )

    def go(self) -> None:
        """It is gone, and with it all connections."""
        if self.line:
            self.line.cut()
            return
        self.store.dispose()
        self.folder.rename(self.folder.with_suffix(".gone"))

    def come(self) -> None:
        """It is back. Nobody tells the platform."""
        if self.line:
            self.line.connect()
            return
        self.folder.with_suffix(".gone").rename(self.folder)

    def close(self) -> None:
        """Close all."""
        self.store.dispose()
        if self.line:
            self.line.cut()
