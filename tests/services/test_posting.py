"""Notices by mail: each person once, nothing lost when the worker is killed between two steps."""

import email
import re
import threading
from collections.abc import Iterator
from typing import Self

import pytest
from sqlalchemy import Connection, event, select

from bench.post_room import Room, open_room
from elearning.delivery.mail import Letter, Post, Unreachable
from elearning.domain.message import Message
from elearning.services import accounts, noticing, posting
from elearning.services.failing import AWAY, Unavailable
from elearning.services.work import NOBODY, House
from elearning.store.models.notice import Notice
from elearning.store.queries import notices
from tests.services.cast import Cast, Someone
from tests.services.clock import Clock


class Killed(BaseException):
    """The worker is gone in this very moment."""


@pytest.fixture
def room() -> Iterator[Room]:
    with open_room() as room:
        yield room


@pytest.fixture
def told(practice: House, cast: Cast) -> list[Someone]:
    """Five people, one of them without an e-mail address, who were told of the same occasion."""
    people = [cast.person(name=f"Lê Văn {letter}") for letter in "ABCD"] + [cast.person(identifier="CB-7")]
    with practice.writing(NOBODY) as work:
        noticing.tell(work, [someone.id for someone in people], "enrolled", "once", {"course": "luyen-tap"})
    return people


@pytest.fixture
def one_told(practice: House, cast: Cast) -> Someone:
    """One person who was told of something."""
    someone = cast.person()
    with practice.writing(NOBODY) as work:
        noticing.tell(work, [someone.id], "enrolled", "once", {"course": "luyen-tap"})
    return someone


def say(said: Message, language: str) -> str:
    return said.plain()


def states(house: House) -> dict[str, int]:
    with house.reading(NOBODY) as work:
        rows = list(work.session.scalars(select(Notice.mail)))
    return {state: rows.count(state) for state in set(rows)}


def test_a_notice_goes_to_everybody_who_has_an_address(practice: House, told: list[Someone], room: Room) -> None:
    with Post(room.url, "phat-ngon@ankhue.example") as post:
        posted = posting.post(practice, post, say)
        again = posting.post(practice, post, say)
    assert (posted.sent, again.sent, states(practice)) == (4, 0, {"sent": 4, "none": 1})
    assert sorted(someone.identifier in letter for letter in room.letters for someone in told).count(True) == 4


def test_nobody_is_told_twice_of_the_same_occasion(practice: House, told: list[Someone]) -> None:
    with practice.writing(NOBODY) as work:
        noticing.tell(work, [told[0].id], "enrolled", "once", {"course": "luyen-tap"})
    assert sum(states(practice).values()) == len(told)


def test_an_address_that_does_not_exist_is_not_tried_for_ever(practice: House, cast: Cast, room: Room) -> None:
    stranger = cast.person(identifier="khong-co@ankhue.example")
    with practice.writing(NOBODY) as work:
        noticing.tell(work, [stranger.id], "enrolled", "once", {"course": "luyen-tap"})
    with Post(room.url, "phat-ngon@ankhue.example") as post:
        assert posting.post(practice, post, say).failed == 1
    assert states(practice) == {"failed": 1}


class Nobody:
    """A mail server that cannot be reached."""

    def send(self, letter: Letter) -> None:
        raise Unreachable("no route")


def test_a_code_is_made_when_its_letter_goes_out_and_lets_its_person_in(
    practice: House, cast: Cast, room: Room
) -> None:
    someone = cast.person(password="Sáng nay trời mưa to")
    closed = cast.person(identifier="da-nghi@ankhue.example", disabled=practice.clock())
    with practice.writing(NOBODY) as work:
        noticing.ask_for_codes(work, [someone.id, closed.id])
    with Post(room.url, "phat-ngon@ankhue.example") as post:
        posting.post(practice, post, say)
    assert (len(room.letters), states(practice)) == (1, {"sent": 1, "none": 1})
    text = email.message_from_string(room.letters[0]).get_payload(decode=True)
    assert isinstance(text, bytes)
    code = re.search(r"/welcome/([0-9A-Z]{26})", text.decode())
    assert code is not None
    assert accounts.use_code(practice, code[1], "Chiều nay trời nắng to", "127.0.0.1") == someone.identifier


def test_a_server_that_asks_to_be_tried_later_is_tried_later(practice: House, cast: Cast, room: Room) -> None:
    later = cast.person(identifier="de-sau@ankhue.example")
    with practice.writing(NOBODY) as work:
        noticing.tell(work, [later.id], "enrolled", "once", {"course": "luyen-tap"})
    with Post(room.url, "phat-ngon@ankhue.example") as post:
        assert posting.post(practice, post, say).failed == 0
    assert states(practice) == {"waiting": 1}


def test_a_server_that_cannot_be_reached_loses_nothing(practice: House, told: list[Someone], room: Room) -> None:
    posting.post(practice, Nobody(), say)
    assert states(practice) == {"waiting": 5}
    with Post(room.url, "phat-ngon@ankhue.example") as post:
        posting.post(practice, post, say)
    assert (len(room.letters), states(practice)) == (3, {"sent": 3, "none": 1, "waiting": 1})


def test_a_letter_that_was_not_taken_rests_for_a_minute_and_is_tried_for_a_week(
    practice: House, told: list[Someone], room: Room, clock: Clock
) -> None:
    for _ in range(200):
        posting.post(practice, Nobody(), say)
        clock.forward(seconds=59)
    with Post(room.url, "phat-ngon@ankhue.example") as post:
        clock.forward(minutes=1)
        assert posting.post(practice, post, say).sent == 4


