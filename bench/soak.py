"""`python -m bench.soak`: the kills, fifty of the worker among letters, two hundred of anything beside learners who save.

The letters on SQLite and, where PHATNGON_TEST_POSTGRESQL_URL is set, on PostgreSQL; the learners on SQLite and on a PostgreSQL of the
bench's own, whose processes are killed too.

Prints what was seen, one line a run. Ends with 1 when anything was lost, repeated or damaged.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.kill_posting import post_under_kills
from bench.kill_saving import Kept, save_under_kills
from bench.killing import KINDS, Kind, Place, place
from bench.postgresql import own_postgresql, programs

LETTERS, KILLS, ROUNDS = 2000, 50, 200


def main() -> int:
    """Kill as often as was asked for; the status to end with."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.soak", description="Kill the platform, and count what is lost."
    )
    parser.add_argument(
        "--kills", type=int, default=KILLS, help=f"how many kills of the worker among letters ({KILLS})"
    )
    parser.add_argument(
        "--rounds", type=int, default=ROUNDS, help=f"how many kills beside learners who save ({ROUNDS})"
    )
    parser.add_argument("--letters", type=int, default=LETTERS, help=f"how many letters wait ({LETTERS})")
    parser.add_argument("--seed", type=int, default=1, help="draws the moments of the kills (1)")
    parser.add_argument(
        "--only", choices=("letters", "sqlite", "postgresql"), help="the letters, or the learners on one database"
    )
    asked = parser.parse_args()

    def posting(where: Place) -> tuple[str, list[str]]:
        done = post_under_kills(where, asked.letters, asked.kills, asked.seed)
        said = (
            f"{done.kills} kills of the worker, {done.letters} letters: {done.came} came in, under {done.names} names; "
            f"{done.finished} kills met the courier at a letter, which it finished within {done.longest:.1f} s at most"
        )
        return said, done.faults()

    def saving(where: Place) -> tuple[str, list[str]]:
        return _told(save_under_kills(where, asked.rounds, asked.seed))

    wrong = 0
    if asked.only in (None, "letters"):
        wrong += sum(_run(kind, "posting", posting) for kind in KINDS)
    if asked.only in (None, "sqlite"):
        wrong += _run("sqlite", "saving", saving)
    if asked.only in (None, "postgresql"):
        wrong += _on_postgresql(asked.rounds, asked.seed)
    return 1 if wrong else 0


def _on_postgresql(rounds: int, seed: int) -> int:
    """The same on a PostgreSQL of our own, whose processes are killed too; how many things were wrong."""
    if programs() is None:
        print("postgresql, saving: PostgreSQL is not installed here", flush=True)
        return 0
    with TemporaryDirectory() as folder, own_postgresql(Path(folder)) as server:

        def saving(where: Place) -> tuple[str, list[str]]:
            return _told(save_under_kills(Place(where.folder, server.url), rounds, seed, server))

        return _run("sqlite", "saving", saving, "postgresql")


def _told(kept: Kept) -> tuple[str, list[str]]:
    killed = ", ".join(f"{number} of {victim}" for victim, number in sorted(kept.kills.items()))
    said = (
        f"{kept.kills.total()} kills ({killed}), {kept.learners} learners saving in turn: {kept.acknowledged} answers, {kept.lessons} lessons, "
        f"{kept.finished} hand-ins and {kept.certificates} certificates acknowledged, {kept.again} tries without an answer, "
        f"an answer waited for {kept.longest:.1f} s at most; compared and audited {kept.checks} times"
    )
    return said, kept.wrong


def _run(kind: Kind, name: str, run: Callable[[Place], tuple[str, list[str]]], over: str = "") -> int:
    """Do one run in a place of its own, and say what was seen, and over which database; how many things were wrong."""
    began = time.monotonic()
    with TemporaryDirectory() as folder:
        said, wrong = run(place(Path(folder), kind, f"soak_{name}"))
    print(f"{over or kind}, {name}, {time.monotonic() - began:.0f} s: {said}. Wrong: {len(wrong)}", flush=True)
    for one in wrong:
        print(f"- {one}")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
