"""Every address there is, asked for by everybody there is, about their own things and other people's: tests/web/access_table.py."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from elearning.services.work import House
from tests.conftest import build_test_house
from tests.services.clock import Clock, seeded_chance
from tests.store.databases import Databases, Rows, fill, listening, rows_of
from tests.web.access_forms import BYTES, FILES, JSON, fields
from tests.web.access_table import LINES, Line
from tests.web.access_world import Founder, World
from tests.web.plain import Plain
from tests.web.proofreading import OURS

OWNERS = {
    "job": "clerk",
    "view": "clerk",
    "announced": "speaker",
    "recording": "speaker",
    "spoken": "speaker",
    "waiting": "speaker",
    "questions": "writer",
    "papers": "writer",
    "hand-out": "writer",
}
PLACES = ("home", "below", "away", "above")


@dataclass(frozen=True, slots=True)
class FormKey:
    """The cookie of a page and the token that stands in its forms."""

    cookie: str
    token: str


@pytest.fixture(scope="session")
def world(databases: Databases, built_app: Flask) -> World:
    """The world, founded once; each test begins with all of it."""
    house = replace(build_test_house(databases.emptied(), Clock()), chance=seeded_chance(1))
    return Founder(built_app, house).found()


@pytest.fixture
def restore(world: World, app: Flask, house: House, databases: Databases) -> Callable[[], None]:
    """Put the world back as it was founded."""
    app.extensions["house"] = replace(house, files=world.files)
    return lambda: fill(databases.emptied(), world.rows)


@pytest.fixture(scope="session")
def form_key(built_app: Flask, world: World) -> FormKey:
    """What lets forms be sent: it is the same for everybody who opened the same page."""
    browser = Plain(built_app, built_app.response_class)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/verify").get_data(as_text=True))
    cookie = browser.get_cookie("phatngon-page")
    assert token is not None
    assert cookie is not None
    return FormKey(cookie.value, token[1])


def variants(rule: Rule) -> Iterator[str]:
    """An address, or one for each of the words that a part of it may be."""
    words = re.search(r"<any\(([^)]*)\):\w+>", rule.rule)
    names = re.findall(r"'([^']+)'", words[1]) if words else [""]
    yield from (rule.rule.replace(words[0], name) if words else rule.rule for name in names)


def test_the_table_names_every_address_and_none_that_does_not_exist(app: Flask) -> None:
    there = {
        (method, address)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        for address in variants(rule)
    }
    assert {(line.method, line.address) for line in LINES} == there


def test_no_case_stands_twice() -> None:
    assert len({str(line) for line in LINES}) == len(LINES)


@pytest.mark.parametrize("line", LINES, ids=str)
def test_everybody_reaches_what_is_theirs_and_nothing_else(
    line: Line, world: World, app: Flask, form_key: FormKey, restore: Callable[[], None], house: House
) -> None:
    restore()
    found = {}
    for column in line.expected:
        with listening(house.store) as said:
            answer = ask(app, world, form_key, line, column)
        changed = changes(world.rows, rows_of(house.store)) if said.writes else set()
        found[column] = outcome(answer, world.named(line.about, place_of(column))["mark"], changed)
        if changed:
            restore()
    assert found == line.expected


def test_the_world_is_put_back_as_it_was(world: World, restore: Callable[[], None], house: House) -> None:
    restore()
    assert changes(world.rows, rows_of(house.store)) == set()


def place_of(column: str) -> str:
    """Where the thing is that a column asks about."""
    return column if column in PLACES else "home"


def ask(app: Flask, world: World, key: FormKey, line: Line, column: str) -> TestResponse:
    """Send a request as the somebody of a column."""
    browser = Plain(app, app.response_class)
    if column != "nobody":
        browser.set_cookie("phatngon", world.cookies[asker(line, column)])
    named = world.named(line.about, place_of(column))
    address = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: named[found[1]], line.address)
    form = fields(line.address, line.use, line.about, named)
    if line.method == "GET":
        return browser.get(address, query_string=form)
    browser.set_cookie("phatngon-page", key.cookie)
    headers = {"Origin": OURS, "X-CSRFToken": key.token}
    if line.named in JSON:
        return browser.post(address, json=JSON[line.named], headers=headers)
    if line.named in BYTES:
        return browser.post(address, data=BYTES[line.named], content_type="application/octet-stream", headers=headers)
    sent = {**form, "file": FileStorage(BytesIO(FILES[address][0]), FILES[address][1])} if address in FILES else form
    return browser.post(address, data={**sent, "csrf_token": key.token}, headers=headers)


def asker(line: Line, column: str) -> str:
    """Whose cookie is sent."""
    if column in PLACES:
        return "coordinator"
    return OWNERS.get(line.about, "owner") if column == "owner" else column


def changes(before: Rows, after: Rows) -> set[str]:
    """The tables in which something has changed, save when a browser was last seen."""
    return {name for name in before if _kept(before, name) != _kept(after, name)}


def _kept(rows: Rows, name: str) -> list[dict[str, object]]:
    return [{key: value for key, value in row.items() if key != "seen"} for row in rows[name]]


def outcome(answer: TestResponse, mark: str, changed: set[str]) -> str:
    """The word of the table for what came of a request; with what was changed where nothing should have been."""
    word = _word(answer, mark, changed)
    if word in ("door", "absent", "told") and changed:
        return f"{word}, yet changed: {', '.join(sorted(changed))}"
    return word


def _word(answer: TestResponse, mark: str, changed: set[str]) -> str:
    to_door = answer.status_code == 303 and answer.headers["Location"].startswith("/login?")
    if to_door or answer.status_code == 401:
        return "door"
    if answer.status_code == 404:
        return "absent"
    if answer.request.method == "POST" and answer.status_code in (200, 201, 303) and changed:
        return "done" if changed - {"audit"} else "without"
    if answer.status_code in (303, 403, 409, 422):
        return "told"
    if answer.status_code != 200:
        return f"status {answer.status_code}"
    is_text = answer.is_json or (answer.mimetype or "").startswith("text/")
    return "seen" if not is_text or mark in answer.get_data(as_text=True) else "without"
