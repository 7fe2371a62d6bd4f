"""Serving: gunicorn with a process a core, and beside it one worker for jobs that ends when the server does."""

import gc
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from elearning.cli.buffered import Buffered
from elearning.cli.lanes import threads_over
from elearning.cli.proxies import Application, behind
from elearning.domain.errors import DomainError
from elearning.domain.message import message
from elearning.settings import Settings

PAUSE = 5.0
LONGEST_END = 10
# So many new objects before garbage is looked for. With Python's 700 that was 2 % of the processor time of a journey.
YOUNG = 20_000
ENDED = (0, -signal.SIGTERM, -signal.SIGINT)


class ServingError(DomainError):
    """The server cannot start here; the message says what to do."""


def ensure_port_free(settings: Settings) -> None:
    """Raises ServingError when something else listens on the port, or it may not be used."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise ServingError(
                message(
                    "Port %(port)s on %(host)s is in use. Stop the other program, or choose another port: PHATNGON_PORT=8001 make run",
                    port=settings.port,
                    host=settings.host,
                )
            ) from error


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn, configured by us and not by files or its command line."""

    def __init__(
        self,
        settings: Settings,
        build: Callable[[], Flask],
        worker: "Worker",
        ready: Callable[[], None],
    ) -> None:
        self.platform, self.build, self.worker, self.ready = settings, build, worker, ready
        super().__init__()

    def load_config(self) -> None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else multiprocessing.cpu_count()
        options: dict[str, Any] = {
            "bind": f"{self.platform.host}:{self.platform.port}", "workers": cores, "worker_class": Buffered,
            "threads": threads_over(self.platform.database_url), "timeout": 60, "graceful_timeout": 20, "accesslog": None, "loglevel": "warning",
            "control_socket_disable": True,
            "when_ready": lambda server: self.ready(), "on_exit": lambda server: self.worker.end(),
            "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108, PTH112  a heartbeat file in memory
        }  # fmt: skip
        for name, value in options.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Application:
        application = behind(self.build(), self.platform.proxies)
        gc.collect()
        gc.freeze()  # what was made until now stays for good
        gc.set_threshold(YOUNG)
        return application


class Worker:
    """The worker beside the server: one that is killed or breaks is followed by another; one that was told to end is not."""

    def __init__(self, command: Sequence[str], pause: float = PAUSE) -> None:
        self.command, self.pause = command, pause
        self.ending, self.lock = threading.Event(), threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.keeper = os.getpid()

    def start(self) -> None:
        """Start it, and keep it running until `end`.

        No process is forked while it is being started: one that serves would keep a copy of the pipe by which Popen hears that
        the worker runs, so that it waited for as long as that one lives, and no successor would ever come.
        """
        os.register_at_fork(
            before=self.lock.acquire, after_in_parent=self.lock.release, after_in_child=self.lock.release
        )
        threading.Thread(target=self._keep, daemon=True).start()

    def _keep(self) -> None:
        while (process := self._started()) is not None:
            if _status_of(process) in ENDED:
                return
            self.ending.wait(self.pause)

    def _started(self) -> "subprocess.Popen[bytes] | None":
        with self.lock:
            if self.ending.is_set():
                return None
            self.process = subprocess.Popen(self.command)  # noqa: S603  our own program, with our own arguments
            return self.process

    def end(self) -> None:
        """End the worker, and wait until it is gone. Processes that serve leave by the same way, and must leave it alone."""
        if os.getpid() != self.keeper:
            return
        with self.lock:
            self.ending.set()
            process = self.process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(LONGEST_END)
            except subprocess.TimeoutExpired:
                process.kill()


def _status_of(process: "subprocess.Popen[bytes]") -> int | None:
    """How a process ended, once it has; None where nobody knows.

    Gunicorn asks after every child of this process, and may be told first; Popen then says 0, as of one that ended by itself.
    """
    try:
        told = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    except ChildProcessError:
        told = None
    known = process.returncode
    process.wait()
    if told is None:
        return known
    return told.si_status if told.si_code == os.CLD_EXITED else -told.si_status


def serve(settings: Settings, build: Callable[[], Flask], ready: Callable[[], None]) -> None:
    """Serve until told to stop. `ready` is called once, when requests are taken."""
    worker = Worker([sys.executable, "-m", "elearning.factory", "worker", "--beside", str(os.getpid())])
    worker.start()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        _Server(settings, build, worker, ready).run()
    finally:
        worker.end()
