"""The server among bad lines, and told to end or to begin anew: good requests are answered, none that has begun is dropped."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from elearning.cli.buffering import Listener, Loop
from elearning.cli.lanes import DOOR, Lanes
from elearning.cli.proxies import behind
from tests.cli.small_app import application

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"


class Server:
    """The loop of the server in a thread of this process."""

    def __init__(self, most: int = 1000) -> None:
        self.lanes, self.loop = Lanes(), Loop()
        sock = socket.socket()
        sock.bind((HOST, 0))
        self.port: int = sock.getsockname()[1]
        self.listener = Listener(behind(application, frozenset()), sock, self.loop, self.lanes, most)
        self.number, self.ended = sock.fileno(), threading.Event()
        self.ahead = 0.0
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        while not self.ended.is_set():
            self.loop.turn(0.02, [self.number])
            if self.ahead:
                self.listener.maintenance(time.time() + self.ahead)
                self.ahead = 0.0

    def look(self, seconds: float) -> None:
        """Let the server look after its connections, as it would so many seconds from now."""
        self.ahead = seconds
        until = time.monotonic() + 5
        while self.ahead and time.monotonic() < until:
            time.sleep(0.01)

    def wait_for_half(self, number: int) -> None:
        """Wait until so many requests have begun to come in."""
        until = time.monotonic() + 5
        while sum(c.request is not None for c in list(self.listener.active_channels.values())) < number:
            assert time.monotonic() < until, "the lines do not come in"
            time.sleep(0.01)

    def end(self) -> None:
        self.ended.set()
        self.thread.join()
        self.lanes.shutdown(timeout=2)
        self.loop.close()

    def ask(self, path: str = "/", body: bytes | None = None, **headers: str) -> bytes:
        line = http.client.HTTPConnection(HOST, self.port, timeout=5)
        line.request(
            "POST" if body is not None else "GET", path, body, {n.replace("_", "-"): v for n, v in headers.items()}
        )
        said = line.getresponse().read()
        line.close()
        return said


@contextmanager
def closing_server(most: int = 1000) -> Iterator[Server]:
    running = Server(most)
    try:
        yield running
    finally:
        running.end()


@pytest.fixture
def server() -> Iterator[Server]:
    with closing_server() as running:
        yield running


def opened(server: Server, said: bytes) -> socket.socket:
    line = socket.create_connection((HOST, server.port), timeout=5)
    line.sendall(said)
    return line


def whole(line: socket.socket) -> bytes:
    """An answer of one byte, with its head."""
    said = b""
    while b"\r\n\r\n" not in said[:-1] and (more := line.recv(1000)):
        said += more
    return said


HALF_A_HEAD = b"GET / HTTP/1.1\r\nHost: a\r\nX-Half: "
HALF_A_BODY = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\nabc"


def test_where_it_gets_crowded_those_who_rested_longest_make_room() -> None:
    said = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    with closing_server(30) as crowded, ExitStack() as open_ones:
        lines = [open_ones.enter_context(opened(crowded, said)) for _ in range(28)]
        assert all(whole(line).endswith(b"0") for line in lines)
        for line in lines[3:]:
            line.sendall(said)
            assert whole(line).endswith(b"0")
        crowded.look(5)
        assert [line.recv(1000) for line in lines[:3]] == [b"", b"", b""]
        lines[3].sendall(said)
        assert whole(lines[3]).endswith(b"0")


@pytest.mark.parametrize(("files", "connections"), [(1_000, 400), (4_096, 1_948), (16_384, 8_000)])
def test_a_process_takes_no_more_connections_than_the_system_lets_it_have_files(files: int, connections: int) -> None:
    asked = "import resource, sys; n = int(sys.argv[1]); resource.setrlimit(resource.RLIMIT_NOFILE, (min(n, 256), n))"
    told = "from elearning.cli.buffered import room; print(room())"
    found = subprocess.run(
        [sys.executable, "-c", f"{asked}; {told}", str(files)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert int(found.stdout) == connections


@pytest.mark.parametrize("said", [b"", HALF_A_HEAD, HALF_A_BODY], ids=["nothing", "half a head", "half a body"])
def test_three_hundred_slow_lines_keep_nobody_out(server: Server, said: bytes) -> None:
    with ExitStack() as slow:
        for _ in range(300):
            slow.enter_context(opened(server, said))
        began = time.monotonic()
        assert server.ask("/", b"abcdef") == b"6"
        assert time.monotonic() - began < 2


def test_a_large_answer_that_nobody_reads_holds_no_thread(server: Server) -> None:
    with ExitStack() as slow:
        for _ in range(30):
            slow.enter_context(opened(server, b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n"))
        assert server.ask("/", b"abc") == b"3"


def test_a_body_that_comes_byte_by_byte_is_cut_off_and_one_that_comes_on_is_not(server: Server) -> None:
    with opened(server, HALF_A_BODY) as drip, opened(server, HALF_A_BODY + b"x" * 4990) as good:
        server.wait_for_half(2)
        server.look(35)
        assert drip.recv(100) == b""
        good.sendall(b"x" * 7)
        assert whole(good).startswith(b"HTTP/1.1 200")


def test_a_line_that_rests_is_closed_after_a_while_and_not_before(server: Server) -> None:
    with opened(server, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n") as line:
        assert whole(line).endswith(b"\r\n\r\n0")
        server.look(60)
        line.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert whole(line).endswith(b"\r\n\r\n0")
        server.look(80)
        assert line.recv(1000) == b""


@pytest.mark.parametrize(("path", "said"), [("/chunks", b"one two"), ("/nothing", b""), ("/", b"0")])
def test_a_line_is_kept_after_every_kind_of_answer(server: Server, path: str, said: bytes) -> None:
    line = http.client.HTTPConnection(HOST, server.port, timeout=5)
    line.connect()
    sock = line.sock
    for _ in range(3):
        line.request("GET", path)
        assert line.getresponse().read() == said
        assert line.sock is sock
    line.close()


def test_headers_of_proxies_reach_the_application(server: Server) -> None:
    assert server.ask("/scheme", X_Forwarded_Proto="https") == b"https"


def test_a_request_that_would_wait_for_too_long_goes_on_at_once_with_a_mark(server: Server) -> None:
    assert server.ask("/wait") == b"0"
    server.lanes.usual[DOOR] = 100.0
    with server.lanes.ready:
        server.lanes.running[DOOR] = DOOR.most
    first = threading.Thread(target=server.ask, args=("/login", b"a"))
    first.start()
    until = time.monotonic() + 5
    while not server.lanes.waiting[DOOR] and time.monotonic() < until:
        time.sleep(0.01)
    line = http.client.HTTPConnection(HOST, server.port, timeout=5)
    line.request("POST", "/login", b"b")
    assert line.getresponse().read() == b"1"
    line.close()
    with server.lanes.ready:
        server.lanes.running[DOOR] = 0
    assert server.ask("/wait") == b"0"
    first.join(5)


@contextmanager
def gunicorn(processes: int = 2) -> Iterator["tuple[subprocess.Popen[bytes], int]"]:
    """The server as gunicorn runs it, over the small application."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"{HOST}:{port}", "--workers", str(processes), "--threads", "8",
        "--worker-class", "elearning.cli.buffered.Buffered", "--graceful-timeout", "10", "--log-level", "warning",
        "--no-control-socket", "tests.cli.small_app:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        _wait_for(port)
        yield process, port
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            asked(port)
        except OSError:
            assert time.monotonic() < until, "the server does not come up"
            time.sleep(0.05)
        else:
            return


