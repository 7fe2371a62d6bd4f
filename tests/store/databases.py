"""Databases for tests: a fresh one for each test, on SQLite or on the PostgreSQL that the environment names."""

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import event, insert, inspect, select, text
from sqlalchemy.engine import make_url

from elearning.store.base import Base
from elearning.store.engine import Store, open_store
from elearning.store.migrating import migrate

ON_POSTGRESQL = os.environ.get("PHATNGON_TEST_DATABASE", "sqlite") == "postgresql"
_NOT_OURS = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")
Rows = Mapping[str, Sequence[Mapping[str, Any]]]


class Databases:
    """Makes databases whose tables are those of the migrations and hold nothing."""

    def __init__(self, folder: Path, worker: str) -> None:
        self.folder = folder
        self.schema = f"test_{worker}"
        self._migrated: str | None = None

    def bare(self, folder: Path) -> str:
        """The address of a database without a single table."""
        if not ON_POSTGRESQL:
            return f"sqlite:///{folder / 'bare.db'}"
        self._migrated = None
        address = os.environ["PHATNGON_TEST_POSTGRESQL_URL"]
        store = open_store(address)
        with store.engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA IF EXISTS {self.schema} CASCADE"))
            connection.execute(text(f"CREATE SCHEMA {self.schema}"))
        store.dispose()
        # The database C-sorts nothing by itself; the schema of this worker keeps parallel runs apart.
        named = make_url(address).update_query_dict({"options": f"-csearch_path={self.schema}"})
        return named.render_as_string(hide_password=False)

    def empty(self, folder: Path) -> str:
        """The address of a database with all tables and no rows."""
        if ON_POSTGRESQL:
            return self._emptied(folder)
        template = self.folder / "template.db"
        if not template.exists():
            _migrate(f"sqlite:///{template}")
        shutil.copyfile(template, folder / "phatngon.db")
        return f"sqlite:///{folder / 'phatngon.db'}"

    def _emptied(self, folder: Path) -> str:
        if self._migrated is None:
            address = self.bare(folder)
            _migrate(address)
            self._migrated = address
        store = open_store(self._migrated)
        names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
        with store.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        store.dispose()
        return self._migrated


def _migrate(address: str) -> None:
    store = open_store(address)
    migrate(store)
    with store.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # All of it must stand in the one file that is copied.
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    store.dispose()


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
                sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
                connection.execute(text(f"SELECT setval({sequence}, (SELECT max(id) FROM {table.name}))"))


def tables(store: Store) -> set[str]:
    """The names of the tables that are really there."""
    return set(inspect(store.engine).get_table_names())


@dataclass(slots=True)
class Seen:
    """What was said to the database: its statements (the opening of a transaction is none), and commits."""

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
