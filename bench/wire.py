"""A minimal HTTP/1.1 client for asyncio: one kept connection a person, nothing parsed that a measurement does not need.

It is a protocol and not a pair of streams, and no library: see docs/performance.md for what each cost a request.
"""

import asyncio
import gzip
from dataclasses import dataclass

HOST = "127.0.0.1"
_END = b"\r\n\r\n"
_BODYLESS = (204, 304)


class Broken(Exception):
    """The connection ended, or what came over it is no answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the head as it was sent, and the body as it travelled."""

    status: int
    head: bytes
    raw: bytes

    def header(self, name: bytes) -> bytes:
        """A header by its lower-case name; empty where there is none."""
        return _header(self.head, name)

    def cookies(self) -> list[tuple[str, str]]:
        """The cookies that are set, as name and value."""
        found = []
        for line in self.head.split(b"\r\n"):
            if line[:11].lower() == b"set-cookie:":
                name, _, value = line[11:].split(b";", 1)[0].strip().partition(b"=")
                found.append((name.decode(), value.decode()))
        return found

    @property
    def body(self) -> bytes:
        """The body, unpacked where it travelled compressed."""
        return gzip.decompress(self.raw) if self.header(b"content-encoding") == b"gzip" else self.raw


def _header(head: bytes, name: bytes) -> bytes:
    lower = head.lower()
    start = lower.find(b"\r\n" + name + b":")
    if start < 0:
        return b""
    start += len(name) + 3
    end = head.find(b"\r\n", start)
    return head[start : end if end >= 0 else len(head)].strip()


class _Line(asyncio.Protocol):
    """One connection; one request at a time is under way on it."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.buffer = bytearray()
        self.waiting: asyncio.Future[Answer] | None = None
        self.head, self.wanted, self.seen, self.headless = b"", -1, False, False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(Broken(str(exc or "closed by the server")))

    def data_received(self, data: bytes) -> None:
        self.seen = True
        self.buffer += data
        if self.waiting is None or self.waiting.done():
            return
        if not self.head and not self._read_head():
            return
        body = self._whole_body()
        if body is not None:
            answer = Answer(int(self.head[9:12]), self.head, body)
            leaving = _header(self.head, b"connection").lower() == b"close"
            self.head, self.wanted = b"", -1
            self.waiting.set_result(answer)
            if leaving and self.transport is not None:
                self.transport.close()
                self.transport = None

    def _read_head(self) -> bool:
        end = self.buffer.find(_END)
        if end < 0:
            return False
        self.head = bytes(self.buffer[:end])
        del self.buffer[: end + 4]
        length = _header(self.head, b"content-length")
        bodyless = self.headless or int(self.head[9:12]) in _BODYLESS
        self.wanted = 0 if bodyless else int(length) if length else -1
        return True

    def _whole_body(self) -> bytes | None:
        if self.wanted < 0:
            return self._joined() if self.buffer.endswith(b"0\r\n\r\n") else None
        if len(self.buffer) < self.wanted:
            return None
        body = bytes(self.buffer[: self.wanted])
        del self.buffer[: self.wanted]
        return body

    def _joined(self) -> bytes | None:
        """The chunks of a body put together; None while one is missing (a chunk may end as the last one does)."""
        place, parts = 0, list[bytes]()
        while True:
            end = self.buffer.find(b"\r\n", place)
            if end < 0:
                return None
            size = int(self.buffer[place:end].split(b";")[0], 16)
            if size == 0:
                self.buffer.clear()
                return b"".join(parts)
            if len(self.buffer) < end + size + 4:
                return None
            parts.append(bytes(self.buffer[end + 2 : end + 2 + size]))
            place = end + size + 4


class Wire:
    """One person's connection to the server; opened when it is needed, and anew when the server has closed it."""

    def __init__(self, port: int, timeout: float = 120.0) -> None:
        self.port, self.timeout, self.opened = port, timeout, 0
        self.line: _Line | None = None

    async def send(self, method: str, path: str, headers: str, body: bytes = b"") -> Answer:
        """Send one request. `headers` are whole lines, each with its line end.

        Raises Broken or OSError when the connection ends, TimeoutError when nothing comes in time. A kept connection
        that the server closed before it answered anything is opened once more, as browsers do.
        """
        length = f"Content-Length: {len(body)}\r\n" if method == "POST" else ""
        data = f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\n{headers}{length}\r\n".encode() + body
        line = self.line
        if line is not None and line.transport is not None:
            try:
                return await self._ask(line, data)
            except (Broken, OSError):
                if line.seen:
                    raise
        return await self._ask(await self._open(), data)

    async def _ask(self, line: _Line, data: bytes) -> Answer:
        assert line.transport is not None
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[Answer] = loop.create_future()
        line.waiting = waiting
        line.seen, line.headless = False, data.startswith(b"HEAD ")
        line.transport.write(data)
        late = loop.call_later(self.timeout, _give_up, waiting)
        try:
            return await waiting
        except (TimeoutError, asyncio.CancelledError):
            self.close()
            raise
        finally:
            late.cancel()

    async def _open(self) -> _Line:
        _, line = await asyncio.get_running_loop().create_connection(_Line, HOST, self.port)
        self.line = line
        self.opened += 1
        return line

    def close(self) -> None:
        """Close the connection, if it is open."""
        if self.line is not None and self.line.transport is not None:
            self.line.transport.close()
            self.line.transport = None
        self.line = None


def _give_up(waiting: "asyncio.Future[Answer]") -> None:
    if not waiting.done():
        waiting.set_exception(TimeoutError("no answer in time"))
