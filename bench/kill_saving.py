"""The server is killed again and again while learners save: what it acknowledged must be there, as it was acknowledged."""

import http.client
import os
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Literal

from sqlalchemy import select

from bench.browser import Browser, OverTheWire
from bench.finishers import Finisher, check_finished, seat_finishers
from bench.journey import Traveller
from bench.killing import PLATFORM, Place, kill_group, living, wait_until
from bench.people import RightAnswer, add_learners, right_answers, taught
from bench.postgresql import Postgresql
from bench.processes import free_port, serving
from elearning.services.consistency import audit
from elearning.services.work import NOBODY, House
from elearning.store.models.learning import Answer, Attempt
from tests.texts import TEXTS

WRITERS = 16
AT_ONCE = 4
LETTERS = "abcdefgh"
SAVES = (20, 200)
PATIENCE = 120.0
Address = tuple[str, int, int]
Victim = Literal["serving", "worker", "arbiter", "platform", "backend"]


@dataclass(slots=True)
class Writer:
    """A learner who saves one answer after another, and sends again what nobody acknowledged, as the page does."""

    wire: OverTheWire
    browser: Browser
    attempt: str
    answers: Sequence[tuple[int, RightAnswer]]
    version: int
    seq: int = 0
    again: int = 0
    broken: str = ""
    pending: tuple[int, str] | None = None
    acknowledged: dict[Address, tuple[str, int]] = field(default_factory=dict)

    def save_until(self, stop: threading.Event) -> None:
        """Save until told to stop. Raises AssertionError for an answer that is no acknowledgement."""
        while not stop.is_set():
            try:
                self.save_once()
            except (OSError, http.client.HTTPException):
                self.wire.connection.close()
                self.again += 1
                time.sleep(0.02)
            except AssertionError as error:
                self.broken = str(error)
                raise

    def save_once(self) -> None:
        """Save the answer that nobody has acknowledged yet, or the next one. Raises what the line raises."""
        slot, value = self.pending = self.pending or self._next()
        self.version = self._save(slot, value)
        self.acknowledged[self.attempt, self.seq, slot] = (value, self.version)
        self.pending = None

    def _next(self) -> tuple[int, str]:
        """The next slot in turn, and a value that differs from its last: letters in turn, or a number as typed."""
        self.seq += 1
        turn, place = divmod(self.seq, len(self.answers))
        slot, right = self.answers[place]
        return slot, LETTERS[turn % 2] if right.value in LETTERS else str(turn + 1)

    def _save(self, slot: int, value: str) -> int:
        body = {
            "tab": self.browser.hidden("tab"), "seq": self.seq, "base": self.version, "answers": {str(slot): value},
        }  # fmt: skip
        reply = self.browser.save(f"/attempts/{self.attempt}/answers", body, "saving an answer")
        found = re.search(r'"version":\s*(\d+)', reply.text)
        assert found is not None, f"no version in {reply.text[:200]}"
        return int(found[1])


@dataclass(slots=True)
class Kept:
    """What was killed, what was acknowledged meanwhile, and what was wrong afterwards."""

    kills: Counter[Victim] = field(default_factory=Counter)
    acknowledged: int = 0
    again: int = 0
    finished: int = 0
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
    finishers: list[Finisher] = field(default_factory=list)
    under_way: list[Future[None]] = field(default_factory=list)

    def meet(self, kill: Callable[[], None], pair: Sequence[Finisher]) -> None:
        """Wait for some saves, let two people hand in, and kill within a tenth of a second of it."""
        wait_for_saves(self.writers, self.rng)
        self.finishers += pair
        self.under_way += [self.hands.submit(one.hand_in, self.rng.uniform(0, 0.1)) for one in pair]
        time.sleep(self.rng.uniform(0, 0.1))
        kill()


