"""Keys proposed from headings."""

import pytest

from elearning.content.fields import KEY
from elearning.domain.keys import LONGEST, proposed_key


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Đính chính trong bao lâu?", "dinh-chinh-trong-bao-lau"),
        ("Nghị định 244/2026/NĐ-CP", "nghi-dinh-244-2026-nd-cp"),
        ("«Ơ, ư» — được!", "o-u-duoc"),
        ("…", "cau"),
    ],
)
def test_a_key_is_the_heading_without_tones_and_marks(words: str, key: str) -> None:
    assert proposed_key(words) == key


def test_a_long_heading_is_cut_at_the_end_of_a_word() -> None:
    key = proposed_key("Sự việc có tác động lớn tới xã hội, chỉ thuộc phạm vi quản lý của một xã thì ai phát ngôn?")
    assert len(key) <= LONGEST
    assert KEY.fullmatch(key)
    assert key.endswith("-chi-thuoc-pham")


def test_a_word_longer_than_a_key_is_cut_all_the_same() -> None:
    assert proposed_key("a" * 200) == "a" * LONGEST


def test_a_key_that_is_taken_gets_a_number() -> None:
    assert proposed_key("Ai?", {"ai", "ai-2"}) == "ai-3"
    assert proposed_key("?", {"cau"}) == "cau-2"
