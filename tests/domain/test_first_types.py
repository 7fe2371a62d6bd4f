"""One and several choices, short text, number and order: what each alone minds."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.domain.message import Message
from elearning.domain.question import Option
from elearning.domain.questions import (
    TYPES,
    number,
    one,
    order,
    several,
    short,
)
from elearning.domain.questions.letters import letter_of, place_of
from elearning.domain.questions.number import Accepted
from tests.domain.bodies import BODIES, FOUR, chance


@pytest.mark.parametrize("kind", ["one", "several"])
def test_options_stand_as_written_where_the_quiz_does_not_shuffle(kind: str) -> None:
    assert TYPES[kind].draw(BODIES[kind][0], chance(1), False) == (0, 1, 2, 3)


@given(st.lists(st.booleans(), min_size=2, max_size=8), st.integers(0, 999))
def test_kept_options_stay_in_their_place(kept: list[bool], seed: int) -> None:
    options = tuple(Option(str(place), keep=keep) for place, keep in enumerate(kept))
    for shown in (
        one.draw(one.Body(options, 0), chance(seed), True),
        several.draw(several.Body(options, (0,)), chance(seed), True),
    ):
        assert all(shown[place] == place for place, keep in enumerate(kept) if keep)


@given(st.lists(st.booleans(), min_size=3, max_size=6), st.integers(0, 9_999))
def test_items_to_be_ordered_never_stand_in_the_right_order_and_kept_ones_stay(kept: list[bool], seed: int) -> None:
    options = tuple(Option(str(place), keep=keep) for place, keep in enumerate(kept))
    shown = order.draw(order.Body(options), chance(seed), False)
    assert shown != tuple(range(len(kept)))
    assert sorted(shown) == list(range(len(kept)))
    if kept.count(False) > 1:
        assert all(shown[place] == place for place, keep in enumerate(kept) if keep)


@given(st.permutations(range(6)))
def test_letters_name_what_stands_on_the_paper(shown: list[int]) -> None:
    assert [place_of(letter, shown) for letter in "abcdef"] == shown
    assert all(place_of(letter_of(place, shown), shown) == place for place in range(6))
    assert [place_of(other, shown) for other in ("g", "A", "", "ab", 0, None, ["a"])] == [None] * 7


@pytest.mark.parametrize("value", ["e", "A", "ab", ["a", "b"], 1, 0, True, {"a": "1"}, [None], ["e"]])
def test_one_choice_refuses_what_is_no_option_of_this_paper(value: object) -> None:
    assert isinstance(one.understood(one.Body(FOUR, 0), (0, 1, 2, 3), value), Message)


def test_one_choice_is_all_or_nothing() -> None:
    body = one.Body(FOUR, 2)
    assert [one.grade(body, (2, 0, 1, 3), letter).share for letter in "abcd"] == [1, 0, 0, 0]


@pytest.mark.parametrize("value", ["e", ["a", "e"], [["a"]], 1, {"a": "b"}, [None], True])
def test_several_choices_refuse_what_is_no_option_of_this_paper(value: object) -> None:
    assert isinstance(several.understood(several.Body(FOUR, (0,)), (0, 1, 2, 3), value), Message)


def test_ticking_twice_or_in_another_order_is_the_same_answer() -> None:
    assert several.understood(several.Body(FOUR, (0,)), (0, 1, 2, 3), ["c", "a", "c"]) == ["a", "c"]


@pytest.mark.parametrize(
    ("credit", "ticked", "share"),
    [
        ("right-minus-wrong", ["a"], Fraction(1, 2)),
        ("right-minus-wrong", ["a", "b"], Fraction(1)),
        ("right-minus-wrong", ["a", "c"], Fraction(0)),
        ("right-minus-wrong", ["c", "d"], Fraction(0)),
        ("right-minus-wrong", ["a", "b", "c"], Fraction(1, 2)),
        ("right-minus-wrong", ["a", "b", "c", "d"], Fraction(0)),
        ("each", ["a"], Fraction(3, 4)),
        ("each", ["c", "d"], Fraction(0)),
        ("each", ["a", "b", "c", "d"], Fraction(1, 2)),
        ("all", ["a"], Fraction(0)),
        ("all", ["a", "b"], Fraction(1)),
        ("all", ["a", "b", "c"], Fraction(0)),
    ],
)
def test_credit_for_several_choices_follows_the_rule_of_the_question(
    credit: several.Credit, ticked: list[str], share: Fraction
) -> None:
    assert several.grade(several.Body(FOUR, (0, 1), credit), (0, 1, 2, 3), ticked).share == share


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("Người đứng đầu", True),
        ("nguoi dung dau.", True),
        ("  NGƯỜI   ĐỨNG ĐẦU ", True),
        ("Thủ trưởng!", True),
        ("Nguo\u031b\u0300i đứng đầu", True),
        ("người đứng", False),
        ("người đứng đầu cơ quan", False),
        ("…", False),
    ],
)
def test_typed_words_are_compared_without_case_tones_and_marks(typed: str, right: bool) -> None:
    body = short.Body(("Người đứng đầu", "thủ trưởng"))
    stored = short.understood(body, (), typed)
    assert (short.grade(body, (), stored).share == 1) is right


def test_a_strict_question_minds_case_and_tones_but_not_spacing_or_composition() -> None:
    body = short.Body(("Sở Y tế",), strict=True)
    shares = [
        short.grade(body, (), typed).share for typed in ("Sở  Y tế ", "So\u031b\u0309 Y tế", "sở y tế", "So Y te")
    ]
    assert shares == [1, 1, 0, 0]


@pytest.mark.parametrize("value", [["a"], 24, {"a": "b"}, "x" * 501, True])
def test_typed_words_refuse_what_is_no_text_or_too_long(value: object) -> None:
    assert isinstance(short.understood(short.Body(("a",)), (), value), Message)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("24", 24), ("+24", 24), ("87,5", Fraction(175, 2)), ("87.5", Fraction(175, 2)), ("-0,25", Fraction(-1, 4)),
        ("−3", -3), ("1.482", 1482), ("1.482.000", 1482000), ("1 482 000,5", Fraction(2964001, 2)), ("0.125", Fraction(1, 8)),
        ("1\u00a0482", 1482), ("1,482", Fraction(741, 500)), (" 7 ", 7), ("00", 0),
    ],
)  # fmt: skip
def test_numbers_are_read_as_people_here_write_them(typed: str, value: Fraction) -> None:
    assert number.read_number(typed) == value


@pytest.mark.parametrize(
    "typed",
    ["", "hai mươi bốn", "24 giờ", "1,2,3", "1.2.3", "1.48.000", "--1", "1e5", "½", "0x1F", "nan", "9" * 31, "1 2"],
)
def test_what_is_no_number_is_kept_with_a_complaint_and_worth_nothing(typed: str) -> None:
    body = number.Body((Accepted(Fraction(24)),))
    assert number.read_number(typed) is None
    stored = number.understood(body, (), typed)
    if not isinstance(stored, Message):
        assert stored == typed
        assert (number.complaint(body, (), stored) is None) == (typed == "")
        assert number.grade(body, (), stored).share == 0


@pytest.mark.parametrize("value", [["24"], {"a": "24"}, True, "1" * 31])
def test_a_number_is_no_list_no_table_and_not_endless(value: object) -> None:
    assert isinstance(number.understood(BODIES["number"][0], (), value), Message)


def test_a_number_sent_as_a_number_is_kept_as_it_would_be_typed() -> None:
    assert number.understood(BODIES["number"][0], (), 24) == "24"
    assert number.grade(BODIES["number"][0], (), "24").share == 1


@pytest.mark.parametrize(
    ("typed", "share"), [("1,39", 0), ("1,4", 1), ("1.5", 1), ("1,6", 1), ("1,61", 0), ("23,99", 0)]
)
def test_a_tolerance_includes_both_of_its_ends(typed: str, share: int) -> None:
    assert number.grade(BODIES["number"][0], (), typed).share == share


@given(st.integers(-(10**12), 10**12), st.integers(0, 9))
def test_a_number_in_words_is_read_as_the_same_number(digits: int, places: int) -> None:
    value = Fraction(digits, 10**places)
    assert number.read_number(number.number_words(value)) == value


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (["b", "a", "d", "c"], ["b", "a", "d", "c"]),
        ({"a": "2", "b": "1", "c": "4", "d": "3"}, ["b", "a", "d", "c"]),
        ({"a": " 2 ", "b": "", "c": "", "d": ""}, {"a": "2"}),
        ({"a": "1", "b": "1", "c": "2", "d": "3"}, {"a": "1", "b": "1", "c": "2", "d": "3"}),
        ({"a": "", "b": ""}, []),
        ({}, []),
        (None, []),
    ],
)
def test_an_order_is_given_by_places_and_an_unfinished_one_is_kept(value: object, stored: object) -> None:
    assert order.understood(order.Body(FOUR), (3, 2, 1, 0), value) == stored


@pytest.mark.parametrize(
    "value",
    [
        ["a", "b"], ["a", "b", "c", "c"], ["a", "b", "c", "e"], {"e": "1"}, {"a": "5"}, {"a": "0"}, {"a": "01"}, {"a": "²"},
        {"a": "9" * 5000}, "abcd", 3, {"a": ["1"]},
    ],
)  # fmt: skip
def test_an_order_refuses_places_and_letters_that_this_paper_does_not_have(value: object) -> None:
    assert isinstance(order.understood(order.Body(FOUR), (3, 2, 1, 0), value), Message)


def test_an_unfinished_order_is_complained_about_and_counts_for_nothing() -> None:
    body = order.Body(FOUR)
    assert order.complaint(body, (3, 2, 1, 0), {"a": "2"}) is not None
    assert order.is_empty({"a": "2"})
    assert order.grade(body, (3, 2, 1, 0), {"a": "2"}).share == 0
    assert order.to_form(body, (3, 2, 1, 0), {"a": "2"}) == {"a": "2", "b": "", "c": "", "d": ""}


@pytest.mark.parametrize(
    ("placed", "share"),
    [
        ("dcba", 1),
        ("cbad", Fraction(2, 3)),
        ("badc", Fraction(2, 3)),
        ("abdc", Fraction(1, 3)),
        ("abcd", 0),
        ("adcb", Fraction(2, 3)),
    ],
)
def test_an_order_is_worth_the_steps_that_follow_one_another(placed: str, share: Fraction) -> None:
    assert order.grade(order.Body(FOUR), (3, 2, 1, 0), list(placed)).share == share