def asked(port: int, path: str = "/") -> bytes:
    line = http.client.HTTPConnection(HOST, port, timeout=15)
    try:
        line.request("GET", path)
        return line.getresponse().read()
    finally:
        line.close()


def test_told_to_end_it_finishes_what_has_begun_and_takes_nobody_in() -> None:
    with gunicorn(1) as (process, port):
        said: list[bytes] = []
        slow = threading.Thread(target=lambda: said.append(asked(port, "/slow")))
        slow.start()
        time.sleep(0.5)
        process.terminate()
        slow.join(10)
        assert said == [b"0"]
        assert process.wait(10) == 0
        with pytest.raises(OSError, match="refused"):
            asked(port)


def test_begun_anew_under_load_not_one_request_fails() -> None:
    with gunicorn() as (process, port):
        stop, faults, done = threading.Event(), list[str](), list[int]()
        people = [threading.Thread(target=_keep_asking, args=(port, stop, faults, done)) for _ in range(12)]
        for one in people:
            one.start()
        before = _children(process.pid)
        for _ in range(2):
            time.sleep(0.5)
            process.send_signal(signal.SIGHUP)
            time.sleep(3)
        stop.set()
        for one in people:
            one.join(20)
        assert faults == []
        assert len(done) > 200
        assert not before & _children(process.pid), "the processes are those from before"


def _keep_asking(port: int, stop: threading.Event, faults: list[str], done: list[int]) -> None:
    """Ask over a line that is kept for as long as the server keeps it."""
    line = http.client.HTTPConnection(HOST, port, timeout=15)
    while not stop.is_set():
        try:
            line.request("POST", "/", b"abc")
            answer = line.getresponse()
            if (answer.status, answer.read()) != (200, b"3"):
                faults.append(str(answer.status))
            done.append(1)
        except (OSError, http.client.HTTPException) as error:
            faults.append(repr(error))
            line.close()
        time.sleep(0.01)
    line.close()


def _children(parent: int) -> set[int]:
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.add(int(path.parent.name))
    return found


def test_a_process_whose_arbiter_was_killed_ends_by_itself() -> None:
    with gunicorn(1) as (process, _):
        (child,) = _children(process.pid)
        process.kill()
        process.wait()
        until = time.monotonic() + 10
        while _alive(child) and time.monotonic() < until:
            time.sleep(0.05)
        assert not _alive(child)


def _alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
