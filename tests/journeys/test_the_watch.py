"""The watch over all journeys sees what it is there to see: each fault, put into a page, is named."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from tests.journeys.server import Platform
from tests.journeys.test_by_keyboard import tab_to
from tests.journeys.visiting import Visitor, Way, arrive
from tests.journeys.watching import Looks

pytestmark = pytest.mark.journey


@pytest.fixture
def visitor(browser: Browser, platform: Platform, tmp_path: Path) -> Iterator[Visitor]:
    """Somebody on a phone, with looks of their own."""
    visitor = arrive(browser, platform.address, Way(True, 360, "vi"), Looks(tmp_path))
    yield visitor
    visitor.context.close()


def changed(visitor: Visitor, part: str) -> list[str]:
    """What is complained of on the sign-in page once this stands at its end."""

    def change(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", f"{part}</main>"))

    visitor.page.route("**/login", change)
    visitor.go("/login")
    visitor.look("login")
    return visitor.watch.faults


def test_a_sound_page_has_no_faults(visitor: Visitor) -> None:
    assert changed(visitor, "") == []


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("<script>1</script>", "Content Security Policy"),
        ("<input>", "critical label"),
        ('<pre class="wide">' + "0123456789" * 20 + "</pre>", "scrolls sideways"),
        ('<img alt="" src="https://elsewhere.example/a.png">', "Content Security Policy"),
        ('<img alt="" src="/static/nothing.png">', "status 404 of GET /static/nothing.png"),
    ],
)
def test_a_fault_is_named(part: str, named: str, visitor: Visitor) -> None:
    assert named in "\n".join(changed(visitor, part))


def test_a_broken_script_is_named(visitor: Visitor) -> None:
    visitor.page.route("**/page.js*", lambda route: route.fulfill(body="nothing()", content_type="text/javascript"))
    visitor.go("/login")
    assert "nothing is not defined" in "\n".join(visitor.watch.faults)


def test_a_focus_that_cannot_be_seen_is_named(visitor: Visitor) -> None:
    hidden = "*, :focus-visible { outline: none !important; box-shadow: none !important }"
    visitor.page.route("**/components.css*", lambda route: route.fulfill(body=hidden, content_type="text/css"))
    visitor.go("/login")
    with pytest.raises(AssertionError, match="focus cannot be seen"):
        tab_to(visitor.page, 'input[name="identifier"]')
