"""The worker: wakes up every minute and does what is due. All state is in our own tables, so a job may run twice."""

import logging
import os
import threading
from pathlib import Path

from huey import SqliteHuey, crontab

from elearning.domain.person import Actor
from elearning.services.handing_in import close_overdue
from elearning.services.work import House

log = logging.getLogger("phatngon.worker")
NAMELESS = Actor(0, "")
WATCH = 2.0


def run(house: House, data_dir: Path, beside: int = 0) -> None:
    """Run until told to stop; where it runs beside a server, it ends when that server is gone."""
    queue = SqliteHuey("phatngon", filename=str(data_dir / "jobs.db"), immediate=False)

    @queue.periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]  # huey ships no types
    def hand_in_overdue() -> None:
        closed = close_overdue(house, NAMELESS)
        if closed:
            log.info("handed in %s attempts whose time was up", closed)

    consumer = queue.create_consumer(workers=1, worker_type="thread", periodic=True, check_worker_health=False)
    if beside:
        threading.Thread(target=_watch, args=(beside,), daemon=True).start()
    consumer.run()


def _watch(server: int) -> None:
    while os.getppid() == server:
        threading.Event().wait(WATCH)
    os._exit(0)
