"""Sign-in names in their normal forms, sessions' life, and waiting after wrong passwords."""

from datetime import UTC, datetime, timedelta

import pytest

from elearning.domain.signing_in import (
    FREE_FAILURES,
    IDLE,
    LONGEST,
    SignInName,
    session_lives,
    sign_in_name,
    wait_after,
)

NOW = datetime(2026, 11, 22, 7, 5, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    "typed",
    [
        "0912345678", "+84912345678", "84912345678", "0084912345678", "0912 345 678", "0912.345.678", "+84 912-345-678",
        "(0912) 345 678", "０９１２３４５６７８", "  0912345678\n",
    ],
)  # fmt: skip
def test_one_phone_is_one_name_however_it_is_typed(typed: str) -> None:
    assert sign_in_name(typed) == SignInName("phone", "0912345678")


def test_a_landline_of_eleven_digits_is_a_phone_too() -> None:
    assert sign_in_name("+84 24 3825 1234") == SignInName("phone", "02438251234")


def test_two_phones_stay_two() -> None:
    assert sign_in_name("0912345678") != sign_in_name("0912345679")


def test_an_address_is_compared_without_case() -> None:
    assert sign_in_name(" An.Tran@Example.VN ") == SignInName("email", "an.tran@example.vn")


@pytest.mark.parametrize(
    ("typed", "code"), [("cb 0012", "CB0012"), ("cb-0012", "CB-0012"), ("12345", "12345"), ("ủy viên", "ỦYVIÊN")]
)
def test_what_is_no_address_and_no_phone_is_a_staff_code_in_capitals(typed: str, code: str) -> None:
    assert sign_in_name(typed) == SignInName("code", code)


def test_a_staff_code_keeps_its_leading_zeros() -> None:
    assert sign_in_name("00123") != sign_in_name("123")


def test_a_few_wrong_passwords_cost_nothing_and_then_the_wait_grows_to_a_quarter_of_an_hour() -> None:
    waits = [wait_after(failures).total_seconds() / 60 for failures in range(12)]
    assert waits == [0] * FREE_FAILURES + [1, 2, 4, 8, 15, 15, 15]
    assert wait_after(10_000) == timedelta(minutes=15)


@pytest.mark.parametrize(
    ("created", "seen", "lives"),
    [
        (timedelta(0), timedelta(0), True),
        (IDLE, IDLE, True),
        (IDLE + SECOND, IDLE + SECOND, False),
        (LONGEST, timedelta(0), True),
        (LONGEST + SECOND, timedelta(0), False),
    ],
)
def test_a_session_ends_a_week_after_it_was_seen_and_a_month_after_it_began(
    created: timedelta, seen: timedelta, lives: bool
) -> None:
    assert session_lives(NOW - created, NOW - seen, NOW) is lives
