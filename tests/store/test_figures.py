"""Counters that many processes share: nothing counted is lost, nothing fails for them."""

import multiprocessing
import os
from pathlib import Path

from elearning.store.figures import ROWS, Figures

NAMES = ("one", "two", "seen")


def count_up(folder: str, times: int) -> None:
    figures = Figures(Path(folder), NAMES)
    for _ in range(times):
        figures.add({"one": 1, "two": 2})


def test_processes_that_count_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    counting = [context.Process(target=count_up, args=(str(tmp_path), 2_000)) for _ in range(4)]
    for one in counting:
        one.start()
    for one in counting:
        one.join(30)
    assert [one.exitcode for one in counting] == [0] * 4
    assert Figures(tmp_path, NAMES).read() == {"one": 8_000, "two": 16_000, "seen": 0}


def test_a_killed_process_leaves_what_it_counted_and_no_lock(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    endless = context.Process(target=count_up, args=(str(tmp_path), 10**9))
    figures = Figures(tmp_path, NAMES)
    endless.start()
    while figures.read()["one"] < 100:
        pass
    endless.kill()
    endless.join(10)
    seen = figures.read()["one"]
    figures.add({"one": 1})
    assert figures.read()["one"] == seen + 1


def test_who_begins_anew_goes_on_in_a_row_that_was_left_and_those_who_live_have_their_own(tmp_path: Path) -> None:
    first, second = Figures(tmp_path, NAMES), Figures(tmp_path, NAMES)
    rows = first.row, second.row
    second.add({"one": 4})
    del second
    third = Figures(tmp_path, NAMES)
    third.add({"one": 1})
    third.put("seen", 9)
    assert rows == (1, 2)
    assert third.row == 2
    assert first.read() == {"one": 5, "two": 0, "seen": 9}


def test_where_all_rows_are_taken_counting_goes_on(tmp_path: Path) -> None:
    several = [Figures(tmp_path, NAMES) for _ in range(ROWS + 1)]
    for one in several:
        one.add({"one": 1})
    assert several[0].read()["one"] == ROWS + 1


def test_other_names_are_counted_in_another_file(tmp_path: Path) -> None:
    Figures(tmp_path, NAMES).add({"two": 5})
    assert Figures(tmp_path, ("two", "three")).read() == {"two": 0, "three": 0}
    assert Figures(tmp_path, NAMES).read()["two"] == 5


def test_where_no_file_can_be_had_each_process_counts_alone(tmp_path: Path) -> None:
    figures = Figures(tmp_path / "nowhere", NAMES)
    figures.add({"one": 3})
    figures.put("seen", 7)
    assert figures.read() == {"one": 3, "two": 0, "seen": 7}


def test_the_room_of_the_file_is_taken_when_it_is_made(tmp_path: Path) -> None:
    Figures(tmp_path, NAMES)
    (file,) = tmp_path.iterdir()
    assert os.stat(file).st_size == 24 * ROWS  # noqa: PTH116  the size in bytes
    assert file.stat().st_blocks > 0
