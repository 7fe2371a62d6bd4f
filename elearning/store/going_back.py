"""Taking the tables back to the form of an older version: each migration undone, the newest first, in one transaction.

A migration that only adds (tables, columns, indexes) says nothing about the way back: what it would do is written down
without being done, and turned round. One that does more has a `downgrade` of its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from alembic.operations import Operations
from alembic.operations.ops import AddColumnOp, CreateTableOp, MigrateOperation
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, func, inspect, select, table

from elearning.store.engine import Store
from elearning.store.migrating import ALONE, config, revision_of


class NoWayBack(Exception):
    """There is no way back to that form: it is not known, or is not older, or a migration does not say how it is undone."""


def lost(store: Store, revision: str) -> list[tuple[str, str, int]]:
    """What going back takes away: table, column (empty for the whole table), and how many rows that touches. Raises NoWayBack."""
    with store.engine.connect() as connection, ALONE:
        there = set(inspect(connection).get_table_names())
        context = MigrationContext.configure(connection)
        found = [_added(one) for script in _between(connection, revision) for one in _recorded(context, script)]
        gone = [(name, column) for name, column in found if name in there]
        whole = {name for name, column in gone if not column}
        kept = [(name, column) for name, column in gone if not column or name not in whole]
        return [(name, column, _count(connection, name)) for name, column in kept]


def _added(operation: MigrateOperation) -> tuple[str, str]:
    if isinstance(operation, CreateTableOp):
        return operation.table_name, ""
    return (operation.table_name, operation.column.name) if isinstance(operation, AddColumnOp) else ("", "")


def _count(connection: Connection, name: str) -> int:
    return connection.scalar(select(func.count()).select_from(table(name))) or 0


def go_back(store: Store, revision: str) -> None:
    """Take the tables back to a form, all at once or not at all. Whoever calls has the database alone. Raises NoWayBack."""
    with store.lock.held(), store.writing.kw["bind"].begin() as connection, ALONE:
        context = MigrationContext.configure(connection)
        scripts = ScriptDirectory.from_config(config())
        for script in _between(connection, revision):
            _undo(context, script)
            context.stamp(scripts, str(script.down_revision))


def _between(connection: Connection, revision: str) -> list[Script]:
    """The migrations from the form that the tables have back to another, the newest first."""
    now, scripts = revision_of(connection), ScriptDirectory.from_config(config())
    line = list(scripts.walk_revisions())
    names = [script.revision for script in line]
    if now not in names or revision not in names or names.index(now) >= names.index(revision):
        raise NoWayBack(revision)
    return line[names.index(now) : names.index(revision)]


def _undo(context: MigrationContext, script: Script) -> None:
    own: Callable[[], None] | None = getattr(script.module, "downgrade", None)
    if own is not None:
        with Operations.context(context):
            own()
        return
    steps, hands = _recorded(context, script), Operations(context)
    for step in reversed(steps):
        hands.invoke(_reversed(step, script))


def _reversed(step: MigrateOperation, script: Script) -> MigrateOperation:
    try:
        return step.reverse()
    except (NotImplementedError, ValueError) as error:
        raise NoWayBack(f"{script.revision}: {type(step).__name__}") from error


def _recorded(context: MigrationContext, script: Script) -> list[MigrateOperation]:
    """What a migration would do, in order; of one with a way back of its own nothing, for it takes nothing away."""
    steps: list[MigrateOperation] = []
    if not hasattr(script.module, "downgrade"):
        with _only_writing(context, steps.append, script.revision):
            script.module.upgrade()
    return steps


@contextmanager
def _only_writing(context: MigrationContext, note: Callable[[Any], None], revision: str) -> Iterator[None]:
    """Migrations that run meanwhile do nothing but say what they would do. Raises NoWayBack where that cannot be written down."""

    def refuse(*values: Any, **named: Any) -> Any:
        raise NoWayBack(revision)

    hands: Any = Operations(context)
    hands.invoke, hands.get_bind, hands.batch_alter_table = note, refuse, refuse
    hands._install_proxy()  # noqa: SLF001  as Operations.context does it, for hands that only write down
    try:
        yield
    finally:
        hands._remove_proxy()  # noqa: SLF001  the same
