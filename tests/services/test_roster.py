"""People in the hands of staff: moved, leaving, coming back, merged; units that stay a tree."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from elearning.domain.errors import Mistaken, NotFound
from elearning.services import dossier, organising, roster
from elearning.services.work import NOBODY, House
from elearning.store.models.learning import Completion
from elearning.store.models.person import BrowserSession, Person, SignInName
from elearning.store.models.text import Course
from elearning.store.models.unit import Placement, Unit, UnitTree
from tests.services.cast import Cast, Someone


@pytest.fixture
def admin(cast: Cast) -> Someone:
    cast.unit("Tỉnh")
    cast.unit("Xã Một", "Tỉnh")
    cast.unit("Xã Hai", "Tỉnh")
    return cast.person("admin", "Tỉnh")


def public(house: House, cast: Cast, someone: Someone) -> str:
    with house.reading(NOBODY) as work:
        return str(work.session.scalar(select(Person.public).where(Person.id == someone.id)))


def unit_of(house: House, cast: Cast, name: str) -> str:
    with house.reading(NOBODY) as work:
        return str(work.session.scalar(select(Unit.public).where(Unit.id == cast.units[name])))


def test_a_person_who_moves_keeps_both_placements_with_their_days(house: House, cast: Cast, admin: Someone) -> None:
    an = cast.person(unit="Xã Một")
    with house.writing(admin.actor) as work:
        there = organising.unit_for(work, unit_of(house, cast, "Xã Hai"), "manage people")
        roster.move(work, roster.person_for(work, public(house, cast, an)), there)
    with house.reading(admin.actor) as work:
        rows = work.session.scalars(select(Placement).where(Placement.person_id == an.id).order_by(Placement.id)).all()
        assert [(row.unit_id, row.until is None, row.running) for row in rows] == [
            (cast.units["Xã Một"], False, None), (cast.units["Xã Hai"], True, 1),
        ]  # fmt: skip


def test_whoever_leaves_is_signed_out_and_comes_back_with_everything(house: House, cast: Cast, admin: Someone) -> None:
    an = cast.person(unit="Xã Một")
    cast.browser(an)
    address = public(house, cast, an)
    with house.writing(admin.actor) as work:
        roster.leave(work, roster.person_for(work, address), "Nghỉ hưu")
    with house.reading(admin.actor) as work:
        assert work.session.scalars(select(BrowserSession.ended).where(BrowserSession.person_id == an.id)).one()
    with house.writing(admin.actor) as work:
        unit = organising.unit_for(work, unit_of(house, cast, "Xã Một"), "manage people")
        roster.come_back(work, roster.person_for(work, address), unit)
    with house.reading(admin.actor) as work:
        assert dossier.person_page(work, address).state == "active"


def test_two_people_cannot_share_a_staff_code(house: House, cast: Cast, admin: Someone) -> None:
    cast.person(unit="Xã Một", identifier="CB-001")
    with house.writing(admin.actor) as work:
        unit = organising.unit_for(work, unit_of(house, cast, "Xã Hai"), "manage people")
        with pytest.raises(Mistaken, match="already lets somebody else"):
            roster.add_person(work, "Lê Văn Hai", "", unit, ("cb-001",))


def test_a_duplicate_gives_everything_to_the_one_that_is_kept(practice: House, cast: Cast, admin: Someone) -> None:
    kept, other = cast.person(unit="Xã Một"), cast.person(unit="Xã Hai", identifier="0912345678")
    with practice.writing(admin.actor) as work:
        course = work.session.scalars(select(Course)).one()
        done = Completion(
            person_id=other.id, course_id=course.id, kind="lesson", item="bai", at=datetime(2030, 1, 1, tzinfo=UTC),
            edition_id=course.live_id, reason="done",
        )  # fmt: skip
        work.session.add(done)
    with practice.writing(admin.actor) as work:
        roster.merge(
            work, roster.person_for(work, public(practice, cast, kept)), roster.other_for(work, "+84 912 345 678")
        )
    with practice.reading(admin.actor) as work:
        assert work.session.scalars(select(Completion.person_id)).all() == [kept.id]
        assert set(work.session.scalars(select(SignInName.person_id))) == {admin.id, kept.id}
        gone = work.session.get_one(Person, other.id)
        assert (gone.merged_into, gone.left) == (kept.id, work.today)


def test_two_who_both_completed_a_course_are_not_merged(practice: House, cast: Cast, admin: Someone) -> None:
    people = [cast.person(unit="Xã Một"), cast.person(unit="Xã Một")]
    with practice.writing(admin.actor) as work:
        course = work.session.scalars(select(Course)).one()
        for someone in people:
            work.session.add(
                Completion(
                    person_id=someone.id, course_id=course.id, kind="course", item=course.key, at=work.now,
                    edition_id=course.live_id, reason="done",
                )
            )  # fmt: skip
    with practice.writing(admin.actor) as work:
        pair = [roster.person_for(work, public(practice, cast, someone)) for someone in people]
        with pytest.raises(Mistaken, match="cannot be merged"):
            roster.merge(work, pair[0], pair[1])


def test_a_coordinator_cannot_reach_a_person_of_another_unit(house: House, cast: Cast, admin: Someone) -> None:
    coordinator, stranger = cast.person("coordinator", "Xã Một"), cast.person(unit="Xã Hai")
    with house.reading(coordinator.actor) as work, pytest.raises(NotFound):
        dossier.person_page(work, public(house, cast, stranger))


def test_nobody_closes_the_own_account(house: House, cast: Cast, admin: Someone) -> None:
    with house.writing(admin.actor) as work, pytest.raises(Mistaken, match="your own account"):
        roster.leave(work, roster.person_for(work, public(house, cast, admin)), "")


def test_a_unit_never_comes_to_stand_below_itself(house: House, cast: Cast, admin: Someone) -> None:
    with house.writing(admin.actor) as work, pytest.raises(Mistaken, match="below itself"):
        organising.change_unit(work, unit_of(house, cast, "Tỉnh"), "Tỉnh", unit_of(house, cast, "Xã Một"))


def test_the_tree_follows_a_unit_that_moves(house: House, cast: Cast, admin: Someone) -> None:
    with house.writing(admin.actor) as work:
        organising.change_unit(work, unit_of(house, cast, "Xã Hai"), "Xã Hai mới", unit_of(house, cast, "Xã Một"))
    with house.reading(admin.actor) as work:
        above = work.session.execute(
            select(UnitTree.above_id, UnitTree.steps).where(UnitTree.unit_id == cast.units["Xã Hai"])
        )
        assert {tuple(row) for row in above} == {
            (cast.units["Xã Hai"], 0), (cast.units["Xã Một"], 1), (cast.units["Tỉnh"], 2),
        }  # fmt: skip


def test_a_unit_with_people_is_not_closed(house: House, cast: Cast, admin: Someone) -> None:
    cast.person(unit="Xã Một")
    with house.writing(admin.actor) as work:
        unit = organising.unit_for(work, unit_of(house, cast, "Xã Một"), "manage units")
        with pytest.raises(Mistaken, match="Move them first"):
            organising.close_unit(work, unit)


def test_why_a_course_is_not_complete_is_one_sentence(practice: House, cast: Cast, admin: Someone) -> None:
    an = cast.person(unit="Xã Một")
    cast.enrol(an, "luyen-tap", due=date(2030, 5, 1))
    with practice.reading(admin.actor) as work:
        lines = dossier.person_page(work, public(practice, cast, an)).courses
    assert [line.sentence.plain().startswith("Nothing is done yet; ") for line in lines] == [True]
    assert lines[0].complete_on is None
