"""Counting what the database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

FREE = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")


@dataclass(slots=True)
class Meter:
    """Statements and commits since the last reset; and each different statement once, with values it was sent with."""

    statements: list[str] = field(default_factory=list)
    commits: int = 0
    seen: dict[str, Any] = field(default_factory=dict)

    def take(self) -> tuple[list[str], int]:
        """What was counted since the last time."""
        taken = self.statements, self.commits
        self.statements, self.commits = [], 0
        return taken


@contextmanager
def metered(engine: Engine) -> Iterator[Meter]:
    """Count on an engine until the block ends."""
    meter = Meter()

    def on_statement(connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if not statement.lstrip().upper().startswith(FREE):
            meter.statements.append(statement)
            rows = many and isinstance(parameters[0], tuple)
            meter.seen.setdefault(statement, parameters[0] if rows else parameters)

    def on_commit(connection: Any) -> None:
        meter.commits += 1

    event.listen(engine, "before_cursor_execute", on_statement)
    event.listen(engine, "commit", on_commit)
    try:
        yield meter
    finally:
        event.remove(engine, "before_cursor_execute", on_statement)
        event.remove(engine, "commit", on_commit)
