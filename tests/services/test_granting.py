"""Roles: who gives them, what they guard, and how the first administrator comes in."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from elearning.domain.errors import Mistaken, NotFound, Refused
from elearning.services import accounts, entering, founding, granting, roster, slips
from elearning.services.work import NOBODY, House
from elearning.store.models.notice import Notice
from elearning.store.models.person import Grant, OneTimeCode, Person
from elearning.store.models.unit import Unit
from tests.services.cast import Cast, Someone
from tests.services.clock import Clock

PASSWORD = "Sáng nay trời mưa to"


@pytest.fixture
def province(house: House, cast: Cast) -> dict[str, Someone]:
    """Two communes below a province, its administrator, and a coordinator, a learner and an administrator in one of them."""
    cast.unit("Tỉnh")
    cast.unit("Xã Một", "Tỉnh")
    cast.unit("Xã Hai", "Tỉnh")
    return {
        "admin": cast.person("admin", "Tỉnh"),
        "coordinator": cast.person("coordinator", "Xã Một"),
        "an": cast.person(unit="Xã Một"),
        "chief": cast.person("admin", "Xã Một"),
        "above": cast.person("coordinator", "Tỉnh"),
    }


def row(house: House, someone: Someone) -> Person:
    with house.reading(NOBODY) as work:
        return work.session.get_one(Person, someone.id)


def unit(house: House, cast: Cast, name: str) -> str:
    with house.reading(NOBODY) as work:
        return str(work.session.scalar(select(Unit.public).where(Unit.id == cast.units[name])))


def roles(house: House, someone: Someone) -> list[tuple[str, str]]:
    with house.reading(NOBODY) as work:
        return [(line.role, line.unit) for line in granting.grant_lines(work, someone.id) if line.role != "learner"]


def test_a_coordinator_is_made_for_one_unit_once(house: House, cast: Cast, province: dict[str, Someone]) -> None:
    for _ in range(2):
        with house.writing(province["admin"].actor) as work:
            granting.give(work, row(house, province["an"]), "coordinator", unit(house, cast, "Xã Hai"))
    assert roles(house, province["an"]) == [("coordinator", "Xã Hai")]


def test_a_coordinator_without_a_unit_is_refused(house: House, province: dict[str, Someone]) -> None:
    with house.writing(province["admin"].actor) as work, pytest.raises(Mistaken, match="Choose the unit"):
        granting.give(work, row(house, province["an"]), "coordinator", "")


def test_only_an_administrator_gives_and_ends_roles(house: House, cast: Cast, province: dict[str, Someone]) -> None:
    coordinator, an = province["coordinator"].actor, row(house, province["an"])
    with house.writing(coordinator) as work, pytest.raises(NotFound):
        granting.give(work, an, "trainer", "")
    with house.writing(coordinator) as work, pytest.raises(NotFound):
        granting.end(work, row(house, province["chief"]), "1")
    assert roles(house, province["an"]) == []


def test_a_role_ends_and_the_last_administrator_stays(house: House, province: dict[str, Someone]) -> None:
    for name in ("chief", "admin"):
        with house.reading(NOBODY) as work:
            grant = work.session.scalar(select(Grant.id).where(Grant.person_id == province[name].id))
        with house.writing(province["admin"].actor) as work:
            if name == "chief":
                granting.end(work, row(house, province[name]), str(grant))
            else:
                with pytest.raises(Mistaken, match="last administrator"):
                    granting.end(work, row(house, province[name]), str(grant))
    assert (roles(house, province["chief"]), roles(house, province["admin"])) == ([], [("admin", "")])


@pytest.mark.parametrize(("name", "reached"), [("an", True), ("coordinator", True), ("chief", False), ("above", False)])
def test_nobody_comes_in_as_somebody_with_wider_rights(
    name: str, reached: bool, house: House, province: dict[str, Someone]
) -> None:
    deeds = (
        roster.make_code,
        lambda work, person: roster.add_identifier(work, person, "CB-77"),
        lambda work, person: roster.drop_identifier(work, person, province[name].identifier),
        slips.ask_one_by_mail,
    )
    for deed in deeds:
        with house.writing(province["coordinator"].actor) as work:
            person = work.session.get_one(Person, province[name].id)
            if reached:
                deed(work, person)
                work.session.rollback()
            else:
                with pytest.raises(Refused, match="beyond yours"):
                    deed(work, person)


def test_slips_of_a_unit_leave_out_whoever_has_wider_rights(
    house: House, cast: Cast, province: dict[str, Someone]
) -> None:
    commune = unit(house, cast, "Xã Một")
    with house.writing(province["coordinator"].actor) as work:
        own = {slip.name for slip in slips.for_unit(work, commune, everyone=True).slips}
    with house.writing(province["admin"].actor) as work:
        everybody = {slip.name for slip in slips.for_unit(work, commune, everyone=True).slips}
    assert everybody - own == {province["chief"].name}
    assert len(own) == 2


def test_codes_by_mail_are_asked_for_and_kept_nowhere(house: House, cast: Cast, province: dict[str, Someone]) -> None:
    cast.person(unit="Xã Một", identifier="CB-1")
    with house.writing(province["coordinator"].actor) as work:
        count = slips.ask_by_mail(work, unit(house, cast, "Xã Một"), everyone=False)
    with house.reading(NOBODY) as work:
        rows = work.session.scalars(select(Notice)).all()
        codes = work.session.scalars(select(OneTimeCode)).all()
    assert (count, len(rows), len(codes)) == (2, 2, 0)
    assert all(row.kind == "code" and row.closed and set(row.values) == {"by"} for row in rows)


def test_the_first_administrator_comes_in_by_a_link_that_works_once(house: House, clock: Clock) -> None:
    with house.writing(NOBODY) as work:
        made = founding.invite_admin(work, "quan-tri@ankhue.example", "Vũ Thị Diễm")
    code = made.link.rpartition("/")[2]
    assert made.until - clock.now == timedelta(days=7)
    name = accounts.use_code(house, code, PASSWORD, "127.0.0.1")
    assert entering.sign_in(house, name, PASSWORD, entering.Browser("test", "127.0.0.1", "vi"))
    with pytest.raises(accounts.UnknownCode):
        accounts.use_code(house, code, PASSWORD, "127.0.0.1")
    with house.reading(NOBODY) as work:
        assert work.session.scalars(select(Grant.role)).all() == ["admin"]


def test_inviting_the_administrator_again_makes_nobody_twice(house: House) -> None:
    for _ in range(2):
        with house.writing(NOBODY) as work:
            founding.invite_admin(work, "Quan-Tri@ankhue.example", "Vũ Thị Diễm")
    with house.reading(NOBODY) as work:
        assert len(work.session.scalars(select(Person)).all()) == len(work.session.scalars(select(Grant)).all()) == 1


def test_a_new_administrator_needs_a_name_and_a_link_needs_somebody(house: House) -> None:
    with house.writing(NOBODY) as work, pytest.raises(Mistaken, match="full name"):
        founding.invite_admin(work, "quan-tri@ankhue.example", " ")
    with house.writing(NOBODY) as work, pytest.raises(Mistaken, match="Nobody signs in"):
        founding.invite(work, "khong-ai@ankhue.example")


def test_an_administrator_who_left_does_not_count_as_the_last(house: House, province: dict[str, Someone]) -> None:
    with house.writing(NOBODY) as work:
        work.session.execute(update(Person).where(Person.id == province["chief"].id).values(left=work.today))
    with house.reading(NOBODY) as work:
        grant = work.session.scalar(select(Grant.id).where(Grant.person_id == province["admin"].id))
    with house.writing(province["chief"].actor) as work, pytest.raises(Mistaken, match="last administrator"):
        granting.end(work, row(house, province["admin"]), str(grant))
