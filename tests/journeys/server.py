"""The real platform, started as `make run` starts it, in a folder and on a port of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from elearning.factory import build_house
from elearning.services.work import House
from elearning.settings import read_settings
from tests.texts import TEXTS

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform that runs: where people come to it, its accounts by role, its house, opened beside it, and its secret key."""

    address: str
    accounts: dict[str, dict[str, str]]
    house: House
    secret: str


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment_for(data_dir: Path, port: int) -> dict[str, str]:
    """The environment of the platform: what the tests run in, without settings left over from elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PHATNGON_")}
    return kept | {
        "PHATNGON_DATA_DIR": str(data_dir),
        "PHATNGON_PORT": str(port),
        "PHATNGON_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def running(folder: Path, texts: Path | None = TEXTS) -> Iterator[Platform]:
    """Start the platform, wait until it is ready, and end it by its own process id. It is prepared from the courses in
    `texts`; with None, from those that come with it.

    Raises RuntimeError, with the end of its log, when it does not come up, and when it failed inside while it ran.
    """
    data_dir, log = folder / "data", folder / "server.log"
    environment = environment_for(data_dir, free_port())
    address = environment["PHATNGON_PUBLIC_URL"]
    command = [
        sys.executable,
        "-m",
        "elearning.factory",
        "serve",
        "--prepare",
        *(["--texts", str(texts)] if texts else []),
    ]
    with log.open("wb") as written:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=written, stderr=subprocess.STDOUT)
    try:
        _wait_until_ready(process, address, log)
        accounts = json.loads((data_dir / "demo-accounts.json").read_text("utf-8"))
        settings = read_settings(environment)
        house = build_house(settings)
        yield Platform(address, {account["role"]: account for account in accounts}, house, settings.secret_key)
        house.store.dispose()
    finally:
        _end(process)
    if "Traceback" in (said := log.read_text("utf-8")):
        raise RuntimeError(f"The server failed inside while it ran:\n{said[-4000:]}")


def _wait_until_ready(process: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:  # noqa: S310  our own server
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"The server did not come up:\n{log.read_text('utf-8')[-4000:]}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def kill_serving(platform: Platform) -> int:
    """Kill -9 the processes that answer the people of a platform, not the one that starts them anew; how many there were."""
    mark = f"PHATNGON_PUBLIC_URL={platform.address}".encode()
    mine = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0") and b"serve" in (folder / "cmdline").read_bytes():
                mine[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    serving = [process for process, parent in mine.items() if parent in mine]
    for process in serving:
        os.kill(process, signal.SIGKILL)
    return len(serving)
