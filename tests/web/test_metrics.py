"""What watchers are told: whether the platform is ready and why not, and figures without names; told to nobody else."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask

from elearning.services import measuring
from elearning.services.work import House
from elearning.services.working import add
from elearning.store.figures import Figures
from elearning.web.counting import names
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.services.keeping import backed_up
from tests.web.proofreading import ProofReader
from tests.web.sitting import begin, save

Client = Callable[..., ProofReader]


class Usage(NamedTuple):
    """What a disk has."""

    total: int
    used: int
    free: int


@pytest.fixture
def watched(app: Flask, tmp_path: Path) -> Iterator[Flask]:
    """The application with a data folder and counters of its own."""
    before = dict(app.extensions)
    app.extensions.update(data_dir=tmp_path, figures=Figures(tmp_path, names()), metrics_token="")
    yield app
    app.extensions.update({name: before[name] for name in ("data_dir", "figures", "metrics_token")})


def read(browser: ProofReader, **headers: str) -> dict[str, float]:
    """All figures by name and labels, each line being one that Prometheus takes."""
    answer = browser.get("/metrics", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    found = {}
    for line in answer.get_data(as_text=True).splitlines():
        if not line.startswith("#"):
            matched = re.fullmatch(r'(phatngon_[a-z_]+(?:\{(?:[a-z]+="[^"\\]*",?)+\})?) ([0-9.]+)', line)
            assert matched, line
            assert matched[1] not in found
            found[matched[1]] = float(matched[2])
    return found


def test_requests_are_counted_by_what_they_were_about_and_how_they_ended(
    watched: Flask, practice: House, make_person: Callable[..., Someone], client: Client
) -> None:
    browser = client(make_person())
    attempt = begin(browser)
    save(browser, attempt, {"1": "b"})
    save(browser, attempt, {"1": "a"}, seq=2, base=1)
    save(browser, attempt, {"99": "a"}, seq=3)
    browser.get("/nowhere")
    seen = read(browser)
    assert seen['phatngon_requests_total{kind="save",status="200"}'] == 2
    assert seen['phatngon_requests_total{kind="save",status="404"}'] == 1
    assert seen['phatngon_requests_total{kind="none",status="404"}'] == 1
    assert seen["phatngon_saves_acknowledged_total"] == 2
    assert seen["phatngon_attempts_running"] == 1
    assert seen['phatngon_request_seconds_count{kind="save"}'] == 3
    assert seen['phatngon_request_seconds_bucket{kind="save",le="+Inf"}'] == 3
    assert 0 < seen['phatngon_request_seconds_sum{kind="save"}'] < 60


def test_buckets_rise(watched: Flask, practice: House, client: Client) -> None:
    browser = client()
    for _ in range(5):
        browser.get("/")
    seen = read(browser)
    buckets = [
        value for name, value in seen.items() if name.startswith('phatngon_request_seconds_bucket{kind="public"')
    ]
    assert len(buckets) == 12
    assert buckets == sorted(buckets)
    assert buckets[-1] == 5


def test_what_waits_and_for_how_long(
    watched: Flask, house: House, make_person: Callable[..., Someone], client: Client, clock: Clock
) -> None:
    someone = make_person("admin")
    with house.writing(someone.actor) as work:
        add(work, "export", {})
    clock.forward(minutes=5)
    with house.writing(someone.actor) as work:
        add(work, "export", {})
    seen = read(client())
    assert (seen["phatngon_jobs_waiting"], seen["phatngon_jobs_oldest_seconds"]) == (2, 300)
    assert (seen["phatngon_mails_waiting"], seen["phatngon_mails_oldest_seconds"]) == (0, 0)
    assert seen["phatngon_database_bytes"] > 10_000
    assert seen["phatngon_disk_free_bytes"] > 0


def test_ages_of_backup_and_worker_are_told_once_there_is_one(
    watched: Flask, practice: House, client: Client, clock: Clock, tmp_path: Path
) -> None:
    assert not {"phatngon_backup_age_seconds", "phatngon_worker_age_seconds"} & read(client()).keys()
    backed_up(tmp_path, practice)
    shutil.copy(tmp_path / "data" / "last-backup.json", tmp_path)
    measuring.note_worker(tmp_path)
    clock.forward(hours=2)
    seen = read(client())
    assert seen["phatngon_backup_age_seconds"] == timedelta(hours=2).total_seconds()
    assert "phatngon_worker_age_seconds" in seen


def test_no_name_no_answer_no_token_no_address_of_an_attempt_is_in_it(
    watched: Flask, practice: House, make_person: Callable[..., Someone], client: Client
) -> None:
    someone = make_person(name="Vũ Thị Diễm")
    browser = client(someone)
    attempt = begin(browser)
    save(browser, attempt, {"3": "bimat"})
    told = client().get("/metrics").get_data(as_text=True)
    cookie = browser.get_cookie("phatngon")
    assert cookie is not None
    for secret in ("Diễm", someone.identifier, "bimat", attempt.rsplit("/", 1)[1], cookie.value, "thu-tai"):
        assert secret not in told


@pytest.mark.parametrize(
    "asking",
    [
        {"environ_base": {"REMOTE_ADDR": "10.0.0.7"}},
        {"environ_base": {"REMOTE_ADDR": ""}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"headers": {"Via": "1.1 proxy"}},
    ],
)
def test_for_whoever_is_not_on_this_machine_there_is_no_such_page(
    watched: Flask, house: House, client: Client, asking: dict[str, object]
) -> None:
    assert client().get("/metrics", **asking).status_code == 404


def test_with_a_token_only_its_holder_reads(watched: Flask, house: House, client: Client) -> None:
    watched.extensions["metrics_token"] = "a-long-token"
    browser = client()
    assert browser.get("/metrics").status_code == 404
    assert browser.get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
    assert browser.get("/metrics", headers={"Authorization": "Bearer ạ"}).status_code == 404
    far = {"REMOTE_ADDR": "10.0.0.7"}
    assert (
        browser.get("/metrics", headers={"Authorization": "Bearer a-long-token"}, environ_base=far).status_code == 200
    )


def test_a_disk_that_is_nearly_full_is_not_ready(
    watched: Flask, house: House, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(10**12, 10**12 - 10**8, 10**8))
    answer = client().get("/readyz")
    assert (answer.status_code, answer.get_data(as_text=True)) == (503, "not ready: disk\n")
    assert read(client())["phatngon_ready"] == 0


def test_a_data_folder_that_cannot_be_written_is_not_ready(watched: Flask, house: House, client: Client) -> None:
    watched.extensions["data_dir"] = Path("/proc")
    answer = client().get("/readyz")
    assert (answer.status_code, answer.get_data(as_text=True)) == (503, "not ready: writing\n")
