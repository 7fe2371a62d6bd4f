"""The demonstration platform: one account of each role that can really sign in, and nothing over what is there."""

from collections.abc import Callable

from sqlalchemy import func, select

from elearning.services import preparing, upkeep
from elearning.services.work import NOBODY, House
from elearning.store.models.learning import Enrolment
from elearning.store.models.person import Person
from tests.web.proofreading import ProofReader


def test_every_demonstration_account_signs_in(platform: House, client: Callable[..., ProofReader]) -> None:
    accounts = preparing.add_demonstration(platform)
    assert sorted(account.role for account in accounts) == ["admin", "coordinator", "learner", "trainer"]
    assert len({account.password for account in accounts}) == 4
    for account in accounts:
        browser = client()
        browser.get("/login")
        entered = browser.send("/login", {"identifier": account.identifier, "password": account.password})
        assert entered.status_code == 303, account.role
        assert browser.get("/learn").status_code == 200
        staff = 200 if account.role in ("admin", "coordinator") else 404
        assert browser.get("/admin/people").status_code == staff


def test_demonstration_people_come_only_where_there_is_nobody(platform: House) -> None:
    preparing.add_demonstration(platform)
    with platform.reading(NOBODY) as work:
        before = work.session.scalar(select(func.count(Person.id)))
    assert preparing.add_demonstration(platform) == []
    with platform.reading(NOBODY) as work:
        assert work.session.scalar(select(func.count(Person.id))) == before


def test_demonstration_people_are_enrolled(platform: House) -> None:
    preparing.add_demonstration(platform)
    with platform.reading(NOBODY) as work:
        assert (work.session.scalar(select(func.count(Enrolment.id))) or 0) >= 3


def test_passwords_are_never_the_same_twice(platform: House) -> None:
    accounts = preparing.add_demonstration(platform)
    assert all(len(account.password) >= 10 for account in accounts)


def test_the_doctor_finds_a_sound_platform_sound(platform: House) -> None:
    assert all(finding.good for finding in upkeep.findings(platform))


def test_bringing_up_to_date_twice_changes_nothing(platform: House) -> None:
    upkeep.bring_up_to_date(platform)
    assert all(finding.good for finding in upkeep.findings(platform))
