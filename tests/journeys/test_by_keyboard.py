"""A whole quiz, from the door to the certificate's rule, with nothing but a keyboard, and read as a screen reader reads it."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.answering import every_type
from tests.journeys.keyboard import FOCUSED, answer, press_on, tab_to
from tests.journeys.people import PASSWORD, Asked, Official
from tests.journeys.visiting import Visitor, Way

pytestmark = pytest.mark.journey

Visit = Callable[[Way], Visitor]
CONTROLS = {"letter": "radio", "letters": "checkbox", "text": "textbox", "places": "combobox"}


def test_a_quiz_is_passed_by_keyboard_alone(official: Official, visit: Visit) -> None:
    visitor = visit(Way(True, 1280, "vi"))
    page = visitor.page
    visitor.go("/login")
    tab_to(page, 'input[name="identifier"]')
    page.keyboard.type(official.identifier)
    tab_to(page, 'input[name="password"]')
    page.keyboard.type(PASSWORD)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED, "a.skip")
    attempt = official.begin(every_type)
    visitor.go(f"/attempts/{attempt}")
    questions = official.asked(attempt)
    for asked in questions:
        hear_question(visitor, asked, len(questions))
        answer(page, asked)
        hear_answer(visitor, asked)
        press_on(page, f'.actions button[name="go"][value="{"review" if asked is questions[-1] else "next"}"]')
    assert visitor.heading() == visitor.say("All questions are answered")
    hear_strip(visitor, len(questions))
    press_on(page, "form[data-hand-in] button", "Space")
    assert visitor.heading() == visitor.say("Passed: %(earned)s of %(possible)s points", earned=10, possible=10)
    told = page.locator("ol.marked").aria_snapshot()
    assert told.count(f"{visitor.say('Right')}: ") == len(questions)


def hear_question(visitor: Visitor, asked: Asked, total: int) -> None:
    """What a screen reader finds of a question: one heading that counts, a group named by what is asked, controls that each
    have a name of their own, and the time beside what is saved.
    """
    heard = visitor.page.locator("body").aria_snapshot()
    count = visitor.say("Question %(n)s of %(total)s", n=asked.slot, total=total)
    assert re.findall(r'heading "(.+)" \[level=1\]', heard) == [count]
    # On a phone the bar on top, on a wide page the column at the side.
    assert visitor.say("Saved answers and time") in heard or visitor.say("Time and questions") in heard
    assert "timer" in heard
    group = visitor.page.locator(f"#question-{asked.slot}").aria_snapshot()
    named = re.search(r'group "(.{20,})"', group)
    assert named, f"the group of question {asked.slot} has no name: {group}"
    names = re.findall(rf'{CONTROLS[asked.held]} "([^"]+)"', group)
    names = [name for name in names if name != visitor.say("Flag, to look at it again")]
    assert names, f"question {asked.slot} has no control with a name: {group}"
    assert len(names) == len(set(names))


def hear_answer(visitor: Visitor, asked: Asked) -> None:
    """The answer is heard in the controls, and once it is saved in the status beside the time."""
    group = visitor.page.locator(f"#question-{asked.slot}").aria_snapshot()
    if asked.held in ("letter", "letters"):
        assert group.count("[checked]") == (len(asked.value) if isinstance(asked.value, list) else 1)
    if asked.held == "text":
        assert str(asked.value) in group
    saved = visitor.page.locator("[data-saved-words]").first
    saved.filter(has_text=re.compile(r"\d\d:\d\d:\d\d")).wait_for(state="attached", timeout=10_000)


def hear_strip(visitor: Visitor, total: int) -> None:
    """Before handing in every number is heard with its state."""
    heard = visitor.page.locator("ol.strip").aria_snapshot()
    links = re.findall(r'link "([^"]+)"', heard)
    assert len(links) == total
    assert all(link.endswith(visitor.say("answered")) for link in links), links
