"""Legal documents: their days, and what a place in them is called."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.domain.law import Basis, Law, place_words, read_basis

FIRST, LAST = date(2017, 3, 30), date(2026, 6, 30)


@pytest.mark.parametrize(
    ("day", "in_force"),
    [(date(2017, 3, 29), False), (FIRST, True), (date(2020, 1, 1), True), (LAST, True), (date(2026, 7, 1), False)],
)
def test_a_document_is_in_force_from_its_first_day_through_its_last(day: date, in_force: bool) -> None:
    assert Law("nd-09-2017", "Nghị định", from_=FIRST, until=LAST).in_force(day) is in_force


def test_a_document_without_an_end_stays_in_force_and_one_without_a_beginning_always_was() -> None:
    assert Law("a", "A", from_=FIRST).in_force(date(2199, 1, 1))
    assert Law("a", "A", until=LAST).in_force(date(1945, 9, 2))


@pytest.mark.parametrize(
    ("text", "law", "place"),
    [
        ("nd-244-2026", "nd-244-2026", ""),
        ("nd-244-2026#7", "nd-244-2026", "7"),
        ("nd-244-2026#7.3", "nd-244-2026", "7.3"),
        ("luat-126-2025#31.2.b", "luat-126-2025", "31.2.b"),
        ("nd-244-2026#9.1.đ", "nd-244-2026", "9.1.đ"),
        ("nd-244-2026#phu-luc", "nd-244-2026", "phu-luc"),
    ],
)
def test_a_basis_names_a_document_and_a_place_and_is_written_as_it_is_read(text: str, law: str, place: str) -> None:
    assert read_basis(text) == Basis(law, place)
    assert str(Basis(law, place)) == text


@pytest.mark.parametrize(
    "text",
    ["", "#7", "nd-244-2026#", "nd-244-2026#7.", "nd-244-2026#.3", "a#1.2.3.4", "ND-244#7", "a b", "a#7 3", "-a"],
)
def test_what_is_no_basis_is_not_read_as_one(text: str) -> None:
    assert read_basis(text) is None


@given(st.text(max_size=20))
def test_whatever_is_read_as_a_basis_says_again_what_was_written(text: str) -> None:
    read = read_basis(text)
    assert read is None or str(read) == text


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("7", "Article 7"),
        ("7.3", "Clause 3, Article 7"),
        ("31.2.b", "Point b, Clause 2, Article 31"),
        ("9.1.đ", "Point đ, Clause 1, Article 9"),
        ("phu-luc", "Annex"),
    ],
)
def test_a_place_is_called_by_point_clause_and_article(place: str, words: str) -> None:
    found = place_words(place)
    assert found is not None
    assert found.plain() == words


def test_a_document_as_a_whole_has_no_place() -> None:
    assert place_words("") is None
