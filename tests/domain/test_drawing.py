"""Drawing a paper: all draws met together, no question twice, the same seed the same paper."""

from dataclasses import replace
from fractions import Fraction
from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.domain.drawing import assign, fits
from elearning.domain.errors import Mistaken
from elearning.domain.paper import draw_paper
from elearning.domain.question import Option, Question
from elearning.domain.questions.one import Body
from elearning.domain.quiz import Draw, Quiz, Rules, Section

WANTED = st.lists(
    st.tuples(st.integers(0, 3), st.sets(st.sampled_from("pqrstu"), max_size=6).map(sorted)), min_size=1, max_size=4
)


def chance(seed: int) -> Random:
    """What decides on a paper: the same seed always decides the same."""
    return Random(seed)  # noqa: S311  # the papers here examine nobody


def can_be_met(wanted: list[tuple[int, list[str]]]) -> bool:
    """By trying everything: some order of all candidates, dealt to the draws one after the other, pleases them all."""
    places = [candidates for count, candidates in wanted for _ in range(count)]
    keys = sorted({key for _, candidates in wanted for key in candidates})
    return len(places) <= len(keys) and any(
        all(key in candidates for key, candidates in zip(dealt, places, strict=True))
        for dealt in permutations(keys, len(places))
    )


@given(WANTED)
def test_draws_are_met_exactly_when_trying_everything_would_meet_them(wanted: list[tuple[int, list[str]]]) -> None:
    found = assign(wanted)
    assert (found is not None) == can_be_met(wanted)
    if found is not None:
        taken = [key for keys in found for key in keys]
        assert len(taken) == len(set(taken))
        for keys, (count, candidates) in zip(found, wanted, strict=True):
            assert len(keys) == count
            assert set(keys) <= set(candidates)


def test_a_draw_gives_up_what_another_one_needs() -> None:
    assert assign([(2, ["p", "q", "r"]), (1, ["p"]), (1, ["q", "s"])]) == [["q", "r"], ["p"], ["s"]]


def test_two_draws_that_need_the_same_question_cannot_be_met() -> None:
    assert assign([(1, ["p"]), (1, ["p"])]) is None


def test_many_questions_are_dealt_at_once() -> None:
    keys = [f"q{number}" for number in range(600)]
    found = assign([(200, keys), (200, keys), (200, keys)])
    assert found is not None
    assert sorted(key for part in found for key in part) == sorted(keys)


def question(key: str, tags: tuple[str, ...] = (), difficulty: int = 0, objective: str = "") -> Question:
    body = Body(tuple(Option(text) for text in "ABCD"), 0)
    return Question(key, "one", key, "", "", f"digest of {key}", body, Fraction(2), difficulty, tags, objective)


LEVELS = {1: ("han",), 2: ("han", "nguoi"), 3: ()}


def keyed(bank: list[Question]) -> dict[str, Question]:
    return {one.key: one for one in bank}


BANK = [question(f"cau-{n}", LEVELS[n % 3 + 1], n % 3 + 1, "tinh-han" if n % 2 else "") for n in range(12)]


@pytest.mark.parametrize(
    ("draw", "count"),
    [
        (Draw("b", 1), 12),
        (Draw("b", 1, question="cau-4"), 1),
        (Draw("b", 1, tags=("han",)), 8),
        (Draw("b", 1, tags=("han", "nguoi")), 4),
        (Draw("b", 1, difficulties=(1, 3)), 8),
        (Draw("b", 1, objectives=("tinh-han",)), 6),
        (Draw("b", 1, tags=("han",), difficulties=(3,)), 0),
    ],
)
def test_a_draw_takes_what_carries_all_its_tags_and_one_of_its_levels(draw: Draw, count: int) -> None:
    assert sum(fits(one, draw) for one in BANK) == count


def test_a_retired_question_is_drawn_for_nothing_not_even_by_name() -> None:
    bank = [*BANK[1:], replace(BANK[0], retired=True)]
    assert sum(fits(one, Draw("b", 1)) for one in bank) == 11
    assert not any(fits(one, Draw("b", 1, question="cau-0")) for one in bank)
    papers = [draw_paper(quiz(Draw("b", 11)), {"b": keyed(bank)}, chance(seed)) for seed in range(5)]
    assert all("cau-0" not in {slot.question for slot in paper} for paper in papers)


def quiz(*draws: Draw, shuffle: bool = True) -> Quiz:
    rules = Rules("Kiểm tra", shuffle_questions=shuffle, shuffle_options=shuffle)
    return Quiz("kiem-tra", "quizzes/kiem-tra.md", rules, "", (Section("phan-1", "Phần 1", draws),))


MIXED = quiz(Draw("b", 3), Draw("b", 2, tags=("han",)), Draw("b", 1, question="cau-7"))


def test_the_same_seed_draws_the_same_paper_and_another_seed_another() -> None:
    papers = [draw_paper(MIXED, {"b": keyed(BANK)}, chance(seed)) for seed in range(20)]
    assert papers == [draw_paper(MIXED, {"b": keyed(BANK)}, chance(seed)) for seed in range(20)]
    assert len(set(papers)) == 20


def test_no_paper_holds_a_question_twice_and_each_holds_what_is_fixed() -> None:
    for seed in range(200):
        paper = draw_paper(MIXED, {"b": keyed(BANK)}, chance(seed))
        keys = [slot.question for slot in paper]
        assert len(set(keys)) == MIXED.size == 6
        assert keys[-1] == "cau-7"
        assert [slot.number for slot in paper] == [1, 2, 3, 4, 5, 6]
        assert all(slot.digest == f"digest of {slot.question}" and slot.points == 2 for slot in paper)


def test_every_question_is_drawn_sooner_or_later() -> None:
    drawn = {slot.question for seed in range(200) for slot in draw_paper(MIXED, {"b": keyed(BANK)}, chance(seed))}
    assert drawn == {one.key for one in BANK}


def test_without_shuffling_options_stand_as_written() -> None:
    paper = draw_paper(quiz(Draw("b", 2), shuffle=False), {"b": keyed(BANK)}, chance(1))
    assert {slot.order for slot in paper} == {(0, 1, 2, 3)}


def test_questions_of_two_banks_may_share_a_key() -> None:
    both = quiz(Draw("b", 1, question="cau-1"), Draw("c", 1, question="cau-1"))
    paper = draw_paper(both, {"b": keyed(BANK), "c": keyed([question("cau-1")])}, chance(1))
    assert [(slot.bank, slot.question) for slot in paper] == [("b", "cau-1"), ("c", "cau-1")]


def test_a_quiz_that_asks_for_more_than_there_is_says_so() -> None:
    with pytest.raises(Mistaken, match="more questions than its banks hold"):
        draw_paper(quiz(Draw("b", 13)), {"b": keyed(BANK)}, chance(1))
