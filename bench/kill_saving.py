"""The server is killed again and again while learners save: what it acknowledged must be there, as it was acknowledged."""

import http.client
import os
import re
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from random import Random

from sqlalchemy import select

from bench.browser import Browser, OverTheWire
from bench.journey import Traveller
from bench.killing import PLATFORM, Place, kill_group, living, wait_until
from bench.people import RightAnswer, add_learners, right_answers, taught
from bench.processes import free_port, serving
from elearning.services.consistency import audit
from elearning.services.work import NOBODY, House
from elearning.store.models.learning import Answer, Attempt
from tests.texts import TEXTS

WRITERS = 16
AT_ONCE = 4
LETTERS = "abcdefgh"
SAVES = (20, 200)
PATIENCE = 60.0
Address = tuple[str, int, int]


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
    """What was killed, what was saved meanwhile, and what was wrong afterwards."""

    platform_kills: int = 0
    process_kills: int = 0
    acknowledged: int = 0
    again: int = 0
    wrong: list[str] = field(default_factory=list)


def save_under_kills(place: Place, kills: int, seed: int) -> Kept:
    """Let learners save, and kill, at moments drawn from the seed, in turn one process and the whole platform.

    The one process is any but the first of its group: one that serves, or the worker.

    After each kill of the platform it is started again on the same folder, and the database is compared with all that
    was ever acknowledged.
    """
    rng, kept, port = Random(seed), Kept(), free_port()
    writers: list[Writer] = []
    while kept.platform_kills + kept.process_kills < kills:
        with _platform(place, port, first=not writers) as group:
            if not writers:
                writers = seat_writers(place, port)
            check(place, writers, kept)
            with _saving(writers):
                _wait_for_saves(writers, rng)
                os.kill(rng.choice(sorted(set(living(group)) - {group})), signal.SIGKILL)
                _wait_for_saves(writers, rng)
                kill_group(group)
                kept.process_kills, kept.platform_kills = kept.process_kills + 1, kept.platform_kills + 1
    with _platform(place, port):
        check(place, writers, kept)
    kept.acknowledged = sum(len(writer.acknowledged) for writer in writers)
    kept.again = sum(writer.again for writer in writers)
    return kept


def begin_anew_while_saving(place: Place, times: int, seed: int) -> Kept:
    """Let learners save while the server is told, so many times, to begin anew (SIGHUP): no try may stay without an answer."""
    rng, kept, port = Random(seed), Kept(), free_port()
    with _platform(place, port, first=True) as group:
        writers = seat_writers(place, port)
        with _saving(writers):
            for _ in range(times):
                before = set(living(group))
                os.kill(group, signal.SIGHUP)
                wait_until(partial(_only_arbiter_and_worker, before, group), PATIENCE, "old processes stay", 0.1)
                _wait_for_saves(writers, rng)
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
def _platform(place: Place, port: int, first: bool = False) -> Iterator[int]:
    """The platform as `make run` starts it, in a process group of its own; that group."""
    command = [*PLATFORM, "serve", *(["--prepare", "--texts", str(TEXTS)] if first else [])]
    address = {"PHATNGON_PORT": str(port), "PHATNGON_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    with serving(command, place.environment(**address), port, "/readyz", place.folder / "server.log") as server:
        yield server.group


def _wait_for_saves(writers: Sequence[Writer], rng: Random) -> None:
    """Wait for some acknowledgements, and for a moment within a save."""
    wanted = sum(len(writer.acknowledged) for writer in writers) + rng.randint(*SAVES)
    wait_until(lambda: sum(len(w.acknowledged) for w in writers) >= wanted, PATIENCE, "nothing is acknowledged", 0.005)
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
def _saving(writers: Sequence[Writer]) -> Iterator[None]:
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
        stored = _stored(house)
        kept.wrong += _unsound(house)
    for writer in writers:
        for address, told in writer.acknowledged.items():
            if stored.get(address) != told:
                kept.wrong.append(f"acknowledged {address} as {told}, stored {stored.get(address)}")


def _stored(house: House) -> dict[Address, tuple[object, int]]:
    rows = select(Attempt.public, Answer.seq, Answer.slot, Answer.value, Answer.version).join(
        Attempt, Attempt.id == Answer.attempt_id
    )
    with house.reading(NOBODY) as work:
        return {(row[0], row[1], row[2]): (row[3], row[4]) for row in work.session.execute(rows)}


def _unsound(house: House) -> list[str]:
    """What the audit finds: what SQLite says of its file, and what must hold across all tables on either database."""
    return [finding.message.plain() for finding in audit(house) if not finding.good]
