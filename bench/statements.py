"""`python -m bench.statements`: what a statement costs through a Session and prepared, beside what the database itself takes.

Processor time in this process, over a fresh SQLite database with one learner in the middle of the course.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy.orm import Session

from bench.inside import Inside, inside
from bench.profiling import cost
from bench.tables import table
from elearning.services.work import NOBODY
from elearning.store.driver import run
from elearning.store.prepared import Prepared
from elearning.store.queries import arrangements, learning, texts

TIMES = 3000
Row = tuple[str, str, str, str]


def measured(session: Session, prepared: Prepared, values: dict[str, Any], name: str) -> Row:
    """Microseconds of one statement: through the Session, prepared, and by the driver alone."""
    prepared.rows(session, values)
    connection = session.connection()
    form = prepared.forms[connection.dialect.name]
    given = form.values(values)
    ways: tuple[Callable[[], object], ...] = (
        lambda: session.execute(prepared.statement, values).all(),
        lambda: prepared.rows(session, values),
        lambda: run(connection, form.sql, given).fetchall(),
    )
    return (name, *(f"{cost(way, TIMES) * 1000:.1f}" for way in ways))  # type: ignore[return-value]  # three of them


def rows(platform: Inside) -> list[Row]:
    """One row for each statement."""
    person = {"person": 1, "now": platform.house.clock()}
    with platform.house.reading(NOBODY) as work:
        return [
            measured(work.session, learning.ALL_COURSES, person, "courses of a person"),
            measured(work.session, learning.EVENTS_AND_NOTICES, {"person": 1}, "ledger, running attempts, notices"),
            measured(
                work.session, arrangements.PAST_AND_RULES, {"person": 1, "course": 1, "quiz": "x", "round": 1},
                "earlier attempts and what is arranged",
            ),
            measured(work.session, texts.REGISTER, {}, "the register of law"),
        ]  # fmt: skip


def main() -> None:
    """Measure and print."""
    with TemporaryDirectory() as folder, inside(Path(folder), 1) as platform:
        print(table(("statement", "Session, CPU µs", "prepared, CPU µs", "driver alone, CPU µs"), rows(platform)))


if __name__ == "__main__":
    main()
