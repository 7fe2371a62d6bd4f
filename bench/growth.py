"""`python -m bench growth`: the journey over a small past, and over a large one: what a journey costs must stay flat.

Two platforms stand side by side, each with its own server, and are measured in turns, so that what else goes on on the machine weighs
on both. Their people and attempts are made by the database (bench/past.py). Ends with 1 where a journey, (a) or (a2), costs more than
1.1 times over the last past what it does over the first.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from bench import crowd, floors, stage
from bench.journeys import WARM, Run, cost, tell_faults, travel
from bench.past import grow
from bench.stage import Stage
from bench.tables import table
from bench.tally import percentile

MOST = 1.1
HEADS = (
    "people", "past attempts", "s to grow", "MB of database", "(a) CPU s", "(a2) CPU s", "CPU ms a request", "floor write CPU ms",
    "ratio", "saves p99 ms",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grown:
    """A platform with its past: seconds to make it, the floor under it, and the journeys over it."""

    on: Stage
    people: int
    attempts: int
    took: float
    floor: float
    runs: list[Run] = field(default_factory=list)

    def costs(self) -> dict[str, float]:
        """CPU seconds of each kind of journey, without passwords; the mean of its rounds."""
        names = sorted({run.name for run in self.runs})
        found = {name: [cost(run)[0] for run in self.runs if run.name == name] for name in names}
        return {name: sum(each) / len(each) for name, each in found.items()}


def options(parser: argparse.ArgumentParser) -> None:
    """What this scenario may be told."""
    parser.add_argument("--past", type=int, nargs="+", help="how many past attempts, place by place (10000 1000000)")
    parser.add_argument("--people", type=int, nargs="+", help="how many people, at each place (100 200000)")
    parser.add_argument("--slots", type=int, default=4, help="questions of each past attempt (4)")
    parser.add_argument("--journeys", type=int, help="how many journeys of each kind in a round (50)")
    parser.add_argument("--rounds", type=int, default=4, help="how often each place is measured, in turns (4)")


def main(asked: argparse.Namespace) -> int:
    """Run and print; the status to end with."""
    past = asked.past or ([1000, 20_000] if asked.small else [10_000, 1_000_000])
    people = asked.people or ([100, 2000] if asked.small else [100, 200_000])
    number = asked.journeys or (10 if asked.small else 50)
    with ExitStack() as until:
        places = [until.enter_context(_grown(asked, *size)) for size in zip(people, past, strict=True)]
        for turn in range(asked.rounds):
            for place in places if turn % 2 == 0 else reversed(places):
                place.runs.extend(travel(place.on, number, 10, each) for each in (False, True))
        dearer = _tell(places, asked.slots)
    faults = any(run.wrong or run.seen.errors for place in places for run in place.runs)
    # A few journeys beside others' work say nothing of a tenth.
    return int(faults or (dearer > MOST and not asked.small))


@contextmanager
def _grown(asked: argparse.Namespace, people: int, attempts: int) -> Iterator[Grown]:
    """A platform of its own with so much of a past, warm."""
    apart = argparse.Namespace(**{**vars(asked), "folder": asked.folder and asked.folder / str(attempts)})
    with stage.staged(apart, f"bench_growth_{attempts}") as on:
        crowd.add_people(on.house, 1, "first-")
        began = time.monotonic()
        grow(on.house, people, attempts, asked.slots)
        took = time.monotonic() - began
        floor = floors.measure(on.place, on.database, 300 if asked.small else 1000).write
        for each in (False, True):
            travel(on, WARM, 8, each)
        yield Grown(on, people, attempts, took, floor)


def _tell(places: Sequence[Grown], slots: int) -> float:
    """Print what was seen; how many times what it did at first a journey costs at last, of both kinds the more."""
    print(f"### The journey over a growing past on {stage.kind(places[0].on)}, {slots} questions an attempt\n")
    print(table(HEADS, [_row(place) for place in places]))
    for place in places:
        for run in place.runs:
            tell_faults(run.seen, run.wrong)
    first, last = places[0].costs(), places[-1].costs()
    times = {name: last[name] / first[name] for name in first}
    told = ", ".join(f"{name} {many:.2f}" for name, many in times.items())
    print(
        f"\nOver the last past a journey costs so many times what it does over the first (at most {MOST}): {told}",
        flush=True,
    )
    return max(times.values())


def _row(place: Grown) -> list[str]:
    spent = sum(cost(run)[1] * run.seen.requests for run in place.runs)
    request = spent / sum(run.seen.requests for run in place.runs)
    saves = [seconds for run in place.runs for seconds in run.seen.saves()]
    return [
        f"{place.people:,}", f"{place.attempts:,}", f"{place.took:.0f}", f"{_size(place.on):,.0f}",
        *(f"{mean:.3f}" for mean in place.costs().values()), f"{request * 1000:.2f}", f"{place.floor * 1000:.2f}",
        f"{request / place.floor:.2f}", f"{percentile(saves, 0.99) * 1000:.0f}",
    ]  # fmt: skip


def _size(on: Stage) -> float:
    """The size of the database in MB."""
    path = on.place.folder / "phatngon.db"
    if path.exists():
        return path.stat().st_size / 1e6
    with on.house.store.engine.connect() as connection:
        return float(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()) / 1e6
