"""Learners who save one answer after another while something happens to the platform."""

import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from bench.browser import Browser, OverTheWire
from bench.journey import Traveller
from bench.killing import Place
from bench.people import RightAnswer, add_learners, right_answers, taught

WRITERS = 16
AT_ONCE = 4
LETTERS = "abcdefgh"
SAVES = (20, 200)
PATIENCE = 120.0
Address = tuple[str, int, int]


@dataclass(slots=True)
class Writer:
    """A learner who saves one answer after another, and sends again what nobody acknowledged, as the page does.

    `longest` is the longest that an answer waited for its acknowledgement, in seconds; `met` is what the last try met that had none.
    """

    wire: OverTheWire
    browser: Browser
    attempt: str
    answers: Sequence[tuple[int, RightAnswer]]
    version: int
    seq: int = 0
    again: int = 0
    met: str = ""
    broken: str = ""
    since: float = 0.0
    longest: float = 0.0
    pending: tuple[int, str] | None = None
    acknowledged: dict[Address, tuple[str, int]] = field(default_factory=dict)

    def save_until(self, stop: threading.Event) -> None:
        """Save until told to stop. Raises AssertionError for an answer that is no acknowledgement."""
        self.since = time.monotonic()
        while not stop.is_set():
            try:
                self.save_once()
            except (OSError, http.client.HTTPException) as error:
                self.wire.connection.close()
                self.again += 1
                self.met = f"{type(error).__name__}: {error}"
                time.sleep(0.1)
            except Exception as error:
                self.broken = f"{type(error).__name__}: {error}"
                raise

    def save_once(self) -> None:
        """Save the answer that nobody has acknowledged yet, or the next one. Raises what the line raises."""
        slot, value = self.pending = self.pending or self._next()
        self.version = self._save(slot, value)
        self.acknowledged[self.attempt, self.seq, slot] = (value, self.version)
        self.pending, now = None, time.monotonic()
        self.longest, self.since = max(self.longest, now - (self.since or now)), now

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


def wait_for_saves(writers: Sequence[Writer], rng: Random) -> None:
    """Wait for some acknowledgements, however long it takes while there are any, and for a moment within a save.

    Raises AssertionError as soon as anybody got no acknowledgement but something else, and when for PATIENCE nobody got any.
    """
    there = _number(writers)
    wanted, until = there + rng.randint(*SAVES), time.monotonic() + PATIENCE
    while there < wanted:
        met = Counter(writer.met for writer in writers)
        assert time.monotonic() < until, f"nothing is acknowledged any more; last met: {met}"
        time.sleep(0.005)
        before, there = there, _number(writers)
        until = time.monotonic() + PATIENCE if there > before else until
    time.sleep(rng.uniform(0, 0.05))


def _number(writers: Sequence[Writer]) -> int:
    broken = [writer.broken for writer in writers if writer.broken]
    assert not broken, broken[0]
    return sum(len(writer.acknowledged) for writer in writers)


def seat_writers(place: Place, port: int, sort: str = "") -> list[Writer]:
    """Learners who have signed in, each with a running attempt. `sort` tells them from those who were seated before."""
    with place.house() as house, ThreadPoolExecutor(AT_ONCE) as pool:
        course = taught(house)
        people = add_learners(house, WRITERS, f"nguoi-viet-{sort}")
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
