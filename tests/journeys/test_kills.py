"""The whole platform is killed while sixteen learners save, and the worker while letters wait. `make soak` has 50 kills of each."""

from pathlib import Path

import pytest

from bench.kill_posting import post_under_kills
from bench.kill_saving import begin_anew_while_saving, save_under_kills
from bench.killing import KINDS, Kind, place

pytestmark = pytest.mark.journey

KILLS = 10
LETTERS, KILLS_OF_WORKER = 120, 3


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_that_was_acknowledged_is_there_after_kills(kind: Kind, tmp_path: Path) -> None:
    kept = save_under_kills(place(tmp_path, kind, "kills_saving"), KILLS, seed=1482)
    assert kept.wrong == []
    assert (kept.process_kills, kept.platform_kills) == (KILLS // 2, KILLS // 2)
    assert kept.acknowledged > KILLS * 20


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
