"""A platform for a run: a database of its own, the texts of the bench published, the real server, and visitors at its door."""

import argparse
import resource
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import text
from sqlalchemy.engine import make_url

from bench.costs import Database
from bench.course import JOURNEY, SITTING, texts
from bench.crowd import Someone
from bench.killing import PLATFORM, Place
from bench.postgresql import own_postgresql
from bench.processes import Server, free_port, serving
from bench.tally import Seen
from bench.visitor import SESSION, Visitor
from bench.wire import Wire
from elearning.content.rendering import render_here
from elearning.factory import build_house
from elearning.services import publishing, upkeep
from elearning.services.work import NOBODY, House
from elearning.settings import read_settings
from elearning.store.engine import open_store


@dataclass(frozen=True, slots=True)
class Stage:
    """A platform that serves. `house` is the same database, by connections of the bench's own."""

    place: Place
    house: House
    server: Server
    database: Database
    rng: Random = field(default_factory=lambda: Random(1))

    def visitor(
        self, seen: Seen, someone: Someone | None = None, files: bool = False, patience: float = 120
    ) -> Visitor:
        """A browser with an empty cache; with the cookie of a session where the person has one."""
        cookies = {SESSION: someone.token} if someone and someone.token else {}
        return Visitor(
            Wire(self.server.port, patience), seen, Random(self.rng.random()), cookies, files=set() if files else None
        )


def options(parser: argparse.ArgumentParser) -> None:
    """What every scenario may be told."""
    parser.add_argument("--database", default="", help="an address of PostgreSQL; SQLite where none is given")
    parser.add_argument("--postgresql", action="store_true", help="a PostgreSQL of the bench's own")
    parser.add_argument("--small", action="store_true", help="as small as CI needs it")
    parser.add_argument("--folder", type=Path, help="where data and log are kept; thrown away where none is given")


@contextmanager
def place(asked: argparse.Namespace, schema: str = "bench_load") -> Iterator[Place]:
    """A data folder, and an empty database: a file in it, or a schema that is made anew."""
    with ExitStack() as until:
        aside = Path(until.enter_context(TemporaryDirectory()))
        folder: Path = asked.folder or aside / "platform"
        folder.mkdir(parents=True, exist_ok=True)
        if asked.postgresql or asked.database:
            url = until.enter_context(own_postgresql(aside)).url if asked.postgresql else asked.database
            yield Place(folder, emptied(url, schema))
            return
        (folder / "phatngon.db").unlink(missing_ok=True)
        yield Place(folder, f"sqlite:///{folder / 'phatngon.db'}")


def emptied(url: str, schema: str) -> str:
    """The address of a schema that was dropped and made anew."""
    store = open_store(url)
    with store.engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {schema} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    store.dispose()
    address = make_url(url).update_query_dict({"options": f"-csearch_path={schema}"})
    return address.render_as_string(hide_password=False)


@contextmanager
def opened(where: Place) -> Iterator[House]:
    """The house of a place, its tables made and the texts of the bench published."""
    house = build_house(read_settings(where.environment()), render_here)
    try:
        upkeep.bring_up_to_date(house)
        with house.writing(NOBODY) as work:
            publishing.import_texts(work, texts())
            for course in (JOURNEY, SITTING):
                publishing.publish(work, course)
        yield house
    finally:
        house.store.dispose()


@contextmanager
def served(where: Place, house: House) -> Iterator[Stage]:
    """The real server over a place, until the block ends."""
    port = free_port()
    address = {"PHATNGON_PORT": str(port), "PHATNGON_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    command = [*PLATFORM, "serve"]
    url = make_url(where.database_url)
    name = str(url.database) if url.get_backend_name() == "postgresql" else ""
    with serving(command, where.environment(**address), port, "/readyz", where.folder / "server.log") as server:
        yield Stage(where, house, server, Database(name))


@contextmanager
def staged(asked: argparse.Namespace, schema: str = "bench_load") -> Iterator[Stage]:
    """All of it: place, house, server."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with place(asked, schema) as where, opened(where) as house, served(where, house) as stage:
        yield stage


def kind(stage: Stage) -> str:
    """The name of the database, for headings."""
    return "PostgreSQL" if stage.database.name else "SQLite"


def log(stage: Stage) -> list[str]:
    """What the server complained of: lines of its log that are warnings, errors or tracebacks, each once."""
    lines = (stage.place.folder / "server.log").read_text(errors="replace").splitlines()
    return sorted({line[-200:] for line in lines if "rror" in line or "WARNING" in line or "Traceback" in line})
