"""Load over the wire: what a journey costs the server in processor time, and the floor for the same requests."""

import os
import statistics
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import floor
from bench.browser import Asked, Browser, OverTheWire
from bench.journey import Traveller
from bench.people import RightAnswer, add_learners, right_answers, taught
from bench.processes import Server, free_port, serving
from bench.tables import table
from elearning.cli.lanes import THREADS
from elearning.factory import build_house
from elearning.services.work import House
from elearning.settings import read_settings
from tests.texts import TEXTS

AT_ONCE = 4
WARM = 6
PHASES: tuple[tuple[str, Callable[[Traveller], None]], ...] = (
    ("signing in (argon2id)", Traveller.sign_in),
    ("outline and lessons", Traveller.learn),
    ("examination", Traveller.answer),
    ("handing in, result", Traveller.hand_in),
    ("certificate as PDF", Traveller.certificate),
)


@dataclass(slots=True)
class Tally:
    """Requests by method and by kind, with their times in seconds. Shared by the threads of the client."""

    times: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, asked: Asked) -> None:
        """Take one request into account."""
        with self.lock:
            self.times.setdefault((asked.method, asked.kind), []).append(asked.seconds)

    def number(self, method: str) -> int:
        """How many requests there were with a method."""
        return sum(len(times) for (used, _), times in self.times.items() if used == method)


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the journey, for all learners together."""

    name: str
    requests: int
    cpu: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What the journeys of some learners cost the server."""

    learners: int
    phases: tuple[Phase, ...]
    saves: Phase
    tally: Tally
    processes: int
    memory: float

    @property
    def cpu(self) -> float:
        """Seconds of processor time for all journeys."""
        return sum(phase.cpu for phase in self.phases)

    @property
    def requests(self) -> int:
        return sum(phase.requests for phase in self.phases)


def platform(learners: int) -> Measured:
    """Start the platform, warm it up, and send the learners through it, one part of the journey after another."""
    with TemporaryDirectory() as folder:
        port = free_port()
        environment = {
            "PHATNGON_DATA_DIR": folder, "PHATNGON_PORT": str(port), "PHATNGON_HOST": "127.0.0.1",
            "PHATNGON_PUBLIC_URL": f"http://127.0.0.1:{port}", "PHATNGON_DATABASE_URL": "",
        }  # fmt: skip
        command = [sys.executable, "-m", "elearning.factory", "serve", "--prepare", "--texts", str(TEXTS)]
        with serving(command, environment, port, "/readyz", Path(folder) / "server.log") as server:
            house = build_house(read_settings({**os.environ, **environment}))
            try:
                _travel(server, _travellers(house, port, WARM, "warm-", Tally()))
                return _measure(server, house, learners)
            finally:
                house.store.dispose()


def _measure(server: Server, house: House, learners: int) -> Measured:
    tally = Tally()
    travellers = _travellers(house, server.port, learners, "hoc-vien-", tally)
    phases = _travel(server, travellers, tally)
    saves = _saves(server, house, travellers)
    return Measured(learners, tuple(phases), saves, tally, server.processes(), server.memory())


def _travellers(house: House, port: int, number: int, prefix: str, tally: Tally) -> list[Traveller]:
    def answers(attempt: str) -> dict[int, RightAnswer]:
        return right_answers(house, attempt)

    course = taught(house)
    people = add_learners(house, number, prefix)
    return [Traveller(person, Browser(OverTheWire(port), tally.note), course, answers) for person in people]


def _travel(server: Server, travellers: Sequence[Traveller], tally: Tally | None = None) -> list[Phase]:
    phases = []
    for name, act in PHASES:
        before = _requests(tally)
        cpu = _spent(server, act, travellers)
        phases.append(Phase(name, _requests(tally) - before, cpu))
    return phases


def _requests(tally: Tally | None) -> int:
    return tally.number("GET") + tally.number("POST") if tally else 0


def _spent(server: Server, act: Callable[[Traveller], None], travellers: Sequence[Traveller]) -> float:
    began = server.cpu()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(act, travellers))
    return server.cpu() - began


def _saves(server: Server, house: House, travellers: Sequence[Traveller]) -> Phase:
    """Saved answers by themselves: a second attempt of each learner, its questions answered five times over."""
    rounds = 5
    numbers: list[int] = []

    def prepare(traveller: Traveller) -> None:
        traveller.begin()

    def save(traveller: Traveller) -> None:
        numbers.append(traveller.save_all(rounds))

    _spent(server, prepare, travellers)
    cpu = _spent(server, save, travellers)
    return Phase("saving an answer", sum(numbers), cpu)


