"""The courses that come with the platform, as `make run` publishes them, taken from the first page to the certificate."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import coming, somebody
from tests.journeys.course_walk import Account, walk_through
from tests.journeys.server import Platform, running
from tests.journeys.visiting import Visitor, Way
from tests.journeys.watching import Looks

pytestmark = pytest.mark.journey

COURSES = ("khung-phap-ly", "ky-nang-phat-ngon", "khung-hoang-truyen-thong", "thong-tin-doi-ngoai")
ALL = os.environ.get("PHATNGON_TEST_WALKS") == "all"
PICTURES = os.environ.get("PHATNGON_TEST_PICTURES")
# Each course in one language on every change; all in both with `make walks`.
WALKS = [
    (course, language)
    for n, course in enumerate(COURSES)
    for language in ("vi", "en")
    if ALL or language == ("vi", "en")[n % 2]
]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A platform of its own, with the courses that come with it."""
    with running(tmp_path_factory.mktemp("shipped"), texts=None) as platform:
        yield platform


@pytest.fixture
def visit_shipped(browser: Browser, shipped: Platform, looks: Looks) -> Iterator[Callable[[Way], Visitor]]:
    """Come to that platform; whoever came leaves at the end, and nothing may have gone wrong on the way."""
    yield from coming(browser, shipped, looks)


@pytest.fixture(scope="module")
def accounts() -> Iterator[list[Account]]:
    """What was done on each walk, told as a table at the end."""
    done: list[Account] = []
    yield done
    print()
    for one in done:
        print(one)


@pytest.mark.parametrize(("course", "language"), WALKS)
def test_a_course_is_taken_from_the_list_of_courses_to_the_certificate(
    course: str,
    language: str,
    shipped: Platform,
    visit_shipped: Callable[[Way], Visitor],
    accounts: list[Account],
    tmp_path: Path,
) -> None:
    way, album = Way(True, 360, language), None
    if PICTURES:
        album = Looks(Path(PICTURES) / f"{course}-{language}")
        album.folder.mkdir(parents=True, exist_ok=True)
    official = somebody(shipped, course, enrolled=False)
    accounts.append(walk_through(visit_shipped(way), official, shipped, lambda: visit_shipped(way), tmp_path, album))
