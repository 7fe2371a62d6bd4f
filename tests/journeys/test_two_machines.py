"""One of two machines is cut off in the middle of a sitting and comes back: learners notice nothing but a try that takes longer."""

import http.client
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bench.kill_saving import Kept, check
from bench.killing import wait_until
from bench.writers import Writer, seat_writers
from tests.journeys.machines import Cluster, Machine, cluster, ensure_possible

pytestmark = pytest.mark.journey

GONE = 12.0
LONGEST = 20.0


class Sitting:
    """A learner who saves one answer after another through the proxy, and notes how long each took with all its tries."""

    def __init__(self, writer: Writer) -> None:
        self.writer, self.waits, self.told = writer, list[float](), list[str]()
        writer.wire.connection.timeout = 8  # as the page has it

    def save_until(self, stop: threading.Event) -> None:
        while not stop.is_set():
            began, seq = time.monotonic(), self.writer.seq
            while not self._saved() and time.monotonic() - began < 60:
                time.sleep(0.5)
            assert self.writer.seq == seq + 1
            self.waits.append(time.monotonic() - began)
            time.sleep(0.05)

    def _saved(self) -> bool:
        try:
            self.writer.save_once()
        except (OSError, http.client.HTTPException, AssertionError) as error:
            self.told.append(repr(error)[:120])
            self.writer.wire.connection.close()
            return False
        return True


def _acknowledged(sittings: list[Sitting]) -> int:
    return sum(len(sitting.waits) for sitting in sittings)


def _goes_on(sittings: list[Sitting], more: int) -> None:
    wanted = _acknowledged(sittings) + more
    wait_until(lambda: _acknowledged(sittings) >= wanted, 60, "nothing is saved any more", 0.05)


def _cut_and_put_back(running: Cluster, sittings: list[Sitting], gone: Machine) -> None:
    _goes_on(sittings, 100)
    gone.cut_off()
    try:
        until = time.monotonic() + GONE
        _goes_on(sittings, 200)
        time.sleep(max(0.0, until - time.monotonic()))
        _goes_on(sittings, 100)
    finally:
        gone.put_back()
    wait_until(gone.is_ready, 30, "the machine does not come back", 0.2)
    before = gone.saves()
    wait_until(lambda: gone.saves() > before, 30, "the machine that came back gets nothing to do", 0.5)


def test_a_sitting_goes_on_while_a_machine_is_cut_off_and_comes_back(tmp_path: Path) -> None:
    ensure_possible()
    (tmp_path / "shared").mkdir()
    with cluster(tmp_path) as running:
        writers = seat_writers(running.place, running.port)
        sittings, stop = [Sitting(writer) for writer in writers], threading.Event()
        with ThreadPoolExecutor(len(sittings)) as pool:
            going = [pool.submit(sitting.save_until, stop) for sitting in sittings]
            try:
                for gone in running.machines:
                    _cut_and_put_back(running, sittings, gone)
            finally:
                stop.set()
        for one in going:
            one.result()
        assert all(machine.saves() > 100 for machine in running.machines), "one machine has done all the work"
        kept = Kept()
        check(running.place, writers, kept)
        assert kept.wrong == []
        worst = max(wait for sitting in sittings for wait in sitting.waits)
        assert worst < LONGEST, (
            f"somebody waited {worst:.1f} s: {[sitting.told for sitting in sittings if sitting.told]}"
        )
        for writer in writers:
            writer.wire.connection.close()
