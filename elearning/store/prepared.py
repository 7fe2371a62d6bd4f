"""Statements of the hot path, put into SQL once: what SQLAlchemy works out anew for each execution is kept.

A `select` through a Session costs 63 µs of processor time on top of the database's own, of which finding its SQL in the cache,
the ORM's loading and the rows are most; a prepared one costs 8 µs (`python -m bench.statements`). It says exactly what the
`select` says, and goes through the Session's own connection and transaction.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Dialect,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from elearning.store.base import AnySelect, Base
from elearning.store.driver import run, run_many

Row = tuple[Any, ...]
Processor = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Form:
    """A statement for one database: its SQL, its values in order (or by name), and what values and columns go through."""

    sql: str
    fixed: Mapping[str, Any]
    order: tuple[str, ...]
    by_name: bool
    binds: tuple[tuple[str, Processor], ...]
    columns: tuple[tuple[int, Processor], ...]
    in_one: bool = False

    def values(self, given: Mapping[str, Any]) -> Any:
        """What the driver is given. Raises KeyError for a value that is missing."""
        values = {**self.fixed, **given}
        for name, processor in self.binds:
            values[name] = processor(values[name])
        if self.by_name:
            return {name: values[name] for name in self.order}
        return tuple([values[name] for name in self.order])

    def rows(self, found: list[Any]) -> list[Row]:
        """What the driver gave, as Python's own values."""
        if not self.columns:
            return [tuple(row) for row in found]
        rows = []
        for row in found:
            cells = list(row)
            for place, processor in self.columns:
                cells[place] = processor(cells[place])
            rows.append(tuple(cells))
        return rows


class Prepared:
    """A select of columns (never of whole models, which the Session must know) with `bindparam` for its values, none of them
    a list. With `many` rows SQLite gives them in one piece: for each row of its own it lets the interpreter go, and under load
    another thread takes it meanwhile. None of the columns may be a float.
    """

    def __init__(
        self, statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]], many: bool = False
    ) -> None:
        self.statement, self.many = statement, many
        self.forms: dict[str, _Form] = {}

    def rows(self, session: Session, values: Mapping[str, Any]) -> list[Row]:
        """The rows for these values, in the transaction of the session."""
        session.flush()  # what was added is seen, as by any statement through a Session
        return self.rows_by(session.connection(), values)

    def rows_by(self, connection: Connection, values: Mapping[str, Any]) -> list[Row]:
        """The rows for these values, by a connection without a session."""
        dialect = connection.dialect
        form = self.forms.get(dialect.name) or self._form(dialect)
        given = form.values(values)
        for hears in connection.dispatch.before_cursor_execute:  # the events of the engine, which count statements
            hears(connection, None, form.sql, given, None, False)
        found = run(connection, form.sql, given).fetchall()
        return form.rows(json.loads(found[0][0]) if form.in_one else found)

    def one(self, session: Session, values: Mapping[str, Any]) -> Row | None:
        """The only row; None where there is none. Raises ValueError for several."""
        rows = self.rows(session, values)
        if len(rows) > 1:
            raise ValueError("several rows where one was asked for")
        return rows[0] if rows else None

    def _form(self, dialect: Dialect) -> _Form:
        columns = tuple(column.type for column in self.statement.selected_columns)
        form = _form_of(self.statement.compile(dialect=dialect), dialect, columns)
        if self.many and dialect.name == "sqlite":
            names = ", ".join(f"c{place}" for place in range(len(columns)))
            in_one = f"WITH found({names}) AS ({form.sql}) SELECT json_group_array(json_array({names})) FROM found"  # noqa: S608  our own statement
            form = replace(form, sql=in_one, in_one=True)
        self.forms[dialect.name] = form
        return form


def _form_of(compiled: SQLCompiler, dialect: Dialect, columns: Sequence[TypeEngine[Any]]) -> _Form:
    named = {name: bind for bind, name in compiled.bind_names.items()}  # one name may stand for several places
    binds = [(name, bind.type.dialect_impl(dialect).bind_processor(dialect)) for name, bind in named.items()]
    results = [kind.dialect_impl(dialect).result_processor(dialect, None) for kind in columns]
    return _Form(
        str(compiled),
        {name: bind.effective_value for name, bind in named.items() if not bind.required},
        tuple(compiled.positiontup or named),
        compiled.positiontup is None,
        tuple((name, processor) for name, processor in binds if processor),
        tuple((place, processor) for place, processor in enumerate(results) if processor),
    )


class _Writing:
    """A statement that writes, in its form for each database."""

    def __init__(self, statement: Insert | Update) -> None:
        self.statement = statement
        self.forms: dict[str, _Form] = {}

    def _form(self, dialect: Dialect) -> _Form:
        form = _form_of(self.statement.compile(dialect=dialect), dialect, ())
        self.forms[dialect.name] = form
        return form


class PreparedInsert(_Writing):
    """New rows of one table, one statement however many they are. What a row does not name has its default in the database.
    With `where`, made from the values of a row, only those are added for which it finds anything.
    """

    def __init__(self, model: type[Base], *columns: str, where: Callable[[AnySelect], AnySelect] | None = None) -> None:
        table = cast(Table, model.__table__)
        values = {name: bindparam(name, type_=table.c[name].type) for name in columns}
        given = where(select(*values.values())) if where else None
        super().__init__(insert(table).values(values) if given is None else insert(table).from_select(columns, given))

    def add(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> int:
        """Add rows, in the transaction of the session; how many were added. Raises IntegrityError as the ORM would."""
        if not rows:
            return 0
        session.flush()
        connection = session.connection()
        form = self.forms.get(connection.dialect.name) or self._form(connection.dialect)
        given = [form.values(row) for row in rows]
        for hears in connection.dispatch.before_cursor_execute:
            hears(connection, None, form.sql, given, None, True)
        return run_many(connection, form.sql, given)


class PreparedRow(_Writing):
    """One statement that writes one row and gives its id: a row that is new, or one that changes."""

    @classmethod
    def new(cls, model: type[Base], *columns: str) -> "PreparedRow":
        """A new row with these columns, which gives its id."""
        table = cast(Table, model.__table__)
        values = {name: bindparam(name, type_=table.c[name].type) for name in columns}
        return cls(insert(table).values(values).returning(table.c.id))

    @classmethod
    def changed(cls, model: type[Base], *columns: str) -> "PreparedRow":
        """New values in these columns of the row with the id `row`."""
        table = cast(Table, model.__table__)
        values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in columns}
        return cls(update(table).where(table.c.id == bindparam("row")).values(values).returning(table.c.id))

    def write(self, session: Session, values: Mapping[str, Any]) -> int:
        """Write it, in the transaction of the session; the id. Raises IntegrityError as the ORM would, LookupError where no row has
        the id.
        """
        session.flush()
        connection = session.connection()
        form = self.forms.get(connection.dialect.name) or self._form(connection.dialect)
        given = form.values(values)
        for hears in connection.dispatch.before_cursor_execute:
            hears(connection, None, form.sql, given, None, False)
        found = run(connection, form.sql, given).fetchall()
        if not found:
            raise LookupError("there is no such row")
        written: int = found[0][0]
        return written
