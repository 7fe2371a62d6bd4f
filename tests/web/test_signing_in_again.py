"""Signing in from a page that stays open: in JSON, with a fresh key for the forms of that page."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from elearning.domain.signing_in import FREE_FAILURES
from elearning.services.work import NOBODY, House
from elearning.store.models import learning as rows
from elearning.store.models.person import BrowserSession
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.web.proofreading import ProofReader
from tests.web.sitting import begin, everything, save

PASSWORD = "một câu dễ nhớ 2026"


@pytest.fixture
def someone(make_person: Callable[..., Someone]) -> Someone:
    return make_person(password=PASSWORD, identifier="ngoc.anh@ankhue.example")


def sign_in(browser: ProofReader, identifier: Any, password: Any = PASSWORD) -> TestResponse:
    """What the page sends from its dialog."""
    return browser.send_json("/login", {"identifier": identifier, "password": password})


def test_whoever_signs_in_from_an_open_page_gets_the_key_of_its_forms(
    someone: Someone, client: Callable[..., ProofReader]
) -> None:
    browser = client()
    entered = sign_in(browser, someone.identifier)
    assert (entered.status_code, entered.mimetype, set(entered.json)) == (200, "application/json", {"csrf"})
    assert "no-store" in entered.headers["Cache-Control"]
    assert browser.post("/account/language", data={"csrf_token": browser.token, "language": "en"}).status_code == 400
    sent = {"csrf_token": entered.json["csrf"], "language": "en"}
    assert browser.post("/account/language", data=sent).status_code == 303


def test_a_session_that_ended_is_told_and_the_answer_arrives_after_signing_in_again(
    practice: House, someone: Someone, client: Callable[..., ProofReader], clock: Clock
) -> None:
    browser = client(someone)
    attempt = begin(browser)
    with practice.writing(NOBODY) as work:
        work.session.execute(update(BrowserSession).values(ended=clock.now))
    assert save(browser, attempt, {"1": "b"}).status_code == 401
    browser.token = sign_in(browser, someone.identifier).json["csrf"]
    assert save(browser, attempt, {"1": "b"}).status_code == 200
    assert [row.value for row in everything(practice, rows.Answer)] == ["b"]


def test_a_wrong_password_is_told_in_words_and_nobody_is_let_in(
    someone: Someone, client: Callable[..., ProofReader]
) -> None:
    browser = client()
    refused = sign_in(browser, someone.identifier, "wrong")
    assert refused.status_code == 422
    assert refused.json["fields"] == {"identifier": refused.json["message"]}
    assert "password is wrong" in refused.json["message"] or "mật khẩu" in refused.json["message"]
    assert browser.get_cookie("phatngon") is None


def test_too_many_wrong_passwords_wait_here_as_at_the_door(
    someone: Someone, client: Callable[..., ProofReader]
) -> None:
    browser = client()
    for _ in range(FREE_FAILURES):
        sign_in(browser, someone.identifier, "wrong")
    waiting = sign_in(browser, someone.identifier)
    assert waiting.status_code == 429
    assert "09:01, 23/11/2026" in waiting.json["message"]


@pytest.mark.parametrize(
    "body",
    [[], "x", 5, {}, {"identifier": 5, "password": []}, {"identifier": "a\x00b", "password": "x"},
     {"identifier": "\ud800", "password": "x"}, {"identifier": "x" * 201, "password": "x"}, {"identifier": {}, "password": None}],
)  # fmt: skip
def test_a_body_that_no_page_of_ours_sends_opens_nothing(
    body: Any, someone: Someone, client: Callable[..., ProofReader]
) -> None:
    refused = client().send_json("/login", body)
    assert refused.status_code == 422
    assert refused.json["message"]


def test_signing_in_from_elsewhere_needs_the_key_too(someone: Someone, client: Callable[..., ProofReader]) -> None:
    browser = client()
    assert browser.post("/login", json={"identifier": someone.identifier, "password": PASSWORD}).status_code == 400
    assert browser.get_cookie("phatngon") is None


def test_a_page_that_was_open_for_long_gets_a_fresh_key(someone: Someone, client: Callable[..., ProofReader]) -> None:
    browser = client(someone)
    asked = browser.get("/login/key", headers={"Sec-Fetch-Site": "same-origin"})
    assert asked.json["signed_in"] is True
    assert "no-store" in asked.headers["Cache-Control"]
    sent = {"csrf_token": asked.json["csrf"], "language": "en"}
    assert browser.post("/account/language", data=sent).status_code == 303
    assert client().get("/login/key").json["signed_in"] is False


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_no_other_site_is_answered_with_a_key(site: str, client: Callable[..., ProofReader]) -> None:
    refused = client().get("/login/key", headers={"Sec-Fetch-Site": site})
    assert refused.status_code == 403
    assert not refused.is_json


def test_flags_travel_with_a_save(practice: House, someone: Someone, client: Callable[..., ProofReader]) -> None:
    browser = client(someone)
    attempt = begin(browser)
    assert save(browser, attempt, {"1": "b"}, flags={"1": True, "3": True}).status_code == 200
    assert [row.slot for row in everything(practice, rows.Flag)] == [1, 3]
    assert save(browser, attempt, {}, seq=2, flags={"3": False}).status_code == 200
    assert [row.slot for row in everything(practice, rows.Flag)] == [1]


@pytest.mark.parametrize("flags", [[], {"1": 1}, {"one": True}, {"12345": True}, {"1": None}, "1", {"²": True}])
def test_flags_of_another_shape_are_refused(
    flags: Any, practice: House, someone: Someone, client: Callable[..., ProofReader]
) -> None:
    browser = client(someone)
    attempt = begin(browser)
    assert save(browser, attempt, {"1": "b"}, flags=flags).status_code == 422
    assert everything(practice, rows.Answer) == []


def test_a_flag_on_a_slot_that_the_paper_does_not_have_is_not_found(
    practice: House, someone: Someone, client: Callable[..., ProofReader]
) -> None:
    browser = client(someone)
    attempt = begin(browser)
    assert save(browser, attempt, {"1": "b"}, flags={"99": True}).status_code == 404
