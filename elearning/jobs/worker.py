"""The worker: wakes up every minute and does what is due. All state is in our own tables, so a job may run twice."""

import logging
import os
import threading
from collections.abc import Sequence
from pathlib import Path

from huey import SqliteHuey, crontab

from elearning.domain.person import Actor
from elearning.jobs.courier import Keeper
from elearning.services import exporting, importing, measuring, planning, rejudging, taking_in, working
from elearning.services.handing_in import close_overdue
from elearning.services.reminding import remind
from elearning.services.thinning import thin
from elearning.services.work import House

log = logging.getLogger("phatngon.worker")
NAMELESS = Actor(0, "")
# Services that do long work say so to `working` when they are imported; the worker needs them whoever else does.
DOERS = (exporting, importing, rejudging, taking_in)
WATCH = 2.0
LOOK = 2.0


def run(house: House, data_dir: Path, beside: int = 0, courier: Sequence[str] = ()) -> None:
    """Run until told to stop; where it runs beside a server, it ends when that server is gone.

    `courier` is the command that sends the mail that waits; empty where no mail server is set.
    """
    queue = SqliteHuey("phatngon", filename=str(data_dir / "jobs.db"), immediate=False)

    @queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # huey ships no types
    def do_what_is_due() -> None:
        close_and_publish(house)

    @queue.periodic_task(crontab(minute="17"))  # type: ignore[untyped-decorator]  # huey ships no types
    def tidy_up() -> None:
        working.drop_old_files(house)
        thin(house)

    @queue.periodic_task(crontab(minute="*/10"))  # type: ignore[untyped-decorator]  # huey ships no types
    def remind_people() -> None:
        remind(house)

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


def close_and_publish(house: House) -> None:
    """Hand in the attempts whose time is up, and publish what was set for a time that has come; the one whatever befalls the other."""
    try:
        closed = close_overdue(house, NAMELESS)
        if closed:
            log.info("handed in %s attempts whose time was up", closed)
    finally:
        planning.publish_due(house)


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
