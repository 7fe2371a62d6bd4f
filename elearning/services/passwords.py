"""Passwords: argon2id with the settings that OWASP recommends (19 MiB, 2 passes, 1 lane), a few at a time."""

import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

AT_ONCE = 4
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_room = threading.BoundedSemaphore(AT_ONCE)
_NOBODYS = _hasher.hash(secrets.token_urlsafe(16))


def hashed(password: str) -> str:
    """The form in which a password is kept."""
    with _room:
        return _hasher.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one that is kept. Takes as long for nobody's account as for somebody's."""
    with _room:
        try:
            _hasher.verify(kept or _NOBODYS, password)
            return bool(kept)
        except (VerificationError, InvalidHashError):
            return False
