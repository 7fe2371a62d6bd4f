"""Passwords: argon2id with the settings that OWASP recommends (19 MiB, 2 passes, 1 lane), one at a time in each process.

Hashing is the dearest thing that the platform does. Few may stand in line for it, so that the threads stay free for those
who save answers; the others are told at once for how long to wait.
"""

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from elearning.domain.message import message
from elearning.services.failing import Unavailable

AT_ONCE = 1
IN_LINE = 3
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


def hashed(password: str) -> str:
    """The form in which a password is kept. Raises Crowded."""
    with _room.entered():
        return _hasher.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one that is kept. Takes as long for nobody's account as for somebody's. Raises Crowded."""
    with _room.entered():
        try:
            _hasher.verify(kept or _NOBODYS, password)
            return bool(kept)
        except (VerificationError, InvalidHashError):
            return False
