"""Two machines and a proxy on this one: each machine is a network of its own, which can be cut off as by a pulled cable."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bench.killing import PLATFORM, POSTGRESQL, Place, living, place, wait_until
from bench.processes import free_port
from tests.store.s3 import small_store
from tests.texts import TEXTS

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "nginx.conf"
NET = f"10.213.{os.getpid() % 250}"
OUTSIDE = f"{NET}.1"
PORT = 8000
PATIENCE = 90.0


@dataclass(frozen=True, slots=True)
class Machine:
    """One machine: its network, its cable, its address, and the process group of the platform on it."""

    name: str
    cable: str
    address: str
    group: int

    def cut_off(self) -> None:
        """Pull the cable: nothing comes or goes, and nobody is told."""
        _ip("link", "set", self.cable, "down")

    def put_back(self) -> None:
        """Put the cable back."""
        _ip("link", "set", self.cable, "up")

    def is_ready(self) -> bool:
        """Whether the platform on it answers, and takes writing."""
        try:
            with urllib.request.urlopen(f"http://{self.address}:{PORT}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def saves(self) -> int:
        """How many saves this machine has acknowledged."""
        asked = urllib.request.Request(
            f"http://{self.address}:{PORT}/metrics", headers={"Authorization": "Bearer nhin"}
        )
        with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310  our own machine
            found = re.search(r"^phatngon_saves_acknowledged_total (\d+)", answer.read().decode(), re.MULTILINE)
        assert found is not None
        return int(found[1])


@dataclass(frozen=True, slots=True)
class Cluster:
    """What runs: the machines, the place that they share, and the port of the proxy, on this machine."""

    machines: tuple[Machine, ...]
    place: Place
    port: int


def ensure_possible() -> None:
    """What is needed may be missing on a desk, never where changes are judged."""
    missing = [name for name in ("ip", "nginx") if shutil.which(name) is None]
    if os.geteuid() != 0:
        missing.append("root")
    if not POSTGRESQL:
        missing.append("PHATNGON_TEST_POSTGRESQL_URL")
    if missing:
        said = f"Two machines need: {', '.join(missing)}"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(said)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Two machines over one PostgreSQL and one store of files, with nginx in front, as docs/examples/nginx.conf has it."""
    port = free_port()
    with ExitStack() as all_of_it:
        enter = all_of_it.enter_context
        bridge = enter(_bridge())
        database = make_url(POSTGRESQL)
        inner = enter(_passing_on(database.host or "127.0.0.1", database.port or 5432))
        shared = place(folder / "shared", "postgresql", "two_machines")
        outside = make_url(shared.database_url).set(host=OUTSIDE, port=inner).render_as_string(hide_password=False)
        objects = enter(small_store(OUTSIDE))
        environment = {
            "PHATNGON_DATABASE_URL": outside, "PHATNGON_SECRET_KEY": secrets.token_urlsafe(48), "PHATNGON_METRICS_TOKEN": "nhin",
            "PHATNGON_FILES_URL": objects.url.replace("127.0.0.1", OUTSIDE), "PHATNGON_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "PHATNGON_PORT": str(PORT),
        }  # fmt: skip
        machines = tuple(enter(_machine(number, bridge, folder, environment)) for number in (1, 2))
        enter(_nginx(folder, port, machines))
        yield Cluster(machines, shared, port)


@contextmanager
def _bridge() -> Iterator[str]:
    name = f"pn{os.getpid() % 100_000}"
    _ip("link", "add", name, "type", "bridge")
    try:
        _ip("address", "add", f"{OUTSIDE}/24", "dev", name)
        _ip("link", "set", name, "up")
        yield name
    finally:
        _ip("link", "delete", name)


