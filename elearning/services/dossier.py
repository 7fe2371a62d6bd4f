"""One person as staff see them: placements, courses, and in one sentence why a course is not complete."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from elearning.domain.completion import judge, why_not
from elearning.domain.course import Activity
from elearning.domain.edition import Compiled
from elearning.domain.message import Message, message
from elearning.domain.permission import may
from elearning.domain.secrets import CODE_LIVES, spelled_code
from elearning.services import granting
from elearning.services.organising import UnitsPage
from elearning.services.roster import CourseLine, PersonPage, PlacementRow, make_code, person_for
from elearning.services.standing import done_of
from elearning.services.work import Work
from elearning.store.models.learning import Enrolment
from elearning.store.models.person import Person
from elearning.store.queries import arrangements, learning, people, roster
from elearning.store.queries.learning import CourseRow, Event, Held

REASONS = {
    "self": message("joined on their own"),
    "demonstration": message("demonstration"),
}


@dataclass(frozen=True, slots=True)
class PersonWithUnits:
    """A person, and the units that they can be moved to."""

    person: PersonPage
    units: UnitsPage


@dataclass(frozen=True, slots=True)
class Slip:
    """A one-time code on paper: for whom, where to go, until when."""

    name: str
    unit: str
    identifiers: tuple[str, ...]
    code: str
    address: str
    until: datetime


def slip(work: Work, public: str) -> Slip:
    """Make a one-time code for a person and the slip that carries it. Raises NotFound outside the actor's units."""
    person = person_for(work, public)
    code = make_code(work, person)
    place = people.place_of(work.session, person.id)
    names = people.sign_in_names(work.session, [person.id]).get(person.id, [])
    address = f"{work.platform.public_url}/welcome/{code}"
    return Slip(
        person.name, place[1] if place else "", tuple(names), spelled_code(code), address, work.now + CODE_LIVES
    )


def person_page(work: Work, public: str) -> PersonPage:
    """A person for staff. Raises NotFound for somebody outside the actor's units."""
    person = person_for(work, public)
    placed = roster.placements(work.session, person.id)
    names = people.sign_in_names(work.session, [person.id])
    running = next(((name, row) for name, row in placed if row.running), None)
    right = next(iter(arrangements.rights(work.session, person.id)), None)
    return PersonPage(
        public, person.name, person.title, person.contact, tuple(names.get(person.id, ())),
        tuple(line for line in granting.grant_lines(work, person.id) if line.role != "learner"),
        _state(person), running[0] if running else "", people.unit_address(work.session, running[1].unit_id) if running else "",
        tuple(PlacementRow(name, row.duty, row.since, row.until) for name, row in placed), _courses(work, person),
        may(work.actor, "manage platform"), work.platform.mails, right.number if right else 0, right.reason if right else "",
    )  # fmt: skip


def _state(person: Person) -> str:
    return "left" if person.left else "disabled" if person.disabled else "active"


def _courses(work: Work, person: Person) -> tuple[CourseLine, ...]:
    events = learning.events(work.session, person.id)
    held = learning.certificates(work.session, person.id)
    reasons = _reasons(work, person.id)
    rows = learning.courses(work.session, person.id, work.now)
    return tuple(_line(work, row, events, held, reasons) for row in rows if row.enrolled is not None)


def _reasons(work: Work, person: int) -> dict[int, list[Message]]:
    found: dict[int, list[Message]] = {}
    rows = work.session.scalars(select(Enrolment).where(Enrolment.person_id == person).order_by(Enrolment.since))
    for row in rows:
        said = REASONS.get(row.reason, message("%(reason)s", reason=row.reason))
        if row.until is not None and row.until <= work.now:
            said = message("%(reason)s (withdrawn on %(day)s)", reason=said, day=row.until)
        elif row.due is not None:
            said = message("%(reason)s, due on %(day)s", reason=said, day=row.due)
        found.setdefault(row.course_id, []).append(said)
    return found


def _line(
    work: Work, row: CourseRow, events: list[Event], held: list[Held], reasons: dict[int, list[Message]]
) -> CourseLine:
    compiled = work.shelf.get(work.session, row.digest)
    own = [event for event in events if event.course_id == row.course_id]
    complete = next((event.at for event in own if event.kind == "course"), None)
    standing = judge(compiled.course, compiled.quizzes, done_of(own))
    sentence = (
        message("Complete since %(day)s.", day=complete)
        if complete
        else why_not(standing, titles(compiled, work.actor.language))
    )
    code = next((one.code for one in held if one.course_id == row.course_id and one.withdrawn is None), None)
    title = compiled.course_in(work.actor.language)[0].title
    return CourseLine(row.key, title, complete, sentence, tuple(reasons.get(row.course_id, ())), code)


def titles(compiled: Compiled, language: str) -> dict[Activity, str]:
    """What each activity of a course is called."""
    return {
        activity: compiled.lesson_in(activity.key, language)[0].title
        if activity.kind == "lesson"
        else compiled.quiz_in(activity.key, language)[0].rules.title
        for activity in compiled.course.activities()
    }
