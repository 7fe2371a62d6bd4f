"""Learners made straight in the database, and what is right on their papers, so that they pass and hold a certificate."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from elearning.domain.edition import Compiled
from elearning.domain.names import fold, sort_key
from elearning.domain.questions import TYPES
from elearning.services.passwords import hashed
from elearning.services.work import NOBODY, House, Work
from elearning.store.models.learning import Attempt, AttemptSlot, Completion, Enrolment
from elearning.store.models.person import Person, SignInName
from elearning.store.models.text import Course, Edition
from elearning.store.models.unit import Placement, Unit

COURSE = "khung-phap-ly"
EXAM = "kiem-tra-cuoi-khoa"
PASSWORD = "mot-mat-khau-du-dai-de-do"
NAMES = ("Nguyễn Thị Ánh", "Đỗ Văn Ơn", "Trần Quốc Ửng", "Lê Thị Ế", "Phạm Đức Bình")


@dataclass(frozen=True, slots=True)
class Learner:
    """Somebody who can sign in."""

    person_id: int
    identifier: str


@dataclass(frozen=True, slots=True)
class Taught:
    """What a journey goes through: the lessons of the course in order."""

    course: str
    exam: str
    lessons: tuple[str, ...]


def taught(house: House) -> Taught:
    """The measured course as it is live now."""
    with house.reading(NOBODY) as work:
        compiled = _compiled(work)
    lessons = tuple(activity.key for activity in compiled.course.activities() if activity.kind == "lesson")
    return Taught(COURSE, EXAM, lessons)


def _compiled(work: Work) -> Compiled:
    live = select(Edition.digest).join(Course, Course.live_id == Edition.id).where(Course.key == COURSE)
    return work.shelf.get(work.session, work.session.scalars(live).one())


def add_learners(house: House, number: int, prefix: str, lessons: tuple[str, ...] = ()) -> list[Learner]:
    """Add learners, enrolled in the course, with its quick checks passed before, so that the examination completes it; with some
    lessons finished before, where any are named.
    """
    password = hashed(PASSWORD)
    with house.writing(NOBODY) as work:
        course = work.session.scalars(select(Course).where(Course.key == COURSE)).one()
        unit = work.session.scalars(select(Unit).order_by(Unit.id.desc()).limit(1)).one()
        done = [("quiz", key) for key in _compiled(work).quizzes if key != EXAM] + [("lesson", key) for key in lessons]
        return [_learner(work, f"{prefix}{n}@bench.example", n, password, (course, unit, done)) for n in range(number)]


def _learner(
    work: Work, identifier: str, number: int, password: str, place: tuple[Course, Unit, list[tuple[str, str]]]
) -> Learner:
    course, unit, done = place
    name = NAMES[number % len(NAMES)]
    person = Person(
        public=work.chance.token(16)[:22], name=name, sort_key=sort_key(name), search_key=fold(name), password=password,
        created=work.now,
    )  # fmt: skip
    work.session.add(person)
    work.session.flush()
    work.session.add(SignInName(person_id=person.id, kind="email", normal=identifier, shown=identifier))
    work.session.add(Placement(person_id=person.id, unit_id=unit.id, since=work.today, running=1))
    work.session.add(Enrolment(person_id=person.id, course_id=course.id, reason="bench", since=work.now))
    work.session.add_all(
        Completion(
            person_id=person.id, course_id=course.id, round=1, kind=kind, item=item, at=work.now,
            edition_id=course.live_id, unit_id=unit.id, unit_name=unit.name, reason="bench",
        )
        for kind, item in done
    )  # fmt: skip
    return Learner(person.id, identifier)


@dataclass(frozen=True, slots=True)
class RightAnswer:
    """The right answer of a slot: as JSON, and as the fields of the plain form."""

    value: Any
    fields: dict[str, str | list[str]]


def right_answers(house: House, attempt: str) -> dict[int, RightAnswer]:
    """What is right on the paper of an attempt, by slot. Read past the server, which tells nobody before the time."""
    with house.reading(NOBODY, datetime.now(UTC)) as work:
        compiled = _compiled(work)
        rows = work.session.scalars(
            select(AttemptSlot)
            .join(Attempt, Attempt.id == AttemptSlot.attempt_id)
            .where(Attempt.public == attempt)
            .order_by(AttemptSlot.number)
        ).all()
    return {row.number: _right(compiled, row) for row in rows}


def _right(compiled: Compiled, row: AttemptSlot) -> RightAnswer:
    question = compiled.banks[row.bank][row.question]
    kind, field = TYPES[question.type], f"a{row.number}"
    right = kind.right_value(question.body, row.order)
    shown = kind.to_form(question.body, row.order, right)
    if isinstance(shown, dict):
        return RightAnswer(right, {f"{field}.{part}": text for part, text in shown.items()})
    value = [str(one) for one in shown] if isinstance(shown, tuple) else shown
    return RightAnswer(right, {f"{field}.shown": "1", field: value})
