"""The line is gone for minutes in the middle of an attempt: the learner goes on, and everything arrives when it is back."""

import re
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select, update

from elearning.services.saving import Saving, save
from elearning.store.models.learning import Attempt, Flag
from tests.journeys.answering import hand_in
from tests.journeys.people import PASSWORD, Asked, Official
from tests.journeys.school import AT_WILL, FORWARD, pupil, wait_until
from tests.journeys.server import Platform
from tests.journeys.test_nothing_is_lost import held_words, saved_words, wait_until_saved
from tests.journeys.visiting import Visitor, Way
from tests.services.texts import QUIZ

pytestmark = pytest.mark.journey

PHONE = Way(True, 360, "vi")
PAGE = 3
ON = "The connection is lost. Go on answering: everything is kept on this device and sent by itself when the connection is back. Keep this page open."
Visit = Callable[[Way], Visitor]


def sit_down(visitor: Visitor, learner: Official, quiz: str = AT_WILL) -> str:
    """Sign in and open an attempt at a quiz of the school, by a clock that can be put forward; its address."""
    visitor.sign_in(learner.identifier, PASSWORD)
    visitor.choose_language(visitor.way.language)
    attempt = learner.sit(quiz)
    visitor.page.clock.install()
    visitor.go(f"/attempts/{attempt}")
    return attempt


def wait_for_all_pages(page: Page, number: int) -> None:
    """Wait until every page of the paper is in the memory of the tab."""
    kept = page.locator(f'form[data-kept="{number}"]')
    until = time.monotonic() + 30
    while not kept.count():
        assert time.monotonic() < until, f"not all of {number} pages were fetched"
        page.wait_for_timeout(200)
        page.clock.run_for(400)


def _check(page: Page, name: str, values: list[Any]) -> None:
    for value in values:
        page.locator(f'input[name="{name}"][value="{value}"]').check()


