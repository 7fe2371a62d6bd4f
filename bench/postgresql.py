"""A PostgreSQL of the bench's own, with its own defaults, whose processes may be killed without harm to anybody else."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import psycopg

from bench.killing import wait_until
from bench.processes import free_port

PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Postgresql:
    """A server that runs. `url` is the address of an empty database in it."""

    port: int

    @property
    def url(self) -> str:
        """Its address in SQLAlchemy's form."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    @property
    def conninfo(self) -> str:
        """Its address as its own library takes it."""
        return f"host=127.0.0.1 port={self.port} user=postgres"

    def answers(self) -> bool:
        """Whether it takes connections now."""
        try:
            psycopg.connect(self.conninfo, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def kill_a_backend(self, rng: Random) -> None:
        """Kill one of the processes that serve a connection, so that all others are ended and the log is gone through anew."""
        with psycopg.connect(self.conninfo) as own:
            asked = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY pid"
            pids = [row[0] for row in own.execute(asked)]
        os.kill(rng.choice(pids), signal.SIGKILL)


def programs() -> Path | None:
    """Where the newest PostgreSQL of this machine has its programs; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    named = shutil.which("initdb")
    return found[-1].parent if found else Path(named).parent if named else None


@contextmanager
def own_postgresql(folder: Path) -> Iterator[Postgresql]:
    """Make and run a server until the block ends; its log stays in the folder. Raises AssertionError where it does not come up, or
    ends by itself.

    Its data have a folder directly below that for temporary files: PostgreSQL looks up the whole path again after a crash, and
    whoever runs the tests as somebody else may shut a folder on the way meanwhile, as every start of pytest does with its own.
    """
    there = programs()
    assert there is not None, "PostgreSQL is not installed"
    log = folder / "postgresql.log"
    with TemporaryDirectory(prefix="phatngon-postgresql-") as data:
        prefix: list[str] = []
        if os.geteuid() == 0:  # PostgreSQL does not run as root
            shutil.chown(data, "postgres", "postgres")
            prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        settings = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
        made = [*prefix, str(there / "initdb"), f"--pgdata={data}", *settings]
        subprocess.run(made, check=True, capture_output=True, cwd=data)
        with _running([*prefix, str(there / "postgres")], Path(data), log) as server:
            yield server


@contextmanager
def _running(program: list[str], data: Path, log: Path) -> Iterator[Postgresql]:
    server = Postgresql(free_port())
    command = [*program, "-D", str(data), "-h", "127.0.0.1", "-p", str(server.port), "-k", str(data)]
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, cwd=data)
    try:
        wait_until(server.answers, PATIENCE, f"PostgreSQL does not come up; see {log}", 0.1)
        yield server
    finally:
        ended = process.poll()
        if ended is None:
            process.send_signal(signal.SIGINT)
            process.wait(PATIENCE)
        assert ended is None, f"PostgreSQL ended by itself:\n{log.read_text()[-2000:]}"
