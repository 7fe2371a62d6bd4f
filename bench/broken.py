"""`python -m bench broken`: the journey alone, then beside clients that are slow or broken.

Some send half of their headers and stop, some a body byte by byte, some promise a body and leave, some read their answer slowly.
"""

import argparse
import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from bench import journeys, stage
from bench.journeys import Run
from bench.stage import Stage
from bench.tables import table
from bench.tally import percentile
from bench.wire import HOST

HEADS = f"Host: {HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
PATIENCE = 20.0  # seconds after which a good client gives up, and its journey with it
Bad = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def options(parser: argparse.ArgumentParser) -> None:
    """What this scenario may be told."""
    parser.add_argument("--journeys", type=int, help="how many journeys (20)")
    parser.add_argument("--each", type=int, nargs="+", help="how many bad clients of each kind, in turn (8 20)")


def main(asked: argparse.Namespace) -> int:
    """Run and print; 1 where anything acknowledged is missing, or a good client failed."""
    number = asked.journeys or (10 if asked.small else 20)
    runs: list[tuple[str, Run]] = []
    with stage.staged(asked) as on:
        journeys.travel(on, journeys.WARM, 8, True)
        runs.append(("alone", journeys.travel(on, number, 10, False)))
        for each in asked.each or ((4,) if asked.small else (8, 20)):
            for name, bad in KINDS.items():
                runs.append((f"{each} that {name}", _beside(on, number, bad, each)))
        print(f"### {number} journeys (a), 10 at once, on {stage.kind(on)}, beside bad clients\n")
        heads = ("beside", "finished", "seconds", "requests/s", "p50 ms", "p99 ms", "worst ms", "errors", "lost")
        print(table(heads, [_row(name, run) for name, run in runs]))
        for name, run in runs:
            if run.seen.errors or run.wrong:
                print(f"\nBeside {name}:")
                journeys.tell_faults(run.seen, run.wrong)
    return int(any(run.wrong or run.seen.errors for _, run in runs))


def _row(name: str, run: Run) -> tuple[object, ...]:
    times = [one for step in run.seen.times.values() for one in step]
    spread = [f"{percentile(times, part) * 1000:.0f}" for part in (0.5, 0.99, 1)]
    return (
        name, run.seen.finished, f"{run.spent.wall:.0f}", f"{run.seen.requests / run.spent.wall:.0f}", *spread,
        sum(run.seen.errors.values()), len(run.wrong),
    )  # fmt: skip


def _beside(on: Stage, number: int, bad: Bad, each: int) -> Run:
    """A run of journeys with so many bad clients, which come again when they are sent away."""
    return journeys.travel(
        on, number, 10, False, beside=lambda stop: _crowd(on.server.port, bad, each, stop), patience=PATIENCE
    )


async def _crowd(port: int, bad: Bad, each: int, stop: asyncio.Event) -> None:
    clients = [asyncio.create_task(_one(port, bad)) for _ in range(each)]
    await stop.wait()
    for client in clients:
        client.cancel()
    await asyncio.gather(*clients, return_exceptions=True)


async def _one(port: int, bad: Bad) -> None:
    while True:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                await bad(reader, writer)
            finally:
                writer.close()
        await asyncio.sleep(0.2)


async def _half_a_head(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(f"GET /login HTTP/1.1\r\n{HEADS}X-Half: ".encode())
    await reader.read()


async def _drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(f"POST /login HTTP/1.1\r\n{HEADS}Content-Length: 5000\r\n\r\n".encode())
    for _ in range(5000):
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(1)


async def _promise(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(f"POST /login HTTP/1.1\r\n{HEADS}Content-Length: 5000\r\n\r\nabc".encode())
    await asyncio.sleep(0.05)


async def _read_slowly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(f"GET /static/icons.svg HTTP/1.1\r\n{HEADS}\r\n".encode() * 20)
    for _ in range(100_000):
        if not await reader.read(1):
            return
        await asyncio.sleep(0.5)


KINDS: dict[str, Bad] = {
    "stop in the middle of their headers": _half_a_head,
    "send a body of 5,000 bytes, one a second": _drip,
    "promise a body and leave": _promise,
    "read their answer slowly": _read_slowly,
}
