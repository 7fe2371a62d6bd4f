"""The worker is killed again and again while letters wait: each must go out, and go out once."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import func, insert, select

from bench.killing import PLATFORM, Place, living, wait_until
from bench.people import NAMES
from bench.post_room import Room, open_room
from elearning.domain.names import fold, sort_key
from elearning.services import noticing, upkeep
from elearning.services.work import NOBODY, House, Work
from elearning.store.models.notice import Notice
from elearning.store.models.person import Person, SignInName

PATIENCE = 60.0
START = 3.0
START_KILLS = 5
_STATES = select(Notice.mail, func.count().label("number")).group_by(Notice.mail)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the mail server and the database know after the kills.

    `finished` counts the kills after which the courier still handed over the letter in its hand, `longest` is how many
    seconds it took at most to be gone.
    """

    letters: int
    kills: int
    came: int
    addresses: int
    names: int
    states: dict[str, int]
    finished: int
    longest: float

    def faults(self) -> list[str]:
        """What is wrong: a letter lost, a letter sent twice, a notice whose state is not true."""
        n = self.letters
        wrong = {
            f"{self.came} letters came in": self.came != n,
            f"{self.addresses} addresses got a letter": self.addresses != n,
            f"{self.names} letters have a name of their own": self.names != n,
            f"the notices are {self.states}": self.states != {"sent": n},
        }
        return [f"{said}, not {n}" for said, is_wrong in wrong.items() if is_wrong]


def post_under_kills(place: Place, letters: int, kills: int, seed: int) -> Delivered:
    """Let letters wait, start the worker, kill it at a moment drawn from the seed, start it again, until all are sent.

    One kill in five comes while the worker starts, the others after a number of letters, within their handing over.
    At the end two workers run at once.
    """
    rng = Random(seed)
    with open_room() as room:
        with place.house() as house:
            upkeep.bring_up_to_date(house)
            _wait_for_mail(house, letters)
        environment = place.environment(PHATNGON_SMTP_URL=room.url, PHATNGON_MAIL_FROM="phat-ngon@ankhue.example")
        log = place.folder / "worker.log"
        ends = [
            _kill_once(environment, log, room, rng, _quota(room, letters, kills - n, rng) if n % START_KILLS else 0)
            for n in range(1, kills + 1)
        ]
        with _worker(environment, log) as first, _worker(environment, log) as second, place.house() as house:
            wait_until(lambda: _none_left(house), PATIENCE, f"letters are left after a minute: {_states(house)}", 0.25)
            for worker in (first, second):
                worker.terminate()
                worker.wait(PATIENCE)
            states = _states(house)
    return Delivered(
        letters, kills, len(room.letters), len(set(room.headers("To"))), len(set(room.headers("Message-ID"))), states,
        sum(finished for finished, _ in ends), max(seconds for _, seconds in ends),
    )  # fmt: skip


def _quota(room: Room, letters: int, kills_left: int, rng: Random) -> int:
    """How many letters are to come in before the next kill, so that some are left for all kills to come."""
    left = letters - len(room.letters)
    return rng.randint(1, max(1, 2 * left // (kills_left + 2)))


def _kill_once(environment: dict[str, str], log: Path, room: Room, rng: Random, quota: int) -> tuple[bool, float]:
    """Start the worker and kill it; whether its courier still finished a letter, and after how long it was gone."""
    with _worker(environment, log) as worker:
        wanted = len(room.letters) + quota
        if quota:
            said = f"no letters come in; see {log}"
            wait_until(lambda: len(room.letters) >= wanted or worker.poll() is not None, PATIENCE, said, 0.001)
            time.sleep(rng.uniform(0, 0.02))
        else:
            time.sleep(rng.uniform(0, START))
        assert worker.poll() is None, f"the worker ended by itself:\n{log.read_text()[-2000:]}"
        worker.kill()
        came, killed = len(room.letters), time.monotonic()
        wait_until(lambda: not living(worker.pid), PATIENCE, "the courier of a killed worker does not end", 0.05)
        return len(room.letters) > came, time.monotonic() - killed


@contextmanager
def _worker(environment: dict[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The worker in a process group of its own, none of which is left when the block ends."""
    with log.open("ab") as words:
        worker = subprocess.Popen(
            [*PLATFORM, "worker"], env=environment, stdout=words, stderr=words, start_new_session=True
        )
    try:
        yield worker
    finally:
        for left in living(worker.pid):
            os.kill(left, signal.SIGKILL)
        worker.wait()


def _wait_for_mail(house: House, letters: int) -> None:
    with house.writing(NOBODY) as work:
        people = [_row(work, number) for number in range(letters)]
        ids = list(work.session.scalars(insert(Person).returning(Person.id), people))
        work.session.execute(insert(SignInName), [_door(person, place) for place, person in enumerate(ids)])
        noticing.tell(work, ids, "enrolled", "once", {"course": "khung-phap-ly"})


def _row(work: Work, number: int) -> dict[str, object]:
    name = NAMES[number % len(NAMES)]
    return {
        "public": work.chance.token(16)[:22], "name": name, "sort_key": sort_key(name), "search_key": fold(name),
        "created": work.now,
    }  # fmt: skip


def _door(person: int, number: int) -> dict[str, object]:
    address = f"hoc-vien-{number}@ankhue.example"
    return {"person_id": person, "kind": "email", "normal": address, "shown": address}


def _states(house: House) -> dict[str, int]:
    with house.reading(NOBODY) as work:
        return {row.mail: row.number for row in work.session.execute(_STATES)}


def _none_left(house: House) -> bool:
    return not {"waiting", "sending"} & set(_states(house))
