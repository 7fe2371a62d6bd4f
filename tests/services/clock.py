"""A clock that stands still until a test moves it, and chance that is the same in every run."""

import base64
import random
import threading
from datetime import UTC, datetime, timedelta

from elearning.services.work import Chance

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


class Clock:
    """Nine in the morning in Ha Noi on Monday 23/11/2026, until it is moved."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **length: float) -> datetime:
        """Let some time pass, as timedelta names it; the new moment."""
        self.now += timedelta(**length)
        return self.now


def seeded_chance(seed: int = 20261123) -> Chance:
    """Values that nobody could guess from one another, yet the same in every run."""
    rng = random.Random(seed)  # noqa: S311  nothing that tests make is secret
    lock = threading.Lock()

    def token(size: int) -> str:
        with lock:
            return base64.urlsafe_b64encode(rng.randbytes(size)).rstrip(b"=").decode()

    def bits(count: int) -> int:
        with lock:
            return rng.getrandbits(count)

    return Chance(token, bits)
