"""The whole platform is killed while sixteen learners save. `make soak` does the same with 50 kills."""

from pathlib import Path

import pytest

from bench.kill_saving import save_under_kills
from bench.killing import KINDS, Kind, place

pytestmark = pytest.mark.journey

KILLS = 10


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_that_was_acknowledged_is_there_after_kills(kind: Kind, tmp_path: Path) -> None:
    kept = save_under_kills(place(tmp_path, kind, "kills_saving"), KILLS, seed=1482)
    assert kept.wrong == []
    assert (kept.process_kills, kept.platform_kills) == (KILLS // 2, KILLS // 2)
    assert kept.acknowledged > KILLS * 20
