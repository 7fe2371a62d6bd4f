"""An attempt: its clocks, another one, which saved answer counts, and what the whole is worth."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.domain.arrangement import Terms
from elearning.domain.attempt import (
    Past,
    Saved,
    counted_share,
    counting,
    has_passed,
    is_over,
    is_stale,
    last_moment,
    remaining_seconds,
    still_counts,
    total,
    waiting,
    why_not_start,
)
from elearning.domain.quiz import GradeRule, Rules

BEGAN = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
INSTANT = timedelta(microseconds=1)
TIMED = Rules("Kiểm tra", minutes=45)
GRACE = Rules("Kiểm tra", minutes=45, overdue="grace", grace_minutes=2)
CLOSES = BEGAN + 45 * MINUTE
NO_TERMS = Terms()


@pytest.mark.parametrize(
    ("now", "left"),
    [(BEGAN, 2700), (CLOSES - SECOND, 1), (CLOSES - INSTANT, 0), (CLOSES, 0), (CLOSES + HOUR, 0)],
)
def test_the_seconds_left_are_whole_and_never_below_none(now: datetime, left: int) -> None:
    assert remaining_seconds(CLOSES, now) == left


@pytest.mark.parametrize(
    ("rules", "now", "over", "counts"),
    [
        (TIMED, CLOSES, False, True),
        (TIMED, CLOSES + INSTANT, True, True),
        (TIMED, CLOSES + MINUTE, True, True),
        (TIMED, CLOSES + MINUTE + INSTANT, True, False),
        (GRACE, CLOSES + 2 * MINUTE, False, True),
        (GRACE, CLOSES + 2 * MINUTE + INSTANT, True, True),
        (GRACE, CLOSES + 3 * MINUTE, True, True),
        (GRACE, CLOSES + 3 * MINUTE + INSTANT, True, False),
    ],
)
def test_the_clock_is_exact_at_closing_and_sixty_seconds_later(
    rules: Rules, now: datetime, over: bool, counts: bool
) -> None:
    assert is_over(CLOSES, rules, now) is over
    assert still_counts(CLOSES, rules, now) is counts


def test_grace_minutes_count_only_where_the_quiz_gives_grace() -> None:
    assert last_moment(CLOSES, Rules("Kiểm tra", minutes=45, overdue="submit", grace_minutes=2)) == CLOSES
    assert last_moment(CLOSES, GRACE) == CLOSES + 2 * MINUTE


def test_without_a_limit_an_attempt_is_never_over() -> None:
    later = BEGAN + timedelta(days=400)
    assert not is_over(None, TIMED, later)
    assert still_counts(None, TIMED, later)
    assert remaining_seconds(None, later) is None


def past(ended: datetime | None, share: Fraction | None = Fraction(1, 2)) -> Past:
    return Past("graded" if ended else "in_progress", BEGAN, ended, share if ended else None)


def test_attempts_are_counted_running_ones_included() -> None:
    rules = Rules("Kiểm tra", attempts=2)
    assert why_not_start(rules, NO_TERMS, [], BEGAN) is None
    assert why_not_start(rules, NO_TERMS, [past(BEGAN)], BEGAN) is None
    said = why_not_start(rules, NO_TERMS, [past(BEGAN), past(None)], BEGAN)
    assert said is not None
    assert said.plain() == "You have used all 2 attempts."


def test_where_attempts_are_unlimited_there_is_always_another() -> None:
    assert why_not_start(Rules("Luyện tập"), NO_TERMS, [past(BEGAN)] * 500, BEGAN) is None


def test_the_wait_counts_from_the_last_attempt_that_ended_to_the_second() -> None:
    rules = Rules("Kiểm tra", wait_hours=24)
    ended = [past(BEGAN + HOUR), past(BEGAN), past(None)]
    free = BEGAN + 25 * HOUR
    said = why_not_start(rules, NO_TERMS, ended, free - INSTANT)
    assert said is not None
    assert said.named == {"moment": free}
    assert why_not_start(rules, NO_TERMS, ended, free) is None
    assert why_not_start(rules, NO_TERMS, [past(None)], BEGAN) is None


@pytest.mark.parametrize(
    ("rule", "counted"),
    [("best", Fraction(2, 3)), ("last", Fraction(1, 2)), ("first", Fraction(1, 3)), ("mean", Fraction(1, 2))],
)
def test_the_result_that_counts_follows_the_rule_of_the_quiz(rule: GradeRule, counted: Fraction) -> None:
    assert counted_share(rule, [Fraction(1, 3), Fraction(2, 3), Fraction(1, 2)]) == counted
    assert counted_share(rule, []) is None


def saved(tab: str, version: int, base: int, value: object, slot: int = 1, **marks: bool) -> Saved:
    return Saved(slot, value, version, base, tab, BEGAN, **marks)


def values(found: dict[int, Saved]) -> dict[int, object]:
    return {slot: answer.value for slot, answer in found.items()}


def test_one_tab_may_change_its_mind_as_often_as_it_likes_even_when_replies_were_lost() -> None:
    rows = [saved("A", 1, 0, "a"), saved("A", 2, 0, "b"), saved("A", 3, 0, "c")]
    assert values(counting(rows)) == {1: "c"}
    assert waiting(rows, "A") == {}


def test_an_answer_of_a_page_that_had_not_seen_the_newer_one_waits() -> None:
    rows = [saved("A", 1, 0, "a"), saved("B", 2, 0, "b")]
    assert values(counting(rows)) == {1: "a"}
    assert values(waiting(rows, "B")) == {1: "b"}
    assert waiting(rows, "A") == {}


def test_an_answer_of_a_page_that_had_seen_the_other_counts() -> None:
    rows = [saved("A", 1, 0, "a"), saved("B", 2, 1, "b")]
    assert values(counting(rows)) == {1: "b"}
    assert waiting(rows, "B") == {}


def test_a_tab_that_was_overtaken_learns_of_it() -> None:
    rows = [saved("A", 1, 0, "a"), saved("B", 2, 1, "b"), saved("A", 3, 1, "c")]
    assert values(counting(rows)) == {1: "b"}
    assert values(waiting(rows, "A")) == {1: "c"}


def test_what_the_learner_chose_counts_and_nothing_waits_any_more() -> None:
    rows = [saved("A", 1, 0, "a"), saved("B", 2, 0, "b"), saved("B", 3, 0, "b", chosen=True)]
    assert values(counting(rows)) == {1: "b"}
    assert waiting(rows, "B") == {}
    assert values(waiting(rows, "A")) == {1: "a"}


def test_two_tabs_that_say_the_same_do_not_quarrel() -> None:
    rows = [saved("A", 1, 0, "a"), saved("B", 2, 0, "a")]
    assert counting(rows)[1].version == 2
    assert waiting(rows, "A") == waiting(rows, "B") == {}


def test_tabs_quarrel_slot_by_slot() -> None:
    rows = [saved("A", 1, 0, "a"), saved("B", 2, 0, "b", slot=2), saved("B", 3, 0, "x"), saved("A", 4, 0, "c", slot=3)]
    assert values(counting(rows)) == {1: "a", 2: "b", 3: "c"}
    assert values(waiting(rows, "B")) == {1: "x"}


def test_what_came_too_late_does_not_count_and_hides_nothing() -> None:
    rows = [saved("A", 1, 0, "a"), saved("A", 2, 1, "b", late=True)]
    assert values(counting(rows)) == {1: "a"}
    assert counting([saved("A", 1, 0, "a", late=True)]) == {}


def test_nothing_is_stale_beside_nothing() -> None:
    assert not is_stale(saved("A", 1, 0, "a"), None)


ROWS = st.lists(
    st.builds(saved, st.sampled_from("AB"), st.integers(1, 9), st.integers(0, 9), st.sampled_from("xyz"),
              st.integers(1, 2), late=st.booleans(), chosen=st.booleans()),
    max_size=8, unique_by=lambda row: row.version,
)  # fmt: skip


@given(ROWS)
def test_the_order_in_which_rows_are_read_decides_nothing(rows: list[Saved]) -> None:
    mixed = sorted(rows, key=lambda row: (str(row.value), -row.version))
    assert counting(mixed) == counting(rows)
    assert waiting(mixed, "A") == waiting(rows, "A")
    assert not any(answer.late for answer in counting(rows).values())


@given(ROWS)
def test_a_slot_that_has_an_answer_in_time_never_comes_out_empty(rows: list[Saved]) -> None:
    assert set(counting(rows)) == {row.slot for row in rows if not row.late}


def shares(*parts: tuple[int, int, int]) -> Iterable[tuple[Fraction, Fraction]]:
    return ((Fraction(earned, of), Fraction(points)) for earned, of, points in parts)


def test_a_total_is_exact() -> None:
    whole = total(shares((1, 3, 1), (1, 3, 1), (1, 3, 1), (1, 1, 2)))
    assert [whole.earned, whole.possible, whole.share] == [3, 5, Fraction(3, 5)]


def test_a_paper_without_points_is_worth_nothing() -> None:
    assert total([]).share == 0


@pytest.mark.parametrize(
    ("share", "passed"), [(Fraction(7, 10), True), (Fraction(6999, 10000), False), (Fraction(1), True)]
)
def test_the_pass_mark_itself_passes(share: Fraction, passed: bool) -> None:
    assert has_passed(Rules("Kiểm tra", pass_share=Fraction(7, 10)), share) is passed
    assert has_passed(Rules("Khảo sát"), share) is None
