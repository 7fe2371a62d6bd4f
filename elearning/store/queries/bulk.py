"""Many rows at once: in chunks, so that memory stays flat, with ids given beforehand, so that nothing need be read back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar, cast

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.orm import Session

from elearning.store.base import Base

CHUNK = 10_000
Thing = TypeVar("Thing")


def chunks(things: Iterable[Thing], size: int = CHUNK) -> Iterator[list[Thing]]:
    """The same things in lists of at most `size`."""
    rest = iter(things)
    while chunk := list(islice(rest, size)):
        yield chunk


def add(session: Session, model: type[Base], rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert rows, each with the same columns; how many there were."""
    table, count = cast(Table, model.__table__), 0
    for chunk in chunks(rows):
        session.execute(insert(table), chunk)
        count += len(chunk)
    return count


def next_id(session: Session, model: type[Base]) -> int:
    """The first id that is free from here on. Only for work that holds the one writing transaction."""
    last: int | None = session.scalar(select(func.max(model.__table__.c.id)))
    return (last or 0) + 1


def move_sequences(session: Session, models: Sequence[type[Base]]) -> None:
    """After rows came with their ids: PostgreSQL counts on from the highest; SQLite does so by itself."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for name in (cast(Table, model.__table__).name for model in models):
        sequence = f"pg_get_serial_sequence('{name}', 'id')"
        highest = f"(SELECT max(id) FROM {name})"  # noqa: S608  the names of our own tables
        session.execute(text(f"SELECT setval({sequence}, {highest}) WHERE {highest} IS NOT NULL"))
