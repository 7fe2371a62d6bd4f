"""A device that will not come back: what waits on it is saved as a sealed file, which only the platform opens."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from elearning.exchange.sealed_answers import open_sealed, private_key
from tests.journeys.school import pupil
from tests.journeys.server import Platform
from tests.journeys.test_without_the_line import give, heading, sit_down, wait_for_all_pages
from tests.journeys.visiting import Visitor, Way

pytestmark = pytest.mark.journey

Visit = Callable[[Way], Visitor]
WAYS = [Way(True, 360, "vi"), Way(True, 1280, "en")]
INSECURE = "Object.defineProperty(window, 'isSecureContext', { value: false })"


def offer(visitor: Visitor) -> Locator:
    """The notice with the sealed file."""
    return visitor.page.locator('[data-told="seal"]')


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_what_waits_for_a_minute_can_be_carried_away_and_only_the_platform_opens_it(
    way: Way, school: Platform, visit_school: Visit, tmp_path: Path
) -> None:
    learner, visitor = pupil(school), visit_school(way)
    attempt = sit_down(visitor, learner)
    page, questions = visitor.page, learner.asked(attempt)
    wait_for_all_pages(page, 4)
    visitor.context.set_offline(True)
    for asked in questions[:3]:
        give(page, asked)
    page.locator('input[name="f2"]').check()
    page.clock.fast_forward(50_000)
    assert offer(visitor).is_hidden()
    visitor.button("Save and go on").click()
    heading(visitor, 4, 6)
    page.clock.fast_forward(15_000)
    expect(offer(visitor)).to_be_visible()
    visitor.look("sealed-file-offered")
    offer(visitor).locator("summary").click()
    with page.expect_download() as saved:
        visitor.button("Save a sealed answer file").click()
    name = saved.value.suggested_filename
    expect(offer(visitor)).to_contain_text(name)
    visitor.look("sealed-file")
    assert name.startswith(f"bai-lam-{attempt[:6]}-")
    assert name.endswith(".phatngon")
    saved.value.save_as(tmp_path / name)
    opened = open_sealed((tmp_path / name).read_bytes(), private_key(school.secret))
    assert opened.attempt == attempt
    held: dict[str, object] = {}
    for lane in opened.lanes:
        held |= lane.answers
    assert held == {str(asked.slot): asked.value for asked in questions[:3]}
    assert {slot: on for lane in opened.lanes for slot, on in lane.flags.items()} == {"2": True}
    assert len({lane.seq for lane in opened.lanes}) == len(opened.lanes)
    visitor.context.set_offline(False)
    expect(offer(visitor)).to_be_hidden()


def test_where_the_page_was_not_opened_over_https_it_says_so(school: Platform, visit_school: Visit) -> None:
    learner, visitor = pupil(school), visit_school(WAYS[0])
    visitor.context.add_init_script(INSECURE)
    attempt = sit_down(visitor, learner)
    visitor.context.set_offline(True)
    give(visitor.page, learner.asked(attempt)[0])
    visitor.page.clock.fast_forward("02:00")
    offer(visitor).locator("summary").click()
    said = "A sealed answer file can be made only where this page was opened over https. Keep this page open until the connection is back."
    expect(offer(visitor)).to_contain_text(visitor.say(said))
    assert visitor.button("Save a sealed answer file").is_hidden()
    visitor.look("sealed-file-not-here")
