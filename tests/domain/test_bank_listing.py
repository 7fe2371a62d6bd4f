"""A list of questions: narrowed by what they carry, and put in order."""

from dataclasses import replace

import pytest

from elearning.domain.bank_listing import SORTS, Choices, Listed, Wanted, choices, narrowed

ROWS = (
    Listed(
        1,
        "a",
        "Ông nói gì?",
        "Ông nói gì? Đính chính",
        "one",
        ("han",),
        3,
        "tinh-han",
        ("nd-1",),
        drawn=True,
        attempts=2,
    ),
    Listed(2, "b", "Ai ký?", "Ai ký? Người đứng đầu", "short", ("han", "nguoi"), 0, "", (), retired=True),
    Listed(3, "c", "Ánh sáng?", "Ánh sáng?", "one", (), 1, "khac", ("nd-2",), problems=2, attempts=5),
)


def keys(wanted: Wanted) -> str:
    return "".join(row.key for row in narrowed(ROWS, wanted))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), "abc"),
        (Wanted(words="dinh chinh"), "a"),
        (Wanted(words="NGƯỜI ai"), "b"),
        (Wanted(tag="han"), "ab"),
        (Wanted(tag="ha"), ""),
        (Wanted(difficulty="3"), "a"),
        (Wanted(objective="khac"), "c"),
        (Wanted(law="nd-1"), "a"),
        (Wanted(type="one"), "ac"),
        (Wanted(use="drawn"), "a"),
        (Wanted(use="free"), "c"),
        (Wanted(use="retired"), "b"),
        (Wanted(use="broken"), "c"),
        (Wanted(tag="han", type="short"), "b"),
    ],
)
def test_a_list_is_narrowed_by_all_that_is_asked(wanted: Wanted, found: str) -> None:
    assert keys(wanted) == found


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("place", "abc"),
        ("words", "bca"),
        ("type", "acb"),
        ("difficulty", "cab"),
        ("attempts", "cab"),
        ("problems", "cab"),
    ],
)
def test_a_list_stands_in_the_order_asked_for(sort: str, found: str) -> None:
    assert sort in SORTS
    assert keys(Wanted(sort=sort)) == found


def test_an_order_that_is_not_known_is_that_of_the_file() -> None:
    assert keys(Wanted(sort="?")) == "abc"


def test_choices_are_what_stands_in_the_list_in_vietnamese_order() -> None:
    rows = (*ROWS, replace(ROWS[0], tags=("ăn",)), replace(ROWS[0], tags=("an",)))
    assert choices(rows) == Choices(
        ("an", "ăn", "han", "nguoi"), ("khac", "tinh-han"), ("nd-1", "nd-2"), ("one", "short")
    )
