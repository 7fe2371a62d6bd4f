"""Measuring the floors under the server of the platform, with the client of the load bench."""

import asyncio
import os
import sys
from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Floors:
    """Seconds of processor time a request, server and database together; and of the client."""

    bare: float
    read: float
    write: float
    client: float

    def with_(self, other: "Floors") -> "Floors":
        """Half way between two measurements, for a machine on which others work at the same time."""
        return Floors(*((one + two) / 2 for one, two in zip(astuple(self), astuple(other), strict=True)))


def told(several: Sequence[Floors]) -> str:
    """Each floor in milliseconds a request, as it was beside each run, in their order."""
    rows = [
        (name, *(f"{getattr(one, key) * 1000:.2f}" for one in several))
        for key, name in {**NAMES, "client": "this client"}.items()
    ]
    return table(("floor, CPU ms a request", *(f"beside run {number}" for number in range(1, len(several) + 1))), rows)


def measure(place: Place, database: Database, requests: int) -> Floors:
    """Serve the floors beside what else lives in the place, and ask for each of them so many times."""
    with TemporaryDirectory() as folder:
        url = place.database_url if database.name else f"sqlite:///{place.folder / 'floor.db'}"
        grounds.prepare(url)
        port = free_port()
        with serving(_gunicorn(port, url), {}, port, "/readyz", Path(folder) / "server.log") as server:
            asyncio.run(_ask(port, "write", requests // 4))
            spent = {name: _spent(server, database, name, requests) for name in NAMES}
    costs = {name: (after.cpu / requests, after.client / requests) for name, after in spent.items()}
    client = sum(one for _, one in costs.values()) / len(costs)
    return Floors(costs["bare"][0], costs["read"][0], costs["write"][0], client)


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
