"""A person with nothing but a keyboard: going to a field, giving an answer, pressing what leads on."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.people import Asked

MOST_STOPS = 60
FOCUSED = "(selector) => document.activeElement.matches(selector)"
# A ring around the control, or around the row that holds it.
RINGED = """() => [document.activeElement, document.activeElement.closest("label")].some((one) => one
    && (getComputedStyle(one).outlineStyle !== "none" || getComputedStyle(one).boxShadow !== "none"))"""
# Whether the middle of what has the focus can be seen: inside the window, and not below something that lies over it.
IN_SIGHT = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return seen !== null && (one.contains(seen) || seen.contains(one));
}"""
CHOSEN = "document.activeElement.value"


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab (or Shift+Tab) until the focus is there, and see that the focus can be seen."""
    for _ in range(MOST_STOPS):
        if page.evaluate(FOCUSED, selector):
            assert page.evaluate(RINGED), f"the focus cannot be seen on {selector}"
            assert page.evaluate(IN_SIGHT), f"something lies over the focus on {selector}"
            return
        page.keyboard.press(key)
    pytest.fail(f"{key} never reached {selector} on {page.url}")


def press_on(page: Page, selector: str, key: str = "Enter") -> None:
    """Tab to what leads on, press it, and wait for the next page."""
    tab_to(page, selector)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press(key)


def pick(page: Page, name: str, value: object) -> None:
    """One of several buttons: Space takes the one that has the focus, arrows go on to the right one."""
    tab_to(page, f'input[name="{name}"]')
    page.keyboard.press("Space")
    for _ in range(MOST_STOPS):
        if page.evaluate(FOCUSED, f'[value="{value}"]'):
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"no arrow reached {value} of {name} on {page.url}")


def tick(page: Page, name: str, wanted: list[Any]) -> None:
    """Boxes: Space turns each that is not yet as it should be, in the order of the page."""
    boxes = page.locator(f'input[type="checkbox"][name="{name}"]')
    for box in boxes.all():
        value = box.get_attribute("value") or ""
        if box.is_checked() != (value in map(str, wanted)):
            tab_to(page, f'input[name="{name}"][value="{value}"]')
            page.keyboard.press("Space")


def choose(page: Page, name: str, value: object) -> None:
    """A list that opens: arrows, up from where it stands and then down to what is meant."""
    tab_to(page, f'select[name="{name}"]')
    page.keyboard.press("Home")
    for _ in range(MOST_STOPS):
        if page.evaluate(CHOSEN) == str(value):
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"no arrow reached {value} of {name} on {page.url}")


def write(page: Page, name: str, text: object) -> None:
    """Text in a field, in place of what stands there."""
    tab_to(page, f'input[name="{name}"], textarea[name="{name}"]')
    page.keyboard.press("Control+a")
    page.keyboard.type(str(text))


def _places(page: Page, name: str, letters: list[str]) -> None:
    for letter in sorted(letters):
        tab_to(page, f'select[name="{name}.{letter}"]')
        page.keyboard.type(str(letters.index(letter) + 1))


def _parts(page: Page, name: str, parts: Mapping[str, str]) -> None:
    for part, letter in parts.items():
        choose(page, f"{name}.{part}", letter)


def _blanks(page: Page, name: str, values: list[str]) -> None:
    for number, value in enumerate(values, 1):
        menu = page.locator(f'select[name="{name}.{number}"]').count()
        (choose if menu else write)(page, f"{name}.{number}", value)


# A way for each form in which a question holds its response; a recording is made, not typed.
GIVE: Mapping[str, Callable[[Page, str, Any], None]] = {
    "letter": pick,
    "letters": tick,
    "numbers": tick,
    "text": write,
    "places": _places,
    "parts": _parts,
    "list": _blanks,
}


def answer(page: Page, asked: Asked) -> None:
    """Give this answer to the question that is on the page."""
    GIVE[asked.held](page, f"a{asked.slot}", asked.value)
