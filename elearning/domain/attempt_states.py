"""The states of an attempt and what moves it from one to another: one table, which docs/attempts.md draws."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, get_args

from elearning.domain.errors import Closed
from elearning.domain.message import message
from elearning.domain.quiz import Rules

State = Literal["in_progress", "overdue", "submitted", "graded", "abandoned"]
Event = Literal["time is up", "hand in", "close", "give up", "settle", "reopen", "accept late answers"]
STATES: tuple[State, ...] = get_args(State)
EVENTS: tuple[Event, ...] = get_args(Event)
OPEN: tuple[State, ...] = ("in_progress", "overdue")
# (state, event) → state. What is not here does not happen. “close” is the server's hand-in when the time is over, “give up”
# the same where the quiz drops what was not handed in; “settle” writes the result down once every slot has its grade.
MOVES: Mapping[tuple[State, Event], State] = {
    ("in_progress", "time is up"): "overdue",
    ("in_progress", "hand in"): "submitted",
    ("in_progress", "close"): "submitted",
    ("in_progress", "give up"): "abandoned",
    ("overdue", "hand in"): "submitted",
    ("overdue", "close"): "submitted",
    ("submitted", "settle"): "graded",
    ("graded", "settle"): "graded",
    ("submitted", "reopen"): "in_progress",
    ("graded", "reopen"): "in_progress",
    ("abandoned", "reopen"): "in_progress",
    ("submitted", "accept late answers"): "submitted",
    ("graded", "accept late answers"): "submitted",
    ("abandoned", "accept late answers"): "submitted",
}


def moved(state: State, event: Event) -> State:
    """The state after an event. Raises Closed where the event cannot happen in this state."""
    if (state, event) not in MOVES:
        raise Closed(message("This attempt is no longer as it was. Load the page again and look."))
    return MOVES[state, event]


def state_at(state: State, closes: datetime | None, rules: Rules, now: datetime) -> State:
    """The state as the clock has it: an attempt whose time is up while its grace runs is overdue. No row is written for it,
    because nothing but the clock has moved.
    """
    if state == "in_progress" and closes is not None and now > closes and rules.overdue == "grace":
        return moved(state, "time is up")
    return state


def ending(rules: Rules, over: bool) -> Event:
    """What handing in is: the learner's own in time, the server's when the time is over, giving up where the quiz says so."""
    if not over:
        return "hand in"
    return "give up" if rules.overdue == "abandon" else "close"
