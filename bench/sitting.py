"""`python -m bench sitting`: many people, signed in beforehand, sit an examination of 16 questions on 8 pages at the pace of people.

With `--people 3000 --scale 1` it is the sitting of the goals; a smaller scale makes the same load with fewer people.
"""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bench import crowd, stage, steps
from bench.costs import Reading, own_memory, read
from bench.journeys import tell_faults
from bench.stage import Stage
from bench.steps import Pace
from bench.tables import table
from bench.tally import Seen, compare, latencies, percentile
from bench.visitor import lag

Beside = Callable[[Stage, asyncio.Event], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Sat:
    """What a sitting has seen and spent."""

    people: int
    seen: Seen
    spent: Reading
    late: float
    wrong: list[str]
    memory: tuple[float, float]


def options(parser: argparse.ArgumentParser) -> None:
    """What this scenario may be told."""
    parser.add_argument("--people", type=int, help="how many sit (300)")
    parser.add_argument("--scale", type=float, help="how long they think, 1 being 30 to 90 s a page (0.2)")
    parser.add_argument("--within", type=float, help="in how many seconds they all begin (20)")


def pace(asked: argparse.Namespace) -> tuple[int, Pace]:
    """How many sit, and how fast."""
    people, scale, within = (30, 0.05, 5.0) if asked.small else (300, 0.2, 20.0)
    return asked.people or people, Pace(asked.within or within, asked.scale or scale)


def main(asked: argparse.Namespace) -> int:
    """Run and print; 1 where anything acknowledged is missing or anything failed."""
    with stage.staged(asked) as on:
        people, how = pace(asked)
        warm_up(on)
        sat = sit(on, people, how)
        print(
            f"### A sitting of {people} on {stage.kind(on)}, begun within {how.within:g} s, {how.average:g} s a page\n"
        )
        tell(on, [sat])
        return int(bool(sat.wrong or sat.seen.errors))


def warm_up(on: Stage) -> None:
    """Some people sit without thinking, so that nothing is done for the first time."""
    sit(on, 16, Pace(0.5, 0.001))


def sit(on: Stage, people: int, how: Pace, beside: Beside | None = None) -> Sat:
    """Let so many people sit, with something going on beside them until all have handed in."""
    here = crowd.add_people(on.house, people, "ngoi-thi-", signed_in=True)
    seen, late = Seen(), list[float]()
    before = read(on.server, on.database)

    async def everybody() -> None:
        stop = asyncio.Event()
        beneath = [asyncio.create_task(lag(late, stop))]
        if beside is not None:
            beneath.append(asyncio.ensure_future(beside(on, stop)))
        visitors = [on.visitor(seen, someone) for someone in here]
        await asyncio.gather(*(steps.quietly(steps.sit(visitor, how)) for visitor in visitors))
        stop.set()
        await asyncio.gather(*beneath)
        for visitor in visitors:
            visitor.wire.close()

    asyncio.run(everybody())
    spent = read(on.server, on.database).since(before)
    time.sleep(0.5)
    return Sat(people, seen, spent, percentile(late, 0.99), compare(on.house, seen), own_memory(on.server))


def tell(on: Stage, sittings: list[Sat], names: tuple[str, ...] = ("sitting",)) -> None:
    """Print what each has cost, then its steps."""
    heads = (
        "", "people", "finished", "requests", "requests/s", "CPU s a person", "of it database", "CPU ms a request", "cores in use",
        "saves p50 ms", "saves p99 ms", "client CPU s", "client late p99 ms", "MB", "errors", "lost",
    )  # fmt: skip
    print(table(heads, [_row(name, sat) for name, sat in zip(names, sittings, strict=True)]))
    for name, sat in zip(names, sittings, strict=True):
        print(f"\n{name}, by step (milliseconds by the clock):\n")
        print(latencies(sat.seen))
        tell_faults(sat.seen, sat.wrong)
    print("".join(f"\nThe server's log: {line}" for line in stage.log(on)[:10]), flush=True)


def _row(name: str, sat: Sat) -> tuple[object, ...]:
    seen, spent = sat.seen, sat.spent
    requests, saves = max(1, seen.requests), seen.saves()
    return (
        name, sat.people, seen.finished, seen.requests, f"{requests / spent.wall:.0f}", f"{spent.cpu / sat.people:.3f}",
        f"{spent.database / sat.people:.3f}", f"{spent.cpu / requests * 1000:.2f}", f"{spent.cpu / spent.wall:.2f}",
        f"{percentile(saves, 0.5) * 1000:.0f}", f"{percentile(saves, 0.99) * 1000:.0f}", f"{spent.client:.1f}",
        f"{sat.late * 1000:.0f}", f"{sat.memory[0]:.0f}", sum(seen.errors.values()), len(sat.wrong),
    )  # fmt: skip
