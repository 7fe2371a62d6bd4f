"""Guards that stand before every address, whatever it is about; who reaches what is told by tests/web/access_table.py."""

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.routing import Rule

from elearning.services.work import House
from tests.services.cast import Someone
from tests.web.proofreading import ProofReader


def address_of(rule: Rule) -> str:
    """An address that fits a rule, of things that do not exist."""
    parts = []
    for dynamic, text in rule._trace:
        if not dynamic:
            parts.append("" if text == "|" else text)
            continue
        converter = rule._converters[text]
        items = getattr(converter, "items", None)
        is_number = type(converter).__name__ == "IntegerConverter"
        parts.append("1" if is_number else min(items) if items else "khong-co")
    return "".join(parts)


def test_every_blueprint_but_the_public_one_has_a_guard(app: Flask) -> None:
    guarded = {name for name, functions in app.before_request_funcs.items() if functions and name}
    assert set(app.blueprints) - guarded == {"public"}


def test_nothing_can_be_changed_without_the_token(
    app: Flask, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    browser = client(make_person("admin"))
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert len(posts) > 10
    assert {rule.rule: browser.post(address_of(rule)).status_code for rule in posts} == {
        rule.rule: 400 for rule in posts
    }


@pytest.mark.parametrize("role", ["learner", "trainer"])
def test_nothing_leads_people_without_a_grant_to_pages_for_staff(
    role: str, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    browser = client(make_person(role))
    assert "/admin" not in browser.get("/learn").get_data(as_text=True)


@pytest.mark.parametrize("role", ["learner", "trainer", "coordinator", "admin"])
def test_no_address_breaks_whoever_asks_for_what_does_not_exist(
    role: str, app: Flask, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    browser = client(make_person(role, unit="Xã Mộc Lâm"))
    broken = {}
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            if rule.endpoint == "public.logout":
                continue
            answer = browser.get(address_of(rule)) if method == "GET" else browser.send(address_of(rule))
            if answer.status_code >= 500 and rule.endpoint != "public.readyz":
                broken[f"{method} {rule.rule}"] = answer.status_code
    assert broken == {}


def test_the_door_to_health_is_open_and_says_little(house: House, client: Callable[..., ProofReader]) -> None:
    browser = client()
    assert (browser.get("/healthz").status_code, browser.get("/healthz").get_data(as_text=True)) == (200, "ok\n")
    assert (browser.get("/readyz").status_code, browser.get("/readyz").get_data(as_text=True)) == (200, "ready\n")


def test_the_platform_is_not_ready_without_its_tables(
    house: House, client: Callable[..., ProofReader], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("elearning.services.health.is_current", lambda store: False)
    answer = client().get("/readyz")
    assert (answer.status_code, answer.get_data(as_text=True)) == (503, "not ready: tables\n")
    assert client().get("/healthz").status_code == 200


def test_search_engines_are_kept_away_from_names(house: House, client: Callable[..., ProofReader]) -> None:
    assert "Disallow: /" in client().get("/robots.txt").get_data(as_text=True)
