"""Enrolling by unit, by name and by list; withdrawing; giving more time."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from elearning.domain.enrolment import BadDue
from elearning.domain.errors import Mistaken, NotFound
from elearning.services import enrolling
from elearning.services.enrolling import BadReason, Wanted
from elearning.services.work import NOBODY, House
from elearning.store.models.learning import Enrolment
from elearning.store.models.notice import Notice
from elearning.store.models.unit import Unit
from tests.services.cast import Cast, Someone

COURSE = "luyen-tap"


@pytest.fixture
def province(practice: House, cast: Cast) -> dict[str, Someone]:
    """A province with two communes, an administrator and a coordinator of the first commune."""
    cast.unit("Tỉnh")
    cast.unit("Xã Một", "Tỉnh")
    cast.unit("Xã Hai", "Tỉnh")
    return {
        "admin": cast.person("admin", "Tỉnh"),
        "coordinator": cast.person("coordinator", "Xã Một"),
        "an": cast.person(unit="Xã Một", name="Lê Văn An"),
        "bình": cast.person(unit="Xã Hai", name="Lê Thị Bình"),
    }


def unit(house: House, cast: Cast, name: str) -> str:
    with house.reading(NOBODY) as work:
        return str(work.session.scalar(select(Unit.public).where(Unit.id == cast.units[name])))


def enrolled(house: House, cast: Cast) -> dict[int, date | None]:
    with house.reading(NOBODY) as work:
        rows = work.session.scalars(select(Enrolment).where(Enrolment.until.is_(None)))
        return {row.person_id: row.due for row in rows}


def test_a_unit_is_enrolled_with_all_below_and_a_second_time_changes_nothing(
    practice: House, cast: Cast, province: dict[str, Someone]
) -> None:
    wanted = Wanted(COURSE, unit(practice, cast, "Tỉnh"))
    due = date(2030, 1, 31)
    with practice.reading(province["admin"].actor) as work:
        seen = enrolling.preview_enrolment(work, wanted)
    with practice.writing(province["admin"].actor) as work:
        first = enrolling.enrol(work, wanted, due, "Quyết định 12")
    with practice.writing(province["admin"].actor) as work:
        second = enrolling.enrol(work, wanted, due, "Quyết định 12")

    assert (seen.new, seen.already, first, second) == (4, 0, 4, 0)
    assert enrolled(practice, cast) == {someone.id: due for someone in province.values()}


def test_each_person_is_told_once(practice: House, cast: Cast, province: dict[str, Someone]) -> None:
    with practice.writing(province["admin"].actor) as work:
        enrolling.enrol(work, Wanted(COURSE, words="an"), None, "")
    with practice.reading(NOBODY) as work:
        told = [(row.person_id, row.kind) for row in work.session.scalars(select(Notice))]
    assert (province["an"].id, "enrolled") in told
    assert len(told) == len(set(told))


def test_a_list_names_people_and_tells_which_lines_name_nobody(
    practice: House, cast: Cast, province: dict[str, Someone]
) -> None:
    wanted = Wanted(COURSE, names=(province["bình"].identifier.upper(), "khong-ai@ankhue.example"))
    with practice.reading(province["admin"].actor) as work:
        seen = enrolling.preview_enrolment(work, wanted)
    assert (seen.new, seen.unknown, [one.name for one in seen.some]) == (
        1,
        ("khong-ai@ankhue.example",),
        ["Lê Thị Bình"],
    )


def test_a_coordinator_reaches_only_the_own_unit(practice: House, cast: Cast, province: dict[str, Someone]) -> None:
    coordinator = province["coordinator"].actor
    other = unit(practice, cast, "Xã Hai")
    with practice.writing(coordinator) as work:
        enrolling.enrol(work, Wanted(COURSE, words="Lê"), None, "")
    with practice.reading(coordinator) as work, pytest.raises(NotFound):
        enrolling.preview_enrolment(work, Wanted(COURSE, other))
    assert set(enrolled(practice, cast)) == {province["an"].id}


def test_a_due_date_that_is_over_is_refused_and_nothing_is_written(
    practice: House, cast: Cast, province: dict[str, Someone]
) -> None:
    with practice.writing(province["admin"].actor) as work:
        yesterday = work.today - timedelta(days=1)
        with pytest.raises(BadDue):
            enrolling.enrol(work, Wanted(COURSE, words="Lê"), yesterday, "")
    assert enrolled(practice, cast) == {}


def test_nobody_is_meant_by_an_empty_form(practice: House, province: dict[str, Someone]) -> None:
    with practice.reading(province["admin"].actor) as work, pytest.raises(Mistaken, match="Choose a unit"):
        enrolling.preview_enrolment(work, Wanted(COURSE))


def test_withdrawing_needs_a_reason_and_keeps_the_row(
    practice: House, cast: Cast, province: dict[str, Someone]
) -> None:
    admin, wanted = province["admin"].actor, Wanted(COURSE, words="Lê")
    with practice.writing(admin) as work:
        enrolling.enrol(work, wanted, None, "")
    with practice.writing(admin) as work, pytest.raises(BadReason):
        enrolling.withdraw(work, wanted, " ")
    with practice.writing(admin) as work:
        assert enrolling.withdraw(work, wanted, "Chuyển công tác") == 2
    assert enrolled(practice, cast) == {}
    with practice.reading(admin) as work:
        assert len(work.session.scalars(select(Enrolment)).all()) == 2


def test_more_time_is_given_with_a_reason(practice: House, cast: Cast, province: dict[str, Someone]) -> None:
    admin, wanted = province["admin"].actor, Wanted(COURSE, words="An")
    with practice.writing(admin) as work:
        enrolling.enrol(work, wanted, date(2030, 1, 31), "")
    with practice.writing(admin) as work:
        enrolling.extend(work, wanted, date(2030, 2, 28), "Nghỉ thai sản")
    assert enrolled(practice, cast)[province["an"].id] == date(2030, 2, 28)


def test_for_a_learner_there_is_no_such_thing(make_person: Callable[..., Someone], practice: House) -> None:
    learner = make_person()
    with practice.reading(learner.actor) as work, pytest.raises(NotFound):
        enrolling.preview_enrolment(work, Wanted(COURSE, words="Lê"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Họ và tên;Mã cán bộ;E-mail\nLê An;CB1;\nLê Bình;;binh@ankhue.example\n;;\n", ("CB1", "binh@ankhue.example")),
        ("CB1\nCB2\nCB1\n\n", ("CB1", "CB2")),
        ("STT;Thư điện tử\n1;an@ankhue.example\n", ("an@ankhue.example",)),
    ],
)
def test_names_are_read_from_a_file_with_or_without_heading(text: str, found: tuple[str, ...]) -> None:
    assert enrolling.names_in(text.encode()) == found


@pytest.mark.parametrize("data", [b"", b"\n;;\n", b"\xff\xfe\x00\xd8garbage", b"E-mail\n"])
def test_a_file_without_names_is_told(data: bytes) -> None:
    with pytest.raises(Mistaken):
        enrolling.names_in(data)
