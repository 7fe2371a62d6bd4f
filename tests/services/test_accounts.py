"""Passwords, devices and one-time codes."""

from datetime import timedelta

import pytest

from elearning.domain.errors import Mistaken, NotFound
from elearning.domain.secrets import spelled_code
from elearning.services import accounts, entering
from elearning.services.accounts import UnknownCode, WrongPassword
from elearning.services.entering import Browser
from elearning.services.work import NOBODY, House
from tests.services.cast import Cast
from tests.services.clock import Clock

OLD, NEW = "mật khẩu cũ đủ dài", "một câu ngắn dễ nhớ"


def code_for(house: House, person: int) -> str:
    with house.writing(NOBODY) as work:
        return accounts.make_code(work, person)


def test_a_code_typed_with_o_for_0_and_dashes_lets_its_person_choose_a_password(house: House, cast: Cast) -> None:
    an = cast.person(password=OLD)
    typed = spelled_code(code_for(house, an.id)).lower().replace("0", "o").replace("1", "l")
    assert accounts.use_code(house, typed, NEW, "") == an.identifier
    assert entering.sign_in(house, an.identifier, NEW, Browser())


def test_the_old_password_works_until_the_code_is_used(house: House, cast: Cast) -> None:
    an = cast.person(password=OLD)
    code = code_for(house, an.id)
    assert entering.sign_in(house, an.identifier, OLD, Browser())
    accounts.use_code(house, code, NEW, "")
    with pytest.raises(Mistaken):
        entering.sign_in(house, an.identifier, OLD, Browser())


def test_a_code_works_once(house: House, cast: Cast) -> None:
    code = code_for(house, cast.person().id)
    accounts.use_code(house, code, NEW, "")
    with pytest.raises(UnknownCode):
        accounts.use_code(house, code, OLD, "")


@pytest.mark.parametrize(("days", "good"), [(7, True), (7.01, False)])
def test_a_code_lives_for_seven_days(house: House, cast: Cast, clock: Clock, days: float, good: bool) -> None:
    code = code_for(house, cast.person().id)
    clock.now += timedelta(days=days) - timedelta(seconds=1)
    with house.reading(NOBODY) as work:
        assert bool(accounts.welcome_page(work, code).name) is good


def test_a_new_code_makes_the_one_before_void(house: House, cast: Cast, clock: Clock) -> None:
    an = cast.person()
    first = code_for(house, an.id)
    code_for(house, an.id)
    clock.now += timedelta(seconds=1)
    with pytest.raises(UnknownCode):
        accounts.use_code(house, first, NEW, "")


@pytest.mark.parametrize("password", ["ngắn quá", "matkhau123", "1234567890", "aaaaaaaaaaaa"])
def test_a_password_that_is_tried_first_is_refused_and_the_code_stays_good(
    house: House, cast: Cast, password: str
) -> None:
    code = code_for(house, cast.person().id)
    with pytest.raises(Mistaken):
        accounts.use_code(house, code, password, "")
    assert accounts.use_code(house, code, NEW, "")


def test_a_changed_password_signs_all_other_devices_out(house: House, cast: Cast) -> None:
    an = cast.person(password=OLD)
    here, there = (entering.sign_in(house, an.identifier, OLD, Browser()) for _ in range(2))
    actor = entering.actor_of(house, here, house.clock())
    assert actor is not None
    accounts.change_password(house, actor, OLD, NEW, "")
    assert entering.actor_of(house, here, house.clock()) is not None
    assert entering.actor_of(house, there, house.clock()) is None


def test_the_present_password_has_to_be_given_rightly(house: House, cast: Cast) -> None:
    an = cast.person(password=OLD)
    with pytest.raises(WrongPassword):
        accounts.change_password(house, an.actor, "nhầm rồi nhé", NEW, "")


def test_nobody_signs_out_the_device_of_somebody_else(house: House, cast: Cast) -> None:
    an, other = cast.person(), cast.person()
    cast.browser(other)
    with house.reading(other.actor) as work:
        device = accounts.account_page(work).devices[0].id
    with house.writing(an.actor) as work, pytest.raises(NotFound):
        accounts.sign_out_device(work, device)
