"""`python -m bench.carrying`: back up, restore and move a province of 20,000 attempts, and say what it costs.

Each step is the real command in a process of its own: processor time, peak memory, seconds by the clock. The platform is moved to
a PostgreSQL of the bench's own, and from there to SQLite again; after each step rows and digests of all tables are compared with
those of the beginning. Ends with 1 when a command fails, a table differs, or the audit finds anything at the end.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from bench.killing import PLATFORM, Place, place
from bench.postgresql import own_postgresql, programs
from elearning.services.work import NOBODY
from elearning.store.base import Base
from elearning.store.keeping.rows import shape, snapshot, tally
from elearning.store.models.learning import Answer, Attempt

PEOPLE = 1_200
Tables = dict[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost: processor seconds, peak memory in MiB, seconds by the clock."""

    processor: float
    memory: float
    clock: float


def run(where: Place, *arguments: str) -> Cost:
    """Run one command of the platform in a place. Raises AssertionError where it fails."""
    began = time.monotonic()
    with subprocess.Popen([*PLATFORM, *arguments], env=where.environment(PHATNGON_LANGUAGE="en"), stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True) as process:  # fmt: skip
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"phatngon {' '.join(arguments)}: {said}"
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, time.monotonic() - began)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry a province about, and print what each step cost."""
    parser = argparse.ArgumentParser(prog="python -m bench.carrying", description="Back up, restore and move.")
    parser.add_argument("--people", type=int, default=PEOPLE, help=f"about eighteen attempts each ({PEOPLE:,})")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        wrong = _carry(Path(folder), asked.people)
    print(f"Wrong: {len(wrong)}" + "".join(f"\n- {words}" for words in wrong), flush=True)
    return int(bool(wrong))


def _carry(folder: Path, people: int) -> list[str]:
    """Carry it about; what differed on the way."""
    here = _place(folder, "here")
    _say("found", run(here, "demo", "--people", str(people), "--units", "118"))
    with here.house() as house, house.reading(NOBODY) as work:
        attempts, answers = (work.session.scalar(select(func.count(table.id))) for table in (Attempt, Answer))
    print(f"{attempts} attempts, {answers} answers, {(here.folder / 'phatngon.db').stat().st_size / 1e6:.0f} MB")
    before = tables(here)
    _say("backup", run(here, "backup"))
    (backup,) = (here.folder / "backups").glob("phatngon-*.zip")
    print(f"the backup has {backup.stat().st_size / 1e6:.0f} MB")
    restored = _place(folder, "restored")
    _say("restore", run(restored, "restore", str(backup), "--yes"))
    wrong = _compared("restored", before, tables(restored))
    if programs() is None:
        print("PostgreSQL is not installed here; nothing is moved to it")
        return wrong + _moved_on(here, folder, before)
    with own_postgresql(folder) as server:
        on_server = Place(here.folder, server.url)
        _say("move to PostgreSQL", run(here, "move", "--to", on_server.database_url))
        wrong += _compared("on PostgreSQL", before, tables(on_server))
        _say("backup of PostgreSQL", run(on_server, "backup"))
        return wrong + _moved_on(on_server, folder, before)


def _moved_on(last: Place, folder: Path, before: Tables) -> list[str]:
    """Move to an empty SQLite, and look through it; what differs from the beginning."""
    there = _place(folder, "there")
    _say("move to SQLite", run(last, "move", "--to", there.database_url))
    wrong = _compared("on SQLite again", before, tables(there))
    _say("audit", run(there, "doctor", "--audit"))
    return wrong


def tables(where: Place) -> Tables:
    """Rows of each table, and their digest, with columns in one order wherever they stand."""
    with where.house() as house, snapshot(house.store) as connection:
        found = {}
        for table in Base.metadata.sorted_tables:
            seen = tally(connection, shape(connection, table.name).in_order([column.name for column in table.columns]))
            found[table.name] = seen.said
        return found


def _compared(place: str, before: Tables, after: Tables) -> list[str]:
    """The tables that differ, said in words; how many were compared is printed."""
    print(
        f"{place}: {len(after)} tables and {sum(rows for rows, _ in after.values()):,} rows compared by their digests"
    )
    return [
        f"{place}, {name}: {before[name]} became {after.get(name)}"
        for name in before
        if before[name] != after.get(name)
    ]


def _place(folder: Path, name: str) -> Place:
    (folder / name).mkdir()
    return place(folder / name, "sqlite", name)


def _say(what: str, cost: Cost) -> None:
    print(
        f"{what}: {cost.processor:.1f} s of processor, {cost.memory:.0f} MiB, {cost.clock:.0f} s by the clock",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
