"""Databases for tests: emptied before each test, on SQLite or on the PostgreSQL that the environment names."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import event, func, insert, select, text
from sqlalchemy.engine import make_url

from elearning.store.base import Base
from elearning.store.engine import Store, open_store
from elearning.store.migrating import migrate

ON_POSTGRESQL = os.environ.get("PHATNGON_TEST_DATABASE", "sqlite") == "postgresql"
_NOT_OURS = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE", "SELECT PG_ADVISORY")
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


class Databases:
    """One database for all tests of a process, made by the migrations and emptied before each.

    The engine stays the same, so that a statement is compiled once and not once a test.
    """

    def __init__(self, folder: Path, worker: str) -> None:
        self.folder = folder
        self.worker = worker
        self.store = open_store(self.bare("tests"))
        migrate(self.store)
        self.store.dispose()
        if not ON_POSTGRESQL:
            shutil.copyfile(folder / "tests.db", folder / "template.db")

    def bare(self, name: str) -> str:
        """The address of a database without a single table."""
        if not ON_POSTGRESQL:
            return f"sqlite:///{self.folder / name}.db"
        address, schema = os.environ["PHATNGON_TEST_POSTGRESQL_URL"], f"{name}_{self.worker}"
        store = open_store(address)
        with store.engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        store.dispose()
        named = make_url(address).update_query_dict({"options": f"-csearch_path={schema}"})
        return named.render_as_string(hide_password=False)

    def emptied(self) -> Store:
        """The database of the tests with all tables and no rows."""
        if ON_POSTGRESQL:
            names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
            with self.store.engine.begin() as connection:
                connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
            return self.store
        self.store.dispose()
        for left in ("tests.db-wal", "tests.db-shm"):
            (self.folder / left).unlink(missing_ok=True)
        shutil.copyfile(self.folder / "template.db", self.folder / "tests.db")
        return self.store


def rows_of(store: Store) -> Rows:
    """Everything that a database holds, table by table, parents first."""
    with store.engine.connect() as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }


def fill(store: Store, rows: Rows) -> None:
    """Put the rows of one database into an empty one."""
    with store.lock.held(), store.writing.kw["bind"].begin() as connection:
        for table in Base.metadata.sorted_tables:
            if rows.get(table.name):
                connection.execute(insert(table), [dict(row) for row in rows[table.name]])
        if connection.dialect.name != "postgresql":
            return
        for table in Base.metadata.sorted_tables:
            if "id" in table.columns and rows.get(table.name):
                sequence = func.pg_get_serial_sequence(table.name, "id")
                connection.execute(select(func.setval(sequence, select(func.max(table.c.id)).scalar_subquery())))


@dataclass(slots=True)
class Seen:
    """What was said to the database: its statements (opening a transaction and waiting for one are none), and commits."""

    statements: list[str] = field(default_factory=list)
    commits: int = 0

    @property
    def writes(self) -> list[str]:
        """Statements that change something."""
        return [one for one in self.statements if not one.lstrip().upper().startswith("SELECT")]


@contextmanager
def listening(store: Store) -> Iterator[Seen]:
    """Note every statement and commit while the block runs, of whatever session."""
    seen = Seen()

    def statement(connection: Any, cursor: Any, said: str, *_: Any) -> None:
        if not said.lstrip().upper().startswith(_NOT_OURS):
            seen.statements.append(said)

    def commit(connection: Any) -> None:
        seen.commits += 1

    event.listen(store.engine, "before_cursor_execute", statement)
    event.listen(store.engine, "commit", commit)
    try:
        yield seen
    finally:
        event.remove(store.engine, "before_cursor_execute", statement)
        event.remove(store.engine, "commit", commit)
