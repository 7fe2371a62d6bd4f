"""Answering a question through the page: one way for each type of question, and the way through a whole quiz."""

import re
from collections.abc import Callable, Mapping

from playwright.sync_api import Page

from tests.journeys.people import PASSWORD, Official, Right
from tests.journeys.visiting import Visitor


def _tick(page: Page, right: Right) -> None:
    for letter in right.parts:
        page.locator(f'input[name="a{right.slot}"][value="{letter}"]').check()


def _type(page: Page, right: Right) -> None:
    page.locator(f'input[name="a{right.slot}"]').fill(right.parts[0])


def _place(page: Page, right: Right) -> None:
    for place, letter in enumerate(right.parts, 1):
        page.locator(f'select[name="a{right.slot}.{letter}"]').select_option(str(place))


GIVE: Mapping[str, Callable[[Page, Right], None]] = {
    "one": _tick,
    "several": _tick,
    "short": _type,
    "number": _type,
    "order": _place,
}


def sit_down(visitor: Visitor, official: Official, fits: Callable[[list[str]], bool]) -> str:
    """Sign in, and open an attempt at the final quiz whose types of question fit; its address."""
    visitor.sign_in(official.identifier, PASSWORD)
    visitor.choose_language(visitor.way.language)
    attempt = official.begin(fits)
    visitor.go(f"/attempts/{attempt}")
    return attempt


def every_type(types: list[str]) -> bool:
    """Whether a paper has questions of all types."""
    return set(types) == set(GIVE)


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
    rights = official.rights(attempt_of(visitor))
    for right in rights:
        assert visitor.heading() == visitor.say("Question %(n)s of %(total)s", n=right.slot, total=len(rights))
        visitor.look(f"attempt-{right.type}")
        GIVE[right.type](visitor.page, right)
        last = right is rights[-1]
        visitor.follow(visitor.button("Save and look over" if last else "Save and go on"))
    assert visitor.heading() == visitor.say("All questions are answered")


def hand_in(visitor: Visitor) -> None:
    """Hand in from the look over."""
    visitor.follow(visitor.button("Hand in"))
    assert visitor.path.endswith("/result")
