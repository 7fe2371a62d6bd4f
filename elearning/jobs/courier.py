"""The courier: a small process that hands letters over, and outlives a kill of its worker long enough to finish one.

A letter that the mail server has taken and that nobody has written down would go out again. So whoever holds a letter
is not the worker itself, and looks between letters only whether it should go.
"""

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

log = logging.getLogger("phatngon.courier")
POST_EVERY = 10.0
LOOK = 0.5
PAUSE = 5.0
LEAVING = 8.0


@dataclass(slots=True)
class Leave:
    """Whether it is time to go: the process was told to end, or is no longer the child of `beside` (0: nobody's)."""

    beside: int
    told: bool = False

    def __call__(self) -> bool:
        return self.told or (self.beside != 0 and os.getppid() != self.beside)

    def listen(self) -> None:
        """Take the signal to end as a wish; the one that the keyboard sends to all at once is the worker's business."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, self._note)

    def _note(self, signum: int, frame: FrameType | None) -> None:
        self.told = True


def keep_posting(post: Callable[[Callable[[], bool]], object], leave: Callable[[], bool]) -> None:
    """Send the mail that waits, until it is time to go; what cannot be sent now is tried again a little later."""
    while not leave():
        try:
            post(leave)
        except Exception:
            log.exception("mail could not be sent")
        until = time.monotonic() + POST_EVERY
        while not leave() and time.monotonic() < until:
            time.sleep(LOOK)


@dataclass(slots=True)
class Keeper:
    """Keeps a courier running beside the worker: one that ends by itself is followed by another."""

    command: Sequence[str]
    pause: float = PAUSE
    ending: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)
    courier: "subprocess.Popen[bytes] | None" = None

    def keep(self) -> None:
        """Run couriers, one after the other, until `end`."""
        while (courier := self._started()) is not None:
            status = courier.wait()
            if not self.ending.wait(self.pause):
                log.warning("the courier ended with status %s; another one is sent", status)

    def _started(self) -> "subprocess.Popen[bytes] | None":
        with self.lock:
            if self.ending.is_set():
                return None
            self.courier = subprocess.Popen(self.command)  # noqa: S603  our own program, with our own arguments
            return self.courier

    def end(self, patience: float = LEAVING) -> None:
        """Tell the courier to finish its letter and end, and wait for it.

        One whose mail server takes longer is left to itself: it ends when the letter is done, for its worker is gone.
        """
        with self.lock:
            self.ending.set()
            if self.courier is None:
                return
            self.courier.terminate()
        try:
            self.courier.wait(patience)
        except subprocess.TimeoutExpired:
            log.warning("the courier is still at a letter, and ends after it")
