"""Reading and writing side by side: who waits for whom, and what is seen of work that was not committed."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from elearning.services.auditing import record
from elearning.services.work import NOBODY, House
from elearning.store import engine
from elearning.store.engine import OLDEST_SQLITE, open_store, sqlite_version
from elearning.store.models.person import Audit, Person
from tests.services.cast import Cast
from tests.store.databases import ON_POSTGRESQL, Databases


def audit_count(house: House) -> int:
    with house.reading(NOBODY) as work:
        return work.session.scalar(select(func.count(Audit.id))) or 0


def test_the_sqlite_in_use_is_new_enough() -> None:
    assert sqlite_version() >= OLDEST_SQLITE


def test_work_that_raises_leaves_nothing_behind(house: House) -> None:
    with suppress(RuntimeError), house.writing(NOBODY) as work:
        record(work, "try", "test", "1")
        work.session.flush()
        raise RuntimeError
    assert audit_count(house) == 0


def test_reading_keeps_nothing_even_when_it_wrote(house: House) -> None:
    with house.reading(NOBODY) as work:
        record(work, "try", "test", "1")
    assert audit_count(house) == 0


def test_one_use_case_is_one_commit(house: House, statements: Callable[..., object]) -> None:
    with statements() as seen, house.writing(NOBODY) as work:  # type: ignore[attr-defined]
        record(work, "one", "test", "1")
        work.session.flush()
        record(work, "two", "test", "2")
    assert seen.commits == 1


def test_readers_are_not_held_up_by_a_writer_and_do_not_see_half_of_its_work(house: House) -> None:
    with house.writing(NOBODY) as work:
        record(work, "one", "test", "1")
        work.session.flush()
        assert audit_count(house) == 0
    assert audit_count(house) == 1


def test_a_person_who_writes_in_many_places_at_once_writes_one_after_the_other(house: House, cast: Cast) -> None:
    someone = cast.person()
    gate = threading.Barrier(8)

    def count_up(_: int) -> None:
        gate.wait()
        with house.writing(someone.actor) as work:
            title = work.session.scalars(select(Person.title).where(Person.id == someone.id)).one()
            work.session.execute(update(Person).where(Person.id == someone.id).values(title=f"{title}x"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(count_up, range(8)))
    with house.reading(NOBODY) as work:
        assert work.session.get_one(Person, someone.id).title == "x" * 8


@pytest.mark.skipif(not ON_POSTGRESQL, reason="a file has no lines that can be cut")
@pytest.mark.parametrize(("rested", "first"), [(0.0, "works"), (60.0, "fails")])
def test_a_line_that_was_cut_is_noticed_after_a_rest_and_else_fails_once(
    rested: float, first: str, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "RESTED", rested)
    store, other = open_store(databases.bare("cut")), open_store(databases.bare("cutter"))
    try:
        with store.engine.connect() as line:
            process = line.scalar(text("SELECT pg_backend_pid()"))
        with other.engine.connect() as killer:
            killer.execute(text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process})
        if first == "fails":
            with pytest.raises(DBAPIError), store.engine.connect() as line:
                line.scalar(text("SELECT 1"))
        with store.engine.connect() as line:
            assert line.scalar(text("SELECT 1")) == 1
    finally:
        store.dispose()
        other.dispose()
