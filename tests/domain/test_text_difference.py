"""Two texts side by side: words that went and came, passages, and where a line has moved to."""

import time

from hypothesis import given
from hypothesis import strategies as st

from elearning.domain.text_difference import Passage, Run, compared, compared_words, place_after

TEXTS = st.text(alphabet="ab đ\n.", max_size=40)


@given(TEXTS, TEXTS)
def test_the_runs_hold_both_texts_whole(before: str, after: str) -> None:
    runs = compared_words(before, after)
    assert "".join(run.text for run in runs if run.kind != "in") == before
    assert "".join(run.text for run in runs if run.kind != "out") == after


def test_only_the_word_that_changed_is_told() -> None:
    assert compared_words("chậm nhất 24 giờ.", "chậm nhất 48 giờ.") == (
        Run("same", "chậm nhất "),
        Run("out", "24"),
        Run("in", "48"),
        Run("same", " giờ."),
    )


def test_words_that_changed_in_a_row_are_told_together() -> None:
    runs = compared_words("một hai ba", "một bốn năm")
    assert runs == (Run("same", "một "), Run("out", "hai ba"), Run("in", "bốn năm"))


def test_passages_too_long_to_compare_are_shown_whole() -> None:
    before, after = "một " * 3_000 + "a", "hai " * 3_000 + "b"
    assert compared_words(before, after) == (Run("out", before), Run("in", after))


def test_the_same_text_has_no_difference() -> None:
    assert compared("a\nb\n", "a\nb\n") == ()


def test_a_difference_shows_some_lines_around_it_and_counts_those_left_out() -> None:
    before = "".join(f"dòng {n}\n" for n in range(1, 21))
    after = before.replace("dòng 10\n", "dòng mười\n")
    assert compared(before, after, 1) == (
        Passage(False, 9, 9, (Run("same", "dòng 9\n"),), 8),
        Passage(True, 10, 10, (Run("same", "dòng "), Run("out", "10"), Run("in", "mười"), Run("same", "\n"))),
        Passage(False, 11, 11, (Run("same", "dòng 11\n"),)),
    )


def test_a_line_is_found_where_it_stands_now() -> None:
    before, after = "a\nb\nc\n", "mới\na\nb\nc\n"
    assert [place_after(before, after, line) for line in (1, 2, 3)] == [2, 3, 4]


def test_a_line_that_is_gone_is_told_at_the_one_that_took_its_place() -> None:
    assert place_after("a\nb\nc\n", "a\nc\n", 2) == 2
    assert place_after("a\nb\n", "", 2) == 1


@given(TEXTS, TEXTS)
def test_passages_with_all_lines_around_them_hold_both_texts_whole(before: str, after: str) -> None:
    runs = [run for passage in compared(before, after, 1_000) for run in passage.runs]
    if before != after:
        assert "".join(run.text for run in runs if run.kind != "in") == before
        assert "".join(run.text for run in runs if run.kind != "out") == after


def test_a_million_lines_that_are_all_alike_are_compared_at_once() -> None:
    before, after = "a\n" * 500_000, "b\n" * 500_000 + "a\n" * 500_000
    began = time.process_time()
    (passage, _) = compared(before, after, 1)
    assert passage.runs == (Run("in", "b\n" * 500_000),)
    assert place_after(before, after, 1) == 500_001
    assert time.process_time() - began < 10
