"""`python -m bench staff`: the sitting alone, then the same while staff publish, read reports and fetch exports.

The people of past examinations are in the reports: `--past` says how many there are beside those who sit.
"""

import argparse
import asyncio
import sys
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import crowd, sitting, stage, steps
from bench.course import JOURNEY, SITTING, texts
from bench.crowd import Someone
from bench.journeys import tell_faults
from bench.past import grow
from bench.sitting import Sat
from bench.stage import Stage
from bench.tally import Seen, latencies
from bench.visitor import Visitor

REPORTS = {
    "report of completions": "/admin/reports/completions", "report of progress": "/admin/reports/progress", "list of people": "/admin/people",
}  # fmt: skip
FILES = ("csv", "xlsx", "pdf")
PAUSE = 1.0


def options(parser: argparse.ArgumentParser) -> None:
    """What this scenario may be told: beside what the sitting may, how many people there were before."""
    sitting.options(parser)
    parser.add_argument("--past", type=int, help="how many people the reports are about (5,000)")


def main(asked: argparse.Namespace) -> int:
    """Run and print; 1 where anything acknowledged is missing or anything failed."""
    with stage.staged(asked) as on:
        people, how = sitting.pace(asked)
        past = asked.past or (200 if asked.small else 5000)
        admin = crowd.add_people(on.house, 1, "quan-tri-", signed_in=True, role="admin")[0]
        grow(on.house, past, past, 2)
        sitting.warm_up(on)
        alone = sitting.sit(on, people, how)
        seen = Seen()
        beside = sitting.sit(on, people, how, partial(_at_work, admin, seen))
        print(f"### A sitting of {people} on {stage.kind(on)}, alone and beside staff; {past:,} people before them\n")
        sitting.tell(on, [alone, beside], ("alone", "beside staff"))
        print("\nThe staff (each does one thing after the other, a second between them):\n\n" + latencies(seen))
        tell_faults(seen, ())
        return int(any(_bad(sat) for sat in (alone, beside)) or bool(seen.errors))


def _bad(sat: Sat) -> bool:
    return bool(sat.wrong or sat.seen.errors)


async def _at_work(admin: Someone, seen: Seen, on: Stage, stop: asyncio.Event) -> None:
    """One reads reports, one fetches files, one publishes, until the sitting is over."""
    await asyncio.gather(
        _read(on.visitor(seen, admin), stop), _export(on.visitor(seen, admin), stop), _publish(on, seen, stop)
    )


async def _read(visitor: Visitor, stop: asyncio.Event) -> None:
    while not stop.is_set():
        for step, path in REPORTS.items():
            await steps.quietly(visitor.get(path, step))
            await asyncio.sleep(PAUSE)


async def _export(visitor: Visitor, stop: asyncio.Event) -> None:
    while not stop.is_set():
        for kind in FILES:
            await steps.quietly(visitor.get(f"/admin/reports/completions?format={kind}", f"completions as {kind}"))
            await asyncio.sleep(PAUSE)


async def _publish(on: Stage, seen: Seen, stop: asyncio.Event) -> None:
    """Import a changed lesson and publish both courses from the shell, each a program of its own."""
    turn = 0
    while not stop.is_set():
        turn += 1
        with TemporaryDirectory() as folder:
            for path, data in texts(turn).items():
                (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
                (Path(folder) / path).write_bytes(data)
            await _shell(on, seen, "importing texts (a program)", "import", folder)
        await _shell(on, seen, "publishing two courses (a program)", "publish", JOURNEY, SITTING)
        await asyncio.sleep(PAUSE * 3)


async def _shell(on: Stage, seen: Seen, step: str, *words: str) -> None:
    began = time.perf_counter()
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "elearning.factory", "content", *words, env=on.place.environment(),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, said = await program.communicate()
    seen.note(step, time.perf_counter() - began, 0)
    if program.returncode:
        seen.errors[f"{step}: {said.decode()[-200:]}"] += 1
