"""What an administrator or a coordinator does on page after page: come in, find somebody, choose a unit, read a table."""

import re
import time

from playwright.sync_api import Locator
from sqlalchemy import select

from elearning.domain.signing_in import sign_in_name
from elearning.services import working
from elearning.services.work import NOBODY
from elearning.store.models.person import SignInName
from tests.journeys.people import Official
from tests.journeys.server import Platform
from tests.journeys.visiting import Visitor
from tests.journeys.wording import plain

PATIENCE = 60


def as_administrator(admin: Visitor, platform: Platform) -> None:
    """Through the door, and choose the language."""
    admin.sign_in(platform.accounts["admin"]["identifier"], platform.accounts["admin"]["password"])
    admin.choose_language(admin.way.language)


def known(platform: Platform, identifier: str, name: str) -> Official:
    """Somebody as the platform knows them: whoever signs in with this name."""
    named = select(SignInName.person_id).where(SignInName.normal == sign_in_name(identifier).normal)
    with platform.house.reading(NOBODY) as work:
        person = work.session.scalars(named).one()
    return Official(platform.house, person, name, identifier, "")


def open_person(admin: Visitor, words: str) -> None:
    """Find somebody by a sign-in name, and open their page."""
    admin.go("/admin/people")
    admin.page.locator('input[name="q"]').fill(words)
    admin.follow(admin.button("Search"))
    admin.follow(admin.page.locator("tbody th a"))


def choose_unit(visitor: Visitor, name: str) -> None:
    """Choose a unit from the list of units, where each stands indented below the one above it."""
    offered = visitor.page.locator('select[name="unit"] option')
    option = offered.filter(has_text=re.compile(rf"^\s*{re.escape(name)}\s*$"))
    visitor.page.locator('select[name="unit"]').select_option(option.get_attribute("value"))


def facts(visitor: Visitor) -> dict[str, str]:
    """The figures above the page, by their names."""
    found = visitor.page.locator("dl.facts > div")
    return {plain(one.locator("dt").text_content()): plain(one.locator("dd").text_content()) for one in found.all()}


def cells_of(table: Locator) -> list[list[str]]:
    """The cells of a table on the page, row by row."""
    script = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    return [[plain(cell) for cell in row] for row in table.locator("tbody tr").evaluate_all(script)]


def wait_while(visitor: Visitor, doing: str) -> None:
    """Wait while the page of long work says what is being done: it follows by itself, or by its link without scripts."""
    if visitor.way.scripts:
        visitor.page.locator("h1").filter(has_not_text=doing).wait_for(timeout=PATIENCE * 1000)
    until = time.monotonic() + PATIENCE
    while visitor.heading() == doing and time.monotonic() < until:
        time.sleep(0.3)
        visitor.follow(visitor.link("Show how far it is now"))


def do_job(platform: Platform, person: Official, job: str) -> None:
    """Do a job, or wait for the worker where it was quicker to take it up."""
    working.run(platform.house, job)
    until = time.monotonic() + PATIENCE
    state = ""
    while state not in ("done", "failed") and time.monotonic() < until:
        time.sleep(0.1)
        with platform.house.reading(person.actor) as work:
            state = working.job_page(work, job).state
