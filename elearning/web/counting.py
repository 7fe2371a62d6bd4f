"""Counting requests, by what they were about, how they ended and how long they took; no address, no name, no answer."""

import time
from bisect import bisect_left
from functools import lru_cache
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
_STEPS, _NAMES = tuple(BOUNDS), (*BOUNDS, "more")
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
        began: float | None = g.get("began")
        took = int((time.perf_counter() - began) * 1_000_000) if began is not None else 0
        asked = request._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  a step less each time it is asked
        once, sum_of = _counted(asked.endpoint, asked.method, response.status_code, bisect_left(_STEPS, took))
        figures().add({**once, sum_of: took})
        return response


@lru_cache(maxsize=5000)
def _counted(endpoint: str | None, method: str, status: int, step: int) -> tuple[dict[str, int], str]:
    """What goes up by one for a request that took no longer than a bound (the place of it), and which counter by its microseconds."""
    kind, named = kind_of(endpoint), status if status in STATUSES else OTHER
    once = {f"requests {kind} {named}": 1, f"took {kind} {_NAMES[step]}": 1}
    if kind == "save" and method == "POST" and status in (200, 303):
        once[ACKNOWLEDGED] = 1
    return once, f"took {kind} sum"


def figures() -> Figures:
    """The counters of this machine."""
    found: Figures = current_app.extensions["figures"]
    return found
