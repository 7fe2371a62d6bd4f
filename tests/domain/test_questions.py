"""All types of question alike: how a paper shows them, what they understand, and what an answer is worth."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.domain.message import Message
from elearning.domain.questions import (
    TYPES,
    body_class,
)
from elearning.domain.questions.letters import LETTERS
from tests.domain.bodies import BODIES, BY_RULE, CASES, chance

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
