"""Statements of the hot path, put into SQL once: what SQLAlchemy works out anew for each execution is kept.

A `select` through a Session costs 63 µs of processor time on top of the database's own, of which finding its SQL in the cache,
the ORM's loading and the rows are most; a prepared one costs 8 µs (`python -m bench.statements`). It says exactly what the
`select` says, and goes through the Session's own connection and transaction.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from psycopg.types.json import Json
from sqlalchemy import (
    JSON,
    ColumnElement,
    CompoundSelect,
    Connection,
    Dialect,
    Insert,
    Select,
    String,
    Table,
    Text,
    Update,
    bindparam,
    column,
    func,
    insert,
    select,
    update,
)
from sqlalchemy import (
    cast as sql_cast,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from elearning.store.base import AnySelect, Base
from elearning.store.driver import run, run_many
from elearning.store.lines import ReadingSession

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
        form = self.form(connection.dialect)
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

    def form(self, dialect: Dialect) -> _Form:
        """The statement as this database is told it."""
        found = self.forms.get(dialect.name)
        if found is None:
            found = self.forms[dialect.name] = self._form(dialect)
        return found

    def _form(self, dialect: Dialect) -> _Form:
        columns = tuple(column.type for column in self.statement.selected_columns)
        form = _form_of(self.statement.compile(dialect=dialect), dialect, columns)
        if self.many and dialect.name == "sqlite":
            names = ", ".join(f"c{place}" for place in range(len(columns)))
            in_one = f"WITH found({names}) AS ({form.sql}) SELECT json_group_array(json_array({names})) FROM found"  # noqa: S608  our own statement
            form = replace(form, sql=in_one, in_one=True)
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

    def form(self, dialect: Dialect) -> _Form:
        """The statement as this database is told it."""
        found = self.forms.get(dialect.name)
        if found is None:
            found = self.forms[dialect.name] = _form_of(self.statement.compile(dialect=dialect), dialect, ())
        return found


def _written_to(session: Session) -> Connection:
    """The connection of a session for a statement that writes; what a view writes is undone when it ends."""
    session.flush()
    if isinstance(session, ReadingSession):
        session.hold()
    return session.connection()


class PreparedInsert(_Writing):
    """New rows of one table, one statement however many they are. What a row does not name has its default in the database.
    With `where`, made from the values of a row, only those are added for which it finds anything; several rows are of one piece then:
    PostgreSQL asks once, with the values of the first, and SQLite for each.
    """

    def __init__(self, model: type[Base], *columns: str, where: Callable[[AnySelect], AnySelect] | None = None) -> None:
        table = cast(Table, model.__table__)
        values = {name: bindparam(name, type_=table.c[name].type) for name in columns}
        given = where(select(*values.values())) if where else None
        fresh = insert(table).inline()  # nobody asks for the ids
        super().__init__(fresh.values(values) if given is None else fresh.from_select(columns, given))
        gathered = _gathered(table, columns)
        self.gathered = _Writing(fresh.from_select(columns, where(gathered) if where else gathered))

    def add(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> int:
        """Add rows, in the transaction of the session; how many were added. Raises IntegrityError as the ORM would."""
        if not rows:
            return 0
        connection = _written_to(session)
        dialect = connection.dialect
        form = self.form(dialect)
        given: Any = [form.values(row) for row in rows]
        if many := len(rows) > 1 and dialect.name == "postgresql":
            form = self.gathered.form(dialect)
            given = form.values({**rows[0], "rows": json.dumps(given, default=_as_text)})
        for hears in connection.dispatch.before_cursor_execute:
            hears(connection, None, form.sql, given, None, not many)
        if many or len(rows) == 1:
            added: int = run(connection, form.sql, given if many else given[0]).rowcount
            return added
        return run_many(connection, form.sql, given)


def _gathered(table: Table, columns: Sequence[str]) -> AnySelect:
    """The rows of one JSON text, for PostgreSQL: to give it each row by itself takes as much as each row by itself would."""
    text = func.json_to_recordset(sql_cast(bindparam("rows", type_=Text()), JSON()))
    rows = text.table_valued(*(column(name, Text()) for name in columns), name="given").render_derived(with_types=True)
    return select(*(_typed(rows.c[name], table.c[name].type) for name in columns))


def _typed(cell: ColumnElement[Any], kind: TypeEngine[Any]) -> ColumnElement[Any]:
    """A text as what it stands for. To cast it to a text of so many characters would cut it off; as it is, it is refused."""
    return cell if isinstance(kind, String) else sql_cast(cell, kind)


def _as_text(value: Any) -> str:
    """A moment or a JSON value, ready for the driver, within the JSON text of a row. Raises TypeError for anything else."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Json):
        return json.dumps(value.obj)
    raise TypeError(f"rows with {type(value).__name__} cannot be gathered")


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
        connection = _written_to(session)
        form = self.form(connection.dialect)
        given = form.values(values)
        for hears in connection.dispatch.before_cursor_execute:
            hears(connection, None, form.sql, given, None, False)
        found = run(connection, form.sql, given).fetchall()
        if not found:
            raise LookupError("there is no such row")
        written: int = found[0][0]
        return written
