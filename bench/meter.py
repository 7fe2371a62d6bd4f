"""Counting what the database is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event, text

FREE = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")
GROWS = frozenset(
    {
        "person", "sign_in_name", "role_grant", "browser_session", "sign_in_failure", "audit", "placement", "enrolment",
        "attempt", "attempt_slot", "answer", "flag", "grade", "completion", "certificate",
    }
)  # fmt: skip


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


def scans(engine: Engine, seen: dict[str, Any]) -> list[tuple[str, str]]:
    """Statements that read a whole table which grows with people or attempts: (step of the plan, statement)."""
    found = []
    with engine.connect() as connection:
        tables = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
        for statement, parameters in seen.items():
            if statement.startswith("INSERT"):
                continue  # The plan of an insert names tables that point here; SQLite reads them only when keys are broken.
            cursor = connection.connection.cursor()
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps = [str(row[3]) for row in cursor.fetchall()]
            found += [(step, " ".join(statement.split())) for step in steps if _reads_all(step, tables)]
    return found


def _reads_all(step: str, tables: set[str]) -> bool:
    """A scan of a table under its own name or an alias such as answer_1. A scan of rows grouped before is none."""
    words = step.split()
    if words[0] != "SCAN":
        return False
    name = words[1] if words[1] in tables else words[1].rstrip("0123456789").rstrip("_")
    return name in GROWS
