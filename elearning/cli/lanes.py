"""Lanes: which requests go first and how many of a kind run at once, so that saving an answer never waits for a password.

Requests wait here, whole, and hold no thread meanwhile. Where a lane would keep somebody waiting for too long, the request
goes on at once with a mark that says for how long; the application then answers with a page that says wait.
"""

import logging
import re
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass
from typing import Any

log = logging.getLogger("phatngon.lanes")
THREADS = 8
# With the database in this machine nobody waits for a network, and whoever holds the lock for writing is kept from the interpreter by
# every other thread: eight took 6 % more processor time in a sitting of 1,000, and saves twice as long in the middle.
THREADS_OVER_A_FILE = 4
LEARNING = 0.1
SOONEST, LATEST = 5, 60


@dataclass(frozen=True, slots=True)
class Lane:
    """How many threads a kind of request may hold at once, and over how many seconds of waiting people are told to come
    again; 0 where nobody is ever sent away.
    """

    name: str
    most: int
    patience: float = 0


SAVES = Lane("saves", THREADS)
TOLD = Lane("told", 2)
FILES = Lane("files", 3)  # styles and scripts: the page that says wait needs them too
PAGES = Lane("pages", 5, 6)  # the page of an attempt asks again after eight seconds
DOOR = Lane("door", 2, 10)
STAFF = Lane("staff", 2, 15)
# The order is the rank: the first lane that has somebody waiting and a thread to spare goes on.
LANES = (SAVES, TOLD, FILES, PAGES, DOOR, STAFF)
_SAVING = re.compile(r"/attempts/[^/]+/(answers|submit|uploads)|/uploads/[^/]+|/(healthz|readyz)")
_AT_DOOR = frozenset({"/login", "/welcome", "/account/password"})
_STAFF = re.compile(r"/(admin|author|metrics)\b")


def threads_over(database_url: str) -> int:
    """How many threads a process has over a database at this address."""
    return THREADS_OVER_A_FILE if database_url.startswith("sqlite") else THREADS


def lane_of(method: str, path: str) -> Lane:
    """The lane of a request."""
    if _SAVING.fullmatch(path) and (method == "POST" or path.endswith("z")):
        return SAVES
    if (method == "POST" and path in _AT_DOOR) or path == "/login/again":
        return DOOR
    if path.startswith("/static/"):
        return FILES
    return STAFF if _STAFF.match(path) else PAGES


class Lanes:
    """Hands requests to threads, lane by lane. It stands where waitress has its queue, and is asked as that is."""

    def __init__(self, threads: int = THREADS) -> None:
        self.ready = threading.Condition()
        self.waiting: dict[Lane, deque[Any]] = {lane: deque() for lane in LANES}
        self.running: Counter[Lane] = Counter()
        self.usual = dict.fromkeys(LANES, 0.02)
        self.threads, self.leaving = 0, False
        self.set_thread_count(threads)

    def set_thread_count(self, count: int) -> None:
        """Start the threads; with 0 they end when nothing waits any more."""
        with self.ready:
            self.leaving = count == 0
            while self.threads < count:
                threading.Thread(target=self._work, name=f"lanes-{self.threads}", daemon=True).start()
                self.threads += 1
            self.ready.notify_all()

    def add_task(self, channel: Any) -> None:
        """Let the first request of a channel wait in its lane; or go on at once, marked, where it would wait for too long."""
        request = channel.requests[0]
        lane = lane_of(getattr(request, "command", ""), getattr(request, "path", ""))
        with self.ready:
            seconds = len(self.waiting[lane]) * self.usual[lane] / lane.most
            if lane.patience and seconds > lane.patience:
                request.wait = min(LATEST, max(SOONEST, round(seconds)))
                lane = TOLD
            self.waiting[lane].append(channel)
            self.ready.notify()

    def _next(self) -> Lane | None:
        return next((lane for lane in LANES if self.waiting[lane] and self.running[lane] < lane.most), None)

    def _work(self) -> None:
        while (taken := self._taken()) is not None:
            lane, channel = taken
            began = time.monotonic()
            try:
                channel.service()
            except Exception:
                log.exception("a request could not be served")
            with self.ready:
                self.running[lane] -= 1
                self.usual[lane] += (time.monotonic() - began - self.usual[lane]) * LEARNING

    def _taken(self) -> tuple[Lane, Any] | None:
        """The next request, and its lane; None when it is time to go. Whoever leaves more behind wakes another."""
        with self.ready:
            while (lane := self._next()) is None:
                if self.leaving:
                    self.threads -= 1
                    self.ready.notify_all()
                    return None
                self.ready.wait()
            channel = self.waiting[lane].popleft()
            self.running[lane] += 1
            if self._next() is not None:
                self.ready.notify()
            return lane, channel

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """End the threads; what still waits after so many seconds is given up. Whether anything was."""
        self.set_thread_count(0)
        with self.ready:
            self.ready.wait_for(lambda: self.threads == 0, timeout)
            left = [channel for queue in self.waiting.values() for channel in queue]
            for queue in self.waiting.values():
                queue.clear()
        for channel in left if cancel_pending else ():
            channel.cancel()
        return bool(left)
