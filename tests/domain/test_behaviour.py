"""Behaviours: what a check locks, what a try costs, what being sure is worth."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.domain.attempt import Saved, total
from elearning.domain.behaviour import CERTAINTIES, final, may_check, tried
from elearning.domain.message import message
from elearning.domain.question import PENALTY, Grade
from elearning.domain.quiz import Behaviour, Rules

AT = datetime(2026, 11, 22, tzinfo=UTC)
SHARES = {"right": Fraction(1), "half": Fraction(1, 2), "wrong": Fraction(0), "": Fraction(0)}


def judge(value: object) -> Grade | None:
    """A response is worth what it says; an open one waits for a person."""
    return None if value == "open" else Grade(SHARES[str(value or "")], message("said"))


def saved(*values: str, checked: bool = True, certainty: int | None = None) -> list[Saved]:
    """Answers to slot 1 in their order."""
    return [Saved(1, value, n, 0, "tab", AT, checked=checked, certainty=certainty) for n, value in enumerate(values, 1)]


def rules(behaviour: Behaviour, tries: int = 3) -> Rules:
    """The rules of a quiz with a behaviour."""
    return Rules("Thử", behaviour=behaviour, tries=tries)


def share(behaviour: Behaviour, rows: list[Saved], penalty: Fraction = PENALTY) -> Fraction:
    """What slot 1 is worth in the end."""
    grade = final(rules(behaviour), penalty, rows, rows[-1] if rows else None, judge)
    assert grade is not None
    return grade.share


@pytest.mark.parametrize(
    ("behaviour", "values", "checks", "locked", "left"),
    [
        ("deferred", (), 0, False, 0),
        ("immediate", (), 0, False, 1),
        ("immediate", ("wrong",), 1, True, 0),
        ("tries", ("wrong",), 1, False, 2),
        ("tries", ("wrong", "right"), 2, True, 0),
        ("tries", ("wrong", "half", "wrong"), 3, True, 0),
        ("practice", ("right", "wrong", "right"), 3, False, None),
    ],
)
def test_a_check_locks_as_the_behaviour_says(
    behaviour: Behaviour, values: tuple[str, ...], checks: int, locked: bool, left: int | None
) -> None:
    state = tried(rules(behaviour), saved(*values), judge)
    assert (state.checks, state.locked, state.left) == (checks, locked, left)


@pytest.mark.parametrize(
    ("values", "worth"),
    [
        (("right",), Fraction(1)),
        (("wrong", "right"), Fraction(2, 3)),
        (("wrong", "wrong", "right"), Fraction(1, 3)),
        (("wrong", "half"), Fraction(1, 3)),
        (("wrong", "wrong", "wrong"), Fraction(0)),
        (("half", "wrong"), Fraction(0)),
    ],
)
def test_each_further_try_costs_the_penalty(values: tuple[str, ...], worth: Fraction) -> None:
    assert share("tries", saved(*values)) == worth


def test_an_answer_changed_after_the_last_check_is_a_further_try() -> None:
    rows = [*saved("wrong"), Saved(1, "right", 2, 0, "tab", AT)]
    assert share("tries", rows) == Fraction(2, 3)
    assert share("tries", [Saved(1, "right", 1, 0, "tab", AT)]) == 1


def test_a_penalty_never_takes_more_than_there_is() -> None:
    assert share("tries", saved("wrong", "wrong", "right"), Fraction(1)) == 0


@pytest.mark.parametrize(
    ("value", "certainty", "worth"),
    [
        ("right", 3, Fraction(1)),
        ("right", 1, Fraction(1, 3)),
        ("wrong", 1, Fraction(0)),
        ("wrong", 2, Fraction(-2, 3)),
        ("wrong", 3, Fraction(-2)),
        ("half", 3, Fraction(1, 2)),
        ("right", None, Fraction(1, 3)),
        ("wrong", None, Fraction(0)),
    ],
)
def test_certainty_is_worth_what_the_table_says(value: str, certainty: int | None, worth: Fraction) -> None:
    assert share("certainty", saved(value, checked=False, certainty=certainty)) == worth


def test_a_table_of_certainty_rewards_saying_what_one_thinks() -> None:
    """At every probability of being right, the certainty with the best expectation rises with it (Gardner-Medwin)."""
    best = [
        max(CERTAINTIES, key=lambda c: p * CERTAINTIES[c][0] + (1 - p) * CERTAINTIES[c][1])
        for p in (Fraction(n, 100) for n in range(101))
    ]
    assert best == sorted(best)
    assert (best[60], best[70], best[90]) == (1, 2, 3)


def test_no_answer_is_worth_nothing_whatever_the_behaviour() -> None:
    assert [share(name, []) for name in ("deferred", "immediate", "tries", "certainty", "practice")] == [0] * 5


@pytest.mark.parametrize("behaviour", ["deferred", "immediate", "tries", "certainty", "practice"])
def test_what_a_person_must_mark_waits(behaviour: Behaviour) -> None:
    rows = saved("open", checked=False)
    assert final(rules(behaviour), PENALTY, rows, rows[0], judge) is None


@given(
    st.lists(st.sampled_from(["right", "half", "wrong", ""]), max_size=4),
    st.booleans(),
    st.sampled_from([None, 1, 2, 3]),
)
def test_a_share_stays_within_its_bounds(values: list[str], checked: bool, certainty: int | None) -> None:
    rows = saved(*values, checked=checked, certainty=certainty)
    for behaviour in ("deferred", "immediate", "tries", "practice"):
        assert 0 <= share(behaviour, rows) <= 1
    assert -2 <= share("certainty", rows) <= 1


def test_a_whole_paper_is_never_worth_less_than_nothing() -> None:
    assert total([(Fraction(-2), Fraction(1)), (Fraction(1), Fraction(1))]).share == 0


def test_only_three_behaviours_let_an_answer_be_checked() -> None:
    names: tuple[Behaviour, ...] = ("deferred", "immediate", "tries", "certainty", "practice")
    assert [name for name in names if may_check(rules(name))] == ["immediate", "tries", "practice"]
