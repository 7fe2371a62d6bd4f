"""A backup that is taken in the middle of a sitting: it restores, contradicts itself nowhere, and holds all that was saved before it."""

import subprocess
import time
from pathlib import Path
from random import Random

import pytest

from bench.kill_saving import open_platform, stored
from bench.killing import KINDS, PLATFORM, Kind, Place, place
from bench.processes import free_port
from bench.writers import saving, seat_writers, wait_for_saves

pytestmark = pytest.mark.journey


def phatngon(where: Place, *words: str) -> str:
    done = subprocess.run(
        [*PLATFORM, *words], env=where.environment(PHATNGON_LANGUAGE="en"), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_in_the_middle_of_a_sitting_restores_and_is_sound(kind: Kind, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    rng = Random(7)  # noqa: S311  moments of a test are drawn with a seed
    here, port = place(tmp_path / "here", kind, "sitting_backup"), free_port()
    with open_platform(here, port, first=True):
        writers = seat_writers(here, port)
        with saving(writers):
            wait_for_saves(writers, rng)
            before = [dict(writer.acknowledged) for writer in writers]
            phatngon(here, "backup")
            wait_for_saves(writers, rng)
            time.sleep(0.5)
        for writer in writers:
            writer.wire.connection.close()
    (backup,) = (tmp_path / "here" / "backups").glob("phatngon-*.zip")
    (tmp_path / "there").mkdir()
    there = place(tmp_path / "there", "sqlite", "there")
    phatngon(there, "restore", str(backup), "--yes")
    assert "!!" not in phatngon(there, "doctor", "--audit")
    with there.house() as house:
        kept = stored(house)
    for known in before:
        for address, told in known.items():
            assert kept[address] == [told]
    assert sum(map(len, before)) > 20
    assert len(kept) < sum(len(writer.acknowledged) for writer in writers), "nobody saved while the backup was taken"
