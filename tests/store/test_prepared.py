"""Prepared statements say what their selects say, on both databases, and fail as they would."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Float, LargeBinary, bindparam, column, select, table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError

from elearning.services.work import NOBODY, House
from elearning.store import queries
from elearning.store.models.notice import Job, Notice
from elearning.store.models.person import Person
from elearning.store.prepared import Prepared, PreparedInsert, PreparedRow, _as_text
from tests.services.cast import Someone
from tests.store.databases import ON_POSTGRESQL


def all_prepared() -> Iterator[tuple[str, Prepared | PreparedInsert | PreparedRow]]:
    for found in pkgutil.iter_modules(queries.__path__, f"{queries.__name__}."):
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            many = value.values() if isinstance(value, dict) else [value]
            yield from (
                (f"{found.name}.{name}", one)
                for one in many
                if isinstance(one, (Prepared, PreparedInsert, PreparedRow))
            )


MOMENT = datetime(2026, 7, 1, 8, tzinfo=UTC)
NEW_JOB: dict[str, Any] = {
    "kind": "try", "state": "waiting", "by_id": 0, "asked": {}, "file_name": "", "done": 0, "total": 0, "made": MOMENT,
}  # fmt: skip
EVERY = sorted(all_prepared(), key=lambda pair: pair[0])


@pytest.mark.parametrize(("name", "one"), EVERY, ids=[name for name, _ in EVERY])
def test_every_statement_can_be_written_for_both_databases(
    name: str, one: Prepared | PreparedInsert | PreparedRow
) -> None:
    for dialect in (sqlite.dialect(), postgresql.psycopg.dialect()):
        form = one.form(dialect)
        assert "POSTCOMPILE" not in form.sql
        assert form.sql


def test_rows_are_those_of_the_select(house: House, make_person: Callable[..., Someone]) -> None:
    make_person()
    statement = select(Person.id, Person.name, Person.language, Person.disabled).where(Person.id >= bindparam("least"))
    with house.reading(NOBODY) as work:
        wanted = [tuple(row) for row in work.session.execute(statement, {"least": 0})]
        assert Prepared(statement).rows(work.session, {"least": 0}) == wanted


def test_many_rows_in_one_piece_are_the_same_rows_in_the_same_order(
    house: House, make_person: Callable[..., Someone]
) -> None:
    for number in range(12):
        make_person(name=f'Lê Văn "{number}" \\ ở 𝄞')
    by = make_person().id
    asked: list[dict[str, Any]] = [{"số": [1, 2**53 + 1, None, True], "chữ": "\u2028 \\ '"}, {}]
    with house.writing(NOBODY) as work:
        work.session.add_all(
            Job(public=f"viec-{n}", kind="try", by_id=by, asked=one, made=MOMENT) for n, one in enumerate(asked)
        )
    people = select(Person.id, Person.name, Person.created, Person.disabled, Person.disabled.is_(None)).order_by(
        Person.name.desc()
    )
    for statement in (people, select(Job.public, Job.asked, Job.ended).order_by(Job.public.desc())):
        with house.reading(NOBODY) as work:
            wanted = [tuple(row) for row in work.session.execute(statement)]
            assert len(wanted) >= 2
            assert Prepared(statement, many=True).rows(work.session, {}) == wanted
    with house.reading(NOBODY) as work:
        assert Prepared(people.where(Person.id < 0), many=True).rows(work.session, {}) == []


def test_what_comes_in_one_piece_holds_no_float() -> None:
    gathered = [one for _, one in EVERY if isinstance(one, Prepared) and one.many]
    assert gathered
    for one in gathered:
        assert not any(isinstance(column.type, (Float, LargeBinary)) for column in one.statement.selected_columns)


def test_what_was_added_is_seen_before_it_is_committed(house: House) -> None:
    named = Prepared(select(Person.name).where(Person.name == bindparam("name")))
    with house.writing(NOBODY) as work:
        work.session.add(Person(public="moi", name="Trần Thị Mới", sort_key="", search_key="", created=work.now))
        assert named.rows(work.session, {"name": "Trần Thị Mới"}) == [("Trần Thị Mới",)]
        work.session.rollback()


def test_a_value_that_is_missing_is_not_taken_for_nothing(house: House) -> None:
    named = Prepared(select(Person.id).where(Person.name == bindparam("name")))
    with house.reading(NOBODY) as work, pytest.raises(KeyError):
        named.rows(work.session, {})


def test_one_row_is_asked_for_and_several_are_told(house: House) -> None:
    twice = Prepared(select(bindparam("a", 1)).union_all(select(bindparam("b", 2))))
    with house.reading(NOBODY) as work, pytest.raises(ValueError, match="several rows"):
        twice.one(work.session, {})


def test_an_error_of_the_database_is_told_as_by_any_statement(house: House) -> None:
    nowhere = Prepared(select(column("a")).select_from(table("nowhere")))
    with house.reading(NOBODY) as work, pytest.raises(DBAPIError, match="nowhere"):
        nowhere.rows(work.session, {})


def test_many_rows_are_added_as_each_by_itself_would_be(house: House, make_person: Callable[..., Someone]) -> None:
    by = make_person().id
    jobs = PreparedInsert(Job, *NEW_JOB, "public", "ended")
    asked: list[Any] = [{"số": [1, 2**53 + 1, None, True], "chữ": "\u2028 \\ ' \" 𝄞"}, {}, [], None, "null", 'a"b', 7]
    rows = [
        {**NEW_JOB, "public": f"viec-{number}", "kind": 'thử "1"', "by_id": by, "asked": one, "ended": ended}
        for number, one in enumerate(asked)
        for ended in [MOMENT if number % 2 else None]
    ]
    with house.writing(NOBODY) as work:
        assert jobs.add(work.session, rows[:-1]) == len(rows) - 1
        assert jobs.add(work.session, rows[-1:]) == 1
    with house.reading(NOBODY) as work:
        found = {job.public: job for job in work.session.scalars(select(Job))}
        for row in rows:
            assert {name: getattr(found[str(row["public"])], name) for name in row} == row


def test_many_rows_are_refused_as_a_whole_where_one_of_them_is(
    house: House, make_person: Callable[..., Someone]
) -> None:
    by = make_person().id
    jobs, row = PreparedInsert(Job, *NEW_JOB, "public"), {**NEW_JOB, "by_id": by}
    with pytest.raises(IntegrityError), house.writing(NOBODY) as work:
        jobs.add(work.session, [{**row, "public": "một"}, {**row, "public": "hai"}, {**row, "public": "một"}])
    with house.reading(NOBODY) as work:
        assert work.session.scalars(select(Job)).all() == []


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite takes texts of any length")
def test_a_text_that_is_too_long_is_refused_and_not_cut_off(house: House, make_person: Callable[..., Someone]) -> None:
    by = make_person().id
    jobs, row = PreparedInsert(Job, *NEW_JOB, "public"), {**NEW_JOB, "by_id": by, "kind": "a" * 500}
    with pytest.raises(DBAPIError, match="too long"), house.writing(NOBODY) as work:
        jobs.add(work.session, [{**row, "public": "một"}, {**row, "public": "hai"}])


def test_rows_whose_values_have_no_text_are_not_gathered(house: House) -> None:
    with pytest.raises(TypeError, match="bytes"):
        _as_text(b"1")


def test_a_row_that_a_table_refuses_is_refused(house: House) -> None:
    notices = PreparedInsert(Notice, "person_id", "kind", "at")
    row = {"person_id": None, "kind": "due", "at": datetime(2026, 11, 29, tzinfo=UTC)}
    with pytest.raises(IntegrityError), house.writing(NOBODY) as work:
        notices.add(work.session, [row])


def test_a_row_is_written_anew_or_changed_and_says_which_it_is(house: House) -> None:
    row = {
        "public": "moi",
        "name": "Trần Thị Mới",
        "sort_key": "",
        "search_key": "",
        "title": "",
        "contact": "",
        "language": "vi",
    }
    new = PreparedRow.new(Person, *row, "password", "created")
    changed = PreparedRow.changed(Person, "name", "disabled")
    with house.writing(NOBODY) as work:
        values = {**row, "password": "", "created": work.now}
        number = new.write(work.session, values)
        with pytest.raises(IntegrityError), work.session.begin_nested():
            new.write(work.session, values)
        assert changed.write(work.session, {"row": number, "new_name": "Trần Thị Cũ", "new_disabled": MOMENT}) == number
    with house.reading(NOBODY) as work:
        found = work.session.get_one(Person, number)
        assert (found.public, found.name, found.disabled) == ("moi", "Trần Thị Cũ", MOMENT)
    with house.writing(NOBODY) as work, pytest.raises(LookupError):
        changed.write(work.session, {"row": number + 1, "new_name": "", "new_disabled": None})
