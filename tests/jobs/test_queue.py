"""What wakes the worker: a file, or Redis, where the workers of all machines meet and each task of a minute is done once."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from elearning.jobs.worker import is_first, open_queue, set_tasks
from elearning.services.work import House


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis: the one that is named, or one of our own. It may be missing on a desk, never where changes are judged."""
    if named := os.environ.get("PHATNGON_TEST_REDIS_URL"):
        yield named
        return
    if shutil.which("redis-server") is None:
        missing = "redis-server is not installed; install it, or name a Redis with PHATNGON_TEST_REDIS_URL=…"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tmp_path_factory.mktemp("redis")
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--dir", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
        process.terminate()


def test_of_the_workers_of_several_machines_one_does_the_task_of_a_minute(redis_url: str, tmp_path: Path) -> None:
    machines = [open_queue(tmp_path / str(number), redis_url) for number in range(3)]
    name = f"test {time.time_ns()}"
    while time.time() % 60 > 58:
        time.sleep(0.1)
    assert [is_first(queue, name) for queue in machines] == [True, False, False]
    assert is_first(machines[2], f"{name} other")
    for queue in machines:
        queue.storage.conn.connection_pool.disconnect()


def test_a_task_that_one_machine_puts_in_another_takes_out(redis_url: str, tmp_path: Path, house: House) -> None:
    one, other = (open_queue(tmp_path / name, redis_url) for name in ("one", "other"))
    for queue in (one, other):
        queue.storage.flush_queue()
        set_tasks(queue, house)
    overdue = next(task for task in one._registry.periodic_tasks if task.name == "hand_in_overdue")
    one.enqueue(overdue)
    taken = other.dequeue()
    assert taken is not None
    assert taken.name == "hand_in_overdue"
    other.execute(taken)
    assert other.dequeue() is None
    for queue in (one, other):
        queue.storage.conn.connection_pool.disconnect()


def test_on_one_machine_a_file_is_enough(tmp_path: Path) -> None:
    queue = open_queue(tmp_path, "")
    while time.time() % 60 > 58:
        time.sleep(0.1)
    assert [is_first(queue, "overdue"), is_first(queue, "overdue")] == [True, False]
    queue.storage.close()
