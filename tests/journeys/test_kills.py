"""The whole platform is killed while sixteen learners save, and the worker while letters wait. `make soak` has many more."""

import os
from pathlib import Path
from random import Random

import psycopg
import pytest
from psycopg.rows import TupleRow

from bench.kill_posting import post_under_kills
from bench.kill_saving import begin_anew_while_saving, save_under_kills
from bench.killing import KINDS, Kind, Place, place, wait_until
from bench.postgresql import own_postgresql, programs

pytestmark = pytest.mark.journey

KILLS = 10
LETTERS, KILLS_OF_WORKER = 120, 3


def ensure_installed() -> None:
    """Go on only where there is a PostgreSQL to run; where tests must not be skipped, fail."""
    if programs() is None:
        said = "PostgreSQL is not installed here"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(said)


def test_everything_that_was_acknowledged_is_there_once_after_kills(tmp_path: Path) -> None:
    kept = save_under_kills(place(tmp_path, "sqlite", "kills_saving"), KILLS, seed=1482)
    assert kept.wrong == []
    assert kept.kills == {"serving": 5, "worker": 2, "arbiter": 2, "platform": 1}
    assert kept.acknowledged > KILLS * 20
    assert kept.lessons == kept.finished == kept.certificates == KILLS * 2


def test_the_same_holds_on_a_postgresql_whose_own_processes_are_killed(tmp_path: Path) -> None:
    ensure_installed()
    (tmp_path / "data").mkdir()
    with own_postgresql(tmp_path) as server:
        kept = save_under_kills(Place(tmp_path / "data", server.url), KILLS, seed=1482, postgresql=server)
    assert kept.wrong == []
    assert kept.kills["backend"] >= 2
    assert kept.kills.total() == KILLS
    assert kept.lessons == kept.finished == kept.certificates == KILLS * 2


def test_a_postgresql_of_our_own_comes_back_though_another_run_of_the_tests_shuts_the_folders_above(
    tmp_path: Path,
) -> None:
    ensure_installed()
    with own_postgresql(tmp_path) as server:
        tmp_path.chmod(0o700)
        held = [psycopg.connect(server.conninfo) for _ in range(2)]
        server.kill_a_backend(Random(1482))  # noqa: S311  moments of a test are drawn with a seed
        wait_until(lambda: all(is_gone(one) for one in held), 60, "the other connection survived", 0.1)
        wait_until(server.answers, 60, "PostgreSQL does not come back", 0.1)
        with psycopg.connect(server.conninfo) as fresh:
            assert fresh.execute("SELECT 1").fetchone() == (1,)


def is_gone(connection: psycopg.Connection[TupleRow]) -> bool:
    """Whether a connection has ended at its other end."""
    try:
        connection.execute("SELECT 1")
    except psycopg.OperationalError:
        connection.close()
        return True
    return False


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