@dataclass(frozen=True, slots=True)
class Ground:
    """What one read and one write cost on the floor, in seconds of processor time."""

    read: float
    write: float
    memory: float


def ground(reads: int, writes: int) -> Ground:
    """Measure the floor under the server that the platform uses, with its settings."""
    with TemporaryDirectory() as folder:
        port, database = free_port(), Path(folder) / "floor.db"
        floor.prepare(database)
        with serving(_gunicorn(port, database), {}, port, "/readyz", Path(folder) / "server.log") as server:
            _ask(server, "GET", 400)
            _ask(server, "POST", 100)
            read, write = _ask(server, "GET", reads), _ask(server, "POST", writes)
            return Ground(read / reads, write / writes, server.memory())


def between(first: Ground, second: Ground) -> Ground:
    """The floor half way between two measurements, for a machine on which others work at the same time."""
    read, write = (first.read + second.read) / 2, (first.write + second.write) / 2
    return Ground(read, write, (first.memory + second.memory) / 2)


def _gunicorn(port: int, database: Path) -> list[str]:
    shared = ["--worker-tmp-dir", "/dev/shm"] if Path("/dev/shm").is_dir() else []  # noqa: S108  a heartbeat file in memory
    return [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(len(os.sched_getaffinity(0))),
        "--worker-class", "elearning.cli.buffered.Buffered", "--threads", str(THREADS), "--log-level", "warning", *shared,
        f"bench.floor:build({str(database)!r})",
    ]  # fmt: skip


def _ask(server: Server, method: str, number: int) -> float:
    def some(share: int) -> None:
        browser = Browser(OverTheWire(server.port), cookies={floor.COOKIE: floor.TOKEN})
        for _ in range(share):
            browser.plain(method, "/", b"b" if method == "POST" else None)

    began = server.cpu()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(some, [number // AT_ONCE] * AT_ONCE))
    return server.cpu() - began


def report(measured: Measured, floor_: Ground) -> None:
    """Print what a journey costs, part by part, beside the floor."""
    n, tally = measured.learners, measured.tally
    rows = [_row(phase.name, phase.requests / n, phase.cpu / n) for phase in measured.phases]
    rows.append(_row("the whole journey", measured.requests / n, measured.cpu / n))
    apart = measured.cpu - measured.phases[0].cpu
    rows.append(_row("without signing in", (measured.requests - measured.phases[0].requests) / n, apart / n))
    print(table(("part of the journey", "requests", "CPU ms", "CPU ms a request"), rows))
    below = (tally.number("GET") * floor_.read + tally.number("POST") * floor_.write) / n
    door = sum(
        len(times) for (_, kind), times in tally.times.items() if kind in ("sign-in page", "signing in", "start page")
    )
    print(f"\n- CPU seconds a journey: {measured.cpu / n:.3f}; without signing in: {apart / n:.3f}")
    print(
        f"- A saved answer (JSON, {measured.saves.requests} of them): {_ms(measured.saves.cpu / measured.saves.requests)} CPU ms"
    )
    print(
        f"- Floor: {_ms(floor_.read)} CPU ms a read, {_ms(floor_.write)} CPU ms a write; the same requests: {below:.3f} CPU s"
    )
    print(
        f"- Ratio to the floor: {measured.cpu / n / below:.1f}; without signing in: {_ratio(measured, floor_, door):.1f}"
    )
    print(
        f"- Memory after it: {measured.memory:.0f} MB in {measured.processes} processes (floor: {floor_.memory:.0f} MB)\n"
    )
    print(table(("request", "", "number", "median ms", "95 % below ms"), _latencies(tally)))


def _row(name: str, requests: float, cpu: float) -> tuple[object, ...]:
    return name, f"{requests:.0f}", _ms(cpu), _ms(cpu / requests)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f}"


def _ratio(measured: Measured, floor_: Ground, door: int) -> float:
    """The ratio of all that comes after the door; of the door's requests one in three is a write."""
    reads, writes = measured.tally.number("GET") - door * 2 // 3, measured.tally.number("POST") - door // 3
    return (measured.cpu - measured.phases[0].cpu) / (reads * floor_.read + writes * floor_.write)


def _latencies(tally: Tally) -> list[tuple[object, ...]]:
    return [
        (kind, method, len(times), _ms(statistics.median(times)), _ms(sorted(times)[int(len(times) * 0.95)]))
        for (method, kind), times in tally.times.items()
    ]
