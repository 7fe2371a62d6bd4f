"""`python -m bench listing`: the list of everybody as a file, first of a hundred thousand completions, then of a million: memory must stay flat.

People, completions and certificates are made by the database (bench/past.py). The file is asked for as an administrator asks for it,
and made by the worker's own job in a process of its own. A sheet of XLSX ends at 1,048,575 rows, and takes long; a PDF of more than 2,000
people names none of them, and points to the spreadsheet.
"""

import argparse
import time

from bench import crowd, exports, stage
from bench.browser import Browser, InProcess
from bench.crowd import PASSWORD
from bench.exports import Export
from bench.past import grow
from elearning.factory import build_app
from elearning.settings import read_settings

FLAT = 1.1
SLACK = 8.0


def options(parser: argparse.ArgumentParser) -> None:
    """What this scenario may be told."""
    parser.add_argument("--rows", type=int, nargs="+", help="how many completions, step by step (100000 1000000)")
    parser.add_argument("--xlsx", action="store_true", help="make the same as XLSX at the last step, which takes long")


def main(asked: argparse.Namespace) -> int:
    """Run and print; 1 where memory grew with the rows, or a file lacks any."""
    steps = asked.rows or ([22_000, 44_000] if asked.small else [100_000, 1_000_000])
    wrong: list[str] = []
    with stage.place(asked) as where, stage.opened(where) as house:
        (admin,) = crowd.add_people(house, 1, "quan-tri-", role="admin")
        browser = Browser(
            InProcess(build_app(read_settings(where.environment()), house).test_client(use_cookies=False))
        )
        browser.get("/login", "sign-in page")
        browser.post(
            "/login", {"identifier": admin.identifier, "password": PASSWORD, "next": ""}, "signing in", "start page"
        )
        made, people = list[Export](), 0
        for rows in steps:
            began = time.monotonic()
            grow(house, rows // 2 - people, 0, 1)
            people = rows // 2
            print(
                f"- {people:,} people with {rows:,} completions: {time.monotonic() - began:.0f} s to make them",
                flush=True,
            )
            made.append(exports.make(house, where.environment(), browser, "csv", steps))
            wrong += [f"of {rows:,} rows the file has {made[-1].rows:,}"] if made[-1].rows < rows else []
        if asked.xlsx:
            made.append(exports.make(house, where.environment(), browser, "xlsx", steps))
    print(f"\n### The list of everybody as a file on {house.store.engine.dialect.name}\n\n{exports.told(made, steps)}")
    if made[len(steps) - 1].peak > made[0].peak * FLAT + SLACK:
        wrong.append(
            f"memory grew from {made[0].peak:.0f} to {made[len(steps) - 1].peak:.0f} MB above what it was before"
        )
    print("".join(f"\n- wrong: {words}" for words in wrong), flush=True)
    return int(bool(wrong))
