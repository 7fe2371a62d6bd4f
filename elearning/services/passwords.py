"""Passwords: argon2id with the settings that OWASP recommends (19 MiB, 2 passes, 1 lane), one at a time in each process.

Hashing is the dearest thing that the platform does. Few may stand in line for it, so that the threads stay free for those
who save answers; the others are told at once for how long to wait.
"""

import os
import secrets
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from elearning.domain.message import message
from elearning.services.failing import Unavailable

AT_ONCE = 1
IN_LINE = 3
BEHIND = 10
PAUSE = 5
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODYS = _hasher.hash(secrets.token_urlsafe(16))


class Crowded(Unavailable):
    """More people come in at this moment than there is room for; `seconds` says when to come again."""

    def __init__(self, seconds: int = PAUSE) -> None:
        super().__init__(message("Many people are coming in at this moment. Please wait; nothing is lost."), seconds)


class Room:
    """Room for a few who hash, and a short line before it."""

    def __init__(self, at_once: int = AT_ONCE, in_line: int = IN_LINE) -> None:
        self.most, self.inside = at_once + in_line, 0
        self.counting, self.places = threading.Lock(), threading.BoundedSemaphore(at_once)

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Wait for a place, and have it. Raises Crowded at once where the line is full."""
        with self.counting:
            if self.inside >= self.most:
                raise Crowded
            self.inside += 1
        try:
            with self.places:
                yield
        finally:
            with self.counting:
                self.inside -= 1


_room = Room()


def _step_back() -> None:
    """Let those who save and read go before this thread wherever the processor is short."""
    if sys.platform == "linux":  # where a thread has a rank of its own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BEHIND)


class _Hands:
    """The threads that hash. Each keeps its 19 MiB for the next time: one for all saves a process of four 60 MB."""

    def __init__(self) -> None:
        self.begin()
        os.register_at_fork(after_in_child=self.begin)  # threads do not go along where a process parts

    def begin(self) -> None:
        """Have hands that have done nothing yet; their threads start with the first password."""
        self.pool = ThreadPoolExecutor(AT_ONCE, "passwords", _step_back)

    def hash(self, password: str) -> str:
        """The form in which a password is kept."""
        return self.pool.submit(_hasher.hash, password).result()

    def verify(self, kept: str, password: str) -> bool:
        """Whether they belong together. Raises VerificationError where not, InvalidHashError for what was never kept."""
        return self.pool.submit(_hasher.verify, kept, password).result()


_hands = _Hands()


def hashed(password: str) -> str:
    """The form in which a password is kept. Raises Crowded."""
    with _room.entered():
        return _hands.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one that is kept. Takes as long for nobody's account as for somebody's. Raises Crowded."""
    with _room.entered():
        try:
            _hands.verify(kept or _NOBODYS, password)
            return bool(kept)
        except (VerificationError, InvalidHashError):
            return False
