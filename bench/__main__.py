"""`python -m bench`: statements and bytes against the budgets, then processor time against the floor.

`python -m bench journey`, `sitting`, `storm`, `staff`, `broken`, `growth`, `listing`, `workshop` and `imports` are further scenarios.
Prints Markdown, to be kept in bench/results/. Ends with 1 when a budget is broken, or anything acknowledged was lost.
"""

import argparse
import os
import platform
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import broken, counting, growth, imports, journeys, listing, load, sitting, staff, stage, storm, workshop

READS, WRITES = 2000, 600
SCENARIOS = {
    "journey": journeys, "sitting": sitting, "storm": storm, "staff": staff, "broken": broken, "growth": growth,
    "listing": listing, "workshop": workshop, "imports": imports,
}  # fmt: skip


def main() -> int:
    """Measure what was asked for; the status to end with."""
    asked = _asked()
    print(f"## {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine()}\n\n`python -m bench {' '.join(sys.argv[1:])}`\n")
    if asked.scenario:
        # Told to end, it ends as usual, and takes the server that it started with it.
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
        status: int = SCENARIOS[asked.scenario].main(asked)
        return status
    broken = [] if asked.only == "load" else counting.count()
    if asked.only != "load":
        print(f"\nBudgets broken: {len(broken)}" + "".join(f"\n- {words}" for words in broken), flush=True)
    if asked.only != "pages":
        print(f"\n### Journeys of {asked.learners} learners, {load.AT_ONCE} at a time\n", flush=True)
        before = load.ground(READS, WRITES)
        measured = load.platform(asked.learners)
        load.report(measured, load.between(before, load.ground(READS, WRITES)))
    return 1 if broken else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure what the platform costs.")
    parser.add_argument("--only", choices=("pages", "load"), help="only statements and bytes, or only processor time")
    parser.add_argument("--learners", type=int, default=20, help="how many learners make the journey (20)")
    scenarios = parser.add_subparsers(dest="scenario", title="scenarios of the load bench")
    for name, scenario in SCENARIOS.items():
        words = (scenario.__doc__ or "").partition(": ")[2].partition("\n")[0]
        one = scenarios.add_parser(name, help=words, description=words)
        stage.options(one)
        scenario.options(one)
    return parser.parse_args()


def machine() -> str:
    """The machine and what is busy on it, without which no figure means anything."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    model = next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine()
    )
    busy = os.getloadavg()[0]
    return (
        f"{len(os.sched_getaffinity(0))} cores of {model}, Python {platform.python_version()}, load {busy:.1f} before"
    )


if __name__ == "__main__":
    sys.exit(main())
