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

    def answers(self) -> bool:
        """Whether it takes connections now."""
        try:
            psycopg.connect(f"host=127.0.0.1 port={self.port} user=postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def kill_a_backend(self, rng: Random) -> None:
        """Kill one of the processes that serve a connection, so that all others are ended and the log is gone through anew."""
        with psycopg.connect(f"host=127.0.0.1 port={self.port} user=postgres") as own:
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
    """Make and run a server in a folder until the block ends. Raises AssertionError where it does not come up."""
    there = programs()
    assert there is not None, "PostgreSQL is not installed"
    data, port = folder / "postgresql", free_port()
    data.mkdir()
    prefix: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL does not run as root
        shutil.chown(data, "postgres", "postgres")
        prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        for above in (folder, *folder.parents):
            if above.stat().st_uid == 0 and above != Path("/"):
                above.chmod(above.stat().st_mode | 0o111)
    made = [
        *prefix,
        str(there / "initdb"),
        f"--pgdata={data}",
        "--auth=trust",
        "--username=postgres",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    ]
    subprocess.run(made, check=True, capture_output=True)
    command = [*prefix, str(there / "postgres"), "-D", str(data), "-h", "127.0.0.1", "-p", str(port), "-k", str(data)]
    with (folder / "postgresql.log").open("wb") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
    server = Postgresql(port)
    try:
        wait_until(server.answers, PATIENCE, f"PostgreSQL does not come up; see {folder}/postgresql.log", 0.1)
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
