"""`python -m bench.soak`: the kills, fifty of each, on SQLite and, where PHATNGON_TEST_POSTGRESQL_URL is set, on PostgreSQL.

Prints what was seen, one line a run. Ends with 1 when anything was lost, repeated or damaged.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.kill_posting import post_under_kills
from bench.kill_saving import WRITERS, save_under_kills
from bench.killing import KINDS, Kind, Place, place

LETTERS, KILLS = 2000, 50


def main() -> int:
    """Kill as often as was asked for; the status to end with."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.soak", description="Kill the platform, and count what is lost."
    )
    parser.add_argument("--kills", type=int, default=KILLS, help=f"how many kills of each sort ({KILLS})")
    parser.add_argument("--letters", type=int, default=LETTERS, help=f"how many letters wait ({LETTERS})")
    parser.add_argument("--seed", type=int, default=1, help="draws the moments of the kills (1)")
    asked = parser.parse_args()

    def posting(where: Place) -> tuple[str, list[str]]:
        done = post_under_kills(where, asked.letters, asked.kills, asked.seed)
        said = (
            f"{done.kills} kills of the worker, {done.letters} letters: {done.came} came in, under {done.names} names; "
            f"{done.finished} kills met the courier at a letter, which it finished within {done.longest:.1f} s at most"
        )
        return said, done.faults()

    def saving(where: Place) -> tuple[str, list[str]]:
        kept = save_under_kills(where, asked.kills, asked.seed)
        said = (
            f"{kept.platform_kills} kills of the whole platform and {kept.process_kills} of one process, "
            f"{WRITERS} learners saving: {kept.acknowledged} answers acknowledged, {kept.again} tries without an answer"
        )
        return said, kept.wrong

    runs = [(kind, name, run) for kind in KINDS for name, run in (("posting", posting), ("saving", saving))]
    return 1 if sum(_run(kind, name, run) for kind, name, run in runs) else 0


def _run(kind: Kind, name: str, run: Callable[[Place], tuple[str, list[str]]]) -> int:
    """Do one run in a place of its own, and say what was seen; how many things were wrong."""
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        said, wrong = run(place(Path(folder), kind, f"soak_{name}"))
    print(f"{kind}, {name}, {time.monotonic() - began:.0f} s: {said}. Wrong: {len(wrong)}", flush=True)
    for one in wrong:
        print(f"- {one}")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
