"""How lines to PostgreSQL are used: a view begins no transaction, a write begins and locks in one message, one statement goes alone."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import bindparam, func, insert, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from elearning.services.auditing import record
from elearning.services.work import NOBODY, House
from elearning.store.models.person import Audit, Person
from elearning.store.prepared import Prepared, PreparedInsert
from tests.services.cast import Cast
from tests.store.databases import ON_POSTGRESQL

pytestmark = pytest.mark.skipif(not ON_POSTGRESQL, reason="these are lines to PostgreSQL")
COUNT = Prepared(select(func.count(Audit.id)).where(Audit.id > bindparam("least")))
ADD = PreparedInsert(
    Person, "public", "name", "sort_key", "search_key", "title", "contact", "language", "password", "created"
)


def driver_of(session: Session) -> Any:
    return session.connection().connection.dbapi_connection


def status(session: Session) -> TransactionStatus:
    found: TransactionStatus = driver_of(session).info.transaction_status
    return found


def person(work: Any, public: str) -> dict[str, Any]:
    return {
        "public": public, "name": "Trần Thị Một", "sort_key": "", "search_key": "", "title": "", "contact": "", "language": "vi",
        "password": "", "created": work.now,
    }  # fmt: skip


def test_what_is_asked_in_views_is_prepared_once_and_stays_so(house: House) -> None:
    for _ in range(8):
        with house.reading(NOBODY) as work:
            COUNT.rows(work.session, {"least": 0})
            assert status(work.session) == TransactionStatus.IDLE
    with house.writing(NOBODY) as work:
        record(work, "try", "test", "1")
    with house.reading(NOBODY) as work:
        kept = work.session.scalars(text("SELECT statement FROM pg_prepared_statements")).all()
    assert any("count(audit.id)" in statement for statement in kept)


def test_rows_that_are_taken_some_at_a_time_have_a_transaction(house: House) -> None:
    with house.writing(NOBODY) as work:
        for number in range(30):
            record(work, "try", "test", str(number))
    asked = select(Audit.subject).order_by(Audit.id).execution_options(yield_per=7)
    with house.reading(NOBODY) as work:
        rows = work.session.scalars(asked)
        assert next(rows) == "0"
        assert status(work.session) != TransactionStatus.IDLE
        assert [int(one) for one in rows] == list(range(1, 30))
        driver = driver_of(work.session)
    assert driver.info.transaction_status == TransactionStatus.IDLE


@pytest.mark.parametrize("way", ["statement", "orm"])
def test_a_view_keeps_nothing_that_was_written_in_it(house: House, way: str) -> None:
    with house.writing(NOBODY) as work:
        work.session.add(Person(**person(work, "mot")))
    with house.reading(NOBODY) as work:
        found = work.session.scalars(select(Person)).one()
        if way == "orm":
            found.name = "Lê Thị Hai"
            assert work.session.scalar(select(func.count(Person.id))) == 1
        else:
            work.session.execute(insert(Person).values(person(work, "hai")))
    with house.reading(NOBODY) as work:
        assert work.session.scalars(select(Person.name)).all() == ["Trần Thị Một"]


def test_a_write_waits_for_another_of_the_same_person_and_for_nobody_elses(house: House, cast: Cast) -> None:
    one, other = cast.person().actor, cast.person().actor
    inside, order = threading.Event(), list[str]()

    def write(actor: Any, name: str) -> None:
        inside.wait(10)
        with house.writing(actor):
            order.append(name)

    with ThreadPoolExecutor(2) as pool:
        with house.writing(one):
            inside.set()
            same = pool.submit(write, one, "same")
            pool.submit(write, other, "other").result(10)
            order.append("first")
        same.result(10)
    assert order == ["other", "first", "same"]


def test_one_statement_by_itself_is_kept_when_it_has_been_run(house: House) -> None:
    with house.adding(NOBODY, house.clock()) as work:
        ADD.add(work.session, [person(work, "mot")])
        with house.reading(NOBODY) as other:
            assert other.session.scalar(select(func.count(Person.id))) == 1
    with pytest.raises(IntegrityError), house.adding(NOBODY, house.clock()) as work:
        ADD.add(work.session, [person(work, "hai"), person(work, "mot")])
    with house.reading(NOBODY) as work:
        assert work.session.scalars(select(Person.public)).all() == ["mot"]


def test_who_wishes_for_another_isolation_has_it_and_the_next_has_not(house: House) -> None:
    apart = house.store.engine.execution_options(isolation_level="REPEATABLE READ")
    with apart.connect() as line:
        assert line.scalar(text("SHOW transaction_isolation")) == "repeatable read"
        used = line.connection.dbapi_connection
    with house.reading(NOBODY) as work:
        assert driver_of(work.session) is used
        assert work.session.scalar(select(func.count(Audit.id))) == 0
        assert status(work.session) == TransactionStatus.IDLE
    with house.writing(NOBODY) as work:
        assert work.session.scalar(text("SHOW transaction_isolation")) == "read committed"
