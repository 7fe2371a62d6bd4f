"""Connections, buffered outside of the threads: waitress reads whole requests and sends answers at whatever pace a line has.

Waitress asks every connection before each wait; here only those are asked with which something happened, so that a
thousand open connections cost nothing while they rest. One thread runs all of this; only `service` runs in others.
"""

import logging
import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import WSGITask

from elearning.cli.lanes import Lanes

WAIT = "phatngon.wait"
CONNECTIONS = 8000  # people who think keep theirs open: 10,000 of them in a sitting, on two processes
LARGEST_BODY = 64_000_000
IDLE = 75
BEGINNING = 30.0  # seconds after which a request must have come on
SLOWEST = 500  # bytes a second, on the whole
LINGER = 2.0
LOOK = 2
log = logging.getLogger("phatngon.buffering")


def adjustments(most: int) -> Any:
    """What waitress is told. Headers of proxies are left as they came, for `behind` and the application."""
    return Adjustments(
        connection_limit=most, channel_timeout=IDLE, cleanup_interval=LOOK, ident=None, backlog=2048,
        max_request_header_size=65_536, max_request_body_size=LARGEST_BODY, recv_bytes=65_536, log_socket_errors=False,
        clear_untrusted_proxy_headers=False,
    )  # fmt: skip


class Task(WSGITask):  # type: ignore[misc]  # waitress ships no types
    """One request put to the application."""

    def get_environment(self) -> dict[str, Any]:
        """As waitress makes it, with the mark of a request that would have waited for too long."""
        environ: dict[str, Any] = super().get_environment()
        environ[WAIT] = getattr(self.request, "wait", 0)
        return environ

    def build_response_header(self) -> bytes:
        """Once the server is leaving, each answer says that it is the last one on its connection."""
        if self.channel.server.leaving:
            super().set_close_on_finish()
        head: bytes = super().build_response_header()
        return head

    def set_close_on_finish(self) -> None:
        """Waitress closes after an answer whose length it does not know; one in chunks, or without a body, ends by itself."""
        ends = self.version == "1.1" and self.request.command != "HEAD" and (self.chunked_response or not self.has_body)
        if not ends or self.request.headers.get("CONNECTION", "").lower() == "close":
            super().set_close_on_finish()


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress ships no types
    """One connection."""

    task_class = Task
    begun, came = 0.0, 0

    def received(self, data: bytes) -> bool:
        """Bytes came in; how many, and since when, is counted for each request."""
        if self.request is None:
            self.begun, self.came = time.time(), 0
        self.came += len(data)
        taken: bool = super().received(data)
        return taken

    def service(self) -> None:
        """Answer one request, in a thread; the loop is told whose connection changed."""
        self.server.loop.mine.number = self._fileno
        super().service()

    def is_late(self, now: float) -> bool:
        """Whether a request that has begun to come in comes too slowly."""
        return self.request is not None and now - self.begun > BEGINNING + self.came / SLOWEST

    def is_idle(self, since: float) -> bool:
        """Whether nothing is going on, and nothing has since a moment."""
        return not (self.requests or self.request or self.total_outbufs_len) and self.last_activity < since


class Listener(TcpWSGIServer):  # type: ignore[misc]  # waitress ships no types
    """A socket on which people come in."""

    channel_class = Channel

    def __init__(
        self, application: Callable[..., Any], sock: socket.socket, loop: "Loop", lanes: Lanes, most: int = CONNECTIONS
    ) -> None:
        self.loop, self.leaving, self.most = loop, False, most
        place = (sock.family, sock.type, sock.proto, sock.getsockname())
        super().__init__(
            application,
            loop.map,
            True,
            sock,
            dispatcher=lanes,
            adj=adjustments(most),
            sockinfo=place,
            bind_socket=False,
        )

    def pull_trigger(self) -> None:
        """Wake the loop, from a thread."""
        self.loop.changed.append(getattr(self.loop.mine, "number", -1))
        if not self.loop.woken:
            self.loop.woken = True
            super().pull_trigger()

    def maintenance(self, now: float) -> None:
        """Close what has rested for too long, or comes too slowly. Where it gets crowded, those who have rested longest go."""
        super().maintenance(now)
        channels = list(self.active_channels.values())
        crowded = len(channels) > self.most * 0.9
        resting = sorted((c for c in channels if c.is_idle(now - 1)), key=lambda c: float(c.last_activity))
        for channel in (*(c for c in channels if c.is_late(now)), *(resting[: self.most // 10] if crowded else ())):
            channel.will_close = True
        self.loop.changed.extend(self.active_channels)

    def leave(self) -> None:
        """Take nobody in any more; those who are in are served, and told that it was the last time."""
        self.leaving = True
        wasyncore.dispatcher.close(self)

    def close_idle(self) -> int:
        """Close what has rested for a while since; how many are left."""
        for number, channel in list(self.active_channels.items()):
            if channel.is_idle(time.time() - LINGER):
                channel.will_close = True
                self.loop.changed.append(number)
        return len(self.active_channels)


class _Map(dict[int, Any]):
    """The sockets by number; the loop hears of those that come and go."""

    def __init__(self, loop: "Loop") -> None:
        super().__init__()
        self.loop = loop

    def __setitem__(self, number: int, one: Any) -> None:
        super().__setitem__(number, one)
        self.loop.changed.append(number)

    def __delitem__(self, number: int) -> None:
        super().__delitem__(number)
        if self.loop.watched.pop(number, None) is not None:
            self.loop.poll.unregister(number)


class Loop:
    """Waits for sockets. `changed` are the numbers of those that must be asked anew what they wait for; `others` are those of no
    connection with which something happened in the last turn.
    """

    def __init__(self) -> None:
        self.changed: deque[int] = deque()
        self.others: list[int] = []
        self.watched: dict[int, int] = {}
        self.poll, self.map, self.mine, self.woken = select.epoll(), _Map(self), threading.local(), False

    def turn(self, seconds: float, always: Iterable[int] = ()) -> None:
        """Wait once, and do what is to be done. `always` are sockets that are asked in each turn."""
        self.woken = False
        self.changed.extend(always)
        while self.changed:
            self._ask(self.changed.popleft())
        self.others.clear()
        for number, flags in self.poll.poll(seconds):
            one = self.map.get(number)
            if one is None:
                self.others.append(number)
                continue
            wasyncore.readwrite(one, flags)
            self.changed.append(number)

    def _ask(self, number: int) -> None:
        one = self.map.get(number)
        if one is None:
            return
        reads, writes = one.readable(), one.writable() and not one.accepting
        wanted = (select.EPOLLIN if reads else 0) | (select.EPOLLOUT if writes else 0)
        known = self.watched.get(number)
        if known is None:
            self.poll.register(number, wanted)
        elif known != wanted:
            self.poll.modify(number, wanted)
        self.watched[number] = wanted

    def close(self) -> None:
        """Close all that is open."""
        for one in [one for one in self.map.values() if isinstance(one, Channel)]:
            one.handle_close()
        wasyncore.close_all(self.map)
        self.poll.close()
