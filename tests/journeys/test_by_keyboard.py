"""A whole quiz, from the door to the certificate's rule, with nothing but a keyboard."""

from collections.abc import Callable

import pytest

from tests.journeys.answering import every_type
from tests.journeys.keyboard import FOCUSED, answer, press_on, tab_to
from tests.journeys.people import PASSWORD, Official
from tests.journeys.visiting import Visitor, Way

pytestmark = pytest.mark.journey

Visit = Callable[[Way], Visitor]


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
        answer(page, asked)
        press_on(page, f'.actions button[name="go"][value="{"review" if asked is questions[-1] else "next"}"]')
    assert visitor.heading() == visitor.say("All questions are answered")
    press_on(page, "form[data-hand-in] button", "Space")
    assert visitor.heading() == visitor.say("Passed: %(earned)s of %(possible)s points", earned=10, possible=10)
