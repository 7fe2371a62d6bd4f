"""Names as Vietnamese readers sort and search them."""

import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.domain.names import clean, collation_key, fold, sort_key

SYLLABLES = [
    "An", "Ân", "Ánh", "Ảnh", "Anh", "Bình", "Châu", "Dương", "Đông", "Đức", "Em", "Ê", "Hà", "Hạ", "Hoa", "Hòa", "Khuê",
    "Lê", "Lệ", "Ngô", "Nguyễn", "Nguyên", "Ơn", "Ôn", "Phúc", "Sơn", "Thị", "Trần", "Trân", "Ưng", "Văn", "Ý",
]  # fmt: skip
NAMES = st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=5).map(" ".join)
LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


def chance(seed: int) -> Random:
    """What mixes a list up: the same seed always in the same way."""
    return Random(seed)  # noqa: S311  # the order of a list is no secret


@pytest.mark.parametrize(
    "right",
    [
        ["Lê Văn An", "Trần Thị Ánh", "Dương Ân", "Đỗ Ân"],
        ["An", "Lê An", "Lê Văn An", "Lê Văn Anh"],
        ["Trần Văn Dũng", "Lê Thị Đào", "Ngô Văn Em", "Ngô Thị Êm"],
        ["Hoàng Hoa", "Hoàng Hòa", "Hoàng Hỏa", "Hoàng Hóa", "Hoàng Họa"],
        ["Lê Sơn", "Nguyễn Sơn", "Trần Sơn"],
        ["Lý Ô", "Lý Ơ", "Lý U", "Lý Ư"],
        ["Đinh Đức Anh", "Đinh Văn Anh", "Đoàn Văn Anh"],
    ],
)
def test_lists_stand_in_the_order_of_a_vietnamese_class_book(right: list[str]) -> None:
    mixed = chance(7).sample(right, len(right))
    assert sorted(mixed, key=sort_key) == right


def test_the_alphabet_sorts_as_the_alphabet() -> None:
    mixed = chance(1).sample(LETTERS, len(LETTERS))
    assert "".join(sorted(mixed, key=collation_key)) == LETTERS


def test_tones_stand_in_the_order_of_dictionaries_and_only_break_ties_between_letters() -> None:
    assert sorted(["mạ", "mã", "má", "mả", "mà", "ma"], key=collation_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert collation_key("mạ") < collation_key("man")


def test_digits_come_before_letters_and_capitals_only_break_ties() -> None:
    assert sorted(["Tổ b", "tổ a", "Tổ 10", "Tổ A"], key=collation_key) == ["Tổ 10", "tổ a", "Tổ A", "Tổ b"]
    assert collation_key("an") < collation_key("An") < collation_key("àn")


@given(NAMES, NAMES)
def test_different_names_never_tie_and_equal_names_always_do(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (one == other)


@given(st.text(), st.text())
def test_any_two_texts_can_be_compared_and_composition_makes_no_difference(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(unicodedata.normalize("NFD", one))
    assert sort_key(one).isascii()
    if clean(one) == clean(other):
        assert sort_key(one) == sort_key(other)


@given(NAMES)
def test_search_finds_a_name_without_tones_marks_or_case_in_either_normal_form(name: str) -> None:
    bare = fold(name)
    assert bare.isascii()
    assert bare == fold(name.upper()) == fold(unicodedata.normalize("NFD", name)) == fold(bare)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Đường", "duong"), ("ĐỖ THỊ  Ân", "do thi an"), ("Hoà", "hoa"), ("chuyển\u00a0đổi số", "chuyen doi so")],
)
def test_search_folds_what_databases_do_not(typed: str, found: str) -> None:
    assert fold(typed) == found


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Trần\tThị  Bình ", "Trần Thị Bình"),
        ("Lê\u200bVăn\u202e An", "LêVăn An"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("\x00An\x1f", "An"),
        ("", ""),
    ],
)
def test_cleaning_takes_out_what_cannot_be_seen(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
