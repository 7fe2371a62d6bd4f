"""A person's browser without a window, for thousands of them at once: cookies, tokens, redirects, autosaves."""

import asyncio
import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Protocol
from urllib.parse import urlencode

from bench.tally import Seen
from bench.wire import Answer, Broken

FIXED = "Accept-Encoding: gzip\r\nAccept-Language: vi\r\nUser-Agent: bench\r\n"
FORM = "application/x-www-form-urlencoded"
SESSION = "phatngon"
TOLD = (429, 503)
_TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
_STATIC = re.compile(rb'"(/static/[^"#]+)')


class Wired(Protocol):
    """A way to send one request: over a connection, or straight into the application."""

    async def send(self, method: str, path: str, headers: str, body: bytes = b"") -> Answer: ...

    def close(self) -> None: ...


class Stopped(Exception):
    """A visitor cannot go on; the reason was counted as an error, or as a polite refusal."""


@dataclass(slots=True)
class Visitor:
    """One person's browser. Errors are counted in `seen`, and end what the person was doing."""

    wire: Wired
    seen: Seen
    rng: Random
    cookies: dict[str, str] = field(default_factory=dict)
    path: str = ""
    page: bytes = b""
    files: set[bytes] | None = None

    async def get(self, path: str, step: str) -> None:
        """Open a page, and follow where it leads."""
        await self._follow(await self._send("GET", path, b"", "", step), path, step)

    async def post(self, path: str, fields: Sequence[tuple[str, str]], step: str, then: str) -> None:
        """Send a form with the token of the page that is open; the page that follows counts as `then`."""
        body = urlencode([("csrf_token", self.field("csrf_token")), *fields]).encode()
        await self._follow(await self._send("POST", path, body, FORM, step), path, then)

    async def save(self, path: str, body: Mapping[str, object], step: str) -> dict[str, object]:
        """Send JSON as the page's own script does; what was said to it."""
        reply = await self._send("POST", path, json.dumps(body).encode(), "application/json", step)
        said: dict[str, object] = json.loads(reply.body)
        return said

    async def fetch(self, path: str, step: str) -> Answer:
        """Fetch something that is no page; the page that is open stays open."""
        return await self._send("GET", path, b"", "", step)

    async def look(self, path: str, step: str) -> None:
        """Ask whether a page is there, as the page's own script does."""
        await self._send("HEAD", path, b"", "", step)

    def field(self, name: str) -> str:
        """The value of a hidden field of the page that is open. Raises Stopped where it has none."""
        found = _TOKEN.search(self.page) if name == "csrf_token" else _hidden(name).search(self.page)
        if found is None:
            raise self._stop(f"no field {name} on {re.sub('/[^/]{22}', '/…', self.path)}")
        return found[1].decode()

    async def _follow(self, reply: Answer, path: str, step: str) -> None:
        hops = 0
        while hops < 5:
            if reply.status == 503:
                path = await self._wait(reply, path)
            elif reply.status not in (301, 302, 303):
                self.path, self.page = path, reply.body
                await self._load_files()
                return
            else:
                path, hops = reply.header(b"location").decode(), hops + 1
            reply = await self._send("GET", path, b"", "", step)
        raise self._stop(f"{step}: led in a circle")

    async def _wait(self, reply: Answer, path: str) -> str:
        """Wait for as long as the page says, as browsers do; the address to go on at."""
        seconds, _, there = reply.header(b"refresh").decode().partition("; url=")
        await asyncio.sleep(int(seconds))
        return there or path

    async def _load_files(self) -> None:
        """Styles, scripts and icons that this browser has not loaded yet, where the run asks for them."""
        for path in sorted(set(_STATIC.findall(self.page)) - self.files) if self.files is not None else ():
            self.files = (self.files or set()) | {path}
            await self._send("GET", path.decode(), b"", "", "static file")

    async def _send(self, method: str, path: str, body: bytes, content_type: str, step: str) -> Answer:
        headers = FIXED
        if self.cookies:
            headers += "Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()) + "\r\n"
        if content_type:
            headers += f"Content-Type: {content_type}\r\n"
        if content_type == "application/json":
            headers += f"X-CSRFToken: {self.field('csrf_token')}\r\n"
        began = time.perf_counter()
        try:
            reply = await self.wire.send(method, path, headers, body)
        except (Broken, OSError, TimeoutError) as error:
            raise self._stop(f"{step}: {type(error).__name__}") from error
        self.seen.note(step, time.perf_counter() - began, len(reply.raw))
        for name, value in reply.cookies():
            self.cookies[name] = value
        if reply.status in TOLD:
            self.seen.told[f"{step}: {reply.status}"] += 1
            if not reply.header(b"refresh"):
                raise Stopped
        elif reply.status >= 400:
            raise self._stop(f"{step}: {reply.status}")
        return reply

    def _stop(self, why: str) -> Stopped:
        self.seen.errors[why] += 1
        return Stopped(why)


_HIDDEN: dict[str, "re.Pattern[bytes]"] = {}


def _hidden(name: str) -> "re.Pattern[bytes]":
    if name not in _HIDDEN:
        _HIDDEN[name] = re.compile(rf'name="{name}" value="([^"]*)"'.encode())
    return _HIDDEN[name]


async def lag(late: list[float], stop: asyncio.Event) -> None:
    """How late this program's own clock rings, in seconds: what the times by the clock are too long by."""
    while not stop.is_set():
        began = time.perf_counter()
        await asyncio.sleep(0.05)
        late.append(time.perf_counter() - began - 0.05)
