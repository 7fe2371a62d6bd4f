"""The time that is left: told three times, by the server's clock, whatever the device thinks that it is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from elearning.store.models.learning import Attempt
from tests.journeys.people import PASSWORD, Official
from tests.journeys.school import AT_WILL, pupil
from tests.journeys.server import Platform
from tests.journeys.test_nothing_is_lost import wait_until_saved
from tests.journeys.visiting import Visitor, Way

pytestmark = pytest.mark.journey

Visit = Callable[[Way], Visitor]
LEFT = ("10 minutes left", "5 minutes left", "1 minute left")
# Keeps all that the voice of the page says.
LISTEN = """() => { window.heard = []; const place = document.querySelector("[data-announce]");
    new MutationObserver(() => heard.push(place.textContent)).observe(place, { childList: true }); }"""


def sit_down(visitor: Visitor, learner: Official, clock: datetime) -> str:
    """Open an attempt of sixty minutes on a device whose clock says this; its address."""
    visitor.sign_in(learner.identifier, PASSWORD)
    visitor.choose_language(visitor.way.language)
    attempt = learner.sit(AT_WILL)
    visitor.page.clock.install(time=clock)
    visitor.go(f"/attempts/{attempt}")
    visitor.page.evaluate(LISTEN)
    return attempt


def minutes_left(page: Page) -> float:
    """What the page shows, in minutes."""
    shown = page.locator("[data-timer]:visible").first.text_content() or ""
    parts = [int(part) for part in shown.split(":")]
    return sum(part * 60**place for place, part in enumerate(reversed(parts))) / 60


def heard(page: Page) -> list[str]:
    """All that was said."""
    said: list[str] = page.evaluate("heard")
    return said


@pytest.mark.parametrize("wrong", [-1, 1], ids=["a-day-late", "a-day-early"])
def test_ten_five_and_one_minutes_are_told_once_each_on_a_device_whose_date_is_wrong(
    wrong: int, school: Platform, visit_school: Visit
) -> None:
    learner, visitor = pupil(school), visit_school(Way(True, 360, "vi"))
    page = visitor.page
    sit_down(visitor, learner, datetime.now(UTC) + timedelta(days=wrong))
    assert 59 < minutes_left(page) <= 60
    for _ in range(59):
        page.clock.run_for(60_000)
    page.clock.run_for(30_000)
    assert heard(page) == [visitor.say(said) for said in LEFT]
    assert 0 < minutes_left(page) < 1
    low = page.locator(".timer--low:visible").first
    expect(low).to_contain_text(visitor.say("left:"))


def test_a_date_that_jumps_changes_nothing(school: Platform, visit_school: Visit) -> None:
    learner, visitor = pupil(school), visit_school(Way(True, 1280, "en"))
    page = visitor.page
    sit_down(visitor, learner, datetime.now(UTC))
    page.locator('input[name="a3"]').fill("nghị")
    for days in (1, -2):
        page.clock.set_system_time(datetime.now(UTC) + timedelta(days=days))
        page.clock.run_for(3_000)
    assert 59 < minutes_left(page) <= 60
    assert page.locator('input[name="a3"]').input_value() == "nghị"
    assert not [said for said in heard(page) if said in LEFT]
    wait_until_saved(visitor, page)


def test_time_that_staff_give_while_the_page_is_open_is_counted_from_the_next_save_on(
    school: Platform, visit_school: Visit
) -> None:
    learner, visitor = pupil(school), visit_school(Way(True, 360, "vi"))
    page = visitor.page
    attempt = sit_down(visitor, learner, datetime.now(UTC))
    page.clock.fast_forward("57:00")
    assert 2 < minutes_left(page) <= 3
    with learner.house.writing(learner.actor) as work:
        raised = update(Attempt).where(Attempt.public == attempt).values(closes=work.now + timedelta(minutes=20))
        work.session.execute(raised)
    page.locator('input[name="a1"][value="a"]').check()
    wait_until_saved(visitor, page)
    assert 19 < minutes_left(page) <= 20
    page.clock.run_for(11 * 60_000)
    assert heard(page)[-1] == visitor.say("10 minutes left")
