"""A very small application under the worker class of the server: what the server does shows without the platform."""

import time
from collections.abc import Callable, Iterable
from typing import Any

PLAIN = [("Content-Type", "text/plain")]


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """/slow takes a while, /chunks has no length, /large is large, /scheme says by what people came, all else says how much came in."""
    path, came = environ["PATH_INFO"], len(environ["wsgi.input"].read())
    if path == "/slow":
        time.sleep(1.5)
    if path == "/chunks":
        start("200 OK", PLAIN)
        return iter([b"one ", b"two"])
    if path == "/nothing":
        start("204 No Content", [])
        return []
    said = {"/scheme": environ["wsgi.url_scheme"], "/wait": str(environ["phatngon.wait"])}.get(path, str(came))
    body = b"x" * 3_000_000 if path == "/large" else said.encode()
    start("200 OK", [*PLAIN, ("Content-Length", str(len(body)))])
    return [body]
