"""The house in which tests live: a database of their own, a clock that they set, and browsers that proof-read."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from elearning.content.rendering import render_here
from elearning.exchange.folder import read_folder
from elearning.exchange.sealed_answers import open_sealed, private_key, public_key
from elearning.factory import build_app
from elearning.services import preparing
from elearning.services.editions import EditionShelf
from elearning.services.publishing import Published
from elearning.services.work import House, Platform
from elearning.settings import Settings, resources_folder
from elearning.store.engine import Store, open_store
from elearning.store.files.folder import Folder
from tests.services.cast import Cast, Someone
from tests.services.clock import Clock, seeded_chance
from tests.services.texts import COURSE, publish, small_course
from tests.store.databases import Databases, Rows, Seen, fill, listening, rows_of
from tests.texts import TEXTS
from tests.web.proofreading import ProofReader

ISSUER = "Tỉnh An Khuê"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SEALED_FOR = private_key("test-only-secret-key")


def build_test_house(store: Store, clock: Clock) -> House:
    """A house over a database, with fixed chance, that renders in this very process."""
    platform = Platform(
        ZONE, "http://localhost", ISSUER, seal=public_key(SEALED_FOR), unseal=partial(open_sealed, private=SEALED_FOR),
        templates=resources_folder() / "templates",
    )  # fmt: skip
    # The folder is made when the first file comes; chance is fixed here, so that houses must not share one.
    files = Folder(Path(tempfile.gettempdir()) / f"phatngon-{uuid4().hex}")
    return House(store, clock, seeded_chance(), EditionShelf(render_here), platform, files)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Makes databases: SQLite files, or schemas of this worker's own on PostgreSQL."""
    made = Databases(tmp_path_factory.mktemp("databases"), os.environ.get("PYTEST_XDIST_WORKER", "main"))
    yield made
    made.store.dispose()


@pytest.fixture(scope="session")
def starter_files() -> Mapping[str, bytes]:
    """The small course of `tests/texts`, which stays as it is whatever the shipped courses become."""
    return read_folder(TEXTS)


@pytest.fixture(scope="session")
def shipped_files() -> Mapping[str, bytes]:
    """The courses that come with the platform, as they stand in the repository."""
    return read_folder(resources_folder())


@pytest.fixture(scope="session")
def starter_rows(databases: Databases, starter_files: Mapping[str, bytes]) -> Rows:
    """What a database holds after the course of `tests/texts` was published, made once."""
    house = build_test_house(databases.emptied(), Clock())
    preparing.publish_starters(house, starter_files)
    return rows_of(house.store)


@pytest.fixture(scope="session")
def practice_rows(databases: Databases) -> Rows:
    """What a database holds after the small course was published, made once."""
    house = build_test_house(databases.emptied(), Clock())
    publish(house, small_course())
    return rows_of(house.store)


@pytest.fixture
def clock() -> Clock:
    """The clock of the house: it stands still until the test moves it."""
    return Clock()


@pytest.fixture
def house(databases: Databases, clock: Clock) -> House:
    """An open house with all tables and nothing in them."""
    return build_test_house(databases.emptied(), clock)


@pytest.fixture
def platform(starter_rows: Rows, house: House) -> House:
    """The house with the course of `tests/texts` published."""
    fill(house.store, starter_rows)
    return house


@pytest.fixture
def practice(practice_rows: Rows, house: House) -> House:
    """The house with the small course published, as `small_course()` gives it."""
    fill(house.store, practice_rows)
    return house


@pytest.fixture
def cast(house: House) -> Cast:
    """Makes units, people, enrolments and signed-in browsers."""
    return Cast(house)


@pytest.fixture
def make_person(cast: Cast) -> Callable[..., Someone]:
    """Make a person: make_person(role="learner", unit=None, password="", name="", language="en")."""
    return cast.person


@pytest.fixture
def enrol(cast: Cast) -> Callable[..., None]:
    """Put a person on the list of a course: enrol(person, course="khung-phap-ly", due=None)."""
    return cast.enrol


@pytest.fixture
def publish_texts(house: House) -> Callable[..., Published]:
    """Import texts and publish a course: publish_texts(files, course="luyen-tap")."""
    return lambda files, course=COURSE: publish(house, files, course)


@pytest.fixture
def statements(house: House) -> Callable[[], AbstractContextManager[Seen]]:
    """Counts what is said to the database: `with statements() as seen: …`, then seen.statements and seen.commits."""
    return lambda: listening(house.store)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings as a desk has them; the database in them is never opened."""
    folder = tmp_path_factory.mktemp("data")
    return Settings(
        f"sqlite:///{folder / 'unused.db'}", folder, "test-only-secret-key", "127.0.0.1", 8000, "http://localhost",
        ISSUER, ZONE, resources_folder(),
    )  # fmt: skip


@pytest.fixture(scope="session")
def built_app(settings: Settings) -> Flask:
    """The application, built once: its templates are compiled once, and each test puts its own house into it."""
    app = build_app(settings, build_test_house(open_store(settings.database_url), Clock()))
    app.test_client_class = ProofReader
    return app


@pytest.fixture
def app(built_app: Flask, house: House) -> Flask:
    """The application over the house of this test."""
    built_app.extensions["house"] = house
    return built_app


@pytest.fixture
def client(app: Flask, cast: Cast) -> Callable[..., ProofReader]:
    """A browser that proof-reads: client() is nobody's, client(person) is signed in."""

    def opened(someone: Someone | None = None) -> ProofReader:
        browser = app.test_client()
        assert isinstance(browser, ProofReader)
        if someone is not None:
            browser.set_cookie("phatngon", cast.browser(someone))
        return browser

    return opened
