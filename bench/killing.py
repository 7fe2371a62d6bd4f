"""What is needed to kill the platform: a place for it to live, on SQLite or PostgreSQL, and an eye on its processes."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import text
from sqlalchemy.engine import make_url

from elearning.factory import build_house
from elearning.services.work import House
from elearning.settings import read_settings
from elearning.store.engine import open_store

PLATFORM = (sys.executable, "-m", "elearning.factory")
POSTGRESQL = os.environ.get("PHATNGON_TEST_POSTGRESQL_URL", "")
Kind = Literal["sqlite", "postgresql"]
KINDS: tuple[Kind, ...] = ("sqlite", "postgresql") if POSTGRESQL else ("sqlite",)


@dataclass(frozen=True, slots=True)
class Place:
    """A data folder and a database of its own, both empty at first."""

    folder: Path
    database_url: str

    def environment(self, **more: str) -> dict[str, str]:
        """The environment of the platform that lives here, without settings left over from elsewhere."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PHATNGON_")}
        own = {"PHATNGON_DATA_DIR": str(self.folder), "PHATNGON_DATABASE_URL": self.database_url}
        return {**kept, **own, **more}

    @contextmanager
    def house(self) -> Iterator[House]:
        """The house, opened beside the platform for as long as the block lasts."""
        house = build_house(read_settings(self.environment()))
        try:
            yield house
        finally:
            house.store.dispose()


def place(folder: Path, kind: Kind, name: str) -> Place:
    """A place in an empty folder; on PostgreSQL with a schema of that name, emptied first."""
    if kind == "sqlite":
        return Place(folder, f"sqlite:///{folder / 'phatngon.db'}")
    store = open_store(POSTGRESQL)
    with store.engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {name} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {name}"))
    store.dispose()
    url = make_url(POSTGRESQL).update_query_dict({"options": f"-csearch_path={name}"})
    return Place(folder, url.render_as_string(hide_password=False))


def living(group: int) -> list[int]:
    """The processes of a group that live, without those that have ended and whom nobody has asked for yet."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[2]) == group and fields[0] != "Z":
            found.append(int(path.parent.name))
    return found


def kill_group(group: int) -> None:
    """Kill all processes of a group at once, with the signal that none can refuse."""
    os.killpg(group, signal.SIGKILL)
    wait_until(lambda: not living(group), 10, "a killed group is still alive")


def wait_until(so: Callable[[], bool], seconds: float, otherwise: str, every: float = 0.002) -> None:
    """Wait for something. Raises AssertionError, saying `otherwise`, when it does not come."""
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end, otherwise
        time.sleep(every)
