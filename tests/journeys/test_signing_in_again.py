"""The session ends in the middle of an attempt: whoever sits there signs in again on the same page, and nothing is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import update

from elearning.store.models.person import BrowserSession
from tests.journeys.answering import choice_first, hand_in, sit_down
from tests.journeys.people import PASSWORD, Official
from tests.journeys.test_nothing_is_lost import option, saved_words, wait_until_saved
from tests.journeys.visiting import Visitor, Way

pytestmark = pytest.mark.journey

Visit = Callable[[Way], Visitor]


def dialog(visitor: Visitor) -> Locator:
    """The dialog for signing in again."""
    return visitor.page.locator("dialog[data-door]")


def end_sessions(official: Official) -> None:
    """End the person's sessions, as an administrator or the hour would."""
    with official.house.writing(official.actor) as work:
        ended = update(BrowserSession).where(BrowserSession.person_id == official.id, BrowserSession.ended.is_(None))
        work.session.execute(ended.values(ended=work.now))


def type_in(visitor: Visitor, identifier: str, password: str) -> None:
    """Fill in the dialog and send it with the Enter key."""
    dialog(visitor).locator('[name="identifier"]').fill(identifier)
    dialog(visitor).locator('[name="password"]').fill(password)
    visitor.page.keyboard.press("Enter")


@pytest.mark.parametrize("way", [Way(True, 360, "vi"), Way(True, 1280, "en")], ids=str)
def test_whoever_was_signed_out_signs_in_on_the_same_page_and_the_answer_arrives(
    way: Way, official: Official, visit: Visit
) -> None:
    visitor = visit(way)
    attempt = sit_down(visitor, official, choice_first)
    visitor.watch.expect(401, r"/attempts/[^/]+/answers")
    visitor.watch.expect(422, "/login")
    end_sessions(official)
    option(visitor.page, "c").check()
    expect(dialog(visitor)).to_be_visible()
    expect(dialog(visitor).locator('[name="identifier"]')).to_be_focused()
    visitor.look("signing-in-again")
    type_in(visitor, official.identifier, "không phải")
    wrong = visitor.say("The sign-in name or the password is wrong. Check both and try again.")
    expect(dialog(visitor).locator('[data-wrong="identifier"]')).to_have_text(wrong)
    type_in(visitor, official.identifier, PASSWORD)
    expect(dialog(visitor)).to_be_hidden()
    wait_until_saved(visitor, visitor.page)
    expect(option(visitor.page, "c")).to_be_checked()
    assert [(answer.slot, answer.value) for answer in official.answers(attempt)] == [(1, "c")]
    visitor.follow(visitor.button("Look over before handing in"))
    hand_in(visitor)


def test_escape_loses_nothing_and_the_page_offers_to_sign_in_again(official: Official, visit: Visit) -> None:
    visitor = visit(Way(True, 360, "vi"))
    attempt = sit_down(visitor, official, choice_first)
    visitor.watch.expect(401, r"/attempts/[^/]+/answers")
    end_sessions(official)
    option(visitor.page, "a").check()
    expect(dialog(visitor)).to_be_visible()
    visitor.page.keyboard.press("Escape")
    expect(dialog(visitor)).to_be_hidden()
    option(visitor.page, "b").check()
    kept = visitor.say("Not saved: {n} kept on this device").replace("{n}", "1")
    expect(saved_words(visitor.page)).to_have_text(kept)
    visitor.look("signed-out")
    # A button that leads on asks again, and goes on when it was answered.
    visitor.button("Save and go on").click()
    expect(dialog(visitor)).to_be_visible()
    type_in(visitor, official.identifier, PASSWORD)
    expect(visitor.page.locator("h1")).to_have_text(visitor.say("Question %(n)s of %(total)s", n=2, total=10))
    assert official.counts(attempt, 1) == "b"


def test_a_page_with_an_old_key_goes_on_by_itself(official: Official, visit: Visit) -> None:
    visitor = visit(Way(True, 1280, "vi"))
    attempt = sit_down(visitor, official, choice_first)
    visitor.watch.expect(400, r"/attempts/[^/]+/answers")
    visitor.context.clear_cookies(name="phatngon-page")
    option(visitor.page, "c").check()
    wait_until_saved(visitor, visitor.page)
    assert official.counts(attempt, 1) == "c"
    assert dialog(visitor).is_hidden()
    visitor.follow(visitor.button("Save and go on"))
    assert visitor.heading() == visitor.say("Question %(n)s of %(total)s", n=2, total=10)


def test_somebody_else_who_signs_in_sees_nothing_of_it_and_nothing_is_sent_in_their_name(
    official: Official, stranger: Official, visit: Visit
) -> None:
    visitor = visit(Way(True, 360, "vi"))
    attempt = sit_down(visitor, official, choice_first)
    visitor.watch.expect(401, r"/attempts/[^/]+/answers")
    visitor.watch.expect(404, r"/attempts/[^/]+")
    end_sessions(official)
    sent: list[str] = []
    option(visitor.page, "c").check()
    expect(dialog(visitor)).to_be_visible()
    visitor.page.on("request", lambda request: sent.append(request.method + request.url.removeprefix(visitor.address)))
    type_in(visitor, stranger.identifier, PASSWORD)
    expect(visitor.page.locator("h1")).to_have_text(visitor.say("This attempt belongs to another account"))
    visitor.look("somebody-else")
    assert visitor.page.locator(".question, .option, dialog").count() == 0
    assert not [request for request in sent if request.startswith("POST/attempts")]
    assert official.answers(attempt) == []
    visitor.follow(visitor.link("Go to your start page"))
    assert visitor.path == "/learn"
    # The first one comes back: what had waited on this device is sent now.
    visitor.context.clear_cookies()
    visitor.sign_in(official.identifier, PASSWORD)
    visitor.go(f"/attempts/{attempt}")
    expect(option(visitor.page, "c")).to_be_checked()
    wait_until_saved(visitor, visitor.page)
    assert official.counts(attempt, 1) == "c"
