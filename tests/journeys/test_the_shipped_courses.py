"""The courses that come with the platform, as `make run` publishes them: each is taken from the list to the certificate.

Each in one language on every change; `make walks` takes all of them in both. PHATNGON_TEST_PICTURES=folder keeps a picture
of every page, and looks at each as a screen reader does.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import coming, somebody
from tests.journeys.course_walk import Account, table, walk_through
from tests.journeys.people import COURSE, PASSWORD
from tests.journeys.server import Platform, running
from tests.journeys.visiting import Visitor, Way
from tests.journeys.watching import Looks
from tests.journeys.wording import plain

pytestmark = pytest.mark.journey

COURSES = {
    "khung-phap-ly": "vi",
    "ky-nang-phat-ngon": "en",
    "khung-hoang-truyen-thong": "vi",
    "thong-tin-doi-ngoai": "en",
}
ALL = os.environ.get("PHATNGON_TEST_WALKS") == "all"
PICTURES = os.environ.get("PHATNGON_TEST_PICTURES")
WALKS = [(course, language) for course, one in COURSES.items() for language in ("vi", "en") if ALL or language == one]
WAYS = [Way(True, 360, "vi"), Way(False, 1280, "en")]
Visit = Callable[[Way], Visitor]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A platform of its own, with the courses that come with it."""
    with running(tmp_path_factory.mktemp("shipped"), texts=None) as platform:
        yield platform


@pytest.fixture
def visit_shipped(browser: Browser, shipped: Platform, looks: Looks) -> Iterator[Visit]:
    """Come to that platform; whoever came leaves at the end, and nothing may have gone wrong on the way."""
    yield from coming(browser, shipped, looks)


@pytest.fixture(scope="module")
def accounts(request: pytest.FixtureRequest) -> Iterator[list[Account]]:
    """What was done on each walk; told at the end, where somebody watches the terminal."""
    done: list[Account] = []
    yield done
    plugins = request.config.pluginmanager
    terminal, capturing = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")
    if terminal and capturing:
        with capturing.global_and_fixture_disabled():
            terminal.write_line("\n" + "\n".join(table(done)))


@pytest.mark.parametrize(("course", "language"), WALKS)
def test_a_course_is_taken_from_the_list_of_courses_to_the_certificate(
    course: str, language: str, shipped: Platform, visit_shipped: Visit, accounts: list[Account], tmp_path: Path
) -> None:
    way, album = Way(True, 360, language), None
    if PICTURES:
        album = Looks(Path(PICTURES) / f"{course}-{language}")
        album.folder.mkdir(parents=True, exist_ok=True)
    official, learner = somebody(shipped, course, enrolled=False), visit_shipped(way)
    done = walk_through(learner, official, shipped, lambda: visit_shipped(way), tmp_path, album)
    accounts.append(done)
    kinds = [kind for kind, _ in official.activities()]
    assert (done.lessons, done.quizzes) == (kinds.count("lesson"), kinds.count("quiz"))


def test_the_first_module_opens_and_its_questions_are_judged_without_scripts(
    shipped: Platform, visit_shipped: Visit
) -> None:
    learner, visitor = somebody(shipped), visit_shipped(WAYS[1])
    visitor.sign_in(learner.identifier, PASSWORD)
    visitor.choose_language(visitor.way.language)
    compiled, judged = learner.compiled(), 0
    for activity in compiled.course.modules[0].activities:
        visitor.go(f"/courses/{COURSE}/{'quizzes/' if activity.kind == 'quiz' else ''}{activity.key}")
        assert visitor.heading() == plain(learner.title(activity.kind, activity.key, visitor.way.language))
        checks = compiled.lessons[activity.key].checks.values() if activity.kind == "lesson" else ()
        judged += sum(judge(visitor) for check in checks if check.type == "one")
    assert judged > 0


def judge(visitor: Visitor) -> bool:
    """Choose the first option of the first question with options on the page; whether it is judged."""
    section = visitor.page.locator("section.check:has(input[type=radio])").first
    section.locator("input[type=radio]").first.check()
    visitor.follow(section.locator('button[value="check-1"]'))
    said = plain(visitor.page.locator("section.check .judged .tag").first.text_content())
    return said in (visitor.say("Right"), visitor.say("Not right"))


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_word_that_needs_explaining_is_explained_where_it_stands_or_on_a_page_of_its_own(
    way: Way, shipped: Platform, visit_shipped: Visit
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
