"""`python -m bench journey`: many learners at once from the door to the result, what each step costs, and the ratio to the floor."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial, reduce

from bench import crowd, floors, stage, steps
from bench.costs import Reading, own_memory, read
from bench.crowd import Someone
from bench.floors import Floors, Ground
from bench.inner import statements
from bench.stage import Stage
from bench.tables import table
from bench.tally import Seen, compare, latencies, percentile
from bench.visitor import Visitor, lag

LEVELS, SMALL = (25, 100, 300), (10,)
WARM = 24
FLOOR = 500
ROUNDS = 6
Beside = Callable[[asyncio.Event], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of journeys: what was seen and spent, and how late the client's own clock rang (p99, seconds).

    `seen` may be that of earlier runs too; `finished`, `requests` and `signed_in` are of this one.
    """

    name: str
    at_once: int
    seen: Seen
    finished: int
    requests: int
    signed_in: int
    spent: Reading
    late: float
    wrong: list[str]
    memory: tuple[float, float]

    def and_(self, later: "Run") -> "Run":
        """This run and a later one of the same kind, which went on with what this one had seen."""
        return replace(
            later, finished=self.finished + later.finished, requests=self.requests + later.requests,
            signed_in=self.signed_in + later.signed_in, spent=self.spent.and_(later.spent), late=max(self.late, later.late),
        )  # fmt: skip


@dataclass(slots=True)
class Turns:
    """Runs of a kind that were made in turns with other kinds, each between two measurements of the floor."""

    runs: list[Run] = field(default_factory=list)
    below: list[Floors] = field(default_factory=list)

    def add(self, run: Run, before: Floors, after: Floors) -> None:
        """Keep a run, and the floor before and after it."""
        self.runs.append(run)
        self.below += [before, after]

    @property
    def run(self) -> Run:
        """All of them together."""
        return reduce(Run.and_, self.runs)

    @property
    def floor(self) -> Floors:
        """The floor beside all of them."""
        return floors.mean(self.below)


def options(parser: argparse.ArgumentParser) -> None:
    """What this scenario may be told."""
    parser.add_argument("--at-once", type=int, nargs="+", help="how many journeys at a time (25 100 300)")
    parser.add_argument(
        "--journeys", type=int, help="how many journeys of each sort (six times as many as at a time, at least 300)"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"in how many turns they are made ({ROUNDS})")
    parser.add_argument("--files", action="store_true", help="load styles and scripts too, once a person")


def main(asked: argparse.Namespace) -> int:
    """Run and print; 1 where anything acknowledged is missing or anything failed."""
    with stage.staged(asked) as on, floors.standing(on.place, on.database) as ground:
        counted = statements(on.house, on.place)
        for each in (False, True):
            travel(on, WARM, 8, each)
        told = list[Turns]()
        for at_once in asked.at_once or (SMALL if asked.small else LEVELS):
            told += in_turns(on, ground, at_once, asked)
        tell(on, told, counted)
        return int(any(turns.run.wrong or turns.run.seen.errors for turns in told))


