"""Fifty at the same time: one attempt, one grade a question, one completion, one certificate."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from sqlalchemy import func, select

from elearning.services import handing_in
from elearning.services.lessons import finish_lesson
from elearning.services.work import NOBODY, House
from elearning.store.models import learning as rows
from elearning.store.models.person import Audit
from tests.services.cast import Cast
from tests.services.clock import Clock
from tests.services.examining import open_room
from tests.services.texts import COURSE, LESSONS

MANY = 50


def at_once(deed: Callable[[], Any]) -> list[Any]:
    """What fifty threads get that all do the same when the last of them is ready."""
    ready = Barrier(MANY)

    def one(_: int) -> Any:
        ready.wait()
        return deed()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


def count(house: House, *conditions: Any) -> int:
    with house.reading(NOBODY) as work:
        return work.session.scalar(select(func.count()).where(*conditions)) or 0


def test_fifty_starts_are_one_attempt_and_fifty_hand_ins_one_grade_and_one_certificate(
    practice: House, cast: Cast, clock: Clock
) -> None:
    room = open_room(practice, cast)
    for key in LESSONS:
        with practice.writing(room.learner.actor) as work:
            finish_lesson(work, COURSE, key)
    begun = set(at_once(room.begin))
    assert len(begun) == 1
    assert count(practice, rows.Attempt.person_id == room.learner.id) == 1
    public = begun.pop()
    slots = len(room.right(public))
    assert count(practice, rows.AttemptSlot.attempt_id == room.row(public).id) == slots
    room.save(public, room.right(public))

    at_once(lambda: room.hand_in(public))
    number = room.row(public).id
    assert room.row(public).state == "graded"
    assert count(practice, rows.Grade.attempt_id == number) == slots
    assert count(practice, rows.Certificate.person_id == room.learner.id) == 1
    assert count(practice, rows.Completion.person_id == room.learner.id, rows.Completion.kind == "course") == 1
    assert count(practice, Audit.subject == public, Audit.action == "hand in") == 1


def test_hand_ins_that_meet_the_worker_and_late_packets_end_an_attempt_once(
    practice: House, cast: Cast, clock: Clock
) -> None:
    room = open_room(practice, cast)
    public = room.begin()
    room.save(public, {1: "b"})
    clock.forward(minutes=12)
    deeds: list[Callable[[], Any]] = [
        lambda: room.hand_in(public),
        room.sweep,
        lambda: room.save(public, {3: "nghị định"}, seq=2, base=1),
    ]
    turns = iter(range(MANY))

    def whoever_comes() -> None:
        deeds[next(turns) % 3]()

    at_once(whoever_comes)
    row = room.row(public)
    assert (row.state, row.ended) == ("graded", row.closes)
    assert count(practice, rows.Grade.attempt_id == row.id) == len(room.right(public))
    assert count(practice, rows.Answer.attempt_id == row.id) == 2
    assert handing_in.close_overdue(practice, NOBODY) == 0


def test_fifty_saves_of_one_packet_are_one_answer(practice: House, cast: Cast) -> None:
    room = open_room(practice, cast)
    public = room.begin()
    said = at_once(lambda: room.save(public, {1: "b", 3: "x"}))
    assert {reply.version for reply in said} == {2}
    assert count(practice, rows.Answer.attempt_id == room.row(public).id) == 2
