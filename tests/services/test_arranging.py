"""Dates, password, more time and attempts as rows: whom they bear on, and what they do to attempts that run."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from elearning.domain.errors import Closed, Mistaken, NotFound, Refused
from elearning.services import arranging, attempting, exams, roster
from elearning.services.arranging import Wanted
from elearning.services.work import NOBODY, House
from elearning.store.models.person import Audit, Person
from elearning.store.models.unit import Unit
from tests.services.cast import Cast
from tests.services.clock import MORNING, Clock
from tests.services.examining import Room, open_room
from tests.services.texts import COURSE, QUIZ, publish, small_course

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def room(practice: House, cast: Cast) -> Room:
    return open_room(practice, cast)


def rules_page(room: Room) -> attempting.QuizPage:
    with room.house.reading(room.learner.actor) as work:
        return attempting.quiz_page(work, COURSE, QUIZ)


def test_a_quiz_opens_and_closes_for_everybody_by_rows(room: Room, clock: Clock) -> None:
    room.arrange("dates", "all", opens=MORNING + HOUR, closes=MORNING + 2 * HOUR)
    with pytest.raises(Closed, match="opens at"):
        room.begin()
    assert (rules_page(room).opens, rules_page(room).may_start) == (MORNING + HOUR, False)
    clock.forward(hours=1)
    public = room.begin()
    assert room.row(public).closes == MORNING + HOUR + 10 * MINUTE
    clock.forward(hours=1)
    room.sweep()
    with pytest.raises(Closed, match="closed at"):
        room.begin()


def test_an_attempt_ends_when_the_quiz_closes(room: Room, clock: Clock) -> None:
    room.arrange("dates", "all", closes=MORNING + 4 * MINUTE)
    public = room.begin()
    assert room.row(public).closes == MORNING + 4 * MINUTE
    clock.forward(minutes=6)
    assert room.sweep() == 1
    assert (room.row(public).state, room.row(public).ended) == ("graded", MORNING + 4 * MINUTE)


def test_the_row_of_the_nearest_unit_speaks_for_those_below_it(practice: House, cast: Cast) -> None:
    cast.unit("Tỉnh Trên")
    cast.unit("Xã Nhà", "Tỉnh Trên")
    cast.unit("Xã Bên", "Tỉnh Trên")
    home, away = open_room(practice, cast, "Xã Nhà"), open_room(practice, cast, "Xã Bên")

    def public(name: str) -> str:
        with practice.reading(NOBODY) as work:
            return work.session.scalars(select(Unit.public).where(Unit.name == name)).one()

    home.arrange("password", "all", password="Chung")
    home.arrange("password", "unit", who=public("Tỉnh Trên"), password="Tỉnh")
    home.arrange("password", "unit", who=public("Xã Nhà"), password="Xã Nhà 1")
    with pytest.raises(Mistaken):
        home.begin("Tỉnh")
    assert home.begin(" xa NHA 1 ")
    assert away.begin("tinh")


def test_a_password_is_asked_for_once_and_an_attempt_that_runs_needs_none(room: Room) -> None:
    room.arrange("password", "all", password="Sông Hồng")
    assert rules_page(room).password
    for wrong in ("", "Sông", "Sông Hồng x"):
        with pytest.raises(Mistaken, match="not the password"):
            room.begin(wrong)
    public = room.begin("sông hồng")
    assert room.begin() == public


def test_more_time_reaches_an_attempt_that_runs_at_once_and_leaves_it_when_it_is_ended(room: Room) -> None:
    public = room.begin()
    room.arrange("extra time", number=5)
    room.arrange("extra time", number=7)
    assert room.row(public).closes == MORNING + 22 * MINUTE
    assert rules_page(room).more_minutes == 12
    with room.house.reading(room.trainer.actor) as work:
        newest = exams.exam_page(work, COURSE, QUIZ, "", "", 1).arranged[0]
    with room.house.writing(room.trainer.actor) as work:
        arranging.end(work, COURSE, QUIZ, str(newest.id))
    assert room.row(public).closes == MORNING + 15 * MINUTE
    with pytest.raises(NotFound), room.house.writing(room.trainer.actor) as work:
        arranging.end(work, COURSE, QUIZ, str(newest.id))


def test_no_deed_ends_an_attempt_before_the_moment_of_the_deed(room: Room, clock: Clock) -> None:
    public = room.begin()
    clock.forward(minutes=5)
    room.arrange("dates", "all", closes=MORNING - HOUR)
    assert room.row(public).closes == MORNING + 5 * MINUTE


def test_an_extra_attempt_can_be_begun_and_the_page_before_handing_in_counts_it(
    house: House, cast: Cast, publish_texts: Callable[..., object]
) -> None:
    publish_texts(small_course(attempts="1"))
    room = open_room(house, cast)
    room.hand_in(room.begin())
    with pytest.raises(Closed, match="used all 1"):
        room.begin()
    room.arrange("extra attempts", number=1)
    assert (rules_page(room).attempts_allowed, rules_page(room).may_start) == (2, True)
    assert room.row(room.begin()).number == 2


def right(room: Room, percent: int, reason: str = "Khiếm thị") -> None:
    with room.house.writing(room.admin.actor) as work:
        public = work.session.scalars(select(Person.public).where(Person.id == room.learner.id)).one()
        arranging.give_right(work, roster.person_for(work, public), percent, reason)


def test_a_right_to_more_time_holds_everywhere_at_once_and_is_known_to_nobody_who_need_not(room: Room) -> None:
    public = room.begin()
    right(room, 25)
    assert room.row(public).closes == MORNING + 13 * MINUTE
    right(room, 50, "Mới")
    assert room.row(public).closes == MORNING + 15 * MINUTE
    with room.house.reading(room.trainer.actor) as work:
        page = exams.exam_page(work, COURSE, QUIZ, "", "", 1)
    assert (page.arranged, page.history) == ((), ())
    with room.house.reading(NOBODY) as work:
        assert not [row for row in work.session.scalars(select(Audit)) if "Khiếm" in row.reason or "Mới" in row.reason]
    right(room, 0, "")
    assert room.row(public).closes == MORNING + 10 * MINUTE


@pytest.mark.parametrize(("percent", "reason"), [(-1, "x"), (201, "x"), (25, " ")])
def test_a_right_needs_a_share_that_makes_sense_and_a_reason(room: Room, percent: int, reason: str) -> None:
    with pytest.raises(Mistaken):
        right(room, percent, reason)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("extra time", "all", number=5, reason="x"),
        Wanted("time share", "person", "x", number=5, reason="x"),
        Wanted("dates", "unit", "không có"),
        Wanted("dates", "person", "không có", reason="x"),
        Wanted("dates", opens=MORNING, closes=MORNING),
        Wanted("password", password="x" * 81),
        Wanted("extra time", "person", "x", number=0, reason="x"),
        Wanted("extra attempts", "person", "x", number=101, reason="x"),
        Wanted("nothing", reason="x"),  # type: ignore[arg-type]
    ],
)
def test_what_makes_no_sense_is_told_and_nothing_is_written(room: Room, wanted: Wanted) -> None:
    with pytest.raises(Mistaken), room.house.writing(room.trainer.actor) as work:
        arranging.arrange(work, COURSE, QUIZ, wanted)
    with room.house.reading(room.trainer.actor) as work:
        assert exams.exam_page(work, COURSE, QUIZ, "", "", 1).arranged == ()


def test_a_person_needs_a_reason_and_nobody_arranges_for_themselves(room: Room) -> None:
    with pytest.raises(Mistaken, match="reason"):
        room.arrange("extra time", number=5, reason="")
    with pytest.raises(Refused):
        room.arrange("extra time", number=5, who=room.trainer.identifier)


def test_learners_and_coordinators_arrange_nothing(room: Room, cast: Cast) -> None:
    for actor in (room.learner.actor, cast.person("coordinator", unit="Xã Nhà").actor):
        with pytest.raises(NotFound), room.house.writing(actor) as work:
            arranging.arrange(work, COURSE, QUIZ, Wanted("dates", closes=MORNING))


def test_a_quiz_that_was_published_anew_leaves_the_running_attempt_its_own_minutes(room: Room) -> None:
    public = room.begin()
    publish(room.house, small_course(minutes=3))
    room.arrange("extra time", number=5)
    assert room.row(public).closes == MORNING + 15 * MINUTE
