"""Beside the server: a worker that is killed is followed by another, and none is left when the server ends."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

from elearning.cli.serving import Worker

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def soon(holds: Callable[[], bool]) -> bool:
    """Whether something comes true within ten seconds."""
    until = time.monotonic() + 10
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()


def test_a_worker_that_is_killed_is_followed_by_another_and_an_ended_one_is_not() -> None:
    worker = Worker(SLEEPER, pause=0.05)
    worker.start()
    assert soon(lambda: worker.process is not None)
    assert worker.process is not None
    first = worker.process.pid
    os.kill(first, signal.SIGKILL)
    assert soon(lambda: worker.process is not None and worker.process.pid != first)
    worker.end()
    last = worker.process
    assert last.poll() is not None
    time.sleep(0.2)
    assert worker.process is last


def test_a_worker_that_is_killed_is_followed_even_where_somebody_else_was_told_of_its_end_first() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system itself takes note, and nobody can ask any more
    try:
        worker = Worker(SLEEPER, pause=0.05)
        worker.start()
        assert soon(lambda: worker.process is not None)
        assert worker.process is not None
        first = worker.process.pid
        os.kill(first, signal.SIGKILL)
        assert soon(lambda: worker.process is not None and worker.process.pid != first)
        worker.end()
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_a_worker_that_was_told_to_end_is_not_followed_by_another() -> None:
    worker = Worker(SLEEPER, pause=0.05)
    worker.start()
    assert soon(lambda: worker.process is not None)
    assert worker.process is not None
    first = worker.process
    os.kill(first.pid, signal.SIGTERM)
    first.wait(10)
    time.sleep(0.3)
    assert worker.process is first
    worker.end()


def test_no_process_is_forked_while_the_worker_is_being_started() -> None:
    worker = Worker(SLEEPER, pause=0.05)
    worker.start()
    assert soon(lambda: worker.process is not None)
    serving = multiprocessing.get_context("fork").Process(target=worker.end)
    with worker.lock:  # held while a worker is started
        forking = threading.Thread(target=serving.start)
        forking.start()
        forking.join(0.3)
        assert forking.is_alive()
    forking.join(10)
    serving.join(10)
    assert serving.exitcode == 0
    worker.end()


def test_a_process_that_serves_leaves_and_the_worker_beside_the_server_stays() -> None:
    worker = Worker(SLEEPER, pause=0.05)
    worker.start()
    assert soon(lambda: worker.process is not None)
    leaving = multiprocessing.get_context("fork").Process(target=worker.end)
    leaving.start()
    leaving.join(10)
    assert leaving.exitcode == 0
    assert worker.process is not None
    assert worker.process.poll() is None
    worker.end()
    assert worker.process.poll() is not None
