"""Learners with one lesson and the paper before them at the moment of a kill: each must be complete, graded and certified, once."""

import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from dataclasses import dataclass
from random import Random

from sqlalchemy import select

from bench.browser import Browser, OverTheWire
from bench.journey import Traveller
from bench.killing import Place
from bench.people import Learner, Taught, add_learners, right_answers, taught
from elearning.services.work import NOBODY, House
from elearning.store.models.learning import Attempt, Certificate, Completion

AT_ONCE = 4


@dataclass(slots=True)
class Finisher:
    """Somebody who finishes the last lesson and hands in, or the other way round, and then looks at the certificate.

    `learnt` and `handed_in` are true once the platform has led on; `certificate` is the code that it has shown.
    """

    learner: Learner
    wire: OverTheWire
    browser: Browser
    course: Taught
    attempt: str
    lesson_first: bool
    learnt: bool = False
    handed_in: bool = False
    certificate: str = ""
    again: int = 0

    def finish(self, after: float, over: threading.Event) -> None:
        """Do it after so many seconds, each step again until it is acknowledged. Raises AssertionError where one never is before
        all is over.
        """
        time.sleep(after)
        steps = [self._learn, self._hand_in] if self.lesson_first else [self._hand_in, self._learn]
        for step in (*steps, self._look):
            self._until_done(step, over)
        self.wire.connection.close()

    def _until_done(self, step: Callable[[], bool], over: threading.Event) -> None:
        done = False
        while not done:
            assert not over.is_set(), f"attempt {self.attempt}: {step.__name__} is not acknowledged"
            try:
                done = step()
            except (OSError, http.client.HTTPException):
                self.wire.connection.close()
                self.again += 1
                time.sleep(0.1)

    def _learn(self) -> bool:
        address = f"/courses/{self.course.course}/{self.course.lessons[-1]}/complete"
        self.browser.post(address, {}, "finishing a lesson", "lesson")
        self.learnt = self.browser.path != address
        return self.learnt

    def _hand_in(self) -> bool:
        self.browser.post(f"/attempts/{self.attempt}/submit", {}, "handing in", "result")
        self.handed_in = self.browser.path.endswith("/result")
        return self.handed_in

    def _look(self) -> bool:
        """Raises AssertionError where there is no certificate although all that it asks for was acknowledged."""
        found = re.findall(r"/certificates/([^\"/]+)\.pdf", self.browser.get("/certificates", "certificates").text)
        assert len(set(found)) == 1, f"attempt {self.attempt} brought the certificates {found}"
        self.certificate = found[0]
        return True


def seat_finishers(place: Place, port: int, number: int, rng: Random) -> list[Finisher]:
    """Learners with every quick check and every lesson but the last done, and every question answered rightly."""
    with place.house() as house, ThreadPoolExecutor(AT_ONCE) as pool:
        course = taught(house)
        people = add_learners(house, number, f"nguoi-nop-{rng.getrandbits(40)}-", lessons=course.lessons[:-1])
        seated = [pool.submit(_seated, house, port, learner, turn % 2 == 0) for turn, learner in enumerate(people)]
        return [one.result() for one in seated]


def _seated(house: House, port: int, learner: Learner, lesson_first: bool) -> Finisher:
    wire, course = OverTheWire(port), taught(house)
    traveller = Traveller(learner, Browser(wire), course, lambda attempt: right_answers(house, attempt))
    traveller.sign_in()
    traveller.begin()
    traveller.save_at_once()
    browser = traveller.browser
    return Finisher(learner, wire, browser, course, browser.path.split("/")[2].split("?")[0], lesson_first)


@dataclass(frozen=True, slots=True)
class _There:
    """What the database holds of all that the finishers did, by attempt and by person."""

    passed: dict[str, bool | None]
    lessons: Counter[tuple[int, str]]
    courses: Counter[int]
    certificates: dict[int, list[str]]

    def wrong_with(self, one: Finisher) -> bool:
        """Whether something that was acknowledged is not there, or is there twice."""
        person = one.learner.person_id
        lessons, courses = self.lessons[person, one.course.lessons[-1]], self.courses[person]
        codes = self.certificates.get(person, [])
        lost = (
            (one.learnt and not lessons)
            or (one.handed_in and self.passed.get(one.attempt) is not True)
            or (one.learnt and one.handed_in and not (courses and codes))
            or (one.certificate not in ("", *codes))
        )
        return lost or max(lessons, courses, len(codes)) > 1


def check_finished(house: House, finishers: Sequence[Finisher]) -> list[str]:
    """What is wrong with what was acknowledged: no completion of the lesson, not graded in full, no completion of the course,
    no certificate or another one, or more than one of any. They may go on meanwhile: what counts is what was acknowledged before
    the database was read.
    """
    told = [copy(one) for one in finishers]
    with house.reading(NOBODY) as work:
        graded = select(Attempt.public, Attempt.passed).where(Attempt.state == "graded")
        done = select(Completion.person_id, Completion.item).where(Completion.kind == "lesson")
        held = dict[int, list[str]]()
        for row in work.session.execute(select(Certificate.person_id, Certificate.code)):
            held.setdefault(row.person_id, []).append(row.code)
        there = _There(
            {row.public: row.passed for row in work.session.execute(graded)},
            Counter((row.person_id, row.item) for row in work.session.execute(done)),
            Counter(work.session.scalars(select(Completion.person_id).where(Completion.kind == "course"))),
            held,
        )
    return [
        f"attempt {one.attempt}: {one.learnt=} {one.handed_in=} {one.certificate=}, which is not what is stored"
        for one in told
        if there.wrong_with(one)
    ]
