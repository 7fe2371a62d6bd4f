"""On a crowded morning: whoever would wait for too long is told at once, comes in by itself, and loses nothing that was typed."""

from collections.abc import Callable

import pytest
from werkzeug.http import parse_cookie
from werkzeug.test import TestResponse

from elearning.cli import buffering
from elearning.services import passwords
from elearning.services.passwords import Room
from elearning.web import crowding
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.web.proofreading import ProofReader, page, words

PASSWORD = "một câu dễ nhớ 2026"
CROWDED = {crowding.WAIT: 12}


@pytest.fixture
def someone(make_person: Callable[..., Someone]) -> Someone:
    return make_person(password=PASSWORD, identifier="ngoc.anh@ankhue.example")


def knock(browser: ProofReader, someone: Someone, password: str = PASSWORD, **fields: str) -> TestResponse:
    """Sign in, where the server in front marks the request."""
    typed = {"identifier": someone.identifier, "password": password, **fields}
    return browser.send("/login", typed, environ_overrides=CROWDED)


def kept(answer: TestResponse) -> str:
    return next(line for line in answer.headers.getlist("Set-Cookie") if line.startswith("phatngon-door="))


def test_the_mark_is_the_one_that_the_server_writes() -> None:
    assert crowding.WAIT == buffering.WAIT


def test_whoever_has_to_wait_is_told_for_how_long_and_comes_in_by_itself(
    someone: Someone, client: Callable[..., ProofReader]
) -> None:
    browser = client()
    told = knock(browser, someone, next="/certificates")
    assert (told.status_code, told.headers["Retry-After"]) == (503, "12")
    assert told.headers["Refresh"] == "12; url=/login/again"
    assert "in about 12 seconds" in words(told) or "12 giây" in words(told)
    entered = browser.get("/login/again")
    assert (entered.status_code, entered.headers["Location"]) == (303, "/certificates")
    assert "phatngon-door=;" in kept(entered)
    assert browser.get("/learn").status_code == 200
    assert browser.get("/login/again").headers["Location"] == "/learn"


def test_the_password_stands_in_no_page_and_in_no_cookie_that_can_be_read(
    someone: Someone, client: Callable[..., ProofReader]
) -> None:
    told = knock(client(), someone)
    assert PASSWORD not in told.get_data(as_text=True)
    cookie = kept(told)
    assert {"HttpOnly", "SameSite=Strict", "Path=/login/again", "Max-Age=300"} <= {p.strip() for p in cookie.split(";")}
    assert PASSWORD not in str(parse_cookie(cookie))
    assert kept(knock(client(), someone)) != cookie


def test_told_again_it_waits_again_and_still_comes_in(someone: Someone, client: Callable[..., ProofReader]) -> None:
    browser = client()
    knock(browser, someone)
    again = browser.get("/login/again", environ_overrides=CROWDED)
    assert (again.status_code, again.headers["Refresh"]) == (503, "12; url=/login/again")
    assert browser.get("/login/again").headers["Location"] == "/learn"


def test_what_was_sealed_is_worth_nothing_after_five_minutes(
    someone: Someone, client: Callable[..., ProofReader], clock: Clock
) -> None:
    browser = client()
    knock(browser, someone)
    clock.forward(minutes=5, seconds=1)
    assert browser.get("/login/again").headers["Location"] == "/login"


def test_what_was_sealed_is_worth_nothing_in_another_browser(
    someone: Someone, client: Callable[..., ProofReader]
) -> None:
    sealed = parse_cookie(kept(knock(client(), someone)))["phatngon-door"]
    thief = client()
    thief.get("/login")
    thief.set_cookie("phatngon-door", sealed, path="/login/again")
    assert thief.get("/login/again").headers["Location"] == "/login"


@pytest.mark.parametrize("sealed", ["", "x", "%%%", "AAAA" * 20])
def test_what_nobody_sealed_opens_nothing(sealed: str, client: Callable[..., ProofReader]) -> None:
    browser = client()
    browser.get("/login")
    browser.set_cookie("phatngon-door", sealed, path="/login/again")
    assert browser.get("/login/again").headers["Location"] == "/login"


def test_a_wrong_password_is_told_after_waiting_and_the_name_is_still_there(
    someone: Someone, client: Callable[..., ProofReader]
) -> None:
    browser = client()
    knock(browser, someone, password="wrong")
    refused = browser.get("/login/again")
    assert refused.status_code == 422
    typed = {field.get("name"): field.get("value") for field in page(refused).iter("input")}
    assert (typed["identifier"], typed["password"]) == (someone.identifier, "")
    assert "phatngon-door=;" in kept(refused)


def test_a_password_too_long_for_a_cookie_is_asked_for_again(
    someone: Someone, client: Callable[..., ProofReader]
) -> None:
    told = knock(client(), someone, password="ệ" * 1000)
    assert told.status_code == 503
    assert "Refresh" not in told.headers
    assert not any(line.startswith("phatngon-door=") for line in told.headers.getlist("Set-Cookie"))


def test_a_page_that_stays_open_is_told_in_json(someone: Someone, client: Callable[..., ProofReader]) -> None:
    body = {"identifier": someone.identifier, "password": PASSWORD}
    told = client().send_json("/login", body, environ_overrides=CROWDED)
    assert (told.status_code, told.json["wait"], told.headers["Retry-After"]) == (503, 12, "12")
    assert told.json["message"]
    assert "Set-Cookie" not in told.headers or "phatngon-door" not in str(told.headers.getlist("Set-Cookie"))


def test_a_line_for_hashing_that_is_full_is_told_at_the_door(
    someone: Someone, client: Callable[..., ProofReader], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client()
    browser.get("/login")
    with monkeypatch.context() as changed:
        changed.setattr(passwords, "_room", Room(at_once=1, in_line=-1))
        told = browser.send("/login", {"identifier": someone.identifier, "password": PASSWORD})
    assert (told.status_code, told.headers["Retry-After"]) == (503, str(passwords.PAUSE))
    assert browser.get("/login/again").headers["Location"] == "/learn"


def test_a_page_that_is_asked_for_on_a_crowded_morning_comes_again_by_itself(
    someone: Someone, client: Callable[..., ProofReader]
) -> None:
    told = client(someone).get("/learn", environ_overrides=CROWDED)
    assert (told.status_code, told.headers["Retry-After"], told.headers["Refresh"]) == (503, "12", "12")


def test_a_form_that_is_sent_on_a_crowded_morning_can_be_sent_again(
    someone: Someone, client: Callable[..., ProofReader]
) -> None:
    told = client(someone).send("/account/language", {"language": "en"}, environ_overrides=CROWDED)
    assert told.status_code == 503
    typed = {field.get("name"): field.get("value") for field in page(told).iter("input")}
    assert typed["language"] == "en"


@pytest.mark.parametrize(
    ("path", "typed"),
    [("/account/password", {"old": PASSWORD, "new": "ba con voi xanh"}), ("/welcome", {"code": "A", "new": PASSWORD})],
)
def test_no_page_that_says_wait_holds_a_password(
    path: str, typed: dict[str, str], someone: Someone, client: Callable[..., ProofReader]
) -> None:
    told = client(someone).send(path, typed, environ_overrides=CROWDED)
    assert told.status_code == 503
    assert not any(value in told.get_data(as_text=True) for value in typed.values() if len(value) > 1)
