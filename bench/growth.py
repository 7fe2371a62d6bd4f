"""`python -m bench growth`: the journey over a small past, then over a large one: what a journey costs must stay flat.

People and attempts of the past are made by the database (bench/past.py); both journeys, (a) and (a2), are measured in turns. Ends with
1 where either costs more than 1.1 times what it did at first, which a busy machine may bring about by itself.
"""

import argparse
import time

from bench import crowd, floors, stage
from bench.costs import hashing
from bench.journeys import WARM, Run, cost, tell_faults, travel
from bench.past import grow
from bench.stage import Stage
from bench.tables import table
from bench.tally import percentile

MOST = 1.1


def options(parser: argparse.ArgumentParser) -> None:
    """What this scenario may be told."""
    parser.add_argument("--past", type=int, nargs="+", help="how many past attempts, step by step (10000 1000000)")
    parser.add_argument("--people", type=int, nargs="+", help="how many people, at each step (100 200000)")
    parser.add_argument("--slots", type=int, default=4, help="questions of each past attempt (4)")
    parser.add_argument("--journeys", type=int, help="how many journeys at each step (100)")
    parser.add_argument("--rounds", type=int, default=2, help="how often they are measured at each step (2)")


def main(asked: argparse.Namespace) -> int:
    """Run and print; 1 where anything acknowledged is missing or anything failed."""
    past = asked.past or ([1000, 20_000] if asked.small else [10_000, 1_000_000])
    people = asked.people or ([100, 2000] if asked.small else [100, 200_000])
    number = asked.journeys or (20 if asked.small else 100)
    rows, runs, there, costs = [], list[Run](), (0, 0), list[dict[str, float]]()
    with stage.staged(asked) as on:
        crowd.add_people(on.house, 1, "first-")
        travel(on, WARM, 8, True)
        for many, attempts in zip(people, past, strict=True):
            began = time.monotonic()
            grow(on.house, many - there[0], attempts - there[1], asked.slots)
            there, took = (many, attempts), time.monotonic() - began
            below = floors.measure(on.place, on.database, 300 if asked.small else 1000)
            here = [travel(on, number, 10, each) for _ in range(asked.rounds) for each in (False, True)]
            costs.append(_means(here))
            rows.append([f"{many:,}", f"{attempts:,}", f"{took:.0f}", f"{_size(on):,.0f}", *_costs(here, below.write)])
            runs += here
        print(f"### The journey over a growing past on {stage.kind(on)}, {asked.slots} questions an attempt\n")
        heads = (
            "people", "past attempts", "s to grow", "MB of database", "(a) CPU s", "(a2) CPU s", "CPU ms a request", "floor write CPU ms",
            "ratio", "saves p99 ms",
        )  # fmt: skip
        print(table(heads, rows))
        for run in runs:
            tell_faults(run.seen, run.wrong)
        dearer = _dearer(costs)
    # A few journeys beside others' work say nothing of a tenth.
    return int(any(run.wrong or run.seen.errors for run in runs) or (dearer > MOST and not asked.small))


def _dearer(costs: list[dict[str, float]]) -> float:
    """Print how many times what it did at first each journey costs at last; the most of them."""
    times = {name: costs[-1][name] / first for name, first in costs[0].items()}
    told = ", ".join(f"{name} {many:.2f}" for name, many in times.items())
    print(
        f"\nAt the last step a journey costs so many times what it does at the first (at most {MOST}): {told}",
        flush=True,
    )
    return max(times.values())


def _means(runs: list[Run]) -> dict[str, float]:
    """CPU seconds of each kind of journey, without passwords."""
    password = hashing()
    names = sorted({run.name for run in runs})
    found = {name: [cost(run, password)[0] for run in runs if run.name == name] for name in names}
    return {name: sum(each) / len(each) for name, each in found.items()}


def _costs(runs: list[Run], write: float) -> list[str]:
    """Means of some runs, without passwords."""
    password = hashing()
    spent = sum(cost(run, password)[1] * run.seen.requests for run in runs)
    request = spent / sum(run.seen.requests for run in runs)
    saves = [seconds for run in runs for seconds in run.seen.saves()]
    return [
        *(f"{mean:.3f}" for mean in _means(runs).values()),
        f"{request * 1000:.2f}",
        f"{write * 1000:.2f}",
        f"{request / write:.2f}",
        f"{percentile(saves, 0.99) * 1000:.0f}",
    ]


def _size(on: Stage) -> float:
    """The size of the database in MB."""
    path = on.place.folder / "phatngon.db"
    if path.exists():
        return path.stat().st_size / 1e6
    with on.house.store.engine.connect() as connection:
        return float(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()) / 1e6
