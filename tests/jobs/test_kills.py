"""The worker is killed while letters wait. `make soak` does the same with 2,000 letters and 50 kills."""

from pathlib import Path

from bench.kill_posting import post_under_kills
from bench.killing import Place
from tests.store.databases import Databases

LETTERS, KILLS = 200, 5


def test_each_letter_goes_out_once_however_often_the_worker_is_killed(databases: Databases, tmp_path: Path) -> None:
    done = post_under_kills(Place(tmp_path, databases.bare("kills")), LETTERS, KILLS, seed=1482)
    assert done.faults() == []
    assert done.finished > 0, "no courier outlived its worker: the kills met nobody at a letter"
