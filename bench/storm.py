"""`python -m bench storm`: many sign in within a minute, beside people who are saving answers.

Whoever waits longer than 20 s for the door to answer counts as kept waiting; 429 and 503 count as being told. Ends with 1 where anybody
was kept waiting, anything acknowledged is missing, anything failed, or saves beside the door take 500 ms or more (p99).
"""

import argparse
import asyncio
from collections.abc import Sequence

from bench import crowd, stage, steps
from bench.costs import read
from bench.course import SITTING, SIXTEEN
from bench.crowd import Someone
from bench.journeys import tell_faults
from bench.sitting import warm_up
from bench.stage import Stage
from bench.tally import Seen, compare, latencies, percentile
from bench.visitor import Visitor, lag

PATIENCE = 20.0
SLOW = 0.5


def options(parser: argparse.ArgumentParser) -> None:
    """What this scenario may be told."""
    parser.add_argument("--people", type=int, help="how many sign in (1,700)")
    parser.add_argument("--seconds", type=float, help="within how many seconds (60)")
    parser.add_argument("--saving", type=int, help="how many save beside them (300)")
    parser.add_argument("--every", type=float, default=10.0, help="how often each of them saves, in seconds (10)")


def main(asked: argparse.Namespace) -> int:
    """Run and print; the status to end with."""
    people, seconds, saving = (60, 6.0, 20) if asked.small else (1700, 60.0, 300)
    people, seconds, saving = asked.people or people, asked.seconds or seconds, asked.saving or saving
    with stage.staged(asked) as on:
        warm_up(on)
        door, saves, late = Seen(), Seen(), list[float]()
        before = read(on.server, on.database)
        asyncio.run(_storm(on, (people, seconds, saving, asked.every), door, saves, late))
        spent = read(on.server, on.database).since(before)
        wrong = compare(on.house, saves)
        print(
            f"### {people} sign in within {seconds:g} s on {stage.kind(on)}, beside {saving} who save every {asked.every:g} s\n"
        )
        waited = [one for times in door.times.values() for one in times if one > PATIENCE]
        slow = percentile(saves.saves(), 0.99)
        print(
            f"- let in: {door.finished} of {people}, the last after {spent.wall:.0f} s; over {PATIENCE:g} s at the door: {len(waited)}"
        )
        print(
            f"- cores in use: {spent.cpu / spent.wall:.2f}; one password: {spent.passwords / max(1, door.finished) * 1000:.0f} CPU ms;"
            f" server CPU s: {spent.cpu:.0f}"
        )
        print(f"- client: {spent.client:.1f} CPU s, its clock late by {percentile(late, 0.99) * 1000:.0f} ms (p99)\n")
        print(latencies(door) + "\n\nThose who save:\n\n" + latencies(saves))
        tell_faults(door, ())
        tell_faults(saves, wrong)
        late_saves = slow >= SLOW and not asked.small  # Twenty who save for seconds have no hundredth part to speak of.
        print(f"\nSaves beside the door: {slow * 1000:.0f} ms at p99 (less than {SLOW * 1000:.0f})", flush=True)
        return int(bool(wrong or door.errors or saves.errors or waited or late_saves))


async def _storm(on: Stage, wish: tuple[int, float, int, float], door: Seen, saves: Seen, late: list[float]) -> None:
    people, seconds, saving, every = wish
    stop = asyncio.Event()
    clock = asyncio.create_task(lag(late, stop))
    papers = await _seated(on, saving, saves)
    saves.times.clear()
    savers = [asyncio.create_task(steps.quietly(_save_on(paper, every, stop))) for paper in papers]
    coming = crowd.add_people(on.house, people, "cua-")
    await asyncio.gather(*(steps.quietly(_enter(on.visitor(door), one, seconds)) for one in coming))
    stop.set()
    await asyncio.gather(clock, *savers)


async def _seated(on: Stage, number: int, seen: Seen) -> Sequence[steps.Paper]:
    """People with an attempt open, ten at a time."""
    waiting: list[Someone] = crowd.add_people(on.house, number, "luu-", signed_in=True)
    papers: list[steps.Paper] = []

    async def some() -> None:
        while waiting:
            papers.append(await steps.begin(on.visitor(seen, waiting.pop()), SITTING, SIXTEEN, True))

    await asyncio.gather(*(some() for _ in range(10)))
    return papers


async def _save_on(paper: steps.Paper, every: float, stop: asyncio.Event) -> None:
    paper.seq, paper.base = int(paper.visitor.field("seq")), int(paper.visitor.field("base"))
    await asyncio.sleep(paper.visitor.rng.uniform(0, every))
    while not stop.is_set():
        slot, letter = paper.visitor.rng.choice(list(paper.choose().items()))
        await paper.save({slot: letter})
        await asyncio.sleep(every)


async def _enter(visitor: Visitor, someone: Someone, seconds: float) -> None:
    await asyncio.sleep(visitor.rng.uniform(0, seconds))
    await steps.sign_in(visitor, someone)
    visitor.seen.finished += visitor.path == "/learn"
    visitor.wire.close()
