"""The worker: wakes up every minute and does what is due. All state is in our own tables, so a job may run twice."""

import logging
import os
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from huey import RedisHuey, SqliteHuey, crontab

from elearning.domain.person import Actor
from elearning.jobs.courier import Keeper
from elearning.jobs.steadiness import Steadiness
from elearning.services import (
    exporting,
    importing,
    measuring,
    paper_making,
    planning,
    question_files,
    question_keeping,
    rejudging,
    taking_in,
    word_lessons,
    working,
)
from elearning.services.handing_in import close_overdue
from elearning.services.reminding import remind
from elearning.services.thinning import thin
from elearning.services.work import House

log = logging.getLogger("phatngon.worker")
NAMELESS = Actor(0, "")
# Services that do long work say so to `working` when they are imported; the worker needs them whoever else does.
DOERS = (exporting, importing, paper_making, question_files, question_keeping, rejudging, taking_in, word_lessons)
WATCH = 2.0
LOOK = 2.0


def open_queue(data_dir: Path, redis_url: str) -> Any:
    """What wakes the worker: a file in the data folder, or Redis, where the workers of all machines meet."""
    if redis_url:
        return RedisHuey("phatngon", url=redis_url, immediate=False)
    return SqliteHuey("phatngon", filename=str(data_dir / "jobs.db"), immediate=False)


def is_first(queue: Any, name: str) -> bool:
    """Whether this worker is the first in this minute to come to a task; with Redis the workers of all machines are asked.

    Being second only saves work: every task may run twice.
    """
    minute = int(time.time()) // 60
    queue.storage.pop_data(f"{name} {minute - 60}".encode())
    return bool(queue.storage.put_if_empty(f"{name} {minute}".encode(), b"1"))


def set_tasks(queue: Any, house: House) -> None:
    """What is done by the clock."""
    steadiness = Steadiness()

    @queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # huey ships no types
    def hand_in_overdue() -> None:
        if steadiness.is_steady() and is_first(queue, "overdue") and (closed := close_overdue(house, NAMELESS)):
            log.info("handed in %s attempts whose time was up", closed)

    @queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # huey ships no types
    def publish_what_is_due() -> None:
        if is_first(queue, "publishing"):
            planning.publish_due(house)

    _set_seldom(queue, house)


def _set_seldom(queue: Any, house: House) -> None:
    @queue.periodic_task(crontab(minute="17"))  # type: ignore[untyped-decorator]  # huey ships no types
    def drop_old_files() -> None:
        if is_first(queue, "old files"):
            working.drop_old_files(house)
            question_files.drop_old_files(house)

    @queue.periodic_task(crontab(minute="*/10"))  # type: ignore[untyped-decorator]  # huey ships no types
    def remind_people() -> None:
        if is_first(queue, "reminders"):
            remind(house)

    @queue.periodic_task(crontab(minute="41"))  # type: ignore[untyped-decorator]  # huey ships no types
    def thin_out_saves() -> None:
        if is_first(queue, "thinning"):
            thin(house)


def run(house: House, data_dir: Path, beside: int = 0, courier: Sequence[str] = (), redis_url: str = "") -> None:
    """Run until told to stop; where it runs beside a server, it ends when that server is gone.

    `courier` is the command that sends the mail that waits; empty where no mail server is set.
    """
    queue = open_queue(data_dir, redis_url)
    set_tasks(queue, house)
    consumer = queue.create_consumer(workers=1, worker_type="thread", periodic=True, check_worker_health=False)
    keeper = Keeper(courier) if courier else None
    if beside:
        threading.Thread(target=_watch, args=(beside, keeper), daemon=True).start()
    threading.Thread(target=keep_working, args=(house, threading.Event(), data_dir), daemon=True).start()
    if keeper:
        threading.Thread(target=keeper.keep, daemon=True).start()
    try:
        consumer.run()
    finally:
        if keeper:
            keeper.end()


def keep_working(house: House, stop: threading.Event, data_dir: Path | None = None) -> None:
    """Do long work, one job after the other, until told to stop; look for more every other second, and leave word of it in the data
    folder.
    """
    while not stop.is_set():
        if data_dir:
            measuring.note_worker(data_dir)
        if not work_once(house):
            stop.wait(LOOK)


def work_once(house: House) -> bool:
    """Do one job, if there is one. A database that cannot be reached now is tried again later."""
    try:
        return working.run_next(house)
    except Exception:
        log.exception("long work could not be looked for")
        return False


def _watch(server: int, keeper: Keeper | None) -> None:
    while os.getppid() == server:
        threading.Event().wait(WATCH)
    if keeper:
        keeper.end()
    os._exit(0)