def save_under_kills(place: Place, kills: int, seed: int, postgresql: Postgresql | None = None) -> Kept:
    """Let learners save and hand in, and kill, at moments drawn from the seed: a process that serves, the worker, the arbiter, the
    whole platform, and a process of PostgreSQL where one of our own runs.

    Whenever the arbiter or all of it was killed it is started again on the same folder, and the database is compared with
    all that was ever acknowledged.
    """
    kept, last = Kept(), False
    with ThreadPoolExecutor(2 * WRITERS) as hands:
        at = Round(place, free_port(), Random(seed), hands, postgresql)
        while kept.kills.total() < kills:
            with open_platform(place, at.port, first=not at.writers) as group:
                if not at.writers:
                    at.writers = seat_writers(place, at.port)
                _check_all(at, kept)
                last = not last
                _kill_in_turn(at, kept, group, kills, "arbiter" if last else "platform")
        with open_platform(place, at.port):
            for one in at.under_way:
                one.result()
            _check_all(at, kept)
    kept.acknowledged = sum(len(writer.acknowledged) for writer in at.writers)
    kept.again = sum(writer.again for writer in at.writers) + sum(one.again for one in at.finishers)
    kept.finished = sum(one.acknowledged for one in at.finishers)
    return kept


def _kill_in_turn(at: Round, kept: Kept, group: int, kills: int, last: Victim) -> None:
    """Kill one of each sort, the last of which ends the platform."""
    some: list[Victim] = ["serving", "worker", *(["backend"] if at.postgresql else []), last]
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
        found = [pid for pid in living(group) if pid != group and _is_worker(pid) == (victim == "worker")]
        os.kill(at.rng.choice(sorted(found)), signal.SIGKILL)


def _is_worker(pid: int) -> bool:
    return b"worker\0--beside" in Path(f"/proc/{pid}/cmdline").read_bytes()


def _check_all(at: Round, kept: Kept) -> None:
    check(at.place, at.writers, kept)
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


def wait_for_saves(writers: Sequence[Writer], rng: Random) -> None:
    """Wait for some acknowledgements, and for a moment within a save. Raises AssertionError as soon as anybody got no acknowledgement
    but something else.
    """

    def number() -> int:
        broken = [writer.broken for writer in writers if writer.broken]
        assert not broken, broken[0]
        return sum(len(writer.acknowledged) for writer in writers)

    before, more = number(), rng.randint(*SAVES)
    wait_until(lambda: number() >= before + more, PATIENCE, f"of {more} saves not all are acknowledged", 0.005)
    time.sleep(rng.uniform(0, 0.05))


def seat_writers(place: Place, port: int) -> list[Writer]:
    """Learners who have signed in, each with a running attempt."""
    with place.house() as house, ThreadPoolExecutor(AT_ONCE) as pool:
        course = taught(house)
        people = add_learners(house, WRITERS, "nguoi-viet-")
        wires = [OverTheWire(port) for _ in people]
        travellers = [
            Traveller(person, Browser(wire), course, lambda attempt: right_answers(house, attempt))
            for person, wire in zip(people, wires, strict=True)
        ]
        return list(pool.map(_seated, travellers, wires))


def _seated(traveller: Traveller, wire: OverTheWire) -> Writer:
    traveller.sign_in()
    answers = [(slot, right) for slot, right in traveller.begin().items() if isinstance(right.value, str)]
    browser = traveller.browser
    return Writer(wire, browser, browser.path.split("/")[2].split("?")[0], answers, int(browser.hidden("base")))


@contextmanager
def saving(writers: Sequence[Writer]) -> Iterator[None]:
    """All learners save until the block ends. Raises what any of them raised."""
    stop = threading.Event()
    with ThreadPoolExecutor(len(writers)) as pool:
        running: list[Future[None]] = [pool.submit(writer.save_until, stop) for writer in writers]
        try:
            yield
        finally:
            stop.set()
    for one in running:
        one.result()


def check(place: Place, writers: Sequence[Writer], kept: Kept) -> None:
    """Compare the database with all that was acknowledged, and let it look itself over where it can."""
    with place.house() as house:
        there = stored(house)
        kept.wrong += _unsound(house)
    for writer in writers:
        for address, told in writer.acknowledged.items():
            if there.get(address) != told:
                kept.wrong.append(f"acknowledged {address} as {told}, stored {there.get(address)}")


def stored(house: House) -> dict[Address, tuple[object, int]]:
    """All answers that a database holds: value and version."""
    rows = select(Attempt.public, Answer.seq, Answer.slot, Answer.value, Answer.version).join(
        Attempt, Attempt.id == Answer.attempt_id
    )
    with house.reading(NOBODY) as work:
        return {(row[0], row[1], row[2]): (row[3], row[4]) for row in work.session.execute(rows)}


def _unsound(house: House) -> list[str]:
    """What the audit finds: what SQLite says of its file, and what must hold across all tables on either database."""
    return [finding.message.plain() for finding in audit(house) if not finding.good]
