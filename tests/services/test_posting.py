"""Notices by mail: each person once, nothing lost when the worker is killed between two steps."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from elearning.delivery.mail import Letter, Post, Unreachable
from elearning.domain.message import Message
from elearning.services import noticing, posting
from elearning.services.work import NOBODY, House
from elearning.store.models.notice import Notice
from tests.services.cast import Cast, Someone
from tests.services.clock import Clock


class Killed(BaseException):
    """The worker is gone in this very moment."""


class Room(socketserver.ThreadingTCPServer):
    """A small real SMTP server that keeps what it is given."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.letters: list[str] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class Desk(socketserver.StreamRequestHandler):
    """One conversation of that server."""

    server: Room

    def handle(self) -> None:
        self.say(b"220 ready")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.say(b"354 go on")
                self.server.letters.append(self.letter())
                self.say(b"250 taken")
            elif word == b"QUIT":
                self.say(b"221 bye")
                return
            elif b"khong-co" in line:
                self.say(b"550 nobody of that name")
            else:
                self.say(b"250 fine")

    def letter(self) -> str:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.decode())
        return "".join(lines)

    def say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


@pytest.fixture
def room() -> Iterator[Room]:
    server = Room()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def told(practice: House, cast: Cast) -> list[Someone]:
    """Five people, one of them without an e-mail address, who were told of the same occasion."""
    people = [cast.person(name=f"Lê Văn {letter}") for letter in "ABCD"] + [cast.person(identifier="CB-7")]
    with practice.writing(NOBODY) as work:
        noticing.tell(work, [someone.id for someone in people], "enrolled", "once", {"course": "luyen-tap"})
    return people


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


def test_a_server_that_cannot_be_reached_loses_nothing(practice: House, told: list[Someone], room: Room) -> None:
    class Nobody:
        def send(self, letter: Letter) -> None:
            raise Unreachable("no route")

    posting.post(practice, Nobody(), say)
    assert states(practice) == {"waiting": 5}
    with Post(room.url, "phat-ngon@ankhue.example") as post:
        posting.post(practice, post, say)
    assert (len(room.letters), states(practice)) == (4, {"sent": 4, "none": 1})


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
    keys = [line for letter in room.letters for line in letter.splitlines() if line.startswith("Message-ID")]
    assert (kills, len(keys), len(set(keys)), states(practice)) == (3, 4, 4, {"sent": 4, "none": 1})


def test_a_claim_that_was_never_reported_runs_out(
    practice: House, told: list[Someone], room: Room, clock: Clock
) -> None:
    class Dead:
        def send(self, letter: Letter) -> None:
            raise Killed

    with pytest.raises(Killed):
        posting.post(practice, Dead(), say)
    with Post(room.url, "phat-ngon@ankhue.example") as post:
        posting.post(practice, post, say)
        assert room.letters == []
        clock.now += timedelta(minutes=11)
        posting.post(practice, post, say)
    assert len(room.letters) == 4
