"""Every row of a database in one form that both databases read and write alike.

A row is a tuple of None, whole numbers, text and bytes: moments are microseconds since 1970, days are written as in ISO 8601,
yes and no are 1 and 0, JSON is the text that was stored. As a line it is a JSON list with bytes in base64, so that the rows
of a table have one digest wherever they stand.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, LargeBinary, inspect, text
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import JSON, Boolean, Date, DateTime, String

from elearning.store.engine import Store

VERSION_TABLE = "alembic_version"
AT_ONCE, LARGE_AT_ONCE = 2_000, 20
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KINDS = (
    (LargeBinary, "bytes"),
    (DateTime, "moment"),
    (Date, "day"),
    (Boolean, "flag"),
    (JSON, "json"),
    (String, "text"),
)
_READ = {
    "moment": "CAST(EXTRACT(EPOCH FROM {0}) * 1000000 AS bigint)",
    "day": "CAST({0} AS text)",
    "flag": "CAST({0} AS integer)",
    "json": "CAST({0} AS text)",
}
Row = tuple[Any, ...]


class NotTaken(Exception):
    """The database does not take a value of this table; `why` is what it said."""

    def __init__(self, table: str, why: str) -> None:
        super().__init__(f"{table}: {why}")
        self.table, self.why = table, why


@dataclass(frozen=True, slots=True)
class Shape:
    """A table as it stands in one database: columns in order, what each holds there, and the columns that its rows are ordered by."""

    name: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def at_once(self) -> int:
        """How many rows are held in memory together; few where rows may be large."""
        return LARGE_AT_ONCE if "bytes" in self.kinds else AT_ONCE

    def in_order(self, columns: Sequence[str]) -> "Shape":
        """The same table with its columns in another order. Raises KeyError for columns that are not its own."""
        kinds = dict(zip(self.columns, self.kinds, strict=True))
        if set(columns) != set(self.columns):
            raise KeyError(self.name)
        return Shape(self.name, tuple(columns), tuple(kinds[name] for name in columns), self.key)


def table_names(connection: Connection) -> list[str]:
    """All tables but the one of the migrations, those that others point to first."""
    ordered = inspect(connection).get_sorted_table_and_fkc_names()
    return [name for name, _ in ordered if name is not None and name != VERSION_TABLE]


def shape(connection: Connection, table: str) -> Shape:
    """A table as it stands here."""
    there = inspect(connection)
    found = there.get_columns(table)
    key = there.get_pk_constraint(table)["constrained_columns"]
    return Shape(table, tuple(c["name"] for c in found), tuple(_kind(c) for c in found), tuple(key))


def _kind(column: ReflectedColumn) -> str:
    return next((kind for types, kind in _KINDS if isinstance(column["type"], types)), "number")


def count(connection: Connection, table: str) -> int:
    """How many rows there are."""
    return int(connection.scalar(text(f"SELECT count(*) FROM {_quoted(table)}")) or 0)  # noqa: S608  names of our own tables


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def read(connection: Connection, table: Shape) -> Iterator[list[Row]]:
    """All rows by their key, some at a time, without holding more than these."""
    on_postgresql = connection.dialect.name == "postgresql"
    columns, key = ", ".join(_reading(table, on_postgresql)), ", ".join(_ordering(table, on_postgresql))
    asked = f"SELECT {columns} FROM {_quoted(table.name)} ORDER BY {key}"  # noqa: S608  names of our own tables
    options = {"stream_results": True, "max_row_buffer": table.at_once}
    with connection.exec_driver_sql(asked, execution_options=options) as found:
        while some := found.fetchmany(table.at_once):
            yield [tuple(row) for row in some]


def _reading(table: Shape, on_postgresql: bool) -> list[str]:
    pairs = zip(table.columns, table.kinds, strict=True)
    return [(_READ.get(kind, "{0}") if on_postgresql else "{0}").format(_quoted(name)) for name, kind in pairs]


def _ordering(table: Shape, on_postgresql: bool) -> list[str]:
    """By code point, as SQLite does."""
    kinds = dict(zip(table.columns, table.kinds, strict=True))
    return [_quoted(name) + (' COLLATE "C"' if on_postgresql and kinds[name] == "text" else "") for name in table.key]


def write(connection: Connection, table: Shape, rows: Sequence[Row]) -> None:
    """Add rows as `read` gives them. Raises NotTaken for a value that this database does not take."""
    columns = ", ".join(map(_quoted, table.columns))
    if connection.dialect.name == "postgresql":
        _copy(connection, table, columns, rows)
        return
    places = ", ".join("?" * len(table.columns))
    try:
        connection.exec_driver_sql(f"INSERT INTO {_quoted(table.name)} ({columns}) VALUES ({places})", list(rows))  # noqa: S608
    except DBAPIError as error:
        if error.connection_invalidated or type(error.orig).__name__ == "OperationalError":
            raise
        raise NotTaken(table.name, str(error.orig)) from error


def _copy(connection: Connection, table: Shape, columns: str, rows: Sequence[Row]) -> None:
    driver: Any = connection.connection.driver_connection
    known: Any = connection.dialect.dbapi
    try:
        with driver.cursor() as cursor, cursor.copy(f"COPY {_quoted(table.name)} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([_for_postgresql(kind, value) for kind, value in zip(table.kinds, row, strict=True)])
    except (known.DataError, known.IntegrityError) as error:
        raise NotTaken(table.name, " ".join(str(error).split())) from error


def _for_postgresql(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "moment":
        return _EPOCH + timedelta(microseconds=value)
    return bool(value) if kind == "flag" else value


def line(row: Row) -> bytes:
    """A row as a line of JSON."""
    return _encode(row) + b"\n"


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


def row_of(table: Shape, read_line: bytes) -> Row:
    """The row that a line holds. Raises ValueError where it holds none of this table."""
    values = _decode(read_line)
    if not isinstance(values, list) or len(values) != len(table.columns):
        raise ValueError(table.name)
    pairs = zip(table.kinds, values, strict=True)
    return tuple(base64.b64decode(v, validate=True) if k == "bytes" and v is not None else v for k, v in pairs)


@dataclass(slots=True)
class Tally:
    """How many rows of a table went by, and their digest."""

    rows: int = 0
    sha256: Any = None

    def add(self, lines: Iterable[bytes]) -> None:
        """Count some more lines."""
        self.sha256 = self.sha256 or hashlib.sha256()
        for one in lines:
            self.rows += 1
            self.sha256.update(one)

    @property
    def digest(self) -> str:
        """SHA-256 over all lines, in hexadecimal."""
        return str((self.sha256 or hashlib.sha256()).hexdigest())

    @property
    def said(self) -> tuple[int, str]:
        """Rows and digest."""
        return self.rows, self.digest


def tally(connection: Connection, table: Shape) -> Tally:
    """Count what stands in a table here."""
    found = Tally()
    for some in read(connection, table):
        found.add(map(line, some))
    return found


@contextmanager
def snapshot(store: Store) -> Iterator[Connection]:
    """One view of the whole database, that of the first thing asked, whoever writes meanwhile; nobody waits for it."""
    engine = store.engine
    if not store.is_sqlite:
        engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    with engine.connect() as connection:
        yield connection
