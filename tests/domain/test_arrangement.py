"""What is arranged beside the rules of a quiz: which row speaks, what rows come to, when time is up."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.domain.arrangement import Arrangement, Kind, Reach, Terms, closing_time, terms_of
from elearning.domain.attempt import Past, attempts_allowed, is_last, why_not_start
from elearning.domain.quiz import Rules

BEGAN = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
INSTANT = timedelta(microseconds=1)
TIMED = Rules("Kiểm tra", minutes=45, attempts=1)
OPENS, CLOSES = BEGAN - HOUR, BEGAN + HOUR


def row(place: int, kind: Kind, reach: Reach = "all", steps: int = 0, **values: object) -> Arrangement:
    return Arrangement(place, kind, reach, steps, **values)  # type: ignore[arg-type]


def test_without_rows_nothing_is_arranged() -> None:
    assert terms_of([]) == Terms()
    assert closing_time(TIMED, Terms(), BEGAN) == BEGAN + 45 * MINUTE
    assert closing_time(Rules("Luyện tập"), Terms(extra_minutes=15), BEGAN) is None


def test_the_narrowest_row_speaks_for_dates_and_of_two_as_narrow_the_newer() -> None:
    rows = [
        row(9, "dates", closes=CLOSES),
        row(8, "dates", "unit", 3, closes=CLOSES + HOUR),
        row(5, "dates", "unit", 0, opens=OPENS),
        row(6, "dates", "unit", 0, opens=BEGAN),
    ]
    assert terms_of(rows) == Terms(opens=BEGAN)
    own = row(1, "dates", "person", closes=CLOSES)
    assert terms_of([*rows, own]) == Terms(closes=CLOSES)


def test_dates_and_password_are_decided_apart_and_an_empty_row_takes_them_away() -> None:
    rows = [row(1, "dates", closes=CLOSES), row(2, "password", password="Sông Hồng"), row(3, "password", "person")]
    assert terms_of(rows[:2]) == Terms(closes=CLOSES, password="Sông Hồng")
    assert terms_of(rows) == Terms(closes=CLOSES)


def test_minutes_and_attempts_add_up_and_the_largest_share_counts() -> None:
    rows = [row(n, "extra time", "person", number=10) for n in (1, 2)]
    rows += [row(n, "extra attempts", "person", number=1) for n in (3, 4, 5)]
    rows += [row(6, "time share", "person", number=25), row(7, "time share", "person", number=50)]
    terms = terms_of(rows)
    assert (terms.extra_minutes, terms.extra_attempts, terms.time_share) == (20, 3, 50)
    assert terms.more_minutes(TIMED) == 20 + 23
    assert closing_time(TIMED, terms, BEGAN) == BEGAN + 88 * MINUTE
    assert attempts_allowed(TIMED, terms) == 4
    assert attempts_allowed(Rules("Luyện tập"), terms) is None


def test_an_attempt_ends_with_the_quiz_and_whoever_has_more_time_has_it_there_too() -> None:
    terms = Terms(closes=BEGAN + 30 * MINUTE)
    assert closing_time(TIMED, terms, BEGAN) == BEGAN + 30 * MINUTE
    longer = Terms(closes=BEGAN + 30 * MINUTE, time_share=100)
    assert longer.closes_for(TIMED) == BEGAN + 75 * MINUTE
    assert closing_time(TIMED, longer, BEGAN) == BEGAN + 75 * MINUTE
    assert closing_time(Rules("Luyện tập"), terms, BEGAN) == BEGAN + 30 * MINUTE


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (OPENS - INSTANT, "The quiz opens at"),
        (OPENS, None),
        (CLOSES - INSTANT, None),
        (CLOSES, "The quiz closed at"),
    ],
)
def test_a_quiz_can_be_begun_from_its_opening_and_before_its_closing(now: datetime, said: str | None) -> None:
    why = why_not_start(TIMED, Terms(opens=OPENS, closes=CLOSES), [], now)
    assert (why and why.plain()[: len(said or "")]) == said


def test_an_extra_attempt_may_be_begun_and_is_the_last() -> None:
    used = [Past("graded", BEGAN, BEGAN, None)]
    granted = Terms(extra_attempts=1)
    assert why_not_start(TIMED, Terms(), used, BEGAN) is not None
    assert why_not_start(TIMED, granted, used, BEGAN) is None
    assert is_last(TIMED, Terms(), 1)
    assert not is_last(TIMED, granted, 1)
    assert is_last(TIMED, granted, 2)


@given(
    minutes=st.integers(1, 600),
    share=st.integers(0, 200),
    extra=st.integers(0, 600),
    window=st.none() | st.integers(0, 1000),
)
def test_more_time_never_ends_an_attempt_earlier(minutes: int, share: int, extra: int, window: int | None) -> None:
    rules = Rules("Kiểm tra", minutes=minutes)
    closes = None if window is None else BEGAN + window * MINUTE
    plain = closing_time(rules, Terms(closes=closes), BEGAN)
    more = closing_time(rules, Terms(closes=closes, extra_minutes=extra, time_share=share), BEGAN)
    assert plain is not None
    assert more is not None
    assert more >= plain
