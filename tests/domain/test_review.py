"""What is shown of an attempt at which moment."""

from datetime import UTC, datetime, timedelta

import pytest

from elearning.domain.review import (
    ALL,
    MOMENTS,
    NEEDS,
    NOTHING,
    PRESETS,
    RESULT,
    RIGHT_AFTER,
    Moment,
    Review,
    moment_after,
    preset_of,
    shown_after,
)

ENDED = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
CLOSES = ENDED + timedelta(hours=2)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "closes", "moment"),
    [
        (ENDED, CLOSES, "after"),
        (ENDED + RIGHT_AFTER, CLOSES, "after"),
        (ENDED + RIGHT_AFTER + INSTANT, CLOSES, "open"),
        (CLOSES, CLOSES, "open"),
        (CLOSES + INSTANT, CLOSES, "closed"),
        (ENDED + timedelta(days=900), None, "open"),
        (ENDED + INSTANT, ENDED - INSTANT, "after"),
    ],
)
def test_the_moment_follows_from_handing_in_and_closing(now: datetime, closes: datetime | None, moment: Moment) -> None:
    assert moment_after(ENDED, closes, now) == moment


def test_every_preset_is_found_by_its_name_and_keeps_what_belongs_together() -> None:
    for name, review in PRESETS.items():
        assert preset_of(review) == name
        for moment in MOMENTS:
            shown = review.at(moment)
            assert all(other in shown for aspect, other in NEEDS if aspect in shown), name
    assert preset_of(Review(after=NOTHING)) == ""


def test_after_closing_shows_the_result_first_and_everything_once_the_quiz_has_closed() -> None:
    review = PRESETS["after-closing"]
    assert shown_after(review, ENDED, CLOSES, ENDED, True, True) == RESULT
    assert shown_after(review, ENDED, CLOSES, CLOSES, True, True) == RESULT
    assert shown_after(review, ENDED, CLOSES, CLOSES + INSTANT, False, False) == ALL


@pytest.mark.parametrize(("passed", "last"), [(True, False), (False, True), (True, True)])
def test_after_pass_shows_all_only_with_the_pass_or_the_last_attempt(passed: bool, last: bool) -> None:
    review = PRESETS["after-pass"]
    assert shown_after(review, ENDED, None, ENDED, passed, last) == ALL
    assert shown_after(review, ENDED, None, ENDED, False, False) == RESULT


def test_nothing_shows_nothing_at_any_moment_after_handing_in() -> None:
    for now in (ENDED, ENDED + RIGHT_AFTER * 2, CLOSES + INSTANT):
        assert shown_after(PRESETS["nothing"], ENDED, CLOSES, now, True, True) == NOTHING
