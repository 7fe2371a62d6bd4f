"""Codes of certificates, and what they are worth on a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.domain.certificate import (
    BITS,
    code_of,
    is_well_typed,
    months_later,
    normal_code,
    number_words,
    spelled,
    state_on,
)

CODES = st.integers(0, 2**BITS - 1).map(code_of)
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"


@given(st.integers(0, 2**BITS - 1), st.integers(0, 2**BITS - 1))
def test_every_number_has_a_code_of_its_own_that_is_well_typed(one: int, other: int) -> None:
    assert len(code_of(one)) == 17
    assert is_well_typed(code_of(one))
    assert (code_of(one) == code_of(other)) == (one == other)


@pytest.mark.parametrize("bits", [0, 1, 36, 37, 2**80 - 1, 0x1234_5678_9ABC_DEF0_1234, 987_654_321_987_654_321])
def test_one_wrong_character_anywhere_is_noticed(bits: int) -> None:
    code = code_of(bits)
    slips = [code[:at] + sign + code[at + 1 :] for at in range(17) for sign in SIGNS if sign != code[at]]
    assert len(slips) == 17 * 36
    assert not [slip for slip in slips if is_well_typed(slip)]


@given(CODES, st.integers(0, 15))
def test_two_neighbours_that_changed_places_are_noticed(code: str, at: int) -> None:
    swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert is_well_typed(swapped) == (swapped == code)


@given(CODES)
def test_a_code_is_read_however_it_was_written_down(code: str) -> None:
    assert normal_code(spelled(code)) == code
    assert normal_code(f" {spelled(code).lower().replace('-', ' – ')} ") == code
    body = code[:-1]
    assert normal_code(body.replace("0", "o").replace("1", "l") + code[-1]) == code
    assert normal_code(body.replace("0", "O").replace("1", "I") + code[-1]) == code


def test_the_check_character_may_be_u_which_stands_nowhere_else() -> None:
    code = code_of(36)
    assert code[-1] == "U"
    assert normal_code(code.lower()) == code
    assert not is_well_typed("U" + code[1:])


@pytest.mark.parametrize("typed", ["", "0", "0" * 16, "0" * 18, "É" * 17, "0" * 16 + "u", "<script>"])
def test_what_is_no_code_at_all_is_not_well_typed(typed: str) -> None:
    assert not is_well_typed(typed)


def test_reading_nothing_gives_nothing() -> None:
    assert normal_code(" - ") == ""


UNTIL = date(2028, 11, 22)


@pytest.mark.parametrize(
    ("day", "until", "withdrawn", "state"),
    [
        (date(2026, 11, 22), UNTIL, False, "valid"),
        (UNTIL, UNTIL, False, "valid"),
        (date(2028, 11, 23), UNTIL, False, "expired"),
        (date(2099, 1, 1), None, False, "valid"),
        (date(2026, 11, 22), UNTIL, True, "withdrawn"),
        (date(2028, 11, 23), UNTIL, True, "withdrawn"),
    ],
)
def test_a_certificate_is_valid_through_its_last_day_unless_withdrawn(
    day: date, until: date | None, withdrawn: bool, state: str
) -> None:
    assert state_on(day, until, withdrawn) == state


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 22), 24, date(2028, 11, 22)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_some_months_later_is_the_same_day_or_the_last_of_its_month(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_numbers_are_printed_with_six_digits_and_the_year() -> None:
    assert [number_words(n, 2026) for n in (1, 999_999, 1_000_000)] == ["000001/2026", "999999/2026", "1000000/2026"]
