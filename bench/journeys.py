"""`python -m bench journey`: many learners at once from the door to the result, what each step costs, and the ratio to the floor."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from bench import crowd, floors, stage, steps
from bench.costs import Reading, hashing, own_memory, read
from bench.crowd import Someone
from bench.floors import Floors
from bench.inner import statements
from bench.stage import Stage
from bench.tables import table
from bench.tally import Seen, compare, latencies, percentile
from bench.visitor import Visitor, lag

LEVELS, SMALL = (25, 100, 300), (10,)
WARM = 24
FLOOR = 1500
Beside = Callable[[asyncio.Event], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of journeys: what was seen and spent, and how late the client's own clock rang (p99, seconds)."""

    name: str
    at_once: int
    seen: Seen
    spent: Reading
    late: float
    wrong: list[str]
    memory: tuple[float, float]


def options(parser: argparse.ArgumentParser) -> None:
    """What this scenario may be told."""
    parser.add_argument("--at-once", type=int, nargs="+", help="how many journeys at a time (25 100 300)")
    parser.add_argument(
        "--journeys", type=int, help="how many journeys of each sort (as many as at a time, at least 100)"
    )
    parser.add_argument("--files", action="store_true", help="load styles and scripts too, once a person")


def main(asked: argparse.Namespace) -> int:
    """Run and print; 1 where anything acknowledged is missing or anything failed."""
    with stage.staged(asked) as on:
        requests = 300 if asked.small else FLOOR
        counted = statements(on.house, on.place)
        passwords = [hashing()]
        travel(on, WARM, 8, True)
        below, runs = [floors.measure(on.place, on.database, requests)], []
        for at_once in asked.at_once or (SMALL if asked.small else LEVELS):
            number = asked.journeys or (20 if asked.small else max(100, at_once))
            for each in (False, True):
                runs.append(travel(on, number, at_once, each, asked.files))
                below.append(floors.measure(on.place, on.database, requests))
            passwords.append(hashing())
        tell(on, runs, sum(passwords) / len(passwords), below, counted)
        return int(any(run.wrong or run.seen.errors for run in runs))


def travel(
    on: Stage,
    number: int,
    at_once: int,
    each: bool,
    files: bool = False,
    beside: Beside | None = None,
    patience: float = 120,
) -> Run:
    """Send so many people through the journey, so many at a time; `each` saves every answer by itself.

    What stands `beside` goes on until the last has arrived. `patience` is how many seconds a request may take.
    """
    people = crowd.add_people(on.house, number, "hanh-trinh-")
    seen, late = Seen(), list[float]()
    before = read(on.server, on.database)

    def one(someone: Someone) -> Awaitable[None]:
        return _one(on.visitor(seen, files=files, patience=patience), someone, each)

    asyncio.run(_all(people, at_once, one, [partial(lag, late), *([beside] if beside else [])]))
    spent = read(on.server, on.database).since(before)
    name = "(a2) one save an answer" if each else "(a) one save a page"
    return Run(name, at_once, seen, spent, percentile(late, 0.99), compare(on.house, seen), own_memory(on.server))


async def _one(visitor: Visitor, someone: Someone, each: bool) -> None:
    await steps.quietly(steps.journey(visitor, someone, each))
    visitor.wire.close()


async def _all(
    people: Sequence[Someone], at_once: int, one: Callable[[Someone], Awaitable[None]], beneath: Sequence[Beside]
) -> None:
    stop, waiting = asyncio.Event(), list(reversed(people))
    tasks = [asyncio.ensure_future(other(stop)) for other in beneath]

    async def some() -> None:
        while waiting:
            await one(waiting.pop())

    await asyncio.gather(*(some() for _ in range(min(at_once, len(people)))))
    stop.set()
    await asyncio.gather(*tasks)


def tell(on: Stage, runs: Sequence[Run], password: float, below: Sequence[Floors], counted: dict[str, int]) -> None:
    """Print the tables. The floor was measured before the first run and after each: on a machine that others slow down and let go
    again, each run stands beside the floor of its own minutes.
    """
    print(f"### Journeys on {stage.kind(on)}\n")
    beside = [before.with_(after) for before, after in pairwise(below)]
    print(floors.told(beside))
    print(
        f"\nOne password (argon2id): {password * 1000:.1f} CPU ms. CPU s a journey is that of server and database, without it.\n"
    )
    heads = (
        "journey", "at once", "journeys", "requests each", "CPU s a journey", "of it database", "with password", "CPU ms a request",
        "ratio to read + insert", "requests/s", "client CPU s", "client late p99 ms", "MB", "errors", "lost",
    )  # fmt: skip
    print(table(heads, [_row(run, password, floor) for run, floor in zip(runs, beside, strict=True)]))
    for run in runs:
        print(f"\n{run.name}, {run.at_once} at once, by step (milliseconds by the clock):\n")
        print(latencies(run.seen, counted))
        tell_faults(run.seen, run.wrong)
    shared = sum(run.spent.shared for run in runs)
    if on.database.name:
        print(f"\nPostgreSQL's shared processes (they serve other databases too): {shared:.1f} CPU s in all runs.")
    print("".join(f"\nThe server's log: {line}" for line in stage.log(on)[:10]), flush=True)


def cost(run: Run, password: float) -> tuple[float, float]:
    """CPU seconds of server and database a journey, without the password; and a request."""
    done = max(1, run.seen.finished)
    apart = run.spent.cpu - password * len(run.seen.times.get("signing in", ()))
    return apart / done, apart / max(1, run.seen.requests)


def _row(run: Run, password: float, below: Floors) -> tuple[object, ...]:
    done, spent = max(1, run.seen.finished), run.spent
    journey, request = cost(run, password)
    return (
        run.name, run.at_once, run.seen.finished, f"{run.seen.requests / done:.0f}", f"{journey:.3f}", f"{spent.database / done:.3f}",
        f"{spent.cpu / done:.3f}", f"{request * 1000:.2f}", f"{request / below.write:.2f}", f"{run.seen.requests / spent.wall:.0f}",
        f"{spent.client:.1f}", f"{run.late * 1000:.0f}", f"{run.memory[0]:.0f}", sum(run.seen.errors.values()), len(run.wrong),
    )  # fmt: skip


def tell_faults(seen: Seen, wrong: Sequence[str]) -> None:
    """Print what failed, what was refused politely, and what is missing."""
    for why, number in [*seen.errors.most_common(10), *seen.told.most_common(10)]:
        print(f"- {number} times {why}")
    for one in wrong[:10]:
        print(f"- wrong: {one}")
