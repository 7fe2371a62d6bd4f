"""What every answer carries, and requests that are refused before anything is done with them."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from elearning.factory import build_app
from elearning.services.work import House
from elearning.settings import Settings
from elearning.web.headers import ALWAYS
from tests.services.cast import Someone
from tests.web.proofreading import ProofReader, words
from tests.web.sitting import begin, complete


def dressed(response: TestResponse) -> bool:
    """Whether an answer carries every header that all answers carry."""
    return all(name in response.headers for name, _ in ALWAYS)


def test_every_kind_of_answer_carries_the_headers(
    practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    browser, nobody = client(make_person()), client()
    code = complete(practice, browser)
    attempt = begin(browser)
    answers = {
        "page": browser.get("/learn"), "redirect": nobody.get("/learn"), "missing": nobody.get("/khong-co"),
        "static": nobody.get("/static/page.js"), "health": nobody.get("/healthz"), "method": nobody.get("/logout"),
        "expired": nobody.post("/logout"), "json": browser.send_json(f"{attempt}/answers", {}),
        "pdf": browser.get(f"/certificates/{code}.pdf"), "host": nobody.get("/", headers={"Host": "elsewhere.example"}),
    }  # fmt: skip
    assert [name for name, answer in answers.items() if not dressed(answer)] == []


def test_pages_may_load_nothing_from_elsewhere_and_run_nothing_inline(
    house: House, client: Callable[..., ProofReader]
) -> None:
    policy = client().get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy


def test_personal_pages_are_kept_by_no_cache_and_hashed_files_for_a_year(
    house: House, client: Callable[..., ProofReader]
) -> None:
    browser = client()
    front = browser.get("/")
    assert front.headers["Cache-Control"] == "no-store, private"
    address = re.search(r'src="(/static/page\.js\?v=[0-9a-f]{12})"', front.get_data(as_text=True))
    assert address is not None
    assert "immutable" in browser.get(address[1]).headers["Cache-Control"]
    assert browser.get("/static/page.js").headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "localhost.elsewhere.example", "127.0.0.1.elsewhere.example", "a b"]
)
@pytest.mark.parametrize("address", ["/", "/login", "/learn", "/healthz", "/khong-co"])
def test_an_unknown_host_is_refused_and_never_repeated(
    host: str, address: str, house: House, client: Callable[..., ProofReader]
) -> None:
    refused = client().get(address, headers={"Host": host})
    assert refused.status_code == 400
    assert host not in refused.get_data(as_text=True)
    assert host not in refused.headers.get("Location", "")


@pytest.mark.parametrize("address", ["/learn%00", "/courses/%00", "/verify?code=%00", "/laws/x?at=%00", "/%00"])
def test_the_character_nul_is_refused_in_addresses(
    address: str, house: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    assert client(make_person()).get(address).status_code == 400


def test_the_character_nul_is_refused_in_forms(house: House, client: Callable[..., ProofReader]) -> None:
    browser = client()
    browser.get("/login")
    assert browser.send("/login", {"identifier": "a\x00b", "password": "x"}).status_code == 400


def test_something_that_breaks_gives_a_reference_and_no_detail(
    house: House,
    app: Flask,
    client: Callable[..., ProofReader],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the secret inside")

    monkeypatch.setattr("elearning.services.certifying.verify", broken)
    failed = client().get("/verify?code=abc")
    assert failed.status_code == 500
    assert "the secret inside" not in failed.get_data(as_text=True)
    reference = caplog.records[-1].getMessage().split(" ")[0]
    assert reference in words(failed)


def test_over_https_cookies_are_bound_to_the_host_and_https_is_remembered(
    house: House, make_person: Callable[..., Someone], settings: Settings
) -> None:
    from_https = build_app(replace(settings, public_url="https://phatngon.example"), house)
    someone = make_person(password="một câu dễ nhớ")
    browser = from_https.test_client()
    page = browser.get("/login", base_url="https://phatngon.example").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token is not None
    entered = browser.post(
        "/login", base_url="https://phatngon.example",
        data={"identifier": someone.identifier, "password": "một câu dễ nhớ", "csrf_token": token[1]},
    )  # fmt: skip
    assert entered.status_code == 303
    cookies = {line.split("=")[0]: line for line in entered.headers.getlist("Set-Cookie")}
    assert set(cookies) == {"__Host-phatngon", "__Host-phatngon-page"}
    assert all("Secure" in line and "HttpOnly" in line and "Domain" not in line for line in cookies.values())
    assert "max-age=31536000" in entered.headers["Strict-Transport-Security"]
