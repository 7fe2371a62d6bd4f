"""Moving a platform to another database: every row, in one transaction there, and compared before it counts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from elearning.domain.errors import Refused
from elearning.domain.message import message
from elearning.services.failing import unavailable
from elearning.services.restoring import NO_ANSWER, NO_ROOM, alone, ensure_no_rows
from elearning.store.base import Base
from elearning.store.engine import Store
from elearning.store.keeping.filling import Filling, Torn, filling
from elearning.store.keeping.rows import NotTaken, Shape, Tally, count, line, read, shape, tally
from elearning.store.migrating import is_current, newest


@dataclass(frozen=True, slots=True)
class Step:
    """How far a move is: the table, and how many of its rows have gone over."""

    table: str
    done: int
    rows: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A table that was moved: its rows, and their digest, which was the same on both sides."""

    table: str
    rows: int
    digest: str


Watch = Callable[[Step], None]


def plan(source: Store, target: Store) -> list[Step]:
    """What a move would carry, table by table, with nothing written. Raises Refused as `move` does before it begins."""
    with _both(source, target), source.engine.connect() as connection:
        return [Step(table, 0, count(connection, table)) for table in _tables()]


def move(source: Store, target: Store, watch: Watch) -> list[Moved]:
    """Carry all rows from one database to an empty one, some at a time, and compare digests there before the commit.

    The source is only read. Raises Refused, with nothing changed, while anybody has one of them open, where the source is not
    up to date or the target not empty, and for a value that the target does not take.
    """
    try:
        with _both(source, target), source.engine.connect() as connection, filling(target, newest()) as there:
            gone = [_carried(connection, there, table, watch) for table in _tables()]
            for one in gone:
                if tally(there.connection, there.shapes[one.table]).said != (one.rows, one.digest):
                    raise Refused(
                        message("The table %(table)s did not arrive as it was. Nothing was changed.", table=one.table)
                    )
            return gone
    except (NotTaken, Torn) as error:
        said = message("The new database does not take a row; nothing was changed: %(why)s", why=str(error))
        raise Refused(said) from error
    except SQLAlchemyError as error:
        why = unavailable(error)
        if why is None:
            raise
        raise Refused(NO_ROOM if why.is_full else NO_ANSWER) from error


@contextmanager
def _both(source: Store, target: Store) -> Iterator[None]:
    """Have both databases alone, the one up to date, the other empty."""
    if source.engine.url == target.engine.url:
        raise Refused(message("This is the database that the platform has already. Name another one: --to"))
    with alone(source), alone(target):
        if not is_current(source):
            raise Refused(message("The tables are old. Run: phatngon migrate"))
        ensure_no_rows(target)
        yield


def _tables() -> list[str]:
    """All tables, those that others point to first."""
    return [table.name for table in Base.metadata.sorted_tables]


def _carried(connection: Connection, there: Filling, name: str, watch: Watch) -> Moved:
    table, seen = _of(connection, there, name), Tally()
    rows = count(connection, name)
    watch(Step(name, 0, rows))
    for some in read(connection, table):
        seen.add(map(line, some))
        there.add(table, some)
        watch(Step(name, seen.rows, rows))
    return Moved(name, seen.rows, seen.digest)


def _of(connection: Connection, there: Filling, name: str) -> Shape:
    """The table with its columns in the order of the target, so that both have one digest."""
    return shape(connection, name).in_order(there.shapes[name].columns)
