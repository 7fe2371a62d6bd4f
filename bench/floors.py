"""Measuring the floors under the server of the platform, with the client of the load bench."""

import asyncio
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import grounds
from bench.costs import Database, Reading, read
from bench.killing import Place
from bench.processes import Server, free_port, serving
from bench.tables import table
from bench.wire import Wire
from elearning.cli.lanes import threads_over

NAMES = {"bare": "a bare page", "read": "a page with one read", "write": "a page with one read and one insert"}
HEADERS = "Accept-Encoding: gzip\r\nCookie: phatngon=0123456789abcdef0123456789abcdef\r\n"
AT_ONCE = 25
WARM = 300


@dataclass(frozen=True, slots=True)
class Floors:
    """Seconds of processor time a request, server and database together; and of the client."""

    bare: float
    read: float
    write: float
    client: float


def told(several: Sequence[Floors]) -> str:
    """Each floor in milliseconds a request, as it was beside each run, in their order."""
    rows = [
        (name, *(f"{getattr(one, key) * 1000:.2f}" for one in several))
        for key, name in {**NAMES, "client": "this client"}.items()
    ]
    return table(("floor, CPU ms a request", *(f"beside run {number}" for number in range(1, len(several) + 1))), rows)


@dataclass(frozen=True, slots=True)
class Ground:
    """The server of the floors, which stands beside that of the platform."""

    server: Server
    database: Database

    def measure(self, requests: int) -> Floors:
        """Ask for each of the floors so many times."""
        spent = {name: _spent(self.server, self.database, name, requests) for name in NAMES}
        costs = {name: (after.cpu / requests, after.client / requests) for name, after in spent.items()}
        client = sum(one for _, one in costs.values()) / len(costs)
        return Floors(costs["bare"][0], costs["read"][0], costs["write"][0], client)


@contextmanager
def standing(place: Place, database: Database) -> Iterator[Ground]:
    """Serve the floors beside what else lives in the place, warm, until the block ends."""
    with TemporaryDirectory() as folder:
        url = place.database_url if database.name else f"sqlite:///{place.folder / 'floor.db'}"
        grounds.prepare(url)
        port = free_port()
        with serving(_gunicorn(port, url), {}, port, "/readyz", Path(folder) / "server.log") as server:
            for name in NAMES:
                asyncio.run(_ask(port, name, WARM))
            yield Ground(server, database)


def measure(place: Place, database: Database, requests: int) -> Floors:
    """Serve the floors for a moment, and ask for each of them so many times."""
    with standing(place, database) as ground:
        return ground.measure(requests)


def mean(several: Sequence[Floors]) -> Floors:
    """The mean of several measurements, each of as many requests."""
    return Floors(*(sum(each) / len(several) for each in zip(*map(astuple, several), strict=True)))


def _spent(server: Server, database: Database, name: str, requests: int) -> Reading:
    before = read(server, database)
    asyncio.run(_ask(server.port, name, requests))
    return read(server, database).since(before)


async def _ask(port: int, name: str, requests: int) -> None:
    async def one() -> None:
        wire = Wire(port)
        for _ in range(requests // AT_ONCE):
            answer = await wire.send("GET", f"/{name}", HEADERS)
            assert answer.status == 200, f"the floor answers with {answer.status}"
        wire.close()

    await asyncio.gather(*(one() for _ in range(AT_ONCE)))


def _gunicorn(port: int, url: str) -> list[str]:
    shared = ["--worker-tmp-dir", "/dev/shm"] if Path("/dev/shm").is_dir() else []  # noqa: S108  a heartbeat file in memory
    return [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(len(os.sched_getaffinity(0))),
        "--worker-class", "elearning.cli.buffered.Buffered", "--threads", str(threads_over(url)), "--log-level", "warning", *shared,
        f"bench.grounds:build({url!r})",
    ]  # fmt: skip
