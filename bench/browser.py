"""A small browser without a window: cookies, tokens and redirects, over a real connection or straight into the application."""

import gzip
import http.client
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Protocol
from urllib.parse import urlencode

from flask.testing import FlaskClient

LANGUAGE = "vi"
FORM = "application/x-www-form-urlencoded"
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class Later(OSError):
    """The platform said that it cannot now, and can later."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. `size` is the number of bytes of the body as it travelled, compressed where it was."""

    status: int
    body: bytes
    size: int
    location: str
    cookies: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class Transport(Protocol):
    """A way to send one request."""

    def send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Reply: ...


def _reply(status: int, raw: bytes, encoding: str, location: str, cookies: list[str]) -> Reply:
    body = gzip.decompress(raw) if encoding == "gzip" else raw
    return Reply(status, body, len(raw), location, tuple(cookies))


class OverTheWire:
    """One kept connection to a server on this machine, opened anew when the server has closed it."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        try:
            answer = self._ask(method, path, body, headers)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self.connection.close()
            answer = self._ask(method, path, body, headers)
        raw = answer.read()
        cookies = answer.headers.get_all("Set-Cookie") or []
        return _reply(
            answer.status, raw, answer.headers.get("Content-Encoding", ""), answer.headers.get("Location", ""), cookies
        )

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> http.client.HTTPResponse:
        self.connection.request(method, path, body, dict(headers))
        return self.connection.getresponse()


class InProcess:
    """Straight into a Flask application, in this process."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        answer = self.client.open(path, method=method, data=body, headers=list(headers.items()))
        raw = answer.get_data()
        encoding, location = answer.headers.get("Content-Encoding", ""), answer.headers.get("Location", "")
        return _reply(answer.status_code, raw, encoding, location, answer.headers.getlist("Set-Cookie"))


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that was answered: what it was for, and how long it took in seconds."""

    kind: str
    method: str
    path: str
    reply: Reply
    seconds: float


@dataclass(slots=True)
class Browser:
    """One person's browser. Every request is told to `note`; an unexpected status stops the measurement, and
    503 is raised as Later.
    """

    transport: Transport
    note: Callable[[Asked], None] = lambda asked: None
    cookies: dict[str, str] = field(default_factory=dict)
    path: str = ""
    page: str = ""

    def get(self, path: str, kind: str) -> Reply:
        """Open a page, and follow where it leads."""
        return self._follow(self._send("GET", path, None, "", kind), path, kind)

    def post(self, path: str, fields: Mapping[str, str | list[str]], kind: str, then: str) -> Reply:
        """Send a form with the token of the page that is open; the page that follows counts as `then`."""
        body = urlencode({"csrf_token": self.token, **fields}, doseq=True).encode()
        return self._follow(self._send("POST", path, body, FORM, kind), path, then)

    def save(self, path: str, body: object, kind: str) -> Reply:
        """Send JSON as the page's own script does."""
        return self._send("POST", path, json.dumps(body).encode(), "application/json", kind)

    def fetch(self, path: str, kind: str) -> Reply:
        """Fetch something that is no page; the page that is open stays open."""
        return self._send("GET", path, None, "", kind)

    def plain(self, method: str, path: str, body: bytes | None) -> Reply:
        """Send one request without a form or a token, as the floor takes it."""
        return self._send(method, path, body, "text/plain" if body else "", "floor")

    @property
    def token(self) -> str:
        """The token of the page that is open. Raises AssertionError where the page has none."""
        found = _TOKEN.search(self.page)
        assert found is not None, f"no token on {self.path}"
        return found[1]

    def hidden(self, name: str) -> str:
        """The value of a hidden field of the page that is open."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        assert found is not None, f"no field {name} on {self.path}"
        return found[1]

    def _follow(self, reply: Reply, path: str, kind: str) -> Reply:
        for _ in range(5):
            if reply.status not in (301, 302, 303):
                self.path, self.page = path, reply.text
                return reply
            path = reply.location
            # What follows a lesson may be a quiz; it is counted among its own kind.
            reply = self._send("GET", path, None, "", "quiz rules" if "/quizzes/" in path else kind)
        raise AssertionError(f"{path} leads in a circle")

    def _send(self, method: str, path: str, body: bytes | None, content_type: str, kind: str) -> Reply:
        headers = {"Accept-Encoding": "gzip", "Accept-Language": LANGUAGE}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if content_type:
            headers["Content-Type"] = content_type
        if content_type == "application/json":
            headers["X-CSRFToken"] = self.token
        began = time.perf_counter()
        reply = self.transport.send(method, path, body, headers)
        seconds = time.perf_counter() - began
        for line in reply.cookies:
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        if reply.status == 503:
            raise Later(f"{method} {path}: {reply.status}")
        assert reply.status < 400, f"{method} {path} was answered with {reply.status}: {reply.text[:300]}"
        self.note(Asked(kind, method, path, reply, seconds))
        return reply
