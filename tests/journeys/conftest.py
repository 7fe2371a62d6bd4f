"""The platform and the browser, started once; people and visits, made for each journey."""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.people import COURSE, Official, newcomer
from tests.journeys.school import open_school
from tests.journeys.server import Platform, running
from tests.journeys.visiting import Visitor, Way, arrive
from tests.journeys.watching import Looks

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
]  # fmt: skip
# Invented names whose letters Vietnamese lists and files get wrong first; no two people share one.
GIVEN = ("Ường", "Ẩm", "Ỷ", "Đỉnh", "Ễnh", "Ỗi", "Ưu", "Ặc")
FAMILIES = ("Nguyễn Thị", "Trần Đức", "Lê Thị Mỹ", "Phạm Quốc", "Hoàng Bá", "Đặng Văn", "Bùi Thùy", "Đỗ Hữu")

_people = enumerate(itertools.product(GIVEN, FAMILIES), 1)


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """The platform, running."""
    with running(tmp_path_factory.mktemp("platform")) as platform:
        yield platform


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    """A platform of its own with a small course of every type of question, which no report of the other one counts."""
    with running(tmp_path_factory.mktemp("school")) as platform:
        open_school(platform)
        yield platform


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. It may be missing on a desk, never where changes are judged."""
    if shutil.which(CHROMIUM) is None:
        missing = f"Chromium is not at {CHROMIUM}; install it, or name another with CHROMIUM=…"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def looks(tmp_path_factory: pytest.TempPathFactory) -> Looks:
    """What has been looked at, and where the pictures of it are."""
    return Looks(tmp_path_factory.mktemp("pictures"))


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The profile of LibreOffice, made once, because making it takes longer than opening a table."""
    return tmp_path_factory.mktemp("office")


def somebody(platform: Platform, course: str = COURSE, *, enrolled: bool = True) -> Official:
    """Somebody who has just been enrolled in a course, or is about to join it."""
    number, (given, family) = next(_people)
    return newcomer(platform.house, f"{family} {given}", number, course, enrolled=enrolled)


@pytest.fixture
def official(platform: Platform) -> Official:
    """The person whose journey it is."""
    return somebody(platform)


@pytest.fixture
def stranger(platform: Platform) -> Official:
    """Somebody else, to whom that journey is no business."""
    return somebody(platform)


@pytest.fixture
def visit(browser: Browser, platform: Platform, looks: Looks) -> Iterator[Callable[[Way], Visitor]]:
    """Come to the platform; whoever came leaves at the end, and nothing may have gone wrong on the way."""
    yield from coming(browser, platform, looks)


@pytest.fixture
def visit_school(browser: Browser, school: Platform, looks: Looks) -> Iterator[Callable[[Way], Visitor]]:
    """Come to the platform with the small course, in the same way."""
    yield from coming(browser, school, looks)


def coming(browser: Browser, platform: Platform, looks: Looks) -> Iterator[Callable[[Way], Visitor]]:
    """How to come to a platform; all that went wrong is told once everybody has left."""
    arrived: list[Visitor] = []

    def come(way: Way) -> Visitor:
        arrived.append(arrive(browser, platform.address, way, looks))
        return arrived[-1]

    yield come
    for visitor in arrived:
        visitor.context.close()
    faults = [fault for visitor in arrived for fault in visitor.watch.faults]
    if faults:
        pytest.fail("\n".join(faults))
