"""What the columns promise: moments have a zone, names sort by code point, uniqueness stands in the tables."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError, StatementError

from elearning.domain.names import sort_key
from elearning.services.work import NOBODY, House
from elearning.store.models.learning import Answer, Attempt, Certificate, Enrolment
from elearning.store.models.person import BrowserSession, Grant, Person, SignInName
from elearning.store.models.unit import Placement
from tests.services.cast import Cast, Someone
from tests.web.sitting import everything

NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)


def test_a_time_without_a_zone_is_refused(house: House, cast: Cast) -> None:
    someone = cast.person()
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(StatementError, match="without a zone"), house.writing(NOBODY) as work:
        work.session.get_one(Person, someone.id).created = naive


def test_a_moment_comes_back_to_the_microsecond_and_in_utc(house: House, cast: Cast) -> None:
    someone = cast.person()
    with house.writing(NOBODY) as work:
        work.session.get_one(Person, someone.id).created = NOON.astimezone(timezone(timedelta(hours=7)))
    stored = everything(house, Person)[0].created
    assert stored == NOON
    assert stored.utcoffset() == timedelta(0)


def test_moments_before_1970_and_far_ahead_are_kept(house: House, cast: Cast) -> None:
    someone = cast.person()
    for moment in (datetime(1900, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, 1, 2, 3, 4, tzinfo=UTC)):
        with house.writing(NOBODY) as work:
            work.session.get_one(Person, someone.id).disabled = moment
        assert everything(house, Person)[0].disabled == moment


def test_names_sort_in_the_database_as_they_sort_in_python(house: House, cast: Cast) -> None:
    names = ["Đỗ Ân", "Dương Ân", "Trần Thị Ánh", "Lê Văn An", "Ngô Ế", "Lý Ê", "Bùi Đông", "Bùi Dong", "Mai Ẩn", "an"]
    for name in names:
        cast.person(name=name)
    with house.reading(NOBODY) as work:
        found = list(work.session.scalars(select(Person.name).order_by(Person.sort_key)))
    assert found == sorted(names, key=sort_key)


def test_a_session_is_kept_as_the_hash_of_its_token_only(house: House, cast: Cast) -> None:
    token = cast.browser(cast.person())
    kept = everything(house, BrowserSession)[0]
    assert kept.token == hashlib.sha256(token.encode()).hexdigest()
    assert token not in {str(value) for value in vars(kept).values()}


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        (SignInName, ["kind", "normal"]), (Attempt, ["person_id", "course_id", "quiz", "round", "number"]),
        (Answer, ["attempt_id", "tab", "seq", "slot"]), (Answer, ["attempt_id", "version"]), (Certificate, ["code"]),
        (Certificate, ["year", "number"]), (Certificate, ["person_id", "course_id", "round"]),
        (Placement, ["person_id", "running"]),
    ],
)  # fmt: skip
def test_the_database_itself_holds_what_must_be_unique(house: House, table: type, columns: list[str]) -> None:
    there = inspect(house.store.engine).get_unique_constraints(table.__tablename__)  # type: ignore[attr-defined]
    assert columns in [unique["column_names"] for unique in there]


def test_one_sign_in_name_belongs_to_one_person(house: House, make_person: Callable[..., Someone]) -> None:
    make_person(identifier="0912345678")
    with pytest.raises(IntegrityError):
        make_person(identifier="+84 912 345 678")


@pytest.mark.parametrize(("column", "value"), [("role", "king"), ("scope", "world")])
def test_roles_and_scopes_that_do_not_exist_are_refused(house: House, cast: Cast, column: str, value: str) -> None:
    someone = cast.person()
    grant = {"person_id": someone.id, "role": "learner", "scope": "all", "scope_id": 0, "since": NOON} | {column: value}
    with pytest.raises(IntegrityError), house.writing(NOBODY) as work:
        work.session.add(Grant(**grant))


def test_a_row_for_a_person_who_is_not_there_is_refused(house: House) -> None:
    with pytest.raises(IntegrityError), house.writing(NOBODY) as work:
        work.session.add(Enrolment(person_id=99, course_id=99, reason="x", since=NOON))
