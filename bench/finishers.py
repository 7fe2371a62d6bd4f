"""Learners who have answered everything and hand in at the moment of a kill: each must be graded and certified, once."""

import http.client
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from sqlalchemy import select

from bench.browser import Browser, OverTheWire
from bench.journey import Traveller
from bench.killing import Place
from bench.people import Learner, add_learners, right_answers, taught
from elearning.services.work import NOBODY, House
from elearning.store.models.learning import Attempt, Certificate, Completion

PATIENCE = 120.0


@dataclass(slots=True)
class Finisher:
    """Somebody about to hand in. `acknowledged` is true once the platform has led to the result."""

    learner: Learner
    wire: OverTheWire
    browser: Browser
    attempt: str
    acknowledged: bool = False
    again: int = 0

    def hand_in(self, after: float) -> None:
        """Hand in after so many seconds, and again until it is acknowledged. Raises AssertionError where it never is."""
        time.sleep(after)
        until = time.monotonic() + PATIENCE
        while not self.acknowledged:
            assert time.monotonic() < until, f"attempt {self.attempt} cannot be handed in"
            try:
                self.browser.post(f"/attempts/{self.attempt}/submit", {}, "handing in", "result")
                self.acknowledged = self.browser.path.endswith("/result")
            except (OSError, http.client.HTTPException):
                self.wire.connection.close()
                self.again += 1
                time.sleep(0.1)
        self.wire.connection.close()


def seat_finishers(place: Place, port: int, number: int, rng: Random) -> list[Finisher]:
    """Learners with every lesson and quick check done and every question answered rightly."""
    with place.house() as house:
        course = taught(house)
        people = add_learners(house, number, f"nguoi-nop-{rng.getrandbits(40)}-", lessons=course.lessons)
        return [_seated(house, port, learner) for learner in people]


def _seated(house: House, port: int, learner: Learner) -> Finisher:
    wire = OverTheWire(port)
    traveller = Traveller(learner, Browser(wire), taught(house), lambda attempt: right_answers(house, attempt))
    traveller.sign_in()
    traveller.begin()
    traveller.save_all(1)
    browser = traveller.browser
    return Finisher(learner, wire, browser, browser.path.split("/")[2].split("?")[0])


def check_finished(house: House, finishers: Sequence[Finisher]) -> list[str]:
    """What is wrong with what was acknowledged: not graded in full, no completion, no certificate, or more than one."""
    with house.reading(NOBODY) as work:
        graded = {
            row.public: row.passed
            for row in work.session.execute(select(Attempt.public, Attempt.passed).where(Attempt.state == "graded"))
        }
        completed = Counter(work.session.scalars(select(Completion.person_id).where(Completion.kind == "course")))
        certified = Counter(work.session.scalars(select(Certificate.person_id)))
    wrong = []
    for one in finishers:
        most = (completed[one.learner.person_id], certified[one.learner.person_id])
        if max(most) > 1 or (one.acknowledged and (most != (1, 1) or graded.get(one.attempt) is not True)):
            wrong.append(
                f"attempt {one.attempt}: graded {graded.get(one.attempt)}, completions and certificates {most}"
            )
    return wrong
