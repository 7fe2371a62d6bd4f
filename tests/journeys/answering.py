"""Answering a question through the page: one way for each type of question, and the way through a whole quiz."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Page

from tests.journeys.people import PASSWORD, Asked, Official
from tests.journeys.visiting import Visitor

# The types of question that the final quiz of the small course draws from.
DRAWN = {"one", "several", "short", "number", "order"}


def _pick(page: Page, name: str, letter: object) -> None:
    page.locator(f'input[name="{name}"][value="{letter}"]').check()


def _tick(page: Page, name: str, marks: list[Any]) -> None:
    for mark in marks:
        _pick(page, name, mark)


def _type(page: Page, name: str, text: object) -> None:
    page.locator(f'input[name="{name}"], textarea[name="{name}"]').fill(str(text))


def _choose(page: Page, name: str, value: str) -> None:
    page.locator(f'select[name="{name}"]').select_option(value)


def _place(page: Page, name: str, letters: list[str]) -> None:
    for place, letter in enumerate(letters, 1):
        _choose(page, f"{name}.{letter}", str(place))


def _pair(page: Page, name: str, parts: Mapping[str, str]) -> None:
    for part, letter in parts.items():
        _choose(page, f"{name}.{part}", letter)


def _fill(page: Page, name: str, values: list[str]) -> None:
    for number, value in enumerate(values, 1):
        menu = page.locator(f'select[name="{name}.{number}"]').count()
        (_choose if menu else _type)(page, f"{name}.{number}", value)


# A way for each form in which a question holds its response; a recording is made, or is a file.
GIVE: Mapping[str, Callable[[Page, str, Any], None]] = {
    "letter": _pick,
    "letters": _tick,
    "numbers": _tick,
    "text": _type,
    "places": _place,
    "parts": _pair,
    "list": _fill,
}


def give(page: Page, asked: Asked) -> None:
    """Give this answer to its question, which is on the page."""
    GIVE[asked.held](page, f"a{asked.slot}", asked.value)


def sit_down(visitor: Visitor, official: Official, fits: Callable[[list[str]], bool]) -> str:
    """Sign in, and open an attempt at the final quiz whose types of question fit; its address."""
    visitor.sign_in(official.identifier, PASSWORD)
    visitor.choose_language(visitor.way.language)
    attempt = official.begin(fits)
    visitor.go(f"/attempts/{attempt}")
    return attempt


def every_type(types: list[str]) -> bool:
    """Whether a paper has questions of all types."""
    return set(types) == DRAWN


def choice_first(types: list[str]) -> bool:
    """Whether a paper begins with one choice."""
    return types[0] == "one"


def attempt_of(visitor: Visitor) -> str:
    """The attempt whose page is open."""
    found = re.match(r"/attempts/([^/?]+)", visitor.path)
    assert found, f"not in an attempt: {visitor.path}"
    return found[1]


def answer_rightly(visitor: Visitor, official: Official) -> None:
    """Answer every question of the attempt that is open, one page after the other, up to the look before handing in."""
    questions = official.asked(attempt_of(visitor))
    for asked in questions:
        assert visitor.heading() == visitor.say("Question %(n)s of %(total)s", n=asked.slot, total=len(questions))
        visitor.look(f"attempt-{asked.type}")
        give(visitor.page, asked)
        last = asked is questions[-1]
        visitor.follow(visitor.button("Save and look over" if last else "Save and go on"))
    assert visitor.heading() == visitor.say("All questions are answered")


def hand_in(visitor: Visitor) -> None:
    """Hand in from the look over."""
    visitor.follow(visitor.button("Hand in"))
    assert visitor.path.endswith("/result")
