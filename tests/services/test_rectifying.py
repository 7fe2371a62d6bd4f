"""What those who run an examination may do to one attempt, and that each deed has its reason and its line in the record."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from elearning.domain.errors import Mistaken, NotFound, Refused
from elearning.exchange.sealed_answers import Lane, SealedAnswers, private_key, seal
from elearning.services import answer_files, rectifying, starting
from elearning.services.outline import join
from elearning.services.work import NOBODY, House
from elearning.store.models import learning as rows
from elearning.store.models.person import Audit
from tests.conftest import SEALED_FOR
from tests.services.cast import Cast
from tests.services.clock import MORNING, Clock
from tests.services.examining import Room, open_room
from tests.services.texts import COURSE, publish, small_course

MINUTE = timedelta(minutes=1)


@pytest.fixture
def room(practice: House, cast: Cast) -> Room:
    return open_room(practice, cast)


def count(room: Room, kind: type) -> int:
    with room.house.reading(NOBODY) as work:
        return work.session.scalar(select(func.count()).select_from(kind)) or 0


def record(room: Room, public: str) -> list[tuple[str, str]]:
    with room.house.reading(NOBODY) as work:
        lines = work.session.scalars(select(Audit).where(Audit.subject == public).order_by(Audit.id))
        return [(line.action, line.reason) for line in lines]


def late_attempt(room: Room, clock: Clock) -> str:
    """An attempt that the server closed, and whose right answers came five minutes later."""
    public = room.begin()
    room.save(public, {1: "a"})
    clock.forward(minutes=12)
    assert room.sweep() == 1
    clock.forward(minutes=3)
    assert room.save(public, room.right(public), seq=2, base=1).late is not None
    return public


def accept(room: Room, public: str, versions: set[int], reason: str = "Mất mạng") -> int:
    with room.house.writing(room.trainer.actor) as work:
        return rectifying.accept_late(work, public, versions, reason)


def reopen(room: Room, public: str, minutes: int = 5, reason: str = "Mất điện") -> None:
    with room.house.writing(room.trainer.actor) as work:
        rectifying.reopen(work, public, minutes, reason)


def test_late_answers_count_once_they_are_accepted_and_a_pass_follows(room: Room, clock: Clock) -> None:
    public = late_attempt(room, clock)
    assert room.row(public).passed is False
    late = room.page(public).late
    assert len(late) == len(room.right(public))
    accept(room, public, {row.version for row in late})
    row = room.row(public)
    assert (row.state, row.passed, row.share_milli) == ("graded", True, 1000)
    assert row.ended == MORNING + 10 * MINUTE
    assert room.page(public).late == ()
    with room.house.reading(NOBODY) as work:
        kinds = set(
            work.session.scalars(select(rows.Completion.kind).where(rows.Completion.person_id == room.learner.id))
        )
    assert "quiz" in kinds
    assert record(room, public)[-1][0] == "accept late answers"
    assert record(room, public)[-1][1].endswith("Mất mạng")


def test_only_the_chosen_late_answers_count_and_only_their_slots_are_graded_anew(room: Room, clock: Clock) -> None:
    public = late_attempt(room, clock)
    before = count(room, rows.Grade)
    first = room.page(public).late[0]
    assert accept(room, public, {first.version}) == 1
    assert count(room, rows.Grade) == before + 1
    assert len(room.page(public).late) == len(room.right(public)) - 1


def test_late_answers_of_an_attempt_that_was_given_up_bring_it_a_result(house: House, cast: Cast, clock: Clock) -> None:
    publish(house, small_course(overdue="abandon"))
    room = open_room(house, cast)
    public = late_attempt(room, clock)
    assert room.row(public).state == "abandoned"
    accept(room, public, {row.version for row in room.page(public).late})
    assert (room.row(public).state, room.row(public).passed) == ("graded", True)


def test_an_attempt_that_runs_or_has_nothing_late_takes_no_acceptance(room: Room, clock: Clock) -> None:
    public = room.begin()
    with pytest.raises(Mistaken):
        accept(room, public, {1})
    public = late_attempt(room, clock)
    with pytest.raises(Mistaken, match="reason"):
        accept(room, public, {2}, "  ")
    assert room.row(public).passed is False


def test_an_attempt_is_opened_again_with_its_answers_and_graded_anew(room: Room, clock: Clock) -> None:
    public = room.begin()
    room.save(public, {1: "a"})
    room.hand_in(public)
    graded = count(room, rows.Grade)
    clock.forward(hours=1)
    reopen(room, public, 5)
    row = room.row(public)
    assert (row.state, row.ended, row.passed, row.share_num) == ("in_progress", None, None, None)
    assert row.closes == MORNING + 65 * MINUTE
    assert room.begin() == public
    room.save(public, room.right(public), seq=2, base=1)
    room.hand_in(public)
    assert (room.row(public).state, room.row(public).passed) == ("graded", True)
    assert count(room, rows.Grade) == 2 * graded
    assert [action for action, _ in record(room, public)] == ["hand in", "reopen attempt", "hand in"]
    with room.house.reading(room.learner.actor) as work:
        told = [row.message.plain() for row in starting.start(work).notices]
    assert told[0] == "Your attempt in “Luyện tập” is open again. Go on with it before its time is up."


def test_a_reopened_attempt_keeps_the_time_that_was_set_and_takes_more(room: Room, clock: Clock) -> None:
    public = room.begin()
    room.hand_in(public)
    clock.forward(hours=1)
    reopen(room, public, 5)
    room.arrange("dates", "all", closes=MORNING + 61 * MINUTE)
    assert room.row(public).closes == MORNING + 65 * MINUTE
    with room.house.writing(room.trainer.actor) as work:
        rectifying.more_time(work, public, 10, "Mất điện")
    assert room.row(public).closes == MORNING + 75 * MINUTE
    clock.forward(minutes=17)
    assert room.sweep() == 1
    assert room.row(public).ended == MORNING + 75 * MINUTE


def test_what_passed_or_runs_or_stands_beside_a_running_one_is_not_opened_again(room: Room) -> None:
    public = room.begin()
    with pytest.raises(Refused, match="still open"):
        reopen(room, public)
    room.hand_in(public)
    second = room.begin()
    with pytest.raises(Refused, match="Another attempt"):
        reopen(room, public)
    room.save(second, room.right(second))
    room.hand_in(second)
    with pytest.raises(Refused, match="has passed"):
        reopen(room, second)


@pytest.mark.parametrize(("minutes", "reason"), [(0, "x"), (-1, "x"), (1441, "x"), (5, " ")])
def test_opening_again_needs_minutes_and_a_reason(room: Room, minutes: int, reason: str) -> None:
    public = room.begin()
    room.hand_in(public)
    with pytest.raises(Mistaken):
        reopen(room, public, minutes, reason)
    assert room.row(public).state == "graded"


def test_nobody_does_anything_to_an_attempt_of_their_own(practice: House, cast: Cast) -> None:
    room = open_room(practice, cast)
    own = Room(practice, room.trainer, room.trainer, room.admin)
    with practice.writing(own.learner.actor) as work:
        join(work, COURSE)
    public = own.begin()
    own.hand_in(public)
    for deed in (lambda: reopen(own, public), lambda: accept(own, public, {1}), lambda: own.page(public)):
        with pytest.raises(NotFound):
            deed()


def test_more_time_is_for_an_attempt_that_runs_within_a_limit(room: Room) -> None:
    public = room.begin()
    room.hand_in(public)
    with pytest.raises(Refused), room.house.writing(room.trainer.actor) as work:
        rectifying.more_time(work, public, 5, "Mất điện")
    for error, minutes in ((Mistaken, 0), (Mistaken, 1441)):
        second = room.begin()
        with pytest.raises(error), room.house.writing(room.trainer.actor) as work:
            rectifying.more_time(work, second, minutes, "Mất điện")


def sealed(public: str, *lanes: Lane) -> bytes:
    return seal(SealedAnswers(public, lanes), SEALED_FOR, "http://localhost")


def load(room: Room, data: bytes) -> tuple[str, int]:
    with room.house.writing(room.trainer.actor) as work:
        return answer_files.load(work, data)


def test_a_sealed_file_brings_late_answers_once_and_they_count_when_accepted(room: Room, clock: Clock) -> None:
    public = room.begin()
    room.save(public, {1: "a"}, seq=1)
    clock.forward(hours=2)
    assert room.sweep() == 1
    right = {str(slot): value for slot, value in room.right(public).items()}
    first = {slot: right[slot] for slot in ("1", "2")}
    rest = {slot: right[slot] for slot in ("3", "4", "5")}
    data = sealed(public, Lane("first-tab", 2, 1, first), Lane("first-tab", 3, 1, rest, chosen=("1",)))
    assert load(room, data) == (public, 5)
    assert load(room, data) == (public, 0)
    assert room.row(public).passed is False
    late = room.page(public).late
    assert len(late) == 5
    accept(room, public, {row.version for row in late}, "Máy không lên mạng lại")
    assert (room.row(public).passed, room.row(public).share_milli) == (True, 1000)
    assert [action for action, _ in record(room, public)] == [
        "hand in",
        "load answer file",
        "load answer file",
        "accept late answers",
    ]


def test_a_file_that_is_changed_or_of_another_attempt_or_makes_no_sense_is_refused(room: Room, cast: Cast) -> None:
    public = room.begin()
    good = sealed(public, Lane("first-tab", 1, 0, {"1": "b"}))
    bad = [
        b"", b"{}", good[:-9] + b"AAAAAAA\"}", seal(SealedAnswers(public, ()), private_key("another"), "http://localhost"),
        sealed("x" * 22, Lane("first-tab", 1, 0, {"1": "b"})), sealed(public, Lane("first-tab", 1, 0, {"9": "b"})),
        sealed(public, Lane("first-tab", 0, 0, {"1": "b"})), sealed(public, Lane("first-tab", 1, 0, {"1": "zz"})),
    ]  # fmt: skip
    for data in bad:
        with pytest.raises((Mistaken, Refused)):
            load(room, data)
    with pytest.raises(NotFound), room.house.writing(room.learner.actor) as work:
        answer_files.load(work, good)
    assert count(room, rows.Answer) == 0


def test_an_attempt_that_a_clock_stepped_forward_has_ended_is_opened_again_with_all_that_was_saved(
    room: Room, clock: Clock
) -> None:
    public = room.begin()
    room.save(public, {1: "a"})
    clock.forward(hours=2)
    assert room.sweep() == 1
    clock.forward(hours=-2)
    reopen(room, public, 9, "Đồng hồ máy chủ bị lệch")
    assert room.row(public).state == "in_progress"
    room.save(public, room.right(public), seq=2, base=1)
    room.hand_in(public)
    assert (room.row(public).share_milli, room.row(public).passed) == (1000, True)
    with room.house.reading(NOBODY) as work:
        kept = work.session.scalars(select(rows.Answer).order_by(rows.Answer.version)).first()
    assert kept is not None
    assert (kept.slot, kept.value) == (1, "a")
