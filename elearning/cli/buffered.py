"""The worker class of the server: gunicorn starts, watches and ends it; waitress speaks with the lines, in its own loop."""

import contextlib
import os
import resource
import time
from collections.abc import Iterable

from gunicorn.workers.base import Worker

from elearning.cli.buffering import CONNECTIONS, Listener, Loop
from elearning.cli.lanes import Lanes

FILES = 2  # its socket, and an answer or a body that is kept on disk
SPARE = 200


class Buffered(Worker):  # type: ignore[misc]  # gunicorn ships no types
    """A process that serves. Told to end, it takes nobody in, finishes what has begun, and leaves."""

    def run(self) -> None:
        """Serve until told to end, or until gunicorn itself is gone."""
        most = room()
        lanes, loop = Lanes(self.cfg.threads), Loop()
        os.set_blocking(self.PIPE[0], False)
        loop.poll.register(self.PIPE[0], 1)  # a signal wakes the loop
        listeners = [Listener(self.wsgi, one.sock, loop, lanes, most) for one in self.sockets]
        numbers = [one.fileno() for one in self.sockets]
        while self.alive and os.getppid() == self.ppid:
            self._turns(loop, numbers)
        self._leave(loop, listeners)
        lanes.shutdown(timeout=1)
        loop.close()

    def _turns(self, loop: Loop, numbers: Iterable[int]) -> None:
        """Serve for about a second. What only has to be done now and then is done once in it: a busy loop turns a thousand times."""
        self.notify()
        until = time.monotonic() + 1.0
        while self.alive and time.monotonic() < until:
            self._turn(loop, 1.0, numbers)

    def _turn(self, loop: Loop, seconds: float, numbers: Iterable[int] = ()) -> None:
        loop.turn(seconds, numbers)
        if self.PIPE[0] in loop.others:
            with contextlib.suppress(BlockingIOError):
                os.read(self.PIPE[0], 4096)

    def _leave(self, loop: Loop, listeners: Iterable[Listener]) -> None:
        until = time.monotonic() + max(1.0, self.cfg.graceful_timeout - 2)
        for listener in listeners:
            listener.leave()
        while sum(listener.close_idle() for listener in listeners) and time.monotonic() < until:
            self.notify()
            self._turn(loop, 0.1)


def room() -> int:
    """Let this process have as many files open as all its connections may need; how many connections the system leaves room for."""
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS * FILES + SPARE
    if soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, most), most))
    return min(CONNECTIONS, max(SPARE, (resource.getrlimit(resource.RLIMIT_NOFILE)[0] - SPARE) // FILES))
