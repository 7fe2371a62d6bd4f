"""Filling an empty database with rows from elsewhere, in one transaction: all of it is there afterwards, or nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, inspect, text

from elearning.store.base import Base
from elearning.store.engine import Store
from elearning.store.keeping.rows import VERSION_TABLE, Row, Shape, count, shape, table_names, write
from elearning.store.migrating import migrate_within, revision_of

_LINKS = """
    SELECT conrelid::regclass::text AS owner, conname AS name, pg_get_constraintdef(oid) AS said FROM pg_constraint
    WHERE contype = 'f' AND connamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
"""


class Torn(Exception):
    """Rows point to rows that are not there; the text names table and number."""


@dataclass(frozen=True, slots=True)
class Filling:
    """An empty database that is being filled."""

    connection: Connection
    shapes: Mapping[str, Shape]

    def add(self, table: Shape, rows: Sequence[Row]) -> None:
        """Add rows with their columns in the order of `table`."""
        write(self.connection, self.shapes[table.name].in_order(table.columns), rows)


def occupied(store: Store) -> list[str]:
    """The tables of the platform that hold rows."""
    with store.engine.connect() as connection:
        return [name for name in _ours(connection) if count(connection, name)]


def _ours(connection: Connection, besides: Iterable[str] = ()) -> list[str]:
    """Tables of the platform that are there, those that others point to first; in a SQLite file all are the platform's."""
    there = table_names(connection)
    if connection.dialect.name == "sqlite":
        return there
    known = {*Base.metadata.tables, *besides}
    return [name for name in there if name in known]


@contextmanager
def filling(store: Store, revision: str, besides: Iterable[str] = (), newest: bool = False) -> Iterator[Filling]:
    """Clear the database of the platform's tables, make those of `revision`, and let them be filled; committed when the block
    ends well. `besides` are tables that this version does not know any more; `newest` brings the tables to their newest
    form at the end. Raises Torn where links lead nowhere.
    """
    with _without_links(store) as connection:
        if revision_of(connection) != revision or any(count(connection, name) for name in _ours(connection, besides)):
            _clear(connection, besides)
            migrate_within(connection, revision)
        links = _take_links(connection)
        yield Filling(connection, {name: shape(connection, name) for name in _ours(connection, besides)})
        _count_on(connection)
        _put_links(connection, links)
        if newest:
            migrate_within(connection)
        _look_over(connection)


def _clear(connection: Connection, besides: Iterable[str]) -> None:
    cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
    for name in reversed([*_ours(connection, besides), VERSION_TABLE]):
        connection.execute(text(f'DROP TABLE IF EXISTS "{name}"{cascade}'))


@contextmanager
def _without_links(store: Store) -> Iterator[Connection]:
    """A writing transaction in which rows may come before those that they point to; SQLite checks all of them at its end."""
    with store.lock.held(), store.engine.execution_options(writes=True).connect() as connection:
        driver: Any = connection.connection.dbapi_connection
        if store.is_sqlite:
            driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
        finally:
            if store.is_sqlite and not connection.invalidated:
                driver.execute("PRAGMA foreign_keys=ON")


def _take_links(connection: Connection) -> list[tuple[str, str, str]]:
    """Take the foreign keys off, which are put back and checked as a whole; PostgreSQL cannot put them off until the end."""
    if connection.dialect.name != "postgresql":
        return []
    links = [(row.owner, row.name, row.said) for row in connection.execute(text(_LINKS))]
    for owner, name, _ in links:
        connection.execute(text(f'ALTER TABLE {owner} DROP CONSTRAINT "{name}"'))
    return links


def _put_links(connection: Connection, links: Sequence[tuple[str, str, str]]) -> None:
    known: Any = connection.dialect.dbapi
    for owner, name, said in links:
        try:
            connection.exec_driver_sql(f'ALTER TABLE {owner} ADD CONSTRAINT "{name}" {said}')
        except Exception as error:
            if isinstance(getattr(error, "orig", None), known.IntegrityError):
                raise Torn(f"{owner}, {name}") from error
            raise
    if connection.dialect.name == "sqlite":
        ensure_whole(connection)


def ensure_whole(connection: Connection) -> None:
    """Raises Torn for the first row of a SQLite database that points to one that is not there."""
    torn = connection.execute(text("PRAGMA foreign_key_check")).first()
    if torn is not None:
        raise Torn(f"{torn[0]}, {torn[1]}")


def _look_over(connection: Connection) -> None:
    """Let PostgreSQL count what came in. It would do so by itself after a minute or so; until then it would plan for empty tables."""
    if connection.dialect.name == "postgresql":
        names = ", ".join(f'"{name}"' for name in _ours(connection))
        connection.execute(text(f"ANALYZE {names}"))


def _count_on(connection: Connection) -> None:
    """Let new rows be numbered after those that came in."""
    if connection.dialect.name != "postgresql":
        return
    there = inspect(connection)
    for name in _ours(connection):
        if any(column["name"] == "id" and column.get("autoincrement") for column in there.get_columns(name)):
            set_on = "SELECT setval(pg_get_serial_sequence(:name, 'id'), coalesce(max(id), 1), max(id) IS NOT NULL)"
            connection.execute(text(f'{set_on} FROM "{name}"'), {"name": f'"{name}"'})
