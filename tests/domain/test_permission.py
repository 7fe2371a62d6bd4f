"""What a grant allows, and over whom."""

from typing import get_args

import pytest

from elearning.domain.errors import NotFound
from elearning.domain.permission import ALLOWED, EVERYTHING, Action, Subject, may, may_somewhere, within
from elearning.domain.person import ROLES, Actor, Grant, Role

ACTIONS: tuple[Action, ...] = get_args(Action)
PROVINCE, COMMUNE, ELSEWHERE = 10, 11, 20
# The person's unit and all above it, as the subject of an action carries them.
IN_COMMUNE = Subject(units=frozenset({1, PROVINCE, COMMUNE}), owner=77)
IN_PROVINCE = Subject(units=frozenset({1, PROVINCE}), owner=78)
OUTSIDE = Subject(units=frozenset({1, ELSEWHERE}), owner=79)


def actor(*grants: Grant) -> Actor:
    return Actor(5, "Trần Thị Bình", grants=grants)


def test_every_action_has_its_roles_and_every_role_is_one() -> None:
    assert set(ALLOWED) == set(ACTIONS)
    assert all(roles <= set(ROLES) for roles in ALLOWED.values())


@pytest.mark.parametrize("action", ACTIONS)
def test_without_a_grant_nothing_is_allowed_and_no_list_exists(action: Action) -> None:
    for nobody in (actor(), actor(Grant("learner"))):
        assert not may(nobody, action)
        assert not may(nobody, action, IN_COMMUNE)
        assert not may_somewhere(nobody, action)
        with pytest.raises(NotFound):
            within(nobody, action)


@pytest.mark.parametrize("action", ACTIONS)
def test_an_administrator_of_everything_may_do_everything(action: Action) -> None:
    admin = actor(Grant("admin"))
    assert all(may(admin, action, subject) for subject in (EVERYTHING, IN_COMMUNE, OUTSIDE))
    assert within(admin, action) is None


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_allows_what_the_table_says_and_nothing_else(action: Action, role: Role) -> None:
    assert may(actor(Grant(role)), action) is (role in ALLOWED[action])
    assert may_somewhere(actor(Grant(role, "unit", PROVINCE)), action) is (role in ALLOWED[action])


def test_a_coordinator_sees_the_people_of_the_unit_and_all_below_it_and_nobody_else() -> None:
    coordinator = actor(Grant("coordinator", "unit", PROVINCE))
    assert may(coordinator, "see people", IN_PROVINCE)
    assert may(coordinator, "see people", IN_COMMUNE)
    assert not may(coordinator, "see people", OUTSIDE)
    assert not may(coordinator, "see people", EVERYTHING)
    assert within(coordinator, "see people") == frozenset({PROVINCE})


def test_a_coordinator_of_a_commune_does_not_see_the_province_above() -> None:
    coordinator = actor(Grant("coordinator", "unit", COMMUNE))
    assert may(coordinator, "see people", IN_COMMUNE)
    assert not may(coordinator, "see people", IN_PROVINCE)


def test_grants_add_up_and_the_widest_bounds_the_list() -> None:
    two = actor(Grant("coordinator", "unit", COMMUNE), Grant("coordinator", "unit", ELSEWHERE), Grant("trainer"))
    assert within(two, "see reports") == frozenset({COMMUNE, ELSEWHERE})
    assert within(two, "publish") is None
    assert may(two, "see people", OUTSIDE)
    assert within(actor(*two.grants, Grant("admin")), "see reports") is None


def test_a_grant_over_a_course_or_a_class_opens_no_list_of_units() -> None:
    assert within(actor(Grant("coordinator", "course", PROVINCE)), "see people") == frozenset()
    assert not may(actor(Grant("coordinator", "course", PROVINCE)), "see people", IN_PROVINCE)


def test_people_may_see_what_is_their_own_and_nobody_owns_what_has_no_owner() -> None:
    assert may(Actor(77, "An"), "see certificate", IN_COMMUNE)
    assert not may(Actor(78, "An"), "see certificate", IN_COMMUNE)
    assert not may(Actor(0, ""), "see certificate", Subject(owner=0))


def test_an_actor_names_the_units_of_a_role() -> None:
    grants = (Grant("coordinator", "unit", 3), Grant("admin", "unit", 4), Grant("coordinator"))
    assert actor(*grants).units("coordinator") == {3}
