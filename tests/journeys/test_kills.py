"""The whole platform is killed while sixteen learners save, and the worker while letters wait. `make soak` has many more."""

import os
from pathlib import Path

import pytest

from bench.kill_posting import post_under_kills
from bench.kill_saving import begin_anew_while_saving, save_under_kills
from bench.killing import KINDS, Kind, Place, place
from bench.postgresql import own_postgresql, programs

pytestmark = pytest.mark.journey

KILLS = 10
LETTERS, KILLS_OF_WORKER = 120, 3


def test_everything_that_was_acknowledged_is_there_once_after_kills(tmp_path: Path) -> None:
    kept = save_under_kills(place(tmp_path, "sqlite", "kills_saving"), KILLS, seed=1482)
    assert kept.wrong == []
    assert kept.kills == {"serving": 3, "worker": 3, "arbiter": 2, "platform": 2}
    assert kept.acknowledged > KILLS * 20
    assert kept.finished == KILLS * 2


def test_the_same_holds_on_a_postgresql_whose_own_processes_are_killed(tmp_path: Path) -> None:
    if programs() is None:
        said = "PostgreSQL is not installed here"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(said)
    (tmp_path / "data").mkdir()
    with own_postgresql(tmp_path) as server:
        kept = save_under_kills(Place(tmp_path / "data", server.url), KILLS, seed=1482, postgresql=server)
    assert kept.wrong == []
    assert kept.kills["backend"] >= 2
    assert kept.kills.total() == KILLS
    assert kept.finished == KILLS * 2


def test_no_save_stays_without_an_answer_while_the_server_begins_anew(tmp_path: Path) -> None:
    kept = begin_anew_while_saving(place(tmp_path, "sqlite", "kills_anew"), 3, seed=1482)
    assert kept.wrong == []
    assert kept.again == 0
    assert kept.acknowledged > 60


@pytest.mark.parametrize("kind", KINDS)
def test_each_letter_goes_out_once_however_often_the_worker_is_killed(kind: Kind, tmp_path: Path) -> None:
    done = post_under_kills(place(tmp_path, kind, "kills_posting"), LETTERS, KILLS_OF_WORKER, seed=1482)
    assert done.faults() == []
    assert done.finished > 0, "no courier outlived its worker: the kills met nobody at a letter"
