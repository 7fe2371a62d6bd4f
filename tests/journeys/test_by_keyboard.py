"""A whole quiz, from the door to the certificate's rule, with nothing but a keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.answering import every_type
from tests.journeys.people import PASSWORD, Official, Right
from tests.journeys.visiting import Visitor, Way

pytestmark = pytest.mark.journey

MOST_STOPS = 60
FOCUSED = "(selector) => document.activeElement.matches(selector)"
# A ring around the control, or around the row that holds it.
RINGED = """() => [document.activeElement, document.activeElement.closest("label")].some((one) => one
    && (getComputedStyle(one).outlineStyle !== "none" || getComputedStyle(one).boxShadow !== "none"))"""
Visit = Callable[[Way], Visitor]


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there, and see that the focus can be seen."""
    for _ in range(MOST_STOPS):
        if page.evaluate(FOCUSED, selector):
            assert page.evaluate(RINGED), f"the focus cannot be seen on {selector}"
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reached {selector} on {page.url}")


def press_on(page: Page, selector: str, key: str = "Enter") -> None:
    """Tab to what leads on, press it, and wait for the next page."""
    tab_to(page, selector)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press(key)


def pick(page: Page, right: Right) -> None:
    """One choice: Space takes the first option, the arrow goes down to the right one."""
    tab_to(page, f'input[name="a{right.slot}"]')
    page.keyboard.press("Space")
    while not page.evaluate(FOCUSED, f'[value="{right.parts[0]}"]'):
        page.keyboard.press("ArrowDown")


def tick(page: Page, right: Right) -> None:
    """Several choices, in the order of the page."""
    for letter in sorted(right.parts):
        tab_to(page, f'input[name="a{right.slot}"][value="{letter}"]')
        page.keyboard.press("Space")


def write(page: Page, right: Right) -> None:
    """Text or a number."""
    tab_to(page, f'input[name="a{right.slot}"]')
    page.keyboard.type(right.parts[0])


def place(page: Page, right: Right) -> None:
    """A place for each line, in the order of the page, by typing its number."""
    for letter in sorted(right.parts):
        tab_to(page, f'select[name="a{right.slot}.{letter}"]')
        page.keyboard.type(str(right.parts.index(letter) + 1))


KEYS = {"one": pick, "several": tick, "short": write, "number": write, "order": place}


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
    rights = official.rights(attempt)
    for right in rights:
        KEYS[right.type](page, right)
        press_on(page, f'.actions button[name="go"][value="{"review" if right is rights[-1] else "next"}"]')
    assert visitor.heading() == visitor.say("All questions are answered")
    press_on(page, "form[data-hand-in] button", "Space")
    assert visitor.heading() == visitor.say("Passed: %(earned)s of %(possible)s points", earned=10, possible=10)