def test_news_older_than_a_week_is_left_to_the_start_page(
    practice: House, told: list[Someone], room: Room, clock: Clock
) -> None:
    clock.forward(days=7)
    with Post(room.url, "phat-ngon@ankhue.example") as post:
        assert posting.post(practice, post, say).sent == 0
    assert states(practice) == {"none": 5}


class Dying:
    """A worker's hand that fails when it reaches for its second letter."""

    def __init__(self, post: Post) -> None:
        self.post, self.letters = post, 0

    def send(self, letter: Letter) -> None:
        self.letters += 1
        if self.letters == 2:
            raise Killed
        self.post.send(letter)


def test_kills_before_the_letter_is_handed_over_lose_nothing_and_repeat_nothing(
    practice: House, told: list[Someone], room: Room, clock: Clock
) -> None:
    kills = 0
    while states(practice).get("sent", 0) < 4:
        with Post(room.url, "phat-ngon@ankhue.example") as post:
            try:
                posting.post(practice, Dying(post), say)
            except Killed:
                kills += 1
        clock.forward(minutes=11)
    names = room.headers("Message-ID")
    assert (kills, len(names), len(set(names)), states(practice)) == (3, 4, 4, {"sent": 4, "none": 1})


def test_a_letter_whose_end_nobody_wrote_down_waits_for_ten_minutes_and_holds_up_no_other(
    practice: House, told: list[Someone], room: Room, clock: Clock
) -> None:
    with Post(room.url, "phat-ngon@ankhue.example") as post:
        with pytest.raises(Killed):
            posting.post(practice, Dying(post), say)
        assert posting.post(practice, post, say).sent == 2
        clock.forward(minutes=9, seconds=59)
        assert posting.post(practice, post, say).sent == 0
        clock.forward(seconds=1)
        assert posting.post(practice, post, say).sent == 1
    assert len(set(room.headers("To"))) == len(room.letters) == 4


def test_whoever_is_told_to_leave_finishes_the_letter_in_hand_and_takes_no_other(
    practice: House, told: list[Someone], room: Room
) -> None:
    with Post(room.url, "phat-ngon@ankhue.example") as post:
        posting.post(practice, post, say, lambda: len(room.letters) == 2)
    assert (len(room.letters), states(practice)) == (2, {"sent": 2, "waiting": 3})


def test_two_who_post_at_the_same_time_send_no_letter_twice(practice: House, cast: Cast, room: Room) -> None:
    people = [cast.person().id for _ in range(40)]
    with practice.writing(NOBODY) as work:
        noticing.tell(work, people, "enrolled", "once", {"course": "luyen-tap"})
    gate = threading.Barrier(3, timeout=20)
    done: list[posting.Posted] = []

    def deliver() -> None:
        with Post(room.url, "phat-ngon@ankhue.example") as post:
            gate.wait()
            done.append(posting.post(practice, post, say))

    threads = [threading.Thread(target=deliver) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(posted.sent for posted in done) == 40
    assert len(set(room.headers("Message-ID"))) == len(room.letters) == 40
    assert states(practice) == {"sent": 40}


class Frozen:
    """A hand that stands still over its letter for so long that another takes it."""

    def __init__(self, house: House, clock: Clock) -> None:
        self.house, self.clock = house, clock

    def send(self, letter: Letter) -> None:
        self.clock.forward(minutes=10)
        with self.house.writing(NOBODY) as work:
            assert notices.claim(work.session, work.now, posting.LOST_AFTER, posting.AGAIN_AFTER)
        raise Unreachable("the line is long gone")


def test_whoever_lost_a_letter_to_another_no_longer_says_what_became_of_it(
    practice: House, one_told: Someone, clock: Clock
) -> None:
    posting.post(practice, Frozen(practice, clock), say)
    assert states(practice) == {"sending": 1}


class Away:
    """A mail server that takes a letter in the very moment in which the database goes away, for some tries."""

    def __init__(self, house: House, post: Post, tries: int) -> None:
        self.house, self.post, self.tries = house, post, tries

    def __enter__(self) -> Self:
        return self

    def send(self, letter: Letter) -> None:
        self.post.send(letter)
        event.listen(self.house.store.engine, "begin", self.refuse)

    def refuse(self, connection: Connection) -> None:
        if self.tries:
            self.tries -= 1
            raise Unavailable(AWAY)

    def __exit__(self, *_: object) -> None:
        event.remove(self.house.store.engine, "begin", self.refuse)


def test_what_became_of_a_letter_is_written_down_when_the_database_is_back(
    practice: House, one_told: Someone, room: Room
) -> None:
    with Post(room.url, "phat-ngon@ankhue.example") as post, Away(practice, post, 3) as away:
        posting.post(practice, away, say, patience=(0, 0, 0))
    assert (len(room.letters), states(practice)) == (1, {"sent": 1})


def test_a_database_that_stays_away_is_not_waited_for_for_ever(practice: House, one_told: Someone, room: Room) -> None:
    with (
        Post(room.url, "phat-ngon@ankhue.example") as post,
        Away(practice, post, 4) as away,
        pytest.raises(Unavailable),
    ):
        posting.post(practice, away, say, patience=(0, 0, 0))
    assert (len(room.letters), states(practice)) == (1, {"sending": 1})
