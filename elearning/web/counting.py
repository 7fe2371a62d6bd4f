"""Counting requests, by what they were about, how they ended and how long they took; no address, no name, no answer."""

import time
from pathlib import Path

from flask import Flask, Response, current_app, g, request

from elearning.store.figures import Figures

KINDS = ("save", "attempt", "learner", "staff", "account", "public", "static", "watch", "none")
STATUSES = (200, 206, 302, 303, 304, 400, 401, 403, 404, 405, 409, 413, 416, 422, 429, 500, 503)
OTHER = "other"
# Upper bounds in microseconds, and beside them how Prometheus writes them, in seconds.
BOUNDS = {
    5_000: "0.005", 10_000: "0.01", 25_000: "0.025", 50_000: "0.05", 100_000: "0.1", 250_000: "0.25", 500_000: "0.5",
    1_000_000: "1", 2_500_000: "2.5", 5_000_000: "5", 10_000_000: "10",
}  # fmt: skip
ACKNOWLEDGED = "saves acknowledged"
_BY_BLUEPRINT = {"trainer": "staff", "admin": "staff"}
_OF_ATTEMPTS = frozenset({"attempt", "submit", "review", "result", "begin", "quiz", "begin_upload", "upload_part"})
_WATCHING = frozenset({"public.healthz", "public.readyz", "public.metrics"})


def names() -> tuple[str, ...]:
    """The names of all counters, which all processes must agree on."""
    statuses = [f"requests {kind} {status}" for kind in KINDS for status in (*STATUSES, OTHER)]
    buckets = [f"took {kind} {bound}" for kind in KINDS for bound in (*BOUNDS, "more", "sum")]
    return (ACKNOWLEDGED, *statuses, *buckets)


def kind_of(endpoint: str | None) -> str:
    """What a request was about."""
    if endpoint is None:
        return "none"
    if endpoint in _WATCHING:
        return "watch"
    if endpoint == "learner.answers":
        return "save"
    room, _, name = endpoint.partition(".")
    if room == "learner" and name in _OF_ATTEMPTS:
        return "attempt"
    kind = _BY_BLUEPRINT.get(room, room)
    return kind if kind in KINDS else "none"


def init_counting(app: Flask, data_dir: Path, metrics_token: str) -> None:
    """Count every request, in the data folder: the first thing that is done with one, and the last. The token opens the figures
    to those who are not on this machine; empty where nobody else may read them.
    """
    app.extensions.update(data_dir=data_dir, metrics_token=metrics_token, figures=Figures(data_dir, names()))

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def count(response: Response) -> Response:
        took = int((time.perf_counter() - g.began) * 1_000_000) if "began" in g else 0
        figures().add(_of(kind_of(request.endpoint), response.status_code, took))
        return response


def _of(kind: str, status: int, took: int) -> dict[str, int]:
    bound = next((bound for bound in BOUNDS if took <= bound), "more")
    named = status if status in STATUSES else OTHER
    more = {f"requests {kind} {named}": 1, f"took {kind} {bound}": 1, f"took {kind} sum": took}
    return more | ({ACKNOWLEDGED: 1} if kind == "save" and request.method == "POST" and status in (200, 303) else {})


def figures() -> Figures:
    """The counters of this machine."""
    found: Figures = current_app.extensions["figures"]
    return found
