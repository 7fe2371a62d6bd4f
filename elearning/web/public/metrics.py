"""The figures as Prometheus reads them, for this machine and for whoever holds the token; for all others there is no such page."""

import ipaddress
import secrets
from collections.abc import Iterator, Mapping

from flask import current_app, request
from flask.typing import ResponseReturnValue

from elearning.services.measuring import Queue, State, state
from elearning.services.work import not_here
from elearning.web.counting import ACKNOWLEDGED, BOUNDS, KINDS, OTHER, STATUSES, figures
from elearning.web.public.views import bp
from elearning.web.request import house

PLAIN = "text/plain; version=0.0.4; charset=utf-8"
_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")


@bp.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Requests, saves, queues, attempts, sizes and ages."""
    if not _may_watch():
        raise not_here()
    lines = [*_counted(figures().read()), *_held(state(house(), current_app.extensions["data_dir"]))]
    return "\n".join(lines) + "\n", 200, {"Content-Type": PLAIN}


def _may_watch() -> bool:
    """With a token set, who holds it; without one, who asks on this machine itself and not through a proxy."""
    token: str = current_app.extensions["metrics_token"]
    if token:
        return secrets.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    if any(name in request.headers for name in _PASSED_ON):
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _head(name: str, kind: str, said: str) -> Iterator[str]:
    yield f"# HELP phatngon_{name} {said}"
    yield f"# TYPE phatngon_{name} {kind}"


def _counted(seen: Mapping[str, int]) -> Iterator[str]:
    yield from _head("requests_total", "counter", "Requests by what they were about and how they ended.")
    for kind in KINDS:
        for status in (*STATUSES, OTHER):
            if number := seen[f"requests {kind} {status}"]:
                yield f'phatngon_requests_total{{kind="{kind}",status="{status}"}} {number}'
    yield from _head("request_seconds", "histogram", "How long requests took.")
    for kind in KINDS:
        yield from _histogram(kind, seen)
    yield from _head("saves_acknowledged_total", "counter", "Saves of answers that were acknowledged.")
    yield f"phatngon_saves_acknowledged_total {seen[ACKNOWLEDGED]}"


def _histogram(kind: str, seen: Mapping[str, int]) -> Iterator[str]:
    so_far = 0
    for bound, said in BOUNDS.items():
        so_far += seen[f"took {kind} {bound}"]
        yield f'phatngon_request_seconds_bucket{{kind="{kind}",le="{said}"}} {so_far}'
    so_far += seen[f"took {kind} more"]
    yield f'phatngon_request_seconds_bucket{{kind="{kind}",le="+Inf"}} {so_far}'
    yield f'phatngon_request_seconds_sum{{kind="{kind}"}} {seen[f"took {kind} sum"] / 1_000_000:.6f}'
    yield f'phatngon_request_seconds_count{{kind="{kind}"}} {so_far}'


def _held(now: State) -> Iterator[str]:
    yield from _gauge("ready", 0 if now.not_ready else 1, "Whether requests can be served.")
    yield from _queue("jobs", now.jobs, "Long work that is not done")
    yield from _queue("mails", now.mails, "Letters that are not sent")
    yield from _gauge("attempts_running", now.attempts, "Attempts that are open.")
    yield from _gauge("database_bytes", now.database, "The size of the database.")
    yield from _gauge("disk_free_bytes", now.free, "The room that is left.")
    yield from _gauge("worker_age_seconds", now.worker_age, "How long ago the worker last looked for work.")
    yield from _gauge("backup_age_seconds", now.backup_age, "The age of the last backup.")


def _queue(name: str, queue: Queue | None, said: str) -> Iterator[str]:
    yield from _gauge(f"{name}_waiting", queue.waiting if queue else None, f"{said}.")
    yield from _gauge(f"{name}_oldest_seconds", queue.oldest if queue else None, f"{said}: the age of the oldest.")


def _gauge(name: str, value: float | None, said: str) -> Iterator[str]:
    """A figure that goes up and down; left out where it cannot be known, so that nobody takes a guess for a figure."""
    if value is not None:
        yield from _head(name, "gauge", said)
        yield f"phatngon_{name} {value if isinstance(value, int) else round(value, 3)}"
