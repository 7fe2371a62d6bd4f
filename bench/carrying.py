"""`python -m bench.carrying`: back up, restore and move a province of 20,000 attempts, and say what it costs.

Each step is the real command in a process of its own: processor time, peak memory, seconds by the clock. With
PHATNGON_TEST_POSTGRESQL_URL the platform is moved to PostgreSQL and back as well. Ends with 1 when a command fails, or
when the audit finds anything at the end.
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

from bench.killing import PLATFORM, POSTGRESQL, Place, place
from elearning.services.work import NOBODY
from elearning.store.models.learning import Answer, Attempt

PEOPLE = 6_500


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
    parser.add_argument("--people", type=int, default=PEOPLE, help=f"about three attempts each ({PEOPLE})")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        _carry(Path(folder), asked.people)
    return 0


def _carry(folder: Path, people: int) -> None:
    here = _place(folder, "here")
    _say("found", run(here, "demo", "--people", str(people), "--units", "118"))
    with here.house() as house, house.reading(NOBODY) as work:
        attempts, answers = (work.session.scalar(select(func.count(table.id))) for table in (Attempt, Answer))
    print(f"{attempts} attempts, {answers} answers, {(here.folder / 'phatngon.db').stat().st_size / 1e6:.0f} MB")
    _say("backup", run(here, "backup"))
    (backup,) = (here.folder / "backups").glob("phatngon-*.zip")
    print(f"the backup has {backup.stat().st_size / 1e6:.0f} MB")
    _say("restore", run(_place(folder, "restored"), "restore", str(backup), "--yes"))
    last = here
    if POSTGRESQL:
        last = place(folder / "here", "postgresql", "bench_carrying")
        _say("move to PostgreSQL", run(here, "move", "--to", last.database_url))
        _say("backup of PostgreSQL", run(last, "backup"))
    there = _place(folder, "there")
    _say("move to SQLite", run(last, "move", "--to", there.database_url))
    _say("audit", run(there, "doctor", "--audit"))


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
