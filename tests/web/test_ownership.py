"""Every address that names a thing, asked for by somebody to whom it does not belong: it does not exist."""

from collections.abc import Callable

import pytest
from flask import Flask

from elearning.services.work import House
from elearning.store.models import learning as rows
from elearning.store.models.person import BrowserSession
from tests.services.cast import Cast, Someone
from tests.web.proofreading import ProofReader
from tests.web.sitting import begin, complete, everything, save

HOME, AWAY = "Xã Mộc Lâm", "Xã Đồng Hạ"
OWN = {
    "learner.attempt", "learner.answers", "learner.review", "learner.submit", "learner.result", "learner.certificate_pdf",
    "learner.certificate_json", "account.end_device", "learner.close_notice",
}  # fmt: skip


@pytest.fixture
def owner(practice: House, cast: Cast) -> Someone:
    return cast.person(unit=HOME)


@pytest.fixture
def things(owner: Someone, client: Callable[..., ProofReader], house: House) -> dict[str, str]:
    """What belongs to the owner, by the name that it has in addresses."""
    browser = client(owner)
    code = complete(house, browser)
    attempt = begin(browser)
    save(browser, attempt, {"1": "b"})
    device = next(row.id for row in everything(house, BrowserSession) if row.person_id == owner.id)
    return {"attempt": attempt.rsplit("/", 1)[-1], "code": code, "device": str(device)}


def addresses(app: Flask, things: dict[str, str]) -> list[tuple[str, str]]:
    """Method and address of everything that can be asked of the owner's things."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OWN and rule.arguments and rule.arguments <= set(things):
            built = rule.rule
            for name in rule.arguments:
                built = built.replace(f"<{name}>", things[name]).replace(f"<int:{name}>", things[name])
            found += [(method, built) for method in sorted((rule.methods or set()) & {"GET", "POST"})]
    return found


@pytest.mark.parametrize(("role", "unit"), [("learner", HOME), ("trainer", HOME), ("coordinator", AWAY)])
def test_what_belongs_to_somebody_else_does_not_exist(
    role: str,
    unit: str,
    things: dict[str, str],
    app: Flask,
    cast: Cast,
    client: Callable[..., ProofReader],
    house: House,
) -> None:
    stranger = client(cast.person(role, unit=unit))  # type: ignore[arg-type]  # one of the roles
    asked = addresses(app, things)
    assert len(asked) >= 8
    form = {
        "tab": "some-tab-1",
        "seq": "1",
        "base": "0",
        "page": "1",
        "a1.shown": "1",
        "a1": "c",
        "f1.shown": "1",
        "f1": "1",
    }
    before = counts(house)
    answers = {
        (method, address): (stranger.get(address) if method == "GET" else stranger.send(address, form)).status_code
        for method, address in asked
    }
    assert answers == dict.fromkeys(asked, 404)
    assert counts(house) == before


def counts(house: House) -> list[object]:
    """What a stranger must not be able to change."""
    attempt = everything(house, rows.Attempt)[-1]
    return [
        len(everything(house, rows.Answer)), len(everything(house, rows.Flag)), len(everything(house, rows.Grade)), attempt.state,
        [row.ended for row in everything(house, BrowserSession)],
    ]  # fmt: skip


def test_the_owner_reaches_every_one_of_them(
    things: dict[str, str], app: Flask, owner: Someone, client: Callable[..., ProofReader]
) -> None:
    browser = client(owner)
    statuses = {
        address: browser.get(address).status_code for method, address in addresses(app, things) if method == "GET"
    }
    assert set(statuses.values()) <= {200, 303}
    assert 404 not in statuses.values()
