"""Lanes: saving goes first, the door and the office hold few threads, and whoever would wait for too long is told at once."""

import threading
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from elearning.cli import lanes as rules
from elearning.cli.lanes import DOOR, FILES, PAGES, SAVES, STAFF, Lanes, lane_of


class Line:
    """A connection with one request, which is answered when the test says so."""

    def __init__(self, method: str, path: str, do: Callable[["Line"], None]) -> None:
        self.requests = [SimpleNamespace(command=method, path=path, wait=0)]
        self.do, self.cancelled = do, False

    def service(self) -> None:
        self.do(self)

    def cancel(self) -> None:
        self.cancelled = True


class Counter:
    """Where requests are answered: notes the order, and holds each until the gate is open."""

    def __init__(self) -> None:
        self.gate, self.lock = threading.Event(), threading.Lock()
        self.inside: list[str] = []
        self.done: list[str] = []

    def __call__(self, line: Line) -> None:
        path = line.requests[0].path
        with self.lock:
            self.inside.append(path)
        self.gate.wait(10)
        with self.lock:
            self.done.append(path)


@pytest.fixture
def counter() -> Counter:
    return Counter()


def soon(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 5
    while not holds() and time.monotonic() < until:
        time.sleep(0.005)
    return holds()


def open_lanes(threads: int = rules.THREADS) -> Lanes:
    return Lanes(threads)


@pytest.mark.parametrize(
    ("method", "path", "lane"),
    [
        ("POST", "/attempts/abc/answers", SAVES),
        ("POST", "/attempts/abc/submit", SAVES),
        ("POST", "/attempts/abc/uploads", SAVES),
        ("POST", "/uploads/abc", SAVES),
        ("GET", "/uploads/abc", PAGES),
        ("GET", "/attempts/abc/submit", PAGES),
        ("GET", "/healthz", SAVES),
        ("POST", "/login", DOOR),
        ("GET", "/login", PAGES),
        ("POST", "/account/password", DOOR),
        ("POST", "/welcome", DOOR),
        ("GET", "/admin/reports/completions", STAFF),
        ("GET", "/administration", PAGES),
        ("GET", "/static/page.js", FILES),
        ("", "", PAGES),
    ],
)
def test_every_request_has_its_lane(method: str, path: str, lane: rules.Lane) -> None:
    assert lane_of(method, path) is lane


def test_the_addresses_that_have_lanes_are_addresses_of_the_platform(app: Flask) -> None:
    there = app.url_map.bind("localhost")
    for method, path in (
        ("POST", "/attempts/abc/answers"), ("POST", "/attempts/abc/submit"), ("POST", "/uploads/abc"), ("GET", "/healthz"), ("GET", "/readyz"),
        *(("POST", path) for path in sorted(rules._AT_DOOR)),     ):  # fmt: skip
        there.match(path, method)
    known = [rule.rule for rule in app.url_map.iter_rules()]
    assert all(any(rule.startswith(place) for rule in known) for place in ("/admin/", "/author/", "/metrics"))


def test_the_door_never_holds_more_than_its_share_of_the_threads_and_saves_pass_it(counter: Counter) -> None:
    lanes = open_lanes()
    for _ in range(20):
        lanes.add_task(Line("POST", "/login", counter))
    assert soon(lambda: len(counter.inside) == DOOR.most)
    lanes.add_task(Line("POST", "/attempts/a/answers", counter))
    assert soon(lambda: "/attempts/a/answers" in counter.inside)
    assert counter.inside.count("/login") == DOOR.most
    counter.gate.set()
    assert soon(lambda: len(counter.done) == 21)


def test_a_save_goes_before_all_that_waited_longer(counter: Counter) -> None:
    lanes = open_lanes(threads=1)
    lanes.add_task(Line("GET", "/learn", counter))
    assert soon(lambda: counter.inside == ["/learn"])
    for path in ("/admin/people", "/courses", "/login"):
        lanes.add_task(Line("POST" if path == "/login" else "GET", path, counter))
    lanes.add_task(Line("POST", "/attempts/a/answers", counter))
    counter.gate.set()
    assert soon(lambda: len(counter.done) == 5)
    assert counter.done == ["/learn", "/attempts/a/answers", "/courses", "/login", "/admin/people"]


def test_whoever_would_wait_for_too_long_is_told_at_once_and_for_how_long(counter: Counter) -> None:
    lanes = open_lanes()
    lanes.usual[DOOR] = 2.0
    waiting = [Line("POST", "/login", counter) for _ in range(15)]
    for line in waiting:
        lanes.add_task(line)
    told = [line.requests[0].wait for line in waiting]
    assert told[:11] == [0] * 11
    assert all(10 < seconds < 20 for seconds in told[13:])
    assert soon(lambda: len(counter.inside) == DOOR.most + 2)
    counter.gate.set()
    assert soon(lambda: len(counter.done) == 15)


@pytest.mark.parametrize(("method", "path"), [("POST", "/attempts/a/answers"), ("GET", "/static/tokens.css")])
def test_nobody_who_saves_and_no_style_of_a_page_is_ever_sent_away(method: str, path: str, counter: Counter) -> None:
    lanes = open_lanes()
    lanes.usual.update({SAVES: 100.0, FILES: 100.0})
    saving = [Line(method, path, counter) for _ in range(50)]
    for line in saving:
        lanes.add_task(line)
    assert not any(line.requests[0].wait for line in saving)
    counter.gate.set()
    assert soon(lambda: len(counter.done) == 50)


def test_a_request_that_breaks_takes_no_thread_with_it(counter: Counter, caplog: pytest.LogCaptureFixture) -> None:
    def fails(line: Any) -> None:
        raise RuntimeError("broken")

    lanes = open_lanes(threads=1)
    lanes.add_task(Line("GET", "/learn", fails))
    lanes.add_task(Line("GET", "/courses", counter))
    counter.gate.set()
    assert soon(lambda: counter.done == ["/courses"])
    assert "could not be served" in caplog.text


def test_at_the_end_what_is_under_way_is_finished_and_what_cannot_be_is_given_up(counter: Counter) -> None:
    lanes = open_lanes(threads=1)
    first, second = Line("GET", "/learn", counter), Line("GET", "/courses", counter)
    lanes.add_task(first)
    assert soon(lambda: counter.inside == ["/learn"])
    lanes.add_task(second)
    assert lanes.shutdown(timeout=0.1)
    assert (first.cancelled, second.cancelled) == (False, True)
    counter.gate.set()
    assert soon(lambda: lanes.threads == 0)
    assert counter.done == ["/learn"]
