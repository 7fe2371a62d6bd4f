"""How alike two questions are, and which pairs of a bank are worth a look."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.domain.likeness import likeness, near_duplicates, shingles

TEXTS = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.lists(st.sampled_from(["ai", "phát", "ngôn", "hạn", "24", "giờ"]), max_size=6).map(" ".join),
)


def test_tones_capitals_and_marks_of_punctuation_make_no_difference() -> None:
    assert likeness(shingles("Hạn 24 giờ bắt đầu từ khi nào?"), shingles("han 24 gio, bat dau tu khi nao")) == 1


def test_one_other_word_leaves_two_questions_much_alike() -> None:
    first = "Sự việc chỉ thuộc phạm vi một xã thì ai phát ngôn?"
    second = "Sự việc chỉ thuộc phạm vi một tỉnh thì ai phát ngôn?"
    assert Fraction(6, 10) < likeness(shingles(first), shingles(second)) < 1


def test_the_same_words_in_another_order_are_less_alike_than_in_the_same() -> None:
    assert likeness(shingles("ai hỏi ai"), shingles("ai ai hỏi")) < 1


def test_two_questions_about_different_things_are_not_paired() -> None:
    assert near_duplicates({"a": "Ai ký văn bản ủy quyền?", "b": "Bao nhiêu giờ thì phải đính chính?"}) == ()


def test_empty_texts_are_like_nothing() -> None:
    assert near_duplicates({"a": "", "b": "", "c": "một"}, Fraction(0)) == ()


def test_the_most_alike_stand_first() -> None:
    texts = {"a": "một hai ba bốn", "b": "một hai ba năm", "c": "một hai ba bốn"}
    found = near_duplicates(texts, Fraction(1, 3))
    assert [(pair.first, pair.second) for pair in found] == [("a", "c"), ("a", "b"), ("b", "c")]
    assert found[0].likeness == 1


@given(TEXTS, st.sampled_from([Fraction(1, 5), Fraction(1, 2), Fraction(6, 10), Fraction(1)]))
def test_no_pair_that_is_alike_enough_is_overlooked(texts: dict[str, str], least: Fraction) -> None:
    sets = {key: shingles(text) for key, text in texts.items()}
    wanted = {(one, two) for one in texts for two in texts if one < two and likeness(sets[one], sets[two]) >= least}
    assert {(pair.first, pair.second) for pair in near_duplicates(texts, least)} == wanted


@pytest.mark.parametrize("least", [Fraction(1, 2), Fraction(9, 10)])
def test_a_text_is_not_paired_with_itself(least: Fraction) -> None:
    assert near_duplicates({"a": "một hai ba"}, least) == ()


def test_a_bank_that_was_put_in_many_times_is_told_without_comparing_everything() -> None:
    texts = {
        f"{number}-{copy}": f"câu hỏi số {number} về hạn trả lời báo chí" for number in range(40) for copy in range(20)
    }
    assert len(near_duplicates(texts, Fraction(9, 10), most=50)) == 50
