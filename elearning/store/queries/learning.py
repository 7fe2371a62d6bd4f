"""What one person has done and may do: enrolments, ledger, attempts, certificates."""

import json
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Text, and_, bindparam, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from elearning.store.base import AnySelect
from elearning.store.models.learning import Attempt, Certificate, Completion, Enrolment
from elearning.store.models.notice import Notice
from elearning.store.models.text import Course, Edition
from elearning.store.prepared import Prepared


class CourseRow(NamedTuple):
    """A course as one person sees it: its live edition, and why and by when the person takes it (None: not enrolled).

    `note` is what learners were told when the edition was published.
    """

    course_id: int
    key: str
    edition_id: int
    digest: str
    archived: datetime | None
    enrolled: datetime | None
    due: date | None
    note: str = ""
    published: datetime | None = None


class Event(NamedTuple):
    """One thing done: `kind` is lesson, quiz or course for the ledger, running for an attempt that is not handed in."""

    kind: str
    course_id: int
    item: str
    at: datetime
    public: str | None


class Held(NamedTuple):
    """A certificate that somebody holds."""

    code: str
    title: str
    number: int
    year: int
    issued_on: date
    valid_until: date | None
    withdrawn: datetime | None
    course_id: int


class Told(NamedTuple):
    """An open notice: its id, kind, moment and values."""

    id: int
    kind: str
    at: datetime
    values: dict[str, Any]


_RUNS = and_(
    Enrolment.course_id == Course.id, Enrolment.person_id == bindparam("person"), Enrolment.since <= bindparam("now"),
    or_(Enrolment.until.is_(None), Enrolment.until > bindparam("now")),
)  # fmt: skip
_COURSES = (
    select(
        Course.id, Course.key, Edition.id, Edition.digest, Course.archived, func.min(Enrolment.since), func.min(Enrolment.due),
        Edition.note, Edition.at,
    )
    .join(Edition, Edition.id == Course.live_id)
    .outerjoin(Enrolment, _RUNS)
    .group_by(Course.id, Course.key, Edition.id, Edition.digest, Course.archived, Edition.note, Edition.at)
    .order_by(Course.key)
)  # fmt: skip
ALL_COURSES = Prepared(_COURSES)
_COURSE = Prepared(_COURSES.where(Course.key == bindparam("key")))


def courses(session: Session, person: int, now: datetime) -> list[CourseRow]:
    """All live courses, with the person's running enrolments rolled into one: the earliest due date counts."""
    return [CourseRow(*row) for row in ALL_COURSES.rows(session, {"person": person, "now": now})]


def course(session: Session, person: int, key: str, now: datetime) -> CourseRow | None:
    """One live course as a person sees it."""
    row = _COURSE.one(session, {"person": person, "now": now, "key": key})
    return CourseRow(*row) if row else None


_LEDGER = select(
    Completion.kind.label("kind"), Completion.course_id.label("course_id"), Completion.item.label("item"),
    Completion.at.label("at"), literal(None).label("public"),
).where(Completion.person_id == bindparam("person"))  # fmt: skip
_RUNNING = select(
    literal("running").label("kind"), Attempt.course_id, Attempt.quiz, Attempt.began.label("at"), Attempt.public
).where(Attempt.person_id == bindparam("person"), Attempt.state == "in_progress")
_TOLD = select(
    literal("notice").label("kind"), Notice.id, Notice.kind, Notice.at.label("at"), cast(Notice.values, Text)
).where(Notice.person_id == bindparam("person"), Notice.closed.is_(None))


def _by_time(*parts: AnySelect) -> AnySelect:
    """Several statements as one, oldest first."""
    together = union_all(*parts).subquery()
    return select(together).order_by(together.c.at)


_EVENTS = Prepared(_by_time(_LEDGER, _RUNNING))
_EVENTS_OF_COURSE = Prepared(
    _by_time(
        _LEDGER.where(Completion.course_id == bindparam("course")),
        _RUNNING.where(Attempt.course_id == bindparam("course")),
    )
)
EVENTS_AND_NOTICES = Prepared(_by_time(_LEDGER, _RUNNING, _TOLD))


def events(session: Session, person: int, course_id: int | None = None) -> list[Event]:
    """The ledger of a person, and the attempts that still run, oldest first; of one course where it is named."""
    statement = _EVENTS if course_id is None else _EVENTS_OF_COURSE
    return [Event(*row) for row in statement.rows(session, {"person": person, "course": course_id})]


def events_and_notices(session: Session, person: int) -> tuple[list[Event], list[Told]]:
    """The same with the open notices of the person, newest first, in one statement for the start page."""
    rows = EVENTS_AND_NOTICES.rows(session, {"person": person})
    notices = [Told(row[1], row[2], row[3], json.loads(row[4])) for row in reversed(rows) if row[0] == "notice"]
    return [Event(*row) for row in rows if row[0] != "notice"], notices


_HELD = (
    select(
        Certificate.code, Certificate.certificate_title, Certificate.number, Certificate.year, Certificate.issued_on,
        Certificate.valid_until, Certificate.withdrawn, Certificate.course_id,
    )
    .where(Certificate.person_id == bindparam("person"))
    .order_by(Certificate.issued.desc(), Certificate.id.desc())
)  # fmt: skip
_ALL_HELD = Prepared(_HELD)
_HELD_OF_COURSE = Prepared(_HELD.where(Certificate.course_id == bindparam("course")))


def certificates(session: Session, person: int, course_id: int | None = None) -> list[Held]:
    """The certificates of a person, newest first; of one course where it is named."""
    statement = _ALL_HELD if course_id is None else _HELD_OF_COURSE
    return [Held(*row) for row in statement.rows(session, {"person": person, "course": course_id})]
