"""The worker: wakes up every minute and does what is due. All state is in our own tables, so a job may run twice."""

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

from huey import SqliteHuey, crontab

from elearning.domain.person import Actor
from elearning.services import exporting, importing, working
from elearning.services.handing_in import close_overdue
from elearning.services.reminding import remind
from elearning.services.work import House

log = logging.getLogger("phatngon.worker")
NAMELESS = Actor(0, "")
# Services that do long work say so to `working` when they are imported; the worker needs them whoever else does.
DOERS = (exporting, importing)
WATCH = 2.0
LOOK = 2.0
POST_EVERY = 10.0


def run(house: House, data_dir: Path, beside: int = 0, post: Callable[[], None] | None = None) -> None:
    """Run until told to stop; where it runs beside a server, it ends when that server is gone.

    `post` sends the mail that waits; None where no mail server is set.
    """
    queue = SqliteHuey("phatngon", filename=str(data_dir / "jobs.db"), immediate=False)

    @queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # huey ships no types
    def hand_in_overdue() -> None:
        closed = close_overdue(house, NAMELESS)
        if closed:
            log.info("handed in %s attempts whose time was up", closed)

    @queue.periodic_task(crontab(minute="17"))  # type: ignore[untyped-decorator]  # huey ships no types
    def drop_old_files() -> None:
        working.drop_old_files(house)

    @queue.periodic_task(crontab(minute="*/10"))  # type: ignore[untyped-decorator]  # huey ships no types
    def remind_people() -> None:
        remind(house)

    consumer = queue.create_consumer(workers=1, worker_type="thread", periodic=True, check_worker_health=False)
    if beside:
        threading.Thread(target=_watch, args=(beside,), daemon=True).start()
    threading.Thread(target=keep_working, args=(house, threading.Event()), daemon=True).start()
    if post is not None:
        threading.Thread(target=keep_posting, args=(post, threading.Event()), daemon=True).start()
    consumer.run()


def keep_posting(post: Callable[[], None], stop: threading.Event) -> None:
    """Send the mail that waits, until told to stop; a server that cannot be reached is tried again a little later."""
    while not stop.is_set():
        try:
            post()
        except Exception:
            log.exception("mail could not be sent")
        stop.wait(POST_EVERY)


def keep_working(house: House, stop: threading.Event) -> None:
    """Do long work, one job after the other, until told to stop; look for more every other second."""
    while not stop.is_set():
        if not work_once(house):
            stop.wait(LOOK)


def work_once(house: House) -> bool:
    """Do one job, if there is one. A database that cannot be reached now is tried again later."""
    try:
        return working.run_next(house)
    except Exception:
        log.exception("long work could not be looked for")
        return False


def _watch(server: int) -> None:
    while os.getppid() == server:
        threading.Event().wait(WATCH)
    os._exit(0)
