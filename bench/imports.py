"""`python -m bench imports`: 5,000 questions of each format brought in: read for the preview, and kept in banks, as the worker does it.

Each file is brought in twice, by a process of its own: a tenth of it, and all, so that what memory grows by with the number shows.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import stage
from bench.exports import memory
from bench.foreign_files import FILES
from bench.killing import Place
from bench.meter import metered
from bench.tables import table
from elearning.content.rendering import render_here
from elearning.domain.person import Actor
from elearning.exchange.questions import FORMATS
from elearning.factory import build_house
from elearning.services import question_files, question_items, question_keeping, upkeep, working
from elearning.services.question_items import Pick
from elearning.services.work import House
from elearning.settings import read_settings
from tests.services.cast import Cast

SECONDS = 60
HEADS = (
    "file", "questions", "MB", "read s", "kept s", "CPU s", "statements", "understood", "in part", "refused", "kept", "steps", "MB before",
    "peak, + MB",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Brought:
    """What bringing a file in took: seconds of the clock for reading and keeping, of processor time for both, megabytes held before and
    at the most; how often a page that looks on would have seen another figure; and what came of it.
    """

    reading: float
    keeping: float
    cpu: float
    statements: int
    before: float
    peak: float
    steps: int
    counted: dict[str, int]


def options(parser: argparse.ArgumentParser) -> None:
    """What this scenario may be told."""
    parser.add_argument("--questions", type=int, default=5_000, help="how many questions the largest file has (5000)")
    parser.add_argument("--format", choices=tuple(FILES), action="append", help="only files of this format")


def main(asked: argparse.Namespace) -> int:
    """Run and print; 1 where a file takes longer than a minute."""
    most = 100 if asked.small else asked.questions
    rows, slow = [], []
    for name in asked.format or FILES:
        for count in (most // 10, most):
            size, brought = _brought(asked, name, count)
            rows.append(_cells(name, count, size, brought))
            if brought.reading + brought.keeping > SECONDS:
                slow.append(f"{name} of {count}")
    print(table(HEADS, rows))
    print(f"\nLonger than {SECONDS} seconds: {', '.join(slow) or 'none'}")
    return int(bool(slow))


def _cells(name: str, count: int, size: int, brought: Brought) -> Sequence[object]:
    told = brought.counted
    return (
        name, f"{count:,}", f"{size / 1e6:.1f}", f"{brought.reading:.1f}", f"{brought.keeping:.1f}", f"{brought.cpu:.1f}",
        f"{brought.statements:,}", f"{told['whole']:,}", f"{told['part']:,}", f"{told['refused']:,}", f"{told['kept']:,}", brought.steps,
        f"{brought.before:.0f}", f"{brought.peak - brought.before:.0f}",
    )  # fmt: skip


def _brought(asked: argparse.Namespace, name: str, count: int) -> tuple[int, Brought]:
    """Make a file, and let a new process bring it into an empty platform."""
    format_name, make = FILES[name]
    with stage.place(asked) as place:
        file = place.folder / f"cau-hoi{FORMATS[format_name].suffix}"
        file.write_bytes(make(count))
        command = [sys.executable, "-m", "bench.imports", str(place.folder), place.database_url, str(file), format_name]
        told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
        return file.stat().st_size, Brought(**told)


@contextmanager
def _opened(place: Place) -> Iterator[House]:
    house = build_house(read_settings(place.environment()), render_here)
    try:
        upkeep.bring_up_to_date(house)
        yield house
    finally:
        house.store.dispose()


def _bring(folder: str, url: str, file: str, format_name: str) -> None:
    """Bring a file in as the worker does, and say what it took."""
    with _opened(Place(Path(folder), url)) as house:
        actor = Cast(house).person("trainer").actor
        question_files.AT_ONCE = question_keeping.AT_ONCE = 0
        with Path(file).open("rb") as sent:
            public = question_files.upload(house, actor, Path(file).name, sent, format_name)
        Path("/proc/self/clear_refs").write_text("5")  # The highest so far is that of importing; it begins anew here.
        before, began = memory("self")["VmRSS"], time.process_time()
        with metered(house.store.engine) as meter:
            reading = _run(house, public)
            keep = question_keeping.keep(house, actor, public, Pick("part"), "", "Đo lường")
            keeping = _run(house, keep)
        peak, cpu = memory("self")["VmHWM"], time.process_time() - began
        statements, steps = meter.take()
        counted = _counted(house, actor, public)
    told = Brought(reading, keeping, cpu, len(statements), before, peak, steps, counted)
    print(json.dumps({name: getattr(told, name) for name in Brought.__slots__}))


def _run(house: House, public: str) -> float:
    """Seconds of the clock that a job takes. It must come to its end."""
    began = time.monotonic()
    working.run(house, public)
    return time.monotonic() - began


def _counted(house: House, actor: Actor, public: str) -> dict[str, Any]:
    with house.reading(actor) as work:
        page = question_items.file_page(work, public)
    found = page.counted
    return {"whole": found.whole, "part": found.part, "refused": found.refused, "kept": found.kept}


if __name__ == "__main__":
    _bring(*sys.argv[1:])
