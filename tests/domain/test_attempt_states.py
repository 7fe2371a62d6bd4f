"""The table of states: every way through it, and the drawing of it in the documents."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from elearning.domain.attempt_states import EVENTS, MOVES, OPEN, STATES, Event, State, ending, moved, state_at
from elearning.domain.errors import Closed
from elearning.domain.quiz import Rules

CLOSES = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
GRACE = Rules("Kiểm tra", minutes=45, overdue="grace", grace_minutes=2)
DRAWING = Path(__file__).resolve().parents[2] / "docs" / "attempts.md"


def test_the_table_names_known_states_and_events_and_uses_them_all() -> None:
    assert {state for state, _ in MOVES} | set(MOVES.values()) == set(STATES)
    assert {event for _, event in MOVES} == set(EVENTS)


def test_every_state_can_be_reached_from_the_first_and_leads_to_a_result() -> None:
    def beyond(start: State) -> set[State]:
        found: set[State] = {start}
        while more := {MOVES[s, e] for s, e in MOVES if s in found} - found:
            found |= more
        return found

    assert beyond("in_progress") == set(STATES)
    assert all("graded" in beyond(state) for state in STATES)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("event", EVENTS)
def test_what_is_not_in_the_table_does_not_happen(state: State, event: Event) -> None:
    if (state, event) in MOVES:
        assert moved(state, event) == MOVES[state, event]
    else:
        with pytest.raises(Closed):
            moved(state, event)


def test_nothing_is_handed_in_twice_and_only_staff_open_what_is_closed() -> None:
    for state in set(STATES) - set(OPEN):
        assert {event for s, event in MOVES if s == state and MOVES[s, event] in OPEN} <= {"reopen"}
        assert not {"hand in", "close", "give up"} & {event for s, event in MOVES if s == state}


def test_overdue_is_the_clock_alone_and_only_where_grace_is_given() -> None:
    later = CLOSES + timedelta(microseconds=1)
    assert state_at("in_progress", CLOSES, GRACE, CLOSES) == "in_progress"
    assert state_at("in_progress", CLOSES, GRACE, later) == "overdue"
    assert state_at("in_progress", CLOSES, Rules("Kiểm tra"), later) == "in_progress"
    assert state_at("in_progress", None, GRACE, later) == "in_progress"
    assert state_at("graded", CLOSES, GRACE, later) == "graded"


def test_who_ends_an_attempt_follows_from_the_clock_and_the_rule() -> None:
    assert ending(GRACE, over=False) == "hand in"
    assert ending(GRACE, over=True) == "close"
    assert ending(Rules("Kiểm tra", overdue="abandon"), over=True) == "give up"
    assert ending(Rules("Kiểm tra", overdue="abandon"), over=False) == "hand in"


def test_the_drawing_in_the_documents_is_the_table() -> None:
    drawn = re.findall(r"^\s*(\w+) --> (\w+): (.+)$", DRAWING.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(drawn) == sorted((state, after, event) for (state, event), after in MOVES.items())
