"""What a run costs: processor time of the server, of PostgreSQL's own processes, of this client and of password hashing; memory."""

import time
from dataclasses import astuple, dataclass, field
from pathlib import Path

from bench.processes import TICK, Server
from elearning.services.passwords import BEHIND

SHARED = ("walwriter", "checkpointer", "background writer", "autovacuum")


@dataclass(slots=True)
class Database:
    """PostgreSQL's processes that serve one database, found by their titles. For SQLite there are none.

    A connection that is closed takes its account with it, so that what was last read of each process is kept.
    """

    name: str = ""
    last: dict[str, float] = field(default_factory=dict)

    def look(self) -> None:
        """Read the accounts of all that live now."""
        for path in Path("/proc").glob("[0-9]*/cmdline") if self.name else ():
            try:
                title = path.read_bytes().rstrip(b"\0").decode(errors="replace")
                if not title.startswith("postgres: "):
                    continue
                fields = (path.parent / "stat").read_text().rpartition(")")[2].split()
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
            words = title.removeprefix("postgres: ").strip()
            own = "own" if f" {self.name} " in f" {words} " else ""
            kind = "shared" if words.startswith(SHARED) else own
            if kind:
                self.last[f"{kind} {path.parent.name}"] = sum(map(int, fields[11:15])) / TICK

    def cpu(self, kind: str) -> float:
        """Seconds of the processes that serve this database (`own`), or of those that serve all (`shared`)."""
        self.look()
        return sum(spent for name, spent in self.last.items() if name.startswith(kind))


@dataclass(frozen=True, slots=True)
class Reading:
    """The accounts at one moment, in seconds. `passwords` is what the server's threads that hash have of its account."""

    wall: float
    server: float
    passwords: float
    database: float
    shared: float
    client: float

    def since(self, before: "Reading") -> "Reading":
        """What was spent between two moments."""
        return Reading(*(now - then for now, then in zip(astuple(self), astuple(before), strict=True)))

    def and_(self, other: "Reading") -> "Reading":
        """What was spent in two stretches of time together."""
        return Reading(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))

    @property
    def cpu(self) -> float:
        """Server and database together."""
        return self.server + self.database

    @property
    def apart(self) -> float:
        """Server and database together, without the hashing of passwords."""
        return self.cpu - self.passwords


def read(server: Server, database: Database) -> Reading:
    """Read all accounts now."""
    return Reading(
        time.perf_counter(), server.cpu(), server.cpu_behind(BEHIND), database.cpu("own"), database.cpu("shared"),
        time.process_time(),
    )  # fmt: skip


def own_memory(server: Server) -> tuple[float, float]:
    """Memory of the server in MB: what is its own (shared pages parted among those who share), and the largest process."""
    sizes = []
    for pid in server.pids():
        try:
            lines = (Path("/proc") / str(pid) / "smaps_rollup").read_text().splitlines()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        sizes.append(next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0) * 1024 / 1e6)
    return sum(sizes), max(sizes, default=0.0)
