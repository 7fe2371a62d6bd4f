"""Blanks, faults and moments: what each understands, what an answer is worth, and what is told of it."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.domain.message import Message
from elearning.domain.questions import blanks, datetime, faults
from elearning.domain.questions.gaps import cut, gap
from elearning.domain.questions.moments import DAY, moment_words, read_moment
from tests.domain.bodies import chance

TYPED = blanks.Blank(accepted=("24", "hai mươi bốn"))
MENU = blanks.Blank(options=("x", "y", "z"), right=1)
BLANKS = blanks.Body(f"<p>a {gap(1)} b {gap(2)}</p><p>{gap(3)}</p>", (TYPED, MENU, TYPED))
AS_WRITTEN = (0, 1, 2)
FAULTS = faults.Body(f"{gap(1)}, {gap(2)} {gap(3)} {gap(4)}", tuple(faults.Span(word, word in "BD") for word in "ABCD"))
AT = read_moment("14:05 22/11/2026")
assert AT is not None
MOMENT = datetime.Body((datetime.Accepted(AT.minutes, 30, "phút"),))
A_DAY = datetime.Body((datetime.Accepted(AT.minutes // DAY * DAY, 1, "ngày"),), timed=False)


@given(st.lists(st.text("ab<p>/ ", max_size=9), min_size=1, max_size=6))
def test_a_text_is_cut_at_its_places_with_nothing_lost(parts: list[str]) -> None:
    html = "".join(text + (gap(at) if at < len(parts) else "") for at, text in enumerate(parts, 1))
    assert "".join(before + (gap(number) if number else "") for before, number in cut(html)) == html
    assert [number for _, number in cut(html)] == [*range(1, len(parts)), 0]


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (["24", "b", "x"], ["24", "b", "x"]), ([" 24 "], ["24", "", ""]), (["", "b"], ["", "b", ""]), (["", "", ""], []),
        ([None, "c"], ["", "c", ""]), ({"2": "a"}, ["", "a", ""]), ({"1": "", "3": ""}, []), ([], []), (None, []), ("", []),
        (["So\u031b\u0309"], ["Sở", "", ""]), (["שלום"], ["שלום", "", ""]),
    ],
)  # fmt: skip
def test_blanks_are_kept_as_they_are_filled_and_half_filled_ones_too(value: object, stored: object) -> None:
    assert blanks.understood(BLANKS, AS_WRITTEN, value) == stored


@pytest.mark.parametrize(
    "value",
    [
        ["24", "d"], ["24", "A"], ["24", "ab"], ["1", "a", "2", "3"], [["24"]], [24], [True], {"4": "x"}, {"01": "x"}, {"a": "x"},
        {"1": ["x"]}, "24", 24, True, ["x" * 201], {"9" * 9: "x"}, {1: "x"},
    ],
)  # fmt: skip
def test_blanks_refuse_what_no_form_of_this_paper_sends(value: object) -> None:
    assert isinstance(blanks.understood(BLANKS, AS_WRITTEN, value), Message)


@pytest.mark.parametrize(
    ("filled", "share"),
    [
        (["24", "b", "HAI MUOI BON."], Fraction(1)), (["24", "a", "hai mươi bốn"], Fraction(2, 3)),
        (["", "b", ""], Fraction(1, 3)), (["48", "c", "…"], Fraction(0)), ([], Fraction(0)), (["b", "b", "b"], Fraction(1, 3)),
    ],
)  # fmt: skip
def test_each_blank_is_worth_the_same(filled: list[str], share: Fraction) -> None:
    assert blanks.grade(BLANKS, AS_WRITTEN, filled).share == share


def test_strict_blanks_mind_case_and_tones_but_not_spacing() -> None:
    body = blanks.Body(gap(1), (blanks.Blank(accepted=("Sở Y tế",)),), strict=True)
    assert [blanks.grade(body, (), [typed]).share for typed in ("Sở  Y tế", "sở y tế", "So Y te")] == [1, 0, 0]


def test_an_empty_blank_is_never_right_even_where_an_answer_is_made_of_marks_alone() -> None:
    body = blanks.Body(gap(1) + gap(2), (TYPED, blanks.Blank(accepted=("…",))))
    assert blanks.grade(body, (), ["24", ""]).share == Fraction(1, 2)


def test_menus_are_mixed_each_within_itself_and_only_where_the_quiz_shuffles() -> None:
    body = blanks.Body(gap(1) + gap(2), (MENU, MENU))
    assert blanks.draw(body, chance(1), False) == (0, 1, 2, 3, 4, 5)
    draws = {blanks.draw(body, chance(seed), True) for seed in range(200)}
    assert all(sorted(drawn[:3]) == [0, 1, 2] and sorted(drawn[3:]) == [3, 4, 5] for drawn in draws)
    assert len(draws) == 36


@given(st.integers(0, 999))
def test_the_letters_of_menus_are_those_of_the_paper(seed: int) -> None:
    body = blanks.Body(gap(1) + gap(2), (MENU, blanks.Blank(options=("p", "q"), right=0)))
    shown = blanks.draw(body, chance(seed), True)
    asked = blanks.asked(body, shown, []).parts
    words = [{choice.letter: choice.text for choice in part.choices} for part in asked if part.number]
    assert [sorted(one.values()) for one in words] == [["x", "y", "z"], ["p", "q"]]
    right = [
        next(letter for letter, text in one.items() if text == word) for one, word in zip(words, "yp", strict=True)
    ]
    assert blanks.grade(body, shown, right).share == 1
    assert blanks.describe(body, shown, right) == ("(1) y", "(2) p")


@pytest.mark.parametrize(
    "other",
    [
        blanks.Blank(accepted=("một câu trả lời dài hơn nhiều",)),
        blanks.Blank(accepted=("1", "2", "3", "4")),
    ],
)
def test_a_field_is_the_same_whatever_belongs_into_it(other: blanks.Blank) -> None:
    swapped = blanks.Body(BLANKS.html, (other, blanks.Blank(options=MENU.options, right=2), other))
    for value in ([], ["24", "b", ""]):
        assert blanks.asked(BLANKS, AS_WRITTEN, value) == blanks.asked(swapped, AS_WRITTEN, value)
        assert blanks.told(BLANKS, AS_WRITTEN, value, False) == blanks.told(swapped, AS_WRITTEN, value, False)


def test_filled_blanks_are_told_one_by_one() -> None:
    told = blanks.told(BLANKS, (2, 1, 0), ["24", "a", ""], True).parts
    assert [(part.given, part.right, part.accepted) for part in told] == [
        ("24", True, ("24", "hai mươi bốn")), ("z", False, ("y",)), ("", False, ("24", "hai mươi bốn")), ("", None, ()),
    ]  # fmt: skip
    assert blanks.describe(BLANKS, AS_WRITTEN, ["24", "", ""]) == ("(1) 24", "(2) –", "(3) –")
    assert blanks.right_answer(BLANKS)[:2] == ("(1) 24 / hai mươi bốn", "(2) y")


@pytest.mark.parametrize(
    ("value", "stored"),
    [([4, 2], [2, 4]), (["2", "4", "2"], [2, 4]), ("3", [3]), (1, [1]), ([], []), (None, []), ("", [])],
)
def test_marks_are_kept_as_rising_numbers(value: object, stored: object) -> None:
    assert faults.understood(FAULTS, (), value) == stored


@pytest.mark.parametrize(
    "value",
    [[0], [5], [-1], [True], [2.0], [None], ["02"], ["²"], ["a"], [[2]], {"2": "2"}, True, [10**5000], "9" * 5000],
)
def test_marks_refuse_what_this_text_does_not_have(value: object) -> None:
    assert isinstance(faults.understood(FAULTS, (), value), Message)


@pytest.mark.parametrize(
    ("marked", "share"),
    [
        ([2, 4], Fraction(1)), ([2], Fraction(1, 2)), ([2, 4, 1], Fraction(1, 2)), ([2, 1], Fraction(0)), ([1, 3], Fraction(0)),
        ([1, 2, 3, 4], Fraction(0)), ([], Fraction(0)),
    ],
)  # fmt: skip
def test_faults_found_count_and_other_marks_take_one_back(marked: list[int], share: Fraction) -> None:
    assert faults.grade(FAULTS, (), marked).share == share


def test_marks_are_asked_alike_and_faults_are_told_only_when_due() -> None:
    turned = faults.Body(FAULTS.html, tuple(faults.Span(span.html, not span.fault) for span in FAULTS.spans))
    for value in ([], [1, 2]):
        assert faults.asked(FAULTS, (), value) == faults.asked(turned, (), value)
        assert faults.told(FAULTS, (), value, False) == faults.told(turned, (), value, False)
    told = faults.told(FAULTS, (), [1, 2], True).parts
    assert [(part.chosen, part.fault) for part in told] == [
        (True, False), (True, True), (False, False), (False, True), (False, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [
        "14:05 22/11/2026", "14:05, 22/11/2026", "22/11/2026 14:05", "14 giờ 05 ngày 22/11/2026", "2026-11-22 14:05",
        "2026-11-22T14:05", "14h05 ngày 22/11/2026", "lúc 14 giờ 05 phút, ngày 22 tháng 11 năm 2026", "14H05 22.11.2026",
        "22-11-2026 lúc 14:05", "14 gio 05 ngay 22/11/2026", "14 giơ\u0300 05 nga\u0300y 22/11/2026", "14:05 on 22/11/2026",
    ],
)  # fmt: skip
def test_a_moment_is_read_as_people_write_it(typed: str) -> None:
    assert read_moment(typed) == AT
    assert datetime.complaint(MOMENT, (), datetime.understood(MOMENT, (), typed)) is None
    assert datetime.grade(MOMENT, (), datetime.understood(MOMENT, (), typed)).share == 1


def test_a_moment_is_looked_for_in_short_texts_only() -> None:
    assert read_moment(" " * 50 + "22/11/2026") is not None
    assert read_moment(" " * 51 + "22/11/2026") is None


def test_the_end_of_a_day_is_the_beginning_of_the_next_and_an_hour_alone_is_whole() -> None:
    assert read_moment("24:00 22/11/2026") == read_moment("0h 23/11/2026")
    assert read_moment("14 giờ 22/11/2026") == read_moment("14:00 22/11/2026")


@pytest.mark.parametrize(
    "typed",
    [
        "mai", "14:05", "22/11/26", "31/02/2026", "11/22/2026", "24:01 22/11/2026", "14:60 22/11/2026", "14: 22/11/2026",
        "22/11/2026 22/11/2026", "٢٢/١١/2026", "0/0/0000", "22/11/9999", "1" * 61, "14:05 22/11/2026 x", "−1:00 22/11/2026",
        "2:05 pm 22/11/2026",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_worth_nothing_and_gets_a_word_of_help(typed: str) -> None:
    assert read_moment(typed) is None
    stored = datetime.understood(MOMENT, (), typed)
    if not isinstance(stored, Message):
        assert stored == typed
        assert datetime.complaint(MOMENT, (), stored) is not None
        assert datetime.grade(MOMENT, (), stored).share == 0


@pytest.mark.parametrize("value", [["22/11/2026"], {"a": "b"}, 22, True, 1.5, "x" * 61])
def test_a_moment_is_text_and_not_endless(value: Any) -> None:
    assert isinstance(datetime.understood(MOMENT, (), value), Message)


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("13:35 22/11/2026", 1), ("14:35 22/11/2026", 1), ("13:34 22/11/2026", 0), ("14:36 22/11/2026", 0),
        ("14:05 23/11/2026", 0), ("22/11/2026", 0),
    ],
)  # fmt: skip
def test_a_moment_may_be_off_by_its_tolerance_with_both_ends(typed: str, share: int) -> None:
    assert datetime.grade(MOMENT, (), typed).share == share


@pytest.mark.parametrize(
    ("typed", "share"),
    [("21/11/2026", 1), ("23/11/2026", 1), ("23:59 23/11/2026", 1), ("24/11/2026", 0), ("20/11/2026", 0)],
)
def test_a_day_is_judged_by_the_day_alone(typed: str, share: int) -> None:
    assert datetime.grade(A_DAY, (), typed).share == share


def test_a_day_where_the_hour_is_asked_for_too_is_complained_about() -> None:
    said = datetime.complaint(MOMENT, (), "22/11/2026")
    assert said is not None
    assert said.plain() == "Type hour, minute, day, month and year, such as 09:30 31/01/2026."
    assert datetime.complaint(A_DAY, (), "22/11/2026") is None


@given(st.dates(date(1900, 1, 1)), st.times(), st.booleans())
def test_a_moment_in_words_is_read_as_the_same_moment(day: date, at: Any, timed: bool) -> None:
    shown = f"{at:%H:%M}, {day:%d/%m/%Y}" if timed else f"{day:%d/%m/%Y}"
    moment = read_moment(shown)
    assert (moment is None) is (day.year == 9999)
    assert moment is None or moment_words(moment) == shown
