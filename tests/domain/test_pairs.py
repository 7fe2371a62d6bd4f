"""Graded choices, match and sort: what an answer is worth, and that a paper tells nothing of it."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.domain.message import Message
from elearning.domain.question import Option
from elearning.domain.questions import TYPES, graded, match, sort
from tests.domain.bodies import BODIES, chance

ABC = tuple(Option(text, f"Vì {text}") for text in "ABC")
SHARES = (Fraction(1), Fraction(1, 3), Fraction(-1, 2))
STRAIGHT = (0, 1, 2)
PAIRS = [(kind, body) for kind in ("match", "sort") for body in BODIES[kind]]
FILLED = st.dictionaries(st.sampled_from("1234"), st.sampled_from(["", "a", "b", "c"]), max_size=4)
THINGS = st.lists(st.text("abcđ", min_size=1, max_size=3), min_size=2, max_size=6, unique=True)


@pytest.mark.parametrize(("letter", "share"), [("a", 1), ("b", Fraction(1, 3)), ("c", 0)])
def test_of_graded_choices_the_one_picked_is_worth_its_share_and_never_less_than_nothing(
    letter: str, share: Fraction
) -> None:
    assert graded.grade(graded.Body(ABC, SHARES), STRAIGHT, letter).share == share


@pytest.mark.parametrize(
    ("letters", "share"),
    [
        ("a", Fraction(3, 4)), ("ab", 1), ("abc", Fraction(3, 4)), ("ac", Fraction(1, 4)), ("c", 0), ("bc", 0),
        ("abd", 1), ("d", 0),
    ],
)  # fmt: skip
def test_where_several_graded_choices_are_picked_the_sum_counts_within_nothing_and_everything(
    letters: str, share: Fraction
) -> None:
    four = (Fraction(3, 4), Fraction(1, 2), Fraction(-1, 2), Fraction(0))
    body = graded.Body((*ABC, Option("D")), four, several=True)
    assert graded.grade(body, (0, 1, 2, 3), list(letters)).share == share


@pytest.mark.parametrize("value", ["d", "A", "ab", ["a", "b"], [["a"]], 1, True, {"a": "1"}, [None]])
def test_one_graded_choice_refuses_what_is_no_option_of_this_paper(value: object) -> None:
    assert isinstance(graded.understood(graded.Body(ABC, SHARES), STRAIGHT, value), Message)


def test_several_graded_choices_are_kept_once_each_and_one_choice_may_come_in_a_list() -> None:
    assert graded.understood(graded.Body(ABC, SHARES, several=True), STRAIGHT, ["c", "a", "c"]) == ["a", "c"]
    assert graded.understood(graded.Body(ABC, SHARES, several=True), STRAIGHT, "b") == ["b"]
    assert graded.understood(graded.Body(ABC, SHARES), STRAIGHT, ["b"]) == "b"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(1), "100%"), (Fraction(0), "0%"), (Fraction(-1, 2), "-50%"), (Fraction(1, 3), "1/3"),
        (Fraction(1, 8), "12,5%"), (Fraction(-2, 3), "-2/3"),
    ],
)  # fmt: skip
def test_a_share_is_told_exactly(share: Fraction, words: str) -> None:
    assert graded.share_words(share) == words


def test_after_grading_each_option_has_its_share_and_feedback_but_only_where_all_may_be_told() -> None:
    body = graded.Body(ABC, SHARES)
    open_, closed = graded.told(body, STRAIGHT, "b", True), graded.told(body, STRAIGHT, "b", False)
    assert [(o.worth.plain() if o.worth else "", o.feedback) for o in open_.options] == [
        ("worth 100% of the points", "Vì A"), ("worth 1/3 of the points", "Vì B"), ("worth 0% of the points", "Vì C"),
    ]  # fmt: skip
    assert [(o.worth, o.feedback) for o in closed.options] == [(None, ""), (None, "Vì B"), (None, "")]
    others = graded.Body(ABC, SHARES[::-1])
    assert graded.told(others, STRAIGHT, "b", False) == closed


def test_an_option_that_takes_points_back_says_so_where_several_may_be_picked() -> None:
    told = graded.told(graded.Body(ABC, SHARES, several=True), STRAIGHT, ["a"], True)
    assert [option.worth.plain() for option in told.options if option.worth][2] == "takes away 50% of the points"


@pytest.mark.parametrize(("kind", "body"), PAIRS)
@given(value=FILLED, seed=st.integers(0, 99))
def test_rows_that_are_filled_are_kept_and_shown_again(kind: str, body: Any, value: dict[str, str], seed: int) -> None:
    room = TYPES[kind]
    shown = room.draw(body, chance(seed), True)
    stored = room.understood(body, shown, value)
    numbers, letters = "1234"[: len(body.rows)], "abcd"[: len(body.offers)]
    sound = all(row in numbers and letter in ("", *letters) for row, letter in value.items())
    assert sound is not isinstance(stored, Message)
    if isinstance(stored, Message):
        return
    assert stored == {row: letter for row, letter in sorted(value.items()) if letter}
    assert room.understood(body, shown, room.from_form([], room.to_form(body, shown, stored))) == stored
    assert room.complaint(body, shown, stored) is None
    assert len(room.describe(body, shown, stored)) == len(stored)
    assert [row.chosen for row in room.asked(body, shown, stored).rows] == [stored.get(row, "") for row in numbers]
    told = room.told(body, shown, stored, True)
    assert room.grade(body, shown, stored).share == Fraction(sum(row.right for row in told.rows), len(body.rows))
    assert all(row.own for row in told.rows)


@pytest.mark.parametrize("kind", ["match", "sort"])
@pytest.mark.parametrize(
    "value",
    [
        {"5": "a"}, {"0": "a"}, {"01": "a"}, {"a": "1"}, {"1": "e"}, {"1": "A"}, {"1": "ab"}, {"1": ["a"]}, {"1": {}}, {"1": 0},
        {"1": None}, ["a"], [["1", "a"]], "a", 1, True, {"²": "a"}, {"1": "a", "9": ""},
    ],
)  # fmt: skip
def test_a_table_refuses_rows_and_letters_that_this_paper_does_not_have(kind: str, value: object) -> None:
    body = BODIES[kind][0]
    assert isinstance(TYPES[kind].understood(body, TYPES[kind].draw(body, chance(1), True), value), Message)


@pytest.mark.parametrize(
    ("value", "share"),
    [
        ({"1": "a", "2": "b", "3": "c"}, 1),
        ({"1": "a", "2": "a", "3": "a"}, Fraction(1, 3)),
        ({"3": "c"}, Fraction(1, 3)),
        ({"1": "d", "2": "c"}, 0),
        ({}, 0),
    ],
)
def test_each_row_that_is_matched_is_worth_the_same(value: dict[str, str], share: Fraction) -> None:
    body = match.Body(("", ""), ("A", "B", "C"), ("x", "y", "z", "mồi"), (0, 1, 2))
    assert match.grade(body, (0, 1, 2, 3, 4, 5, 6), value).share == share


def test_items_in_a_wrong_group_take_nothing_back() -> None:
    body = sort.Body(("", ""), ("A", "B", "C", "D"), ("x", "y"), (0, 0, 1, 0))
    shown = (3, 2, 1, 0, 5, 4)
    assert sort.grade(body, shown, {"1": "b", "2": "b", "3": "b", "4": "b"}).share == Fraction(3, 4)
    assert sort.describe(body, shown, {"4": "a", "1": "b"}) == ("A → y", "D → x")
    assert sort.right_answer(body) == ("A → x", "B → x", "C → y", "D → x")


@given(THINGS, THINGS, st.integers(0, 999), st.booleans(), st.data())
def test_a_table_looks_the_same_whatever_belongs_to_which_row(
    rows: list[str], offers: list[str], seed: int, shuffle: bool, data: st.DataObject
) -> None:
    """The source may name the offers in any order, for each stands beside its row."""
    right = st.lists(st.integers(0, len(offers) - 1), min_size=len(rows), max_size=len(rows)).map(tuple)
    for kind in ("match", "sort"):
        shown = []
        for said in (offers, data.draw(st.permutations(offers))):
            body = TYPES[kind].Body(("T", "P"), tuple(rows), tuple(said), data.draw(right))
            shown.append(TYPES[kind].asked(body, TYPES[kind].draw(body, chance(seed), shuffle), {"1": "a"}))
        assert shown[0] == shown[1]


@given(THINGS, st.integers(0, 999), st.data())
def test_items_to_be_sorted_stand_in_an_order_that_the_source_does_not_give(
    rows: list[str], seed: int, data: st.DataObject
) -> None:
    papers = []
    for said in (rows, data.draw(st.permutations(rows))):
        body = sort.Body(("T", "P"), tuple(said), ("x", "y"), (0,) * len(rows))
        papers.append(sort.asked(body, sort.draw(body, chance(seed), False), {}))
    assert papers[0] == papers[1]


def test_rows_to_be_matched_stand_as_written_where_the_quiz_does_not_shuffle_and_offers_are_mixed_all_the_same() -> (
    None
):
    body = BODIES["match"][0]
    papers = [match.draw(body, chance(seed), False) for seed in range(30)]
    assert {paper[:3] for paper in papers} == {(0, 1, 2)}
    assert len({paper[3:] for paper in papers}) > 10


@pytest.mark.parametrize(("kind", "body"), PAIRS)
def test_nothing_is_told_of_what_is_right_while_it_may_not_be(kind: str, body: Any) -> None:
    room = TYPES[kind]
    shown = room.draw(body, chance(4), True)
    told = room.told(body, shown, {"1": "b"}, False)
    assert all(row.right is None and row.own == "" for row in told.rows)
    assert [bool(row.chosen) for row in told.rows] == [True, *[False] * (len(body.rows) - 1)]


@pytest.mark.parametrize(
    ("offers", "listed"),
    [
        (("24 giờ", "10 ngày"), False),
        (("a" * 31, "b"), True),
        (("<strong>a</strong>", "b"), True),
        (("a &amp; b", "c"), False),
    ],
)
def test_what_a_closed_list_cannot_show_is_shown_in_full_as_well(offers: tuple[str, ...], listed: bool) -> None:
    body = match.Body(("", ""), ("A", "B"), offers, (0, 1))
    asked = match.asked(body, (0, 1, 2, 3), {})
    assert asked.listed is listed
    assert [offer.letter for offer in asked.offers] == ["a", "b"]
    assert all(offer.words and "<" not in offer.words for offer in asked.offers)
