"""The first pages of the first course that comes with the platform, as `make run` publishes it: they open, read, and check."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import coming, somebody
from tests.journeys.people import COURSE, PASSWORD
from tests.journeys.server import Platform, running
from tests.journeys.visiting import Visitor, Way
from tests.journeys.watching import Looks
from tests.journeys.wording import plain

pytestmark = pytest.mark.journey

WAYS = [Way(True, 360, "vi"), Way(False, 1280, "en")]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A platform of its own, with the courses that come with it."""
    with running(tmp_path_factory.mktemp("shipped"), texts=None) as platform:
        yield platform


@pytest.fixture
def visit_shipped(browser: Browser, shipped: Platform, looks: Looks) -> Iterator[Callable[[Way], Visitor]]:
    """Come to that platform; whoever came leaves at the end, and nothing may have gone wrong on the way."""
    yield from coming(browser, shipped, looks)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_the_first_module_of_the_first_course_opens_and_its_questions_are_judged(
    way: Way, shipped: Platform, visit_shipped: Callable[[Way], Visitor]
) -> None:
    learner, visitor = somebody(shipped), visit_shipped(way)
    visitor.sign_in(learner.identifier, PASSWORD)
    visitor.choose_language(way.language)
    visitor.go(f"/courses/{COURSE}")
    visitor.look("shipped-outline")
    compiled, judged = learner.compiled(), 0
    for activity in compiled.course.modules[0].activities:
        visitor.go(f"/courses/{COURSE}/{'quizzes/' if activity.kind == 'quiz' else ''}{activity.key}")
        assert visitor.heading() == plain(learner.title(activity.kind, activity.key, way.language))
        visitor.look(f"shipped-{activity.key}")
        checks = compiled.lessons[activity.key].checks.values() if activity.kind == "lesson" else ()
        judged += sum(judge(visitor) for check in checks if check.type == "one")
    assert judged > 0


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_word_that_needs_explaining_is_explained_where_it_stands_or_on_a_page_of_its_own(
    way: Way, shipped: Platform, visit_shipped: Callable[[Way], Visitor]
) -> None:
    learner, visitor = somebody(shipped), visit_shipped(way)
    page, term = visitor.page, visitor.page.locator('a[data-term="dong-ho-24-gio"]').first
    visitor.sign_in(learner.identifier, PASSWORD)
    visitor.choose_language(way.language)
    visitor.go(f"/courses/{COURSE}/khi-nao-dong-ho-bat-dau")
    term.focus()
    if not way.scripts:
        visitor.follow(term)
        assert visitor.path == "/glossary/dong-ho-24-gio"
        visitor.follow(visitor.link("Back to the lesson"))
        assert visitor.path == f"/courses/{COURSE}/khi-nao-dong-ho-bat-dau"
        return
    page.keyboard.press("Enter")
    sheet = page.locator("aside[data-opened]")
    expect(sheet).to_contain_text("the 24-hour clock")
    visitor.look("term-opened")
    sheet.locator("[data-shut]").focus()
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(term).to_be_focused()


def judge(visitor: Visitor) -> bool:
    """Choose the first option of the first question with options on the page; whether it is judged."""
    section = visitor.page.locator("section.check:has(input[type=radio])").first
    section.locator("input[type=radio]").first.check()
    button = section.locator('button[value="check-1"]')
    if visitor.way.scripts:
        with visitor.page.expect_response("**/check/*"):
            button.click()
    else:
        visitor.follow(button)
    said = visitor.page.locator("section.check .judged .tag").first
    expect(said).to_be_visible()
    return plain(said.text_content()) in (visitor.say("Right"), visitor.say("Not right"))