def _fill(page: Page, name: str, value: str) -> None:
    field = page.locator(f'[name="{name}"]')
    if field.evaluate("(one) => one.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)


def _fill_parts(page: Page, name: str, parts: Mapping[Any, str]) -> None:
    for part, value in parts.items():
        _fill(page, f"{name}.{part}", value)


GIVE: Mapping[str, Callable[[Page, str, Any], None]] = {
    "letter": lambda page, name, value: _check(page, name, [value]),
    "letters": _check,
    "numbers": _check,
    "text": _fill,
    "places": lambda page, name, value: _fill_parts(page, name, {one: str(n) for n, one in enumerate(value, 1)}),
    "parts": _fill_parts,
    "list": lambda page, name, value: _fill_parts(page, name, dict(enumerate(value, 1))),
}


def give(page: Page, asked: Asked) -> None:
    """Answer a question that is on the page."""
    GIVE[asked.held](page, f"a{asked.slot}", asked.value)


def number(visitor: Visitor, slot: int) -> Locator:
    """A number of the strip."""
    return visitor.page.locator(f'[data-strip="{slot}"]')


def flags(learner: Official) -> list[int]:
    """The slots that are flagged in the database."""
    own = select(Flag.slot).join(Attempt, Attempt.id == Flag.attempt_id).where(Attempt.person_id == learner.id)
    with learner.house.reading(learner.actor) as work:
        return sorted(work.session.scalars(own))


def close(learner: Official, attempt: str, seconds: int) -> None:
    """Let the time of an attempt be up so many seconds from now."""
    with learner.house.writing(learner.actor) as work:
        work.session.execute(
            update(Attempt).where(Attempt.public == attempt).values(closes=work.now + timedelta(seconds=seconds))
        )


def heading(visitor: Visitor, first: int, last: int) -> None:
    """Wait for the page with these questions."""
    said = visitor.say("Questions %(first)s to %(last)s of %(total)s", first=first, last=last, total=10)
    expect(visitor.page.locator("h1")).to_have_text(said)
    assert visitor.page.title().startswith(said)


def test_ten_questions_are_answered_while_the_line_is_gone_for_five_minutes_and_all_arrive(
    school: Platform, visit_school: Visit
) -> None:
    learner, visitor = pupil(school), visit_school(PHONE)
    attempt = sit_down(visitor, learner)
    page, questions = visitor.page, learner.asked(attempt)
    wait_for_all_pages(page, 4)
    visitor.context.set_offline(True)
    expect(page.locator('[data-told="line"]')).to_be_visible()
    for first in range(0, 10, PAGE):
        group = questions[first : first + PAGE]
        for asked in group:
            give(page, asked)
        if first == PAGE:
            page.locator(f'input[name="f{group[0].slot}"]').check()
            page.clock.fast_forward("05:00")
            visitor.look("without-the-line")
        page.locator('.actions button[value="review"], .actions button[value="next"]').first.click()
        if first == 0:
            heading(visitor, 4, 6)
            expect(page.locator("h1")).to_be_focused()
            expect(number(visitor, 4)).to_have_attribute("aria-current", "step")
            expect(number(visitor, 1)).to_have_class(re.compile("is-answered"))
    expect(page.locator("h1")).to_have_text(visitor.say("Handing in waits for the connection"))
    expect(page.locator("[data-none]")).to_be_visible()
    visitor.look("looking-over-without-the-line")
    number(visitor, 1).click()
    heading(visitor, 1, 3)
    expect(page.locator(f'input[name="a1"][value="{questions[0].value}"]')).to_be_checked()
    page.go_back()
    page.locator("[data-lookover], h1").first.wait_for()
    expect(saved_words(page)).to_have_text(held_words(visitor, 10))
    assert learner.answers(attempt) == []
    number(visitor, 10).click()
    visitor.button("Save and look over").click()
    visitor.context.set_offline(False)
    page.locator("form[data-hand-in]").wait_for()
    assert visitor.heading() == visitor.say("All questions are answered")
    for asked in questions:
        assert learner.counts(attempt, asked.slot) == asked.value
    kept = Counter((answer.tab, answer.seq, answer.slot) for answer in learner.answers(attempt))
    assert set(kept.values()) == {1}
    assert len({answer.slot for answer in learner.answers(attempt)}) == 10
    assert flags(learner) == [4]
    hand_in(visitor)
    assert visitor.heading() == visitor.say("Passed: %(earned)s of %(possible)s points", earned=20, possible=20)


def test_a_page_that_was_never_fetched_and_a_paper_that_only_goes_forward_wait_for_the_line(
    school: Platform, visit_school: Visit
) -> None:
    learner, visitor = pupil(school), visit_school(PHONE)
    attempt = sit_down(visitor, learner, FORWARD)
    asked = learner.asked(attempt)[0]
    page = visitor.page
    page.clock.run_for(20_000)
    assert page.locator("form[data-save-url]").get_attribute("data-kept") == "1"
    visitor.context.set_offline(True)
    give(page, asked)
    visitor.button("Save and go on").click()
    again = "This step needs the connection. Press the button again when it is back. Everything is kept on this device; keep this page open."
    expect(page.locator('[data-why="again"]')).to_have_text(visitor.say(again))
    expect(page.locator('[data-why="again"]')).to_be_in_viewport()
    visitor.look("forward-without-the-line")
    visitor.context.set_offline(False)
    wait_until_saved(visitor, page)
    expect(page.locator('[data-told="line"]')).to_be_hidden()
    visitor.follow(visitor.button("Save and go on"))
    said = visitor.say("Questions %(first)s to %(last)s of %(total)s", first=4, last=6, total=6)
    assert visitor.heading() == said
    assert learner.counts(attempt, asked.slot) == asked.value


@pytest.mark.parametrize(("ago", "counts"), [(5, True), (300, False)], ids=["in-time", "late"])
def test_when_the_time_is_up_without_the_line_the_answers_wait_and_the_page_says_so(
    ago: int, counts: bool, school: Platform, visit_school: Visit
) -> None:
    learner, visitor = pupil(school), visit_school(PHONE)
    attempt = sit_down(visitor, learner)
    asked = learner.asked(attempt)[0]
    page = visitor.page
    visitor.watch.expect(409, r"/attempts/[^/]+/answers")
    visitor.context.set_offline(True)
    give(page, asked)
    page.clock.fast_forward("01:01:00")
    expect(page.locator('[data-why="over"]')).to_contain_text(
        visitor.say("The time was up while the connection was lost.")
    )
    expect(page.locator("form[data-save-url]")).to_have_attribute("inert", "")
    visitor.look("time-up-without-the-line")
    close(learner, attempt, seconds=-ago)
    visitor.context.set_offline(False)
    page.wait_for_url("**/result", wait_until="load")
    (kept,) = learner.answers(attempt)
    assert (kept.value, kept.late) == (asked.value, not counts)
    said = visitor.say(
        "The time was up when this answer arrived. It is kept, and counts only if the examiner accepts it."
    )
    assert (said in visitor.text()) is not counts


def test_more_time_given_while_the_line_was_gone_opens_the_page_again(school: Platform, visit_school: Visit) -> None:
    learner, visitor = pupil(school), visit_school(PHONE)
    attempt = sit_down(visitor, learner)
    page, asked = visitor.page, learner.asked(attempt)[0]
    visitor.context.set_offline(True)
    give(page, asked)
    page.clock.fast_forward("01:01:00")
    expect(page.locator('[data-why="over"]')).to_be_visible()
    visitor.context.set_offline(False)
    wait_until_saved(visitor, page)
    expect(page.locator("form[data-save-url]:not([inert])")).to_have_count(1)
    expect(page.locator('[data-told="line"]')).to_be_hidden()
    assert learner.counts(attempt, 1) == asked.value


def test_two_tabs_without_the_line_meet_when_it_is_back_and_the_learner_chooses(
    school: Platform, visit_school: Visit
) -> None:
    learner, visitor = pupil(school), visit_school(PHONE)
    attempt = sit_down(visitor, learner)
    page = visitor.page
    wait_for_all_pages(page, 4)
    other = visitor.context.new_page()
    other.goto(page.url)
    visitor.context.set_offline(True)
    page.locator('input[name="a1"][value="a"]').check()
    page.bring_to_front()
    visitor.button("Save and go on").click()
    heading(visitor, 4, 6)
    other.locator('input[name="a1"][value="b"]').check()
    visitor.context.set_offline(False)
    wait_until(lambda: {answer.value for answer in learner.answers(attempt)} == {"a", "b"})
    counted = learner.counts(attempt, 1)
    late, value = (page, "a") if counted == "b" else (other, "b")
    if late is page:
        expect(page.locator('[data-told="apart"]')).to_be_visible()
        number(visitor, 1).click()
    note = late.locator(".newer")
    expect(note).to_be_visible()
    note.get_by_role("button", name=visitor.say("Keep this answer"), exact=True).click()
    wait_until(lambda: learner.counts(attempt, 1) == value)


def test_whoever_types_without_a_pause_is_saved_every_fifteen_seconds(school: Platform, visit_school: Visit) -> None:
    learner, visitor = pupil(school), visit_school(PHONE)
    attempt = sit_down(visitor, learner)
    page = visitor.page
    field = page.locator('input[name="a3"]')
    field.focus()
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    for _ in range(30):
        page.keyboard.type("x")
        page.clock.run_for(500)
    wait_until(lambda: bool(learner.answers(attempt)))
    assert set(str(learner.answers(attempt)[0].value)) == {"x"}


def test_what_the_other_pages_hold_is_asked_for_once_and_changes_nothing(school: Platform, visit_school: Visit) -> None:
    learner, visitor = pupil(school), visit_school(PHONE)
    asked: list[str] = []
    visitor.page.on(
        "request", lambda request: asked.append(f"{request.method} {request.url.removeprefix(visitor.address)}")
    )
    attempt = sit_down(visitor, learner, QUIZ)
    wait_for_all_pages(visitor.page, 4)
    fetched = [one for one in asked if "?page=" in one]
    assert sorted(fetched) == [f"GET /attempts/{attempt}?page={n}" for n in range(2, 5)]
    visitor.button("Save and go on").click()
    expect(visitor.page.locator('input[name="page"]')).to_have_value("2")
    assert learner.answers(attempt) == []


def test_a_page_in_memory_is_turned_to_without_asking_until_another_device_has_answered(
    school: Platform, visit_school: Visit
) -> None:
    learner, visitor = pupil(school), visit_school(PHONE)
    attempt = sit_down(visitor, learner)
    page, asked = visitor.page, list[str]()
    wait_for_all_pages(page, 4)
    page.on("request", lambda one: asked.append(f"{one.method} {one.url.removeprefix(visitor.address)}"))
    of_attempt = re.compile(r"\w+ /attempts/.*").fullmatch
    saves, fourth = f"POST /attempts/{attempt}/answers", learner.asked(attempt)[3]
    page.locator('input[name="a1"][value="a"]').check()
    visitor.button("Save and go on").click()
    heading(visitor, 4, 6)
    visitor.button("Back").click()
    heading(visitor, 1, 3)
    expect(page.locator('input[name="a1"][value="a"]')).to_be_checked()
    assert [one for one in asked if of_attempt(one)] == [saves]
    elsewhere = Saving("another-device", 1, learner.answers(attempt)[-1].version, {fourth.slot: fourth.value})
    with learner.house.writing(learner.actor) as work:
        save(work, attempt, elsewhere)
    page.locator('input[name="a1"][value="b"]').check()
    wait_until(lambda: learner.counts(attempt, 1) == "b")
    visitor.button("Save and go on").click()
    heading(visitor, 4, 6)
    expect(number(visitor, fourth.slot)).to_have_class("is-answered")
    assert [one for one in asked if of_attempt(one)] == [saves, saves, f"GET /attempts/{attempt}?page=2"]


def test_handing_in_without_the_line_waits_and_then_follows_by_itself(school: Platform, visit_school: Visit) -> None:
    learner, visitor = pupil(school), visit_school(PHONE)
    attempt = sit_down(visitor, learner)
    visitor.go(f"/attempts/{attempt}/submit")
    visitor.context.set_offline(True)
    visitor.button("Hand in").click()
    waits = visitor.page.locator('[data-why="waits"]')
    expect(waits).to_be_in_viewport()
    visitor.look("handing-in-without-the-line")
    visitor.context.set_offline(False)
    visitor.page.wait_for_url("**/result", wait_until="load")
    assert [row.state for row in learner.attempts(AT_WILL)] == ["graded"]
