"""Rendering in a process of its own, which the system ends when it takes more than its share of the processor.

Run as a program it reads one job from standard input and writes the result to standard output.
"""

import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from elearning.content.links import LinkTable
from elearning.content.rendering import SECONDS, Piece, Rendered, allow_interrupts, render_here
from elearning.domain.message import Message, message

ENOUGH = 60


@dataclass(frozen=True, slots=True)
class Job:
    """Pieces to render and what their links may lead to."""

    pieces: list[Piece]
    table: LinkTable


@dataclass(frozen=True, slots=True)
class Result:
    """One `Rendered` in plain values: html, cites, and problems as line, sentence and named values."""

    html: str
    cites: list[str]
    problems: list[tuple[int, str, dict[str, str | int]]]


def render_apart(pieces: Sequence[Piece], table: LinkTable) -> list[Rendered]:
    """Render in a child process. A child that is ended for its use of the processor makes every piece a problem."""
    if not pieces:
        return []
    job = msgspec.json.encode(Job(list(pieces), table))
    child = subprocess.run(
        [sys.executable, "-m", "elearning.content.rendering_apart"], input=job, capture_output=True, check=False
    )
    if child.returncode != 0:
        return too_long(pieces)
    return [rendered(result) for result in msgspec.json.decode(child.stdout, type=list[Result])]


def too_long(pieces: Sequence[Piece]) -> list[Rendered]:
    """Every piece as a problem, because all of them together took too long."""
    said = message("The texts take too long to lay out together. Publish fewer changes at once, or make them simpler.")
    return [Rendered("", (), ((piece.line, said),)) for piece in pieces]


def rendered(result: Result) -> Rendered:
    """What a process sent back in plain values, as it was."""
    problems = tuple((line, Message(key, tuple(values.items()))) for line, key, values in result.problems)
    return Rendered(result.html, tuple(result.cites), problems)


def main() -> None:
    """Do one job."""
    resource.setrlimit(resource.RLIMIT_CPU, (ENOUGH, ENOUGH + int(SECONDS)))
    allow_interrupts()
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    results = [plain_result(one) for one in render_here(job.pieces, job.table)]
    sys.stdout.buffer.write(msgspec.json.encode(results))


def plain_result(one: Rendered) -> Result:
    """What was rendered in plain values, to be sent to the process that asked."""
    return Result(one.html, list(one.cites), [(line, said.key, _plain(said)) for line, said in one.problems])


def _plain(said: Message) -> dict[str, str | int]:
    return {name: value if isinstance(value, int) else str(value) for name, value in said.values}


if __name__ == "__main__":
    main()
