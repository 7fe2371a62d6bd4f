"""The server is killed again and again while learners save: what it acknowledged must be there, as it was acknowledged."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Literal

from sqlalchemy import select

from bench.finishers import Finisher, check_finished, seat_finishers
from bench.killing import PLATFORM, Place, kill_group, living, wait_until
from bench.postgresql import Postgresql
from bench.processes import free_port, serving
from bench.writers import WRITERS, Address, Writer, saving, seat_writers, wait_for_saves
from elearning.services.consistency import audit
from elearning.services.work import NOBODY, House
from elearning.store.models.learning import Answer, Attempt
from tests.texts import TEXTS

PATIENCE = 120.0
SITTING = (
    600.0  # seconds after which others sit down: the examination is over after twenty minutes, and takes nothing more
)
Victim = Literal["serving", "worker", "arbiter", "platform", "backend"]


@dataclass(slots=True)
class Kept:
    """What was killed, what was acknowledged meanwhile, how often all of it was compared with the database, and what was wrong.

    `longest` is the longest that an answer waited for its acknowledgement while its learner tried, in seconds.
    """

    kills: Counter[Victim] = field(default_factory=Counter)
    learners: int = 0
    acknowledged: int = 0
    again: int = 0
    longest: float = 0.0
    lessons: int = 0
    finished: int = 0
    certificates: int = 0
    checks: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Round:
    """The people of a run: those who save, those who hand in, and where both are at work."""

    place: Place
    port: int
    rng: Random
    hands: ThreadPoolExecutor
    postgresql: Postgresql | None = None
    writers: list[Writer] = field(default_factory=list)
    seated: float = 0.0
    left: list[Writer] = field(default_factory=list)
    finishers: list[Finisher] = field(default_factory=list)
    under_way: list[Future[None]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def seat(self) -> None:
        """Let learners sit down, in good time before the examination of those who sit there ends."""
        if not self.writers or time.monotonic() - self.seated > SITTING:
            for writer in self.writers:
                writer.wire.connection.close()
            self.left += self.writers
            self.writers = seat_writers(self.place, self.port, f"{len(self.left)}-")
            self.seated = time.monotonic()

    def meet(self, kill: Callable[[], None], pair: Sequence[Finisher]) -> None:
        """Wait for some saves, let two people finish, and kill within a tenth of a second of it."""
        wait_for_saves(self.writers, self.rng)
        self.finishers += pair
        self.under_way += [self.hands.submit(one.finish, self.rng.uniform(0, 0.1), self.over) for one in pair]
        time.sleep(self.rng.uniform(0, 0.1))
        kill()


def save_under_kills(place: Place, kills: int, seed: int, postgresql: Postgresql | None = None) -> Kept:
    """Let learners save and hand in, and kill, at moments drawn from the seed: a process that serves, the worker, the arbiter, the
    whole platform, and a process of PostgreSQL where one of our own runs.

    Whenever the arbiter or all of it was killed it is started again on the same folder, and the database is compared with
    all that was ever acknowledged.
    """
    kept, last = Kept(), False
    with ThreadPoolExecutor(2 * WRITERS) as hands, ExitStack() as at_last:
        at = Round(place, free_port(), Random(seed), hands, postgresql)
        at_last.callback(at.over.set)
        while kept.kills.total() < kills:
            with open_platform(place, at.port, first=not at.writers) as group:
                at.seat()
                _check_all(at, kept)
                last = not last
                _kill_in_turn(at, kept, group, kills, "arbiter" if last else "platform")
        with open_platform(place, at.port):
            for one in at.under_way:
                one.result(PATIENCE)
            _check_all(at, kept)
    _count(at, kept)
    return kept


def _count(at: Round, kept: Kept) -> None:
    writers = [*at.left, *at.writers]
    kept.learners = len(writers)
    kept.acknowledged = sum(len(writer.acknowledged) for writer in writers)
    kept.longest = max(writer.longest for writer in writers)
    kept.again = sum(writer.again for writer in writers) + sum(one.again for one in at.finishers)
    kept.lessons = sum(one.learnt for one in at.finishers)
    kept.finished = sum(one.handed_in for one in at.finishers)
    kept.certificates = sum(one.certificate != "" for one in at.finishers)


def _kill_in_turn(at: Round, kept: Kept, group: int, kills: int, last: Victim) -> None:
    """Kill one of each sort, the last of which ends the platform."""
    some: list[Victim] = ["serving", "worker", "serving", last]
    if at.postgresql:
        some[1:3] = ["backend", "worker", "backend", "serving"]
    some = some[-max(1, kills - kept.kills.total()) :]
    finishers = seat_finishers(at.place, at.port, 2 * len(some), at.rng)
    with saving(at.writers):
        for number, victim in enumerate(some):
            at.meet(partial(_kill, at, group, victim), finishers[2 * number : 2 * number + 2])
            kept.kills[victim] += 1


def _kill(at: Round, group: int, victim: Victim) -> None:
    if victim == "platform":
        kill_group(group)
    elif victim == "backend" and at.postgresql:
        at.postgresql.kill_a_backend(at.rng)
    elif victim == "arbiter":
        os.kill(group, signal.SIGKILL)
        wait_until(lambda: not living(group), PATIENCE, "processes outlive their arbiter", 0.05)
    else:
        wait_until(lambda: _some(group, victim) != [], PATIENCE, f"there is no {victim} to kill", 0.05)
        os.kill(at.rng.choice(_some(group, victim)), signal.SIGKILL)


def _some(group: int, victim: Victim) -> list[int]:
    """The workers for jobs of a platform, or all its other processes below the arbiter."""
    return sorted(pid for pid in living(group) if pid != group and _is_worker(pid) == (victim == "worker"))


def _is_worker(pid: int) -> bool:
    return b"worker\0--beside" in Path(f"/proc/{pid}/cmdline").read_bytes()


def _check_all(at: Round, kept: Kept) -> None:
    check(at.place, [*at.left, *at.writers], kept)
    with at.place.house() as house:
        kept.wrong += check_finished(house, at.finishers)


def begin_anew_while_saving(place: Place, times: int, seed: int) -> Kept:
    """Let learners save while the server is told, so many times, to begin anew (SIGHUP): no try may stay without an answer."""
    rng, kept, port = Random(seed), Kept(), free_port()
    with open_platform(place, port, first=True) as group:
        writers = seat_writers(place, port)
        with saving(writers):
            for _ in range(times):
                before = set(living(group))
                os.kill(group, signal.SIGHUP)
                wait_until(partial(_only_arbiter_and_worker, before, group), PATIENCE, "old processes stay", 0.1)
                wait_for_saves(writers, rng)
        check(place, writers, kept)
        for writer in writers:
            writer.wire.connection.close()
    kept.acknowledged = sum(len(writer.acknowledged) for writer in writers)
    kept.again = sum(writer.again for writer in writers)
    return kept


def _only_arbiter_and_worker(before: set[int], group: int) -> bool:
    """Whether of the processes from before only those are left that do not serve."""
    return len(before & set(living(group))) <= 2


@contextmanager
def open_platform(place: Place, port: int, first: bool = False) -> Iterator[int]:
    """The platform as `make run` starts it, in a process group of its own; that group."""
    command = [*PLATFORM, "serve", *(["--prepare", "--texts", str(TEXTS)] if first else [])]
    address = {"PHATNGON_PORT": str(port), "PHATNGON_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    with serving(command, place.environment(**address), port, "/readyz", place.folder / "server.log") as server:
        yield server.group


def check(place: Place, writers: Sequence[Writer], kept: Kept) -> None:
    """Compare the database with all that was acknowledged, and let it look itself over where it can."""
    kept.checks += 1
    with place.house() as house:
        there = stored(house)
        kept.wrong += _unsound(house)
    for writer in writers:
        for address, told in writer.acknowledged.items():
            if there.get(address) != [told]:
                kept.wrong.append(f"acknowledged {address} as {told}, stored {there.get(address)}")


def stored(house: House) -> dict[Address, list[tuple[object, int]]]:
    """All answers that a database holds: value and version, one of each for every address where nothing is there twice."""
    rows = select(Attempt.public, Answer.seq, Answer.slot, Answer.value, Answer.version).join(
        Attempt, Attempt.id == Answer.attempt_id
    )
    found: dict[Address, list[tuple[object, int]]] = {}
    with house.reading(NOBODY) as work:
        for row in work.session.execute(rows):
            found.setdefault((row[0], row[1], row[2]), []).append((row[3], row[4]))
    return found


def _unsound(house: House) -> list[str]:
    """What the audit finds: what SQLite says of its file, and what must hold across all tables on either database."""
    return [finding.message.plain() for finding in audit(house) if not finding.good]
