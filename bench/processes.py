"""Starting and ending the servers that are measured, and reading what they cost from /proc."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 90.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server in a process group of its own."""

    group: int
    port: int

    def cpu(self) -> float:
        """Seconds of processor time that the whole group has used, ended and reaped children included."""
        return sum(sum(map(int, fields[11:15])) for fields in self._stats()) / TICK

    def cpu_behind(self, rank: int) -> float:
        """Seconds of processor time that threads of this rank (`nice`) have used, of those that live."""
        spent = 0
        for path in (path for pid in self.pids() for path in Path(f"/proc/{pid}/task").glob("*/stat")):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            spent += sum(map(int, fields[11:13])) if int(fields[16]) == rank else 0
        return spent / TICK

    def memory(self) -> float:
        """Resident memory of the whole group in MB; pages that processes share count once for each."""
        return sum(int(fields[21]) for fields in self._stats()) * os.sysconf("SC_PAGE_SIZE") / 1_000_000

    def processes(self) -> int:
        """How many processes the group has."""
        return sum(1 for _ in self._stats())

    def pids(self) -> list[int]:
        """The processes of the group."""
        return [int(path.parent.name) for path, _ in self._members()]

    def _stats(self) -> Iterator[list[str]]:
        """The fields of /proc/<pid>/stat from `state` on, for each process of the group."""
        return (fields for _, fields in self._members())

    def _members(self) -> Iterator[tuple[Path, list[str]]]:
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(fields[2]) == self.group:
                yield path, fields


def free_port() -> int:
    """A port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(
    command: Sequence[str], environment: Mapping[str, str], port: int, ready: str, log: Path
) -> Iterator[Server]:
    """Run a server until the block ends. Raises AssertionError, with its last words, when it does not come up."""
    with log.open("wb") as words:
        child = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=words, stderr=words, start_new_session=True
        )
        try:
            _await(child, f"http://127.0.0.1:{port}{ready}", log)
            yield Server(child.pid, port)
        finally:
            _end(child)


def _await(child: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and child.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310  an address of this machine
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"the server did not come up:\n{log.read_text(errors='replace')[-2000:]}")


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End the server and all that it started: politely, and after a while the whole group at once."""
    child.terminate()
    try:
        child.wait(25)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
