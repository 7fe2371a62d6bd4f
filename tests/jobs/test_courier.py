"""The courier beside the worker: it finishes its letter, goes when it is told or alone, and is followed by another."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.killing import living, wait_until
from elearning.jobs.courier import Keeper, Leave, keep_posting

STAYS = "import time; time.sleep(60)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
# The courier's own loop, with letters that take a second each, named in a file as they are done.
POSTING = """
import os, sys, time
from elearning.jobs.courier import Leave, keep_posting
leave = Leave(os.getppid())
leave.listen()
def post(leave):
    for letter in range(20):
        print("took a letter", flush=True)
        time.sleep(1)
        with open(sys.argv[1], "a") as book:
            book.write(f"{letter} ")
        if leave():
            return
keep_posting(post, leave)
"""
WORKER = "import subprocess, sys; subprocess.run([sys.executable, '-c', *sys.argv[1:]])"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Where the courier writes down what it has done."""
    return tmp_path / "book"


@contextmanager
def started(*command: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A Python program that has said its first word, in a process group of its own, of which nothing is left."""
    process = subprocess.Popen([sys.executable, "-c", *command], stdout=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline()
    yield process
    process.stdout.close()
    process.wait(20)
    wait_until(lambda: not living(process.pid), 20, "something stays behind", 0.05)


@pytest.fixture
def keep() -> Iterator[Callable[[str], Keeper]]:
    """Keep couriers that run a program; the last of them is killed at the end."""
    kept: list[tuple[Keeper, threading.Thread]] = []

    def begin(program: str) -> Keeper:
        keeper = Keeper([sys.executable, "-c", program], pause=0.01)
        thread = threading.Thread(target=keeper.keep)
        thread.start()
        kept.append((keeper, thread))
        wait_until(lambda: keeper.courier is not None, 20, "no courier is sent")
        return keeper

    yield begin
    for keeper, thread in kept:
        keeper.end(0)
        running(keeper).kill()
        thread.join(20)


def running(keeper: Keeper) -> "subprocess.Popen[bytes]":
    assert keeper.courier is not None
    return keeper.courier


def test_a_courier_that_is_told_to_end_finishes_its_letter_and_takes_no_other(book: Path) -> None:
    with started(POSTING, str(book)) as courier:
        courier.terminate()
    assert (courier.returncode, book.read_text()) == (0, "0 ")


def test_a_courier_whose_worker_is_killed_finishes_its_letter_and_takes_no_other(book: Path) -> None:
    with started(WORKER, POSTING, str(book)) as worker:
        worker.kill()
    assert book.read_text() == "0 "


def test_the_keyboard_ends_the_worker_and_not_its_courier(book: Path) -> None:
    with started(POSTING, str(book)) as courier:
        courier.send_signal(signal.SIGINT)
        wait_until(lambda: book.exists() and "1" in book.read_text(), 20, "no second letter", 0.05)
        courier.terminate()
    assert courier.returncode == 0


def test_mail_that_cannot_be_sent_now_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def post(leave: Callable[[], bool]) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise ConnectionError("no route")

    monkeypatch.setattr("elearning.jobs.courier.POST_EVERY", 0)
    keep_posting(post, lambda: len(tries) == 2)
    assert len(tries) == 2


def test_who_belongs_to_nobody_stays_until_told() -> None:
    assert (Leave(0)(), Leave(-1)(), Leave(0, told=True)()) == (False, True, True)


def test_a_courier_that_ends_is_followed_by_another(keep: Callable[[str], Keeper]) -> None:
    keeper = keep(STAYS)
    first = running(keeper)
    first.kill()
    wait_until(lambda: running(keeper) is not first, 20, "no other courier is sent")
    assert running(keeper).poll() is None


def test_a_worker_that_ends_ends_its_courier_and_sends_no_other(keep: Callable[[str], Keeper]) -> None:
    keeper = keep(STAYS)
    keeper.end()
    last = running(keeper)
    assert last.poll() is not None
    again = threading.Thread(target=keeper.keep, daemon=True)
    again.start()
    again.join(5)
    assert (again.is_alive(), running(keeper)) == (False, last)


def test_a_worker_does_not_wait_for_ever_for_a_courier_at_a_letter(caplog: pytest.LogCaptureFixture) -> None:
    with started(DEAF) as courier:
        keeper = Keeper([])
        keeper.courier = courier
        keeper.end(0.05)
        assert courier.poll() is None
        assert "still at a letter" in caplog.text
        courier.kill()