@contextmanager
def _machine(number: int, bridge: str, folder: Path, environment: dict[str, str]) -> Iterator[Machine]:
    name, address = f"{bridge}-{number}", f"{NET}.{10 + number}"
    cable = f"{bridge}c{number}"
    _ip("netns", "add", name)
    try:
        _ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", name)
        _ip("link", "set", cable, "master", bridge, "up")
        for words in (
            ("address", "add", f"{address}/24", "dev", "eth0"), ("link", "set", "eth0", "up"), ("link", "set", "lo", "up"),
        ):  # fmt: skip
            _ip("-n", name, *words)
        with _platform(name, address, number, folder, environment) as group:
            yield Machine(name, cable, address, group)
    finally:
        _ip("netns", "delete", name)


@contextmanager
def _platform(name: str, address: str, number: int, folder: Path, environment: dict[str, str]) -> Iterator[int]:
    data, log = folder / name, folder / f"{name}.log"
    data.mkdir()
    own = Place(data, environment["PHATNGON_DATABASE_URL"]).environment(**environment, PHATNGON_HOST=address)
    prepares = ["--prepare", "--texts", str(TEXTS)] if number == 1 else []
    command = ["ip", "netns", "exec", name, *PLATFORM, "serve", *prepares]
    with log.open("wb") as said:
        process = subprocess.Popen(command, env=own, stdout=said, stderr=said, start_new_session=True)
    machine = Machine(name, "", address, process.pid)
    try:
        wait_until(lambda: machine.is_ready() or process.poll() is not None, PATIENCE, f"see {log}", 0.2)
        assert process.poll() is None, log.read_text()[-3000:]
        yield process.pid
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(30)
        for left in living(process.pid):
            os.kill(left, 9)


@contextmanager
def _nginx(folder: Path, port: int, machines: tuple[Machine, ...]) -> Iterator[None]:
    """The proxy of the documentation, but for names, addresses, and https."""
    config = EXAMPLE.read_text("utf-8")
    servers = "".join(f"server {machine.address}:{PORT} max_fails=1 fail_timeout=5s;\n" for machine in machines)
    config, changed = re.subn(r"( +server 10\.0\.0\.\d+:8000 [^\n]*\n)+", servers, config)
    assert changed == 1
    config = config.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};").replace(
        "events {", f"pid {folder}/nginx.pid;\nevents {{"
    )
    config = re.sub(r" +ssl_certificate[^\n]*\n", "", config)
    temporary = "".join(
        f"    {kind}_temp_path {folder}/nginx-{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = config.replace("http {", f"http {{\n    access_log off;\n{temporary}")
    (folder / "nginx.conf").write_text(config, "utf-8")
    words = ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "nginx.log"), "-g", "daemon off; user root;"]
    process = subprocess.Popen(words)
    try:
        wait_until(lambda: _listens(port) or process.poll() is not None, 10, f"see {folder}/nginx.log", 0.1)
        assert process.poll() is None, (folder / "nginx.log").read_text()
        yield
    finally:
        process.terminate()
        process.wait(20)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@contextmanager
def _passing_on(host: str, port: int) -> Iterator[int]:
    """A port on the outside address that leads to a server which listens on this machine only."""
    with socket.create_server((OUTSIDE, 0), backlog=100) as listener:
        threading.Thread(target=_take, args=(listener, host, port), daemon=True).start()
        yield int(listener.getsockname()[1])
        listener.shutdown(socket.SHUT_RDWR)


def _take(listener: socket.socket, host: str, port: int) -> None:
    while True:
        try:
            caller = listener.accept()[0]
        except OSError:
            return
        for level, option, value in (
            (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1), (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 5),
            (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 2), (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3),
            (socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 10_000),
        ):  # fmt: skip
            caller.setsockopt(level, option, value)
        server = socket.create_connection((host, port), 10)
        for one, other in ((caller, server), (server, caller)):
            threading.Thread(target=_copy, args=(one, other), daemon=True).start()


def _copy(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65_536):
            other.sendall(data)
    for end in (one, other):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        one.close()
