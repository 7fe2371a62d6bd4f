"""`python -m bench.lasting`: all that takes long, one after the other: kills, growth, lists of a million, carrying about.

Each is a command of its own, whose results are printed as they come; a summary follows, and the status is 1 where any of them ended with
another than 0. What needs PostgreSQL runs on one of the bench's own, and is left out, in so many words, where it is not installed.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence

from bench.postgresql import programs

RUNS: dict[str, tuple[str, ...]] = {
    "kills": ("bench.soak",),
    "growth": ("bench", "growth"),
    "growth-postgresql": ("bench", "growth", "--postgresql"),
    "listing": ("bench", "listing"),
    "listing-postgresql": ("bench", "listing", "--postgresql"),
    "storm": ("bench", "storm"),
    "storm-postgresql": ("bench", "storm", "--postgresql"),
    "carrying": ("bench.carrying",),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; the status to end with."""
    parser = argparse.ArgumentParser(prog="python -m bench.lasting", description="All that takes long.")
    parser.add_argument("--only", nargs="+", choices=tuple(RUNS), help="only these")
    asked = parser.parse_args(arguments)
    said = {name: _run(name) for name in asked.only or RUNS}
    print("\n## All of it\n\n" + "\n".join(f"- {name}: {words}" for name, (_, words) in said.items()), flush=True)
    return int(any(status for status, _ in said.values()))


def _run(name: str) -> tuple[int, str]:
    """Do one run; its status, and what to say of it."""
    if name.endswith("postgresql") and programs() is None:
        return 0, "left out, PostgreSQL is not installed here"
    print(f"\n# {name}: `python -m {' '.join(RUNS[name])}`\n", flush=True)
    began = time.monotonic()
    status = subprocess.run([sys.executable, "-m", *RUNS[name]], check=False).returncode
    return status, f"{'holds' if status == 0 else f'ended with {status}'}, {time.monotonic() - began:.0f} s"


if __name__ == "__main__":
    sys.exit(main())