def in_turns(on: Stage, ground: Ground, at_once: int, asked: argparse.Namespace) -> tuple[Turns, Turns]:
    """Journeys (a) and (a2), so many at a time, in rounds: the floor, (a), the floor, (a2), the floor.

    A machine that is shared gives half as much again within a minute, or less; in short turns it gives to each alike.
    """
    rounds, requests = (1, 300) if asked.small else (asked.rounds, FLOOR)
    number = max(1, (asked.journeys or (20 if asked.small else max(300, at_once * rounds))) // rounds)
    kinds, seen = (Turns(), Turns()), (Seen(), Seen())
    for _ in range(rounds):
        before = ground.measure(requests)
        for each in (False, True):
            run = travel(on, number, at_once, each, asked.files, seen=seen[each])
            after = ground.measure(requests)
            kinds[each].add(run, before, after)
            before = after
    return kinds


def travel(
    on: Stage,
    number: int,
    at_once: int,
    each: bool,
    files: bool = False,
    beside: Beside | None = None,
    patience: float = 120,
    seen: Seen | None = None,
) -> Run:
    """Send so many people through the journey, so many at a time; `each` saves every answer by itself.

    What stands `beside` goes on until the last has arrived. `patience` is how many seconds a request may take. What is
    `seen` is added to what an earlier run has seen, where it is given.
    """
    people = crowd.add_people(on.house, number, "hanh-trinh-")
    seen, late = Seen() if seen is None else seen, list[float]()
    before, counts = read(on.server, on.database), _counts(seen)

    def one(someone: Someone) -> Awaitable[None]:
        return _one(on.visitor(seen, files=files, patience=patience), someone, each)

    asyncio.run(_all(people, at_once, one, [partial(lag, late), *([beside] if beside else [])]))
    spent = read(on.server, on.database).since(before)
    name = "(a2) one save an answer" if each else "(a) one save a page"
    finished, requests, signed_in = (now - then for now, then in zip(_counts(seen), counts, strict=True))
    wrong, memory = compare(on.house, seen), own_memory(on.server)
    return Run(name, at_once, seen, finished, requests, signed_in, spent, percentile(late, 0.99), wrong, memory)


def _counts(seen: Seen) -> tuple[int, int, int]:
    return seen.finished, seen.requests, len(seen.times.get("signing in", ()))


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


def tell(on: Stage, told: Sequence[Turns], counted: dict[str, int]) -> None:
    """Print the tables, each kind of journey beside the floor of its own minutes."""
    print(f"### Journeys on {stage.kind(on)}\n")
    print(floors.told([turns.floor for turns in told]))
    password = sum(turns.run.spent.passwords for turns in told) / max(1, sum(turns.run.signed_in for turns in told))
    print(
        f"\nOne password (argon2id, by the account of the thread that hashes): {password * 1000:.1f} CPU ms."
        " CPU s a journey is that of server and database, without it.\n"
    )
    heads = (
        "journey", "at once", "journeys", "requests each", "CPU s a journey", "of it database", "with password", "CPU ms a request",
        "ratio to read + insert", "turn by turn", "requests/s", "client CPU s", "client late p99 ms", "MB", "errors", "lost",
    )  # fmt: skip
    print(table(heads, [_row(turns) for turns in told]))
    for run in (turns.run for turns in told):
        print(f"\n{run.name}, {run.at_once} at once, by step (milliseconds by the clock):\n")
        print(latencies(run.seen, counted))
        tell_faults(run.seen, run.wrong)
    shared = sum(turns.run.spent.shared for turns in told)
    if on.database.name:
        print(f"\nPostgreSQL's shared processes (they serve other databases too): {shared:.1f} CPU s in all runs.")
    print("".join(f"\nThe server's log: {line}" for line in stage.log(on)[:10]), flush=True)


def cost(run: Run) -> tuple[float, float]:
    """CPU seconds of server and database a journey, without the password; and a request."""
    return run.spent.apart / max(1, run.finished), run.spent.apart / max(1, run.requests)


def _row(turns: Turns) -> tuple[object, ...]:
    run, spent = turns.run, turns.run.spent
    done = max(1, run.seen.finished)
    journey, request = cost(run)
    return (
        run.name, run.at_once, run.finished, f"{run.requests / done:.0f}", f"{journey:.3f}", f"{spent.database / done:.3f}",
        f"{spent.cpu / done:.3f}", f"{request * 1000:.2f}", f"{request / turns.floor.write:.2f}", _by_turn(turns),
        f"{run.requests / spent.wall:.0f}", f"{spent.client:.1f}", f"{run.late * 1000:.0f}", f"{run.memory[0]:.0f}",
        sum(run.seen.errors.values()), len(run.wrong),
    )  # fmt: skip


def _by_turn(turns: Turns) -> str:
    """From the least to the greatest ratio of all turns."""
    sides = [floors.mean(turns.below[2 * turn : 2 * turn + 2]).write for turn in range(len(turns.runs))]
    ratios = [cost(run)[1] / floor for run, floor in zip(turns.runs, sides, strict=True)]
    return f"{min(ratios):.2f}–{max(ratios):.2f}"


def tell_faults(seen: Seen, wrong: Sequence[str]) -> None:
    """Print what failed, what was refused politely, and what is missing."""
    for why, number in [*seen.errors.most_common(10), *seen.told.most_common(10)]:
        print(f"- {number} times {why}")
    for one in wrong[:10]:
        print(f"- wrong: {one}")
