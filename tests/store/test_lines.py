"""A view is one transaction on one line, however it is asked, and the line goes back."""

from collections.abc import Callable

import pytest
from sqlalchemy import bindparam, event, func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from elearning.services.auditing import record
from elearning.services.work import NOBODY, House
from elearning.store.models.person import Audit, Person
from elearning.store.prepared import Prepared
from tests.store.databases import ON_POSTGRESQL

COUNT = Prepared(select(func.count(Audit.id)).where(Audit.id > bindparam("least")))


def lines_out(house: House) -> int:
    return house.store.engine.pool.checkedout()  # type: ignore[attr-defined]  # a pool that counts


def tries(house: House) -> None:
    with house.writing(NOBODY) as work:
        record(work, "try", "test", "1")


@pytest.mark.skipif(ON_POSTGRESQL, reason="PostgreSQL shows each statement what was committed before it")
def test_what_others_commit_meanwhile_is_not_seen_in_a_view_that_has_begun(house: House) -> None:
    with house.reading(NOBODY) as work:
        assert COUNT.rows(work.session, {"least": 0}) == [(0,)]
        tries(house)
        assert COUNT.rows(work.session, {"least": 0}) == [(0,)]
        assert work.session.scalar(select(func.count(Audit.id))) == 0
    with house.reading(NOBODY) as work:
        assert COUNT.rows(work.session, {"least": 0}) == [(1,)]


def test_prepared_statements_and_the_orm_ask_on_one_line(house: House) -> None:
    with house.reading(NOBODY) as work:
        line = work.session.connection()
        assert work.session.scalar(select(func.count(Audit.id))) == 0
        assert (work.session.connection(), work.session.get_bind(), lines_out(house)) == (line, line, 1)
    assert (line.closed, lines_out(house)) == (True, 0)


def test_a_view_that_asks_nothing_takes_no_line(house: House) -> None:
    with house.reading(NOBODY):
        assert lines_out(house) == 0


def test_the_line_goes_back_where_a_statement_fails(house: House) -> None:
    with pytest.raises(DBAPIError), house.reading(NOBODY) as work:
        work.session.execute(text("SELECT a FROM nowhere"))
    assert lines_out(house) == 0
    tries(house)


@pytest.mark.skipif(ON_POSTGRESQL, reason="a view of PostgreSQL begins nothing")
def test_a_view_begins_once(house: House) -> None:
    said: list[str] = []
    with house.reading(NOBODY) as work:
        work.session.connection().connection.dbapi_connection.set_trace_callback(said.append)  # type: ignore[union-attr]  # SQLite's
        COUNT.rows(work.session, {"least": 0})
        work.session.scalar(select(func.count(Audit.id)))
        work.session.connection().connection.dbapi_connection.set_trace_callback(None)  # type: ignore[union-attr]  # as above
    assert [word for word in said if not word.startswith("SELECT")] == []


@pytest.mark.parametrize("act", ["prepared", "orm"])
def test_the_transaction_of_a_view_ends_with_it(house: House, act: str) -> None:
    asks: dict[str, Callable[..., object]] = {
        "prepared": lambda session: COUNT.rows(session, {"least": 0}),
        "orm": lambda session: session.scalar(select(func.count(Audit.id))),
    }
    ended: list[object] = []
    event.listen(house.store.engine.pool, "checkin", lambda connection, entry: ended.append(connection))
    with house.reading(NOBODY) as work:
        asks[act](work.session)
        driver = work.session.connection().connection.dbapi_connection
    assert ended == [driver]
    if not ON_POSTGRESQL:
        assert not driver.in_transaction  # type: ignore[union-attr]  # SQLite's


def test_what_the_orm_holds_back_until_the_end_of_short_work_is_written_or_undoes_all_of_it(house: House) -> None:
    def add(name: str) -> None:
        with house.writing(NOBODY, short=True) as work:
            record(work, "add", "person", name)
            work.session.add(Person(public="mot", name=name, sort_key="", search_key="", created=work.now))

    add("Trần Thị Một")
    with pytest.raises(IntegrityError):
        add("Trần Thị Hai")
    with house.reading(NOBODY) as work:
        assert work.session.scalars(select(Person.name).where(Person.public == "mot")).all() == ["Trần Thị Một"]
        assert work.session.scalar(select(func.count(Audit.id)).where(Audit.action == "add")) == 1
