"""Officials made for one journey each, and what the platform itself knows of them: course, attempts, right answers."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from sqlalchemy import select

from elearning.domain.attempt import counting
from elearning.domain.edition import Compiled
from elearning.domain.names import fold, sort_key
from elearning.domain.paper import draw_paper
from elearning.domain.person import Actor
from elearning.domain.question import Question
from elearning.domain.questions import TYPES
from elearning.domain.signing_in import sign_in_name
from elearning.services import attempting
from elearning.services.checking import order_of
from elearning.services.demonstration import COMMUNES
from elearning.services.paper import open_paper
from elearning.services.passwords import hashed
from elearning.services.standing import enrolled_course
from elearning.services.work import NOBODY, Chance, House
from elearning.store.models.learning import Answer, Attempt, Enrolment, Grade
from elearning.store.models.person import Person, SignInName
from elearning.store.models.text import Course
from elearning.store.models.unit import Placement, Unit

COURSE = "khung-phap-ly"
FINAL = "kiem-tra-cuoi-khoa"
UNIT = COMMUNES[1]
PASSWORD = "Điểm cầu Đồng Hạ 1482"
KEPT_PASSWORD = hashed(PASSWORD)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a paper: how its fields hold the response, and one that earns all there is to earn by rule.

    What a person marks, and what nobody marks, is answered with something that fits.
    """

    slot: int
    label: int | None
    type: str
    held: str
    value: Any


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody who takes a course, and the house in which to look up how far they are."""

    house: House
    id: int
    name: str
    identifier: str
    unit: str
    course: str = COURSE

    @property
    def actor(self) -> Actor:
        """The person as services know them."""
        return Actor(self.id, self.name)

    def compiled(self) -> Compiled:
        """The course as this person takes it."""
        with self.house.reading(self.actor) as work:
            return enrolled_course(work, self.course).compiled

    def activities(self) -> list[tuple[str, str]]:
        """(kind, key) of every activity of the course, in its order."""
        return [(a.kind, a.key) for module in self.compiled().course.modules for a in module.activities]

    def title(self, kind: str, key: str, language: str) -> str:
        """The title of an activity in a language."""
        compiled = self.compiled()
        if kind == "lesson":
            return compiled.lesson_in(key, language)[0].title
        return compiled.quiz_in(key, language)[0].rules.title

    def asked(self, attempt: str, language: str = "vi") -> list[Asked]:
        """The questions of an attempt, slot by slot, with what to answer in a language."""
        with self.house.reading(self.actor) as work:
            paper = open_paper(work, attempt)
        return [
            _asked(
                paper.compiled.banks[s.bank][s.question], paper.compiled.question_in(s.bank, s.question, language)[0],
                s.number, paper.labels.get(s.number), s.order,
            )
            for s in paper.slots
        ]  # fmt: skip

    def checks(self, lesson: str, language: str) -> list[Asked]:
        """The check questions of a lesson in their order, with what to answer in a language."""
        compiled = self.compiled()
        asked, shown = compiled.lessons[lesson].checks, compiled.lesson_in(lesson, language)[0].checks
        return [
            _asked(question, shown[key], number, number, order_of(question))
            for number, (key, question) in enumerate(asked.items(), 1)
        ]

    def answers(self, attempt: str) -> list[Answer]:
        """Every answer that was kept for an attempt, oldest first."""
        chosen = select(Answer).join(Attempt, Attempt.id == Answer.attempt_id).where(Attempt.public == attempt)
        with self.house.reading(self.actor) as work:
            return list(work.session.scalars(chosen.order_by(Answer.version)))

    def counts(self, attempt: str, slot: int) -> object:
        """The answer to a slot that counts, as the platform would grade it."""
        with self.house.reading(self.actor) as work:
            saved = counting(open_paper(work, attempt).saved)
        return saved[slot].value if slot in saved else None

    def attempts(self, quiz: str) -> list[Attempt]:
        """The attempts at a quiz, oldest first."""
        own = select(Attempt).where(Attempt.person_id == self.id, Attempt.quiz == quiz).order_by(Attempt.number)
        with self.house.reading(self.actor) as work:
            return list(work.session.scalars(own))

    def grades(self, attempt: Attempt) -> int:
        """How many grades an attempt has."""
        with self.house.reading(self.actor) as work:
            return len(work.session.scalars(select(Grade).where(Grade.attempt_id == attempt.id)).all())

    def sit(self, quiz: str) -> str:
        """Begin a quiz, as if on another device; its address."""
        with self.house.writing(self.actor) as work:
            return attempting.start(work, self.course, quiz)

    def begin(self, fits: Callable[[list[str]], bool]) -> str:
        """Begin the final quiz, as if on another device, with a paper whose types of question fit; its address."""
        compiled = self.compiled()
        for number in itertools.count():
            seed = f"journey-{self.id}-{number}"
            paper = draw_paper(compiled.quizzes[FINAL], compiled.banks, Random(seed))  # noqa: S311  drawn again from its seed
            if fits([compiled.banks[slot.bank][slot.question].type for slot in paper]):
                break
        house = replace(self.house, chance=Chance(lambda _: seed, self.house.chance.bits))
        with house.writing(self.actor) as work:
            return attempting.start(work, COURSE, FINAL)


def _asked(question: Question, shown: Question, number: int, label: int | None, order: Sequence[int]) -> Asked:
    kind, body = TYPES[question.type], question.body
    value = kind.right_value(body, order)
    if value is None:
        value = kind.guess(body, order, Random(question.key))  # noqa: S311  the same each time
    elif question.type in ("short", "blanks"):
        # A translation accepts what is typed in its own language, and what the original accepts as well.
        value = kind.right_value(shown.body, order)
    return Asked(number, label, question.type, kind.held(body), value)


def newcomer(house: House, name: str, number: int, course_key: str = COURSE, *, enrolled: bool = True) -> Official:
    """Add somebody to a commune, with a sign-in name and, unless they are to join by themselves, a place in a course."""
    identifier = f"hanh-trinh-{number}@ankhue.example"
    door = sign_in_name(identifier)
    with house.writing(NOBODY) as work:
        unit = work.session.scalars(select(Unit).where(Unit.name == UNIT)).one()
        course = work.session.scalars(select(Course).where(Course.key == course_key)).one()
        person = Person(
            public=work.chance.token(16)[:22], name=name, sort_key=sort_key(name), search_key=fold(name),
            title="Công chức văn hóa - xã hội", password=KEPT_PASSWORD, created=work.now,
        )  # fmt: skip
        work.session.add(person)
        work.session.flush()
        work.session.add_all(
            (
                SignInName(person_id=person.id, kind=door.kind, normal=door.normal, shown=identifier),
                Placement(person_id=person.id, unit_id=unit.id, since=work.today, running=1),
            )
        )
        if enrolled:
            work.session.add(Enrolment(person_id=person.id, course_id=course.id, reason="journey", since=work.now))
        return Official(house, person.id, name, identifier, unit.public, course_key)
