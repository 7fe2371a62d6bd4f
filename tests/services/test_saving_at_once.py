"""Saving while others save: what is worked out before the lock is taken holds only while the attempt is as it was seen."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from elearning.domain.errors import Closed
from elearning.services import handing_in, saving
from elearning.services.saving import Saving
from elearning.services.work import NOBODY, House, Work
from elearning.store.models.learning import Answer
from elearning.store.queries import attempts
from tests.services.cast import Cast
from tests.services.examining import Room, open_room

HERE, THERE = "this-tab", "that-tab"


@pytest.fixture
def room(practice: House, cast: Cast) -> Room:
    return open_room(practice, cast)


def kept(room: Room) -> list[tuple[int, int, object]]:
    with room.house.reading(NOBODY) as work:
        return [
            (row.version, row.slot, row.value) for row in work.session.scalars(select(Answer).order_by(Answer.version))
        ]


def keep(room: Room, public: str, wanted: Saving) -> saving.SavedReply:
    return saving.keep(room.house, room.learner.actor, public, wanted, room.house.clock())


@contextmanager
def writing_meanwhile(
    room: Room, public: str, wanted: Saving
) -> Iterator[tuple[Work, Callable[[], saving.SavedReply]]]:
    """Work of the same person, which has the attempt already, during which a save of theirs has been worked out and waits; and what
    came of that save.
    """
    began = threading.Event()
    planned = saving._planned

    def told(*args: object, **named: object) -> object:
        plan = planned(*args, **named)  # type: ignore[arg-type]
        began.set()
        return plan

    with ThreadPoolExecutor(1) as pool:
        with room.house.writing(room.learner.actor) as work:
            assert attempts.locked_sitting(work.session, room.learner.id, public)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(saving, "_planned", told)
                waits = pool.submit(keep, room, public, wanted)
                assert began.wait(10)
            time.sleep(0.05)
            yield work, lambda: waits.result(10)
        waits.exception(10)


def test_a_page_that_is_turned_with_what_is_stored_already_writes_nothing(
    room: Room, statements: Callable[..., object]
) -> None:
    public = room.begin()
    first = keep(room, public, Saving(HERE, 1, 0, {1: "b"}))
    with statements() as seen:  # type: ignore[attr-defined]
        again = keep(room, public, Saving(HERE, 2, 1, {1: "b", 2: []}))
    assert (again.version, seen.writes, seen.commits) == (first.version, [], 0)


def test_an_answer_that_came_meanwhile_is_seen_and_the_numbers_go_on(room: Room) -> None:
    public = room.begin()
    with writing_meanwhile(room, public, Saving(HERE, 1, 0, {1: "b"})) as (work, came):
        saving.save(work, public, Saving(THERE, 1, 0, {1: "c"}))
    reply = came()
    assert kept(room) == [(1, 1, "c"), (2, 1, "b")]
    assert (reply.version, reply.newer[1].value) == (2, "c")


def test_an_answer_to_an_attempt_that_was_handed_in_meanwhile_is_refused_and_not_kept(room: Room) -> None:
    public = room.begin()
    with writing_meanwhile(room, public, Saving(HERE, 1, 0, {1: "b"})) as (work, came):
        handing_in.submit(work, public)
    with pytest.raises(Closed):
        came()
    assert kept(room) == []


def test_the_same_save_twice_at_once_is_kept_once(room: Room) -> None:
    public = room.begin()
    wanted = Saving(HERE, 1, 0, {1: "b", 3: "nghị định"})
    with writing_meanwhile(room, public, wanted) as (work, came):
        first = saving.save(work, public, wanted)
    assert came().version == first.version == 2
    assert [version for version, _, _ in kept(room)] == [1, 2]


def test_many_tabs_at_once_are_all_kept_and_numbered_without_a_gap(room: Room) -> None:
    public = room.begin()

    def sit(tab: int) -> None:
        for seq in range(1, 9):
            keep(room, public, Saving(f"the-tab-{tab}", seq, 0, {3: f"{tab} {seq}"}, chosen=frozenset({3})))

    with ThreadPoolExecutor(6) as pool:
        for one in [pool.submit(sit, tab) for tab in range(6)]:
            one.result()
    assert [version for version, _, _ in kept(room)] == list(range(1, 49))
    assert {value for _, _, value in kept(room)} == {f"{tab} {seq}" for tab in range(6) for seq in range(1, 9)}
