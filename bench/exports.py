"""A list of everybody as a file, made by the worker's own job in a process of its own, and the memory of that process as rows go by.

`python -m bench.exports JOB` is that process, over the platform that its environment names; `bench.reports` and `bench.listing`
start it and watch it from outside.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bench.browser import Browser
from bench.tables import table
from elearning.content.rendering import render_here
from elearning.factory import build_house
from elearning.services import exporting, working
from elearning.services.work import NOBODY, House
from elearning.settings import read_settings
from elearning.store.models.notice import Job

REPORT = "/admin/reports/completions"
MARKS = (100_000, 300_000, 580_000)
OFTEN = 0.05
RUNNERS = (exporting,)  # Services that do long work say so to `working` when they are imported.


@dataclass(frozen=True, slots=True)
class Export:
    """One file: its rows and bytes, seconds of processor time, and megabytes above what the process held before.

    `resident` is what it held when so many rows had gone by, `peak` the most that it ever held.
    """

    kind: str
    rows: int
    size: int
    cpu: float
    wall: float
    before: float
    resident: dict[int, float]
    peak: float


def make(
    house: House, environment: Mapping[str, str], browser: Browser, kind: str, marks: Sequence[int] = MARKS
) -> Export:
    """Ask for the file as an administrator does, and watch it being made."""
    browser.get(f"{REPORT}?format={kind}", "export")
    public = browser.path.rpartition("/")[2]
    command = [sys.executable, "-m", "bench.exports", public]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as child:
        resident = _watch(house, child.pid, public, marks)
        said: dict[str, float] = json.loads(child.stdout.read() if child.stdout else b"")
    row = _row(house, public)
    assert row["state"] == "done", f"the export of {kind} came to {row['state']}"
    before = said["before"]
    above = {mark: held - before for mark, held in resident.items()}
    spent = said["cpu"], said["wall"]
    return Export(kind, row["total"], _weigh(house, public), *spent, before, above, said["peak"] - before)


def _watch(house: House, process: int, public: str, marks: Sequence[int]) -> dict[int, float]:
    """What the process holds when the rows reach each mark."""
    seen: dict[int, float] = {}
    row = _row(house, public)
    while row["state"] in ("waiting", "running") and Path(f"/proc/{process}/status").exists():
        held = memory(process).get("VmRSS", 0.0)
        passed = [mark for mark in marks if row["done"] >= mark]
        seen |= {mark: held for mark in passed if mark not in seen and held}
        time.sleep(OFTEN)
        row = _row(house, public)
    return seen


def _row(house: House, public: str) -> dict[str, Any]:
    """How far a job is."""
    with house.reading(NOBODY) as work:
        columns = select(Job.state, Job.done, Job.total)
        return dict(work.session.execute(columns.where(Job.public == public)).mappings().one())


def _weigh(house: House, public: str) -> int:
    """How many bytes came of a job; they are dropped, so that the folder does not grow."""
    size = house.files.size(public)
    house.files.remove(public)
    return size


def memory(process: int | str) -> dict[str, float]:
    """Resident memory of a process now and at its highest, in MB; empty once it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return {}
    return {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.startswith(("VmRSS", "VmHWM"))}


def main(public: str) -> None:
    """Do one job, and say what it took."""
    house = build_house(read_settings(os.environ), render_here)
    Path("/proc/self/clear_refs").write_text("5")  # The highest so far is that of importing; it begins anew here.
    before, began, clock = memory("self")["VmRSS"], time.process_time(), time.monotonic()
    working.run(house, public)
    spent = {"cpu": time.process_time() - began, "wall": time.monotonic() - clock}
    print(json.dumps({"before": before, **spent, "peak": memory("self")["VmHWM"]}))


def told(files: Sequence[Export], marks: Sequence[int] = MARKS) -> str:
    """The table of files."""
    held = [f"MB more at {mark:,}" for mark in marks]
    heads = ("file", "rows", "bytes", "CPU s", "s by the clock", "MB before", *held, "MB more at the most")
    return table(heads, [_cells(made, marks) for made in files])


def _cells(made: Export, marks: Sequence[int]) -> Sequence[object]:
    held = [f"{made.resident[mark]:.0f}" if mark in made.resident else "–" for mark in marks]
    return (
        made.kind.upper(),
        f"{made.rows:,}",
        f"{made.size:,}",
        f"{made.cpu:.1f}",
        f"{made.wall:.0f}",
        f"{made.before:.0f}",
        *held,
        f"{made.peak:.0f}",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
