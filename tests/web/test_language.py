"""Choosing a language: it stays, for people with their account, for others with their browser."""

from collections.abc import Callable

import pytest

from elearning.services.work import NOBODY, House
from elearning.store.models.person import Person
from tests.services.cast import Someone
from tests.web.proofreading import ProofReader, page


def test_pages_are_vietnamese_until_somebody_chooses_otherwise(
    house: House, client: Callable[..., ProofReader]
) -> None:
    assert page(client().get("/")).get("lang") == "vi"


def test_what_a_browser_prefers_does_not_change_the_language_by_itself(
    house: House, client: Callable[..., ProofReader]
) -> None:
    assert page(client().get("/", headers={"Accept-Language": "en"})).get("lang") == "vi"


def test_the_choice_stays_in_the_browser(house: House, client: Callable[..., ProofReader]) -> None:
    browser = client()
    chosen = browser.send("/account/language", {"language": "en", "next": "/verify?code=1"})
    assert (chosen.status_code, chosen.headers["Location"]) == (303, "/verify?code=1")
    for address in ("/", "/verify", "/login", "/khong-co"):
        assert page(browser.get(address)).get("lang") == "en"


def test_the_choice_stays_with_the_account_on_every_device(
    house: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    someone = make_person(language="vi")
    client(someone).send("/account/language", {"language": "en", "next": "/learn"})
    assert page(client(someone).get("/learn")).get("lang") == "en"
    with house.reading(NOBODY) as work:
        assert work.session.get_one(Person, someone.id).language == "en"


def test_signing_in_shows_the_language_of_the_person(
    house: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    someone = make_person(language="vi", password="một câu dễ nhớ")
    browser = client()
    browser.send("/login", {"identifier": someone.identifier, "password": "một câu dễ nhớ"})
    assert page(browser.get("/learn")).get("lang") == "vi"


def test_a_language_chosen_at_the_door_stays_and_becomes_the_one_of_the_account(
    house: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    someone = make_person(language="vi", password="một câu dễ nhớ")
    browser = client()
    browser.send("/account/language", {"language": "en", "next": "/"})
    browser.send("/login", {"identifier": someone.identifier, "password": "một câu dễ nhớ"})
    assert page(browser.get("/learn")).get("lang") == "en"
    with house.reading(NOBODY) as work:
        assert work.session.get_one(Person, someone.id).language == "en"


@pytest.mark.parametrize("language", ["", "fr", "vi-VN", "../en"])
def test_only_languages_that_are_spoken_here_can_be_chosen(
    language: str, house: House, client: Callable[..., ProofReader]
) -> None:
    assert client().send("/account/language", {"language": language}).status_code == 422


@pytest.mark.parametrize("wanted", ["//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example", "x"])
def test_choosing_a_language_leads_nowhere_else(wanted: str, house: House, client: Callable[..., ProofReader]) -> None:
    chosen = client().send("/account/language", {"language": "en", "next": wanted})
    assert chosen.headers["Location"] == "/"


def test_the_button_for_the_other_language_is_written_in_that_language(
    house: House, client: Callable[..., ProofReader]
) -> None:
    buttons = [b for b in page(client().get("/")).iter("button") if b.get("name") == "language"]
    assert [(b.get("value"), b.get("lang"), "".join(b.itertext()).strip()) for b in buttons] == [
        ("en", "en", "English")
    ]
