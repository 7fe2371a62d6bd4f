"""Each type of question: how a paper shows it, what it understands, and what an answer is worth."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.domain.message import Message
from elearning.domain.question import Option
from elearning.domain.questions import (
    TYPES,
    blanks,
    body_class,
    datetime,
    description,
    faults,
    graded,
    likert,
    match,
    number,
    one,
    order,
    poll,
    recording,
    several,
    short,
    sort,
    statement,
)
from elearning.domain.questions.gaps import gap
from elearning.domain.questions.letters import LETTERS, letter_of, place_of
from elearning.domain.questions.number import Accepted
from elearning.domain.questions.rubric import Criterion, Rubric

FOUR = tuple(Option(text) for text in "ABCD")
RUBRIC = Rubric((Criterion("Đúng", ("a", "b")), Criterion("Đủ", ("c", "d"))), (Fraction(0), Fraction(5, 2)), "Tiêu chí")
TYPED, MENU = blanks.Blank(accepted=("24", "hai mươi bốn")), blanks.Blank(options=("x", "y", "z"), right=1)
SHORT_MENU = blanks.Blank(options=("x", "y"), right=0)
TEXT = f"<p>{gap(1)}, {gap(2)}</p><p>{gap(3)}</p>"
SPANS = (faults.Span("A", True), faults.Span("<em>B</em>", False), faults.Span("C", True))
BODIES: dict[str, list[Any]] = {
    "one": [one.Body(FOUR, 2), one.Body(FOUR[:2], 0)],
    "several": [
        several.Body(FOUR, (0, 2), "right-minus-wrong"),
        several.Body(FOUR, (1,), "each"),
        several.Body(FOUR, (0, 1, 2, 3), "all"),
    ],
    "short": [short.Body(("Người đứng đầu", "thủ trưởng")), short.Body(("24 giờ",), strict=True)],
    "number": [number.Body((Accepted(Fraction(24)), Accepted(Fraction(3, 2), Fraction(1, 10))), "giờ")],
    "order": [order.Body(FOUR), order.Body(FOUR[:3])],
    "graded": [
        graded.Body(FOUR, (Fraction(1), Fraction(1, 3), Fraction(0), Fraction(-1, 2))),
        graded.Body(FOUR, (Fraction(-1), Fraction(1, 2), Fraction(3, 4), Fraction(0)), several=True),
    ],
    "match": [
        match.Body(("Việc", "Hạn"), ("A", "B", "C"), ("x", "y", "z", "mồi"), (2, 0, 1)),
        match.Body(("", ""), ("A", "B"), ("x", "y"), (0, 1)),
    ],
    "sort": [
        sort.Body(("Tin", "Nhóm"), ("A", "B", "C", "D"), ("x", "y"), (0, 0, 1, 0)),
        sort.Body(("", ""), ("A", "B"), ("x", "y", "z"), (2, 0)),
    ],
    "statement": [statement.Body(RUBRIC, 3, 5), statement.Body(RUBRIC)],
    "recording": [recording.Body(RUBRIC, 60)],
    "description": [description.Body()],
    "poll": [poll.Body(FOUR), poll.Body(FOUR, several=True)],
    "likert": [likert.Body(), likert.Body(FOUR)],
    "blanks": [blanks.Body(TEXT, (TYPED, MENU, SHORT_MENU)), blanks.Body(gap(1), (TYPED,), strict=True)],
    "faults": [faults.Body(gap(1) + gap(2) + gap(3), SPANS), faults.Body(gap(1) + gap(2), SPANS[:2])],
    "datetime": [
        datetime.Body((datetime.Accepted(739577 * 1440 + 845, 30, "phút"),)),
        datetime.Body((datetime.Accepted(739577 * 1440),), timed=False),
    ],
}
CASES = [(kind, body) for kind, bodies in BODIES.items() for body in bodies]
BY_RULE = [(kind, body) for kind, body in CASES if TYPES[kind].MARKED == "by-rule"]
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40), st.sampled_from(LETTERS)
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=2), inner, max_size=5),
    max_leaves=8,
)
# What looks like an answer: letters of a paper, alone, in lists, or with places.
LIKELY = st.one_of(
    st.sampled_from("abcd"),
    st.lists(st.sampled_from("abcd"), max_size=5),
    st.permutations("abcd"),
    st.dictionaries(
        st.sampled_from("abcd"), st.sampled_from(["", "1", "2", "3", "4", "01", " 2 ", "5", "x"]), max_size=4
    ),
    st.sampled_from(["24", "1,45", "1.6", "người đứng đầu", "24 giờ", "−3", "1 000"]),
)


def chance(seed: int) -> Random:
    """What decides on a paper: the same seed always decides the same."""
    return Random(seed)  # noqa: S311  # the papers here examine nobody


def test_every_type_is_tried_here_and_names_its_body() -> None:
    assert set(BODIES) == set(TYPES)
    assert all(isinstance(body, body_class(kind)) for kind, body in CASES)


@pytest.mark.parametrize(("kind", "body"), CASES)
@given(value=ANYTHING | LIKELY, seed=st.integers(0, 99))
def test_whatever_arrives_is_understood_or_refused_and_is_worth_an_exact_share(
    kind: str, body: Any, value: object, seed: int
) -> None:
    room = TYPES[kind]
    shown = room.draw(body, chance(seed), True)
    stored = room.understood(body, shown, value)
    if isinstance(stored, Message):
        assert stored.plain()
        return
    grade = room.grade(body, shown, stored)
    if grade is None:
        assert (room.MARKED, room.is_empty(stored)) == ("by-person", False)
    else:
        assert isinstance(grade.share, Fraction)
        assert 0 <= grade.share <= (0 if room.MARKED == "never" else 1)
        assert grade.reason.plain()
    assert room.understood(body, shown, stored) == stored
    assert all(isinstance(word, str) for word in room.describe(body, shown, stored))
    if room.is_empty(stored):
        assert grade.share == 0


@pytest.mark.parametrize(("kind", "body"), CASES)
@given(value=LIKELY, seed=st.integers(0, 99))
def test_what_a_plain_form_shows_it_sends_back(kind: str, body: Any, value: object, seed: int) -> None:
    room = TYPES[kind]
    shown = room.draw(body, chance(seed), True)
    stored = room.understood(body, shown, value)
    if isinstance(stored, Message):
        return
    filled = room.to_form(body, shown, stored)
    parts = filled if isinstance(filled, dict) else {}
    values = list(filled) if isinstance(filled, tuple) else [filled] if isinstance(filled, str) else []
    assert room.understood(body, shown, room.from_form(values, parts)) == stored
    assert room.from_form([], {}) in ("", [], {})


@pytest.mark.parametrize(("kind", "body"), CASES)
def test_an_empty_form_is_no_answer_and_no_mistake(kind: str, body: Any) -> None:
    room = TYPES[kind]
    shown = room.draw(body, chance(3), True)
    stored = room.understood(body, shown, room.from_form([], {}))
    assert room.is_empty(stored)
    assert room.grade(body, shown, stored).share == 0
    assert room.complaint(body, shown, stored) is None
    assert room.describe(body, shown, stored) == ()


@pytest.mark.parametrize(("kind", "body"), BY_RULE)
def test_the_right_answer_is_worth_everything_on_every_paper(kind: str, body: Any) -> None:
    room = TYPES[kind]
    for seed in range(40):
        shown = room.draw(body, chance(seed), True)
        stored = room.right_value(body, shown)
        assert room.understood(body, shown, stored) == stored
        assert all(isinstance(word, str) and word for word in room.right_answer(body))
        assert room.grade(body, shown, stored).share == 1
        assert room.describe(body, shown, stored)


@pytest.mark.parametrize(("kind", "body"), CASES)
def test_the_same_seed_gives_the_same_paper_and_no_option_is_lost(kind: str, body: Any) -> None:
    draws = [TYPES[kind].draw(body, chance(seed), True) for seed in range(30)]
    assert draws == [TYPES[kind].draw(body, chance(seed), True) for seed in range(30)]
    size = len(getattr(body, "options", ()))
    assert all(sorted(drawn) == list(range(size)) for drawn in draws)
    assert size < 3 or len(set(draws)) > 1


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
