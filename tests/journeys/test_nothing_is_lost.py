"""What was answered is kept: without a network, with a closed page, on two pages at once, after the session is gone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.answering import answer_rightly, choice_first, every_type, hand_in, sit_down
from tests.journeys.people import COURSE, PASSWORD, Official
from tests.journeys.visiting import Visitor, Way

pytestmark = pytest.mark.journey

DESK = Way(True, 1280, "vi")
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
CHECK = "kiem-tra-ai-duoc-phat-ngon"
Visit = Callable[[Way], Visitor]


def option(page: Page, letter: str) -> Locator:
    """An option of the first question."""
    return page.locator(f'input[type="radio"][name="a1"][value="{letter}"]')


def saved_words(page: Page) -> Locator:
    """The line that says whether the answers are safe."""
    return page.locator("[data-saved-words]:visible").first


def wait_until_saved(visitor: Visitor, page: Page) -> None:
    """Wait for the line to say that all is saved, with the time of day."""
    expect(saved_words(page)).to_have_text(
        re.compile(re.escape(visitor.say("Saved {at}")).replace(r"\{at\}", r"\d\d:\d\d:\d\d"))
    )


def held_words(visitor: Visitor, number: int) -> str:
    """What the line says while the network is gone."""
    return visitor.say("Not saved: {n} waiting").replace("{n}", str(number))


@pytest.mark.parametrize("way", [Way(True, 360, "en"), Way(False, 1280, "vi")], ids=str)
def test_every_type_of_question_is_answered_on_a_page(way: Way, official: Official, visit: Visit) -> None:
    visitor = visit(way)
    sit_down(visitor, official, every_type)
    answer_rightly(visitor, official)
    hand_in(visitor)
    assert visitor.heading() == visitor.say("Passed: %(earned)s of %(possible)s points", earned=10, possible=10)


def test_answers_given_without_a_network_are_saved_when_it_is_back(official: Official, visit: Visit) -> None:
    visitor = visit(DESK)
    attempt = sit_down(visitor, official, choice_first)
    visitor.context.set_offline(True)
    option(visitor.page, "a").check()
    expect(saved_words(visitor.page)).to_have_text(held_words(visitor, 1))
    visitor.button("Save and go on").click()
    expect(option(visitor.page, "a")).to_be_checked()
    assert official.answers(attempt) == []
    visitor.context.set_offline(False)
    wait_until_saved(visitor, visitor.page)
    assert official.counts(attempt, 1) == "a"
    visitor.follow(visitor.button("Save and go on"))
    assert visitor.heading() == visitor.say("Question %(n)s of %(total)s", n=2, total=10)


def test_answers_that_the_platform_could_not_take_are_sent_again(official: Official, visit: Visit) -> None:
    """As it answers while its disk is full or its database is gone."""
    visitor = visit(DESK)
    attempt = sit_down(visitor, official, choice_first)
    refused = []

    def refuse(route: Route) -> None:
        refused.append(route.request.post_data_json)
        route.fulfill(status=503, headers={"Retry-After": "5"}, json={"message": "…"})

    visitor.watch.expect(503, ".*/answers")
    visitor.page.route("**/answers", refuse)
    option(visitor.page, "a").check()
    expect(saved_words(visitor.page)).to_have_text(held_words(visitor, 1))
    assert official.answers(attempt) == []
    visitor.page.unroute("**/answers")
    wait_until_saved(visitor, visitor.page)
    assert official.counts(attempt, 1) == "a"
    assert refused[0]["answers"] == {"1": "a"}


def test_answers_on_a_page_that_was_closed_without_a_network_are_sent_by_the_next(
    official: Official, visit: Visit
) -> None:
    visitor = visit(DESK)
    attempt = sit_down(visitor, official, choice_first)
    visitor.context.set_offline(True)
    option(visitor.page, "b").check()
    expect(saved_words(visitor.page)).to_have_text(held_words(visitor, 1))
    visitor.page.close()
    visitor.context.set_offline(False)
    visitor.page = visitor.context.new_page()
    visitor.go(f"/attempts/{attempt}")
    expect(option(visitor.page, "b")).to_be_checked()
    wait_until_saved(visitor, visitor.page)
    assert official.counts(attempt, 1) == "b"


@pytest.mark.parametrize(("choice", "kept"), [("Keep this answer", "a"), ("Use the other answer", "b")])
def test_an_answer_older_than_that_of_another_page_waits_for_a_choice(
    choice: str, kept: str, official: Official, visit: Visit
) -> None:
    visitor = visit(DESK)
    attempt = sit_down(visitor, official, choice_first)
    other = visitor.context.new_page()
    other.goto(visitor.page.url)
    option(other, "b").check()
    wait_until_saved(visitor, other)
    option(visitor.page, "a").check()
    note = visitor.page.locator(".newer")
    expect(note).to_contain_text(visitor.say("This question was answered on another page or device:"))
    assert official.counts(attempt, 1) == "b"
    note.get_by_role("button", name=visitor.say(choice), exact=True).click()
    expect(note).to_have_count(0)
    expect(option(visitor.page, kept)).to_be_checked()
    visitor.follow(visitor.button("Save and go on"))
    assert visitor.heading() == visitor.say("Question %(n)s of %(total)s", n=2, total=10)
    assert official.counts(attempt, 1) == kept
    assert {answer.value for answer in official.answers(attempt)} >= {"a", "b"}


@pytest.mark.parametrize(("choice", "kept"), [("mine", "a"), ("theirs", "b")])
def test_without_scripts_the_page_asks_which_of_two_answers_stays(
    choice: str, kept: str, official: Official, visit: Visit
) -> None:
    visitor = visit(Way(False, 360, "vi"))
    attempt = sit_down(visitor, official, choice_first)
    other = visitor.context.new_page()
    other.goto(visitor.page.url)
    option(other, "b").check()
    with other.expect_navigation():
        other.get_by_role("button", name=visitor.say("Save and go on"), exact=True).click()
    option(visitor.page, "a").check()
    visitor.follow(visitor.button("Save and go on"))
    assert visitor.heading() == visitor.say("Question %(n)s of %(total)s", n=1, total=10)
    assert official.counts(attempt, 1) == "b"
    visitor.page.locator(f'input[name="keep1"][value="{choice}"]').check()
    visitor.follow(visitor.button("Save and go on"))
    assert visitor.heading() == visitor.say("Question %(n)s of %(total)s", n=2, total=10)
    assert official.counts(attempt, 1) == kept


@SCRIPTS
def test_what_is_sent_twice_happens_once(scripts: bool, official: Official, visit: Visit) -> None:
    visitor = visit(Way(scripts, 1280, "vi"))
    visitor.sign_in(official.identifier, PASSWORD)
    visitor.go(f"/courses/{COURSE}/quizzes/{CHECK}")
    visitor.button("Begin the quiz").dblclick()
    # Not wait_for_url: the second press may break off the navigation that the first one began.
    expect(visitor.page).to_have_url(re.compile(r"/attempts/[^/]+$"))
    assert len(official.attempts(CHECK)) == 1
    visitor.go(f"{visitor.path}/submit")
    stale = visitor.context.new_page()
    stale.goto(visitor.page.url)
    visitor.button("Hand in").dblclick()
    expect(visitor.page).to_have_url(re.compile(r"/result$"))
    with stale.expect_navigation():
        stale.get_by_role("button", name=visitor.say("Hand in"), exact=True).click()
    assert stale.url.endswith("/result")
    (attempt,) = official.attempts(CHECK)
    assert (attempt.state, official.grades(attempt)) == ("graded", 5)


def test_without_scripts_an_expired_page_keeps_what_was_answered_until_it_is_sent_again(
    official: Official, visit: Visit
) -> None:
    visitor = visit(Way(False, 1280, "vi"))
    attempt = sit_down(visitor, official, choice_first)
    for status in (400, 401):
        visitor.watch.expect(status, r"/attempts/[^/]+/answers")
    visitor.context.clear_cookies()
    option(visitor.page, "c").check()
    visitor.follow(visitor.button("Save and go on"))
    assert visitor.heading() == visitor.say("This page has expired")
    assert visitor.page.locator('input[name="a1"]').input_value() == "c"
    visitor.follow(visitor.button("Send again"))
    assert visitor.heading() == visitor.say("You are signed out")
    assert visitor.page.locator('input[name="a1"]').input_value() == "c"
    sign_in_beside(visitor, official)
    visitor.follow(visitor.button("Send again"))
    # The key of the form was that of the session that is gone: one press more, with the new one.
    visitor.follow(visitor.button("Send again"))
    assert visitor.heading() == visitor.say("Question %(n)s of %(total)s", n=2, total=10)
    assert official.counts(attempt, 1) == "c"


def sign_in_beside(visitor: Visitor, official: Official) -> None:
    """Sign in on another page of the same browser, and come back."""
    here = visitor.page
    visitor.page = visitor.context.new_page()
    visitor.sign_in(official.identifier, PASSWORD)
    visitor.page.close()
    visitor.page = here
