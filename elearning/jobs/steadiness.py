"""Whether the clock of the machine runs as time does. One that was stepped forward would end examinations that have time left."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

log = logging.getLogger("phatngon.worker")
STEP = 60.0
REST = 600.0


def since_start() -> float:
    """Seconds since the machine was started, sleep included; nobody sets this clock."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(slots=True)
class Steadiness:
    """Compares the clock on the wall with the one that nobody sets. After a step forward it asks for a rest, in which somebody
    can look; what comes in meanwhile is judged by the wall clock all the same.
    """

    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = since_start
    apart: float = field(init=False)
    until: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.apart = self.wall() - self.steady()

    def is_steady(self) -> bool:
        """Whether the clock has not been stepped forward by a minute or more within the last ten minutes."""
        now = self.steady()
        apart = self.wall() - now
        if apart - self.apart >= STEP:
            self.until = now + REST
            log.warning(
                "the clock was stepped forward; no attempt is handed in for its owner until it has been steady for ten minutes"
            )
        elif apart - self.apart <= -STEP:
            self.until = 0.0
        self.apart = apart
        return now >= self.until
