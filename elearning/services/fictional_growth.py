"""Learning for a very large province: rows enough to measure reports on, made by the database, without papers and answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import ColumnElement, insert, literal, select

from elearning.domain.certificate import BITS, code_of, months_later
from elearning.domain.edition import Compiled
from elearning.services.fictional_enrolment import NEW_DUTY, OWN_WISH, PLAN, PLAN_SINCE
from elearning.services.work import Work
from elearning.store.models.learning import Certificate, CertificateCounter, Completion, Enrolment
from elearning.store.models.person import Person
from elearning.store.models.unit import Placement, Unit
from elearning.store.queries import bulk, texts
from elearning.store.queries.texts import LiveCourse

REASONS = ((PLAN, -7), (NEW_DUTY, 7), (OWN_WISH, None))
WEEKS = 8
COMPLETE, SPREAD = 78, 20  # Of a hundred people so many complete, in some units so many more or fewer.
BEGUN = 14  # So many of a hundred have finished the first activity only.


def add_learning(work: Work, rng: Random) -> None:
    """Three enrolments a person; for about 78 % all activities and a certificate, for some a beginning.

    With fewer than three courses the same course is given for several reasons.
    """
    courses = [course for course in texts.live_courses(work.session) if course.archived is None]
    if not courses:
        return
    salt = rng.randrange(1000)
    for rank, (reason, days) in enumerate(REASONS):
        _enrol(work, courses[rank % len(courses)], reason, days)
    for week in range(WEEKS, 0, -1):
        for course in courses[: len(REASONS)]:
            _complete(work, course, salt, week)
    _certify(work, rng, courses[: len(REASONS)])


def _enrol(work: Work, course: LiveCourse, reason: str, days: int | None) -> None:
    due = None if days is None else work.today + timedelta(days=days)
    rows = select(
        Person.id, literal(course.course_id), literal(reason), _moment(work.now - PLAN_SINCE), literal(due, Enrolment.due.type)
    ).order_by(Person.id)  # fmt: skip
    columns = ["person_id", "course_id", "reason", "since", "due"]
    work.session.execute(insert(Enrolment).from_select(columns, rows))


def _moment(at: datetime) -> ColumnElement[datetime]:
    return literal(at, Completion.at.type)


def _complete(work: Work, course: LiveCourse, salt: int, week: int) -> None:
    """The ledger of those whose week it is, oldest week first, so that ids rise with time."""
    compiled = work.shelf.get(work.session, course.digest).course
    lot = (Person.id * 7919 + salt * 31) % 100
    share = COMPLETE - SPREAD + (Placement.unit_id * 37 + salt) % (2 * SPREAD + 1)
    at = work.now - timedelta(weeks=week, hours=-5)
    activities = list(compiled.activities())
    for place, activity in enumerate(activities):
        who = lot < (share + BEGUN if place == 0 else share)
        _ledger(work, course, (activity.kind, activity.key, "done"), at + timedelta(minutes=20 * place), who, week)
    last = activities[-1]
    row = ("course", compiled.key, f"{last.kind} {last.key}")
    _ledger(work, course, row, at + timedelta(minutes=20 * len(activities)), lot < share, week)


def _ledger(
    work: Work, course: LiveCourse, row: tuple[str, str, str], at: datetime, who: ColumnElement[bool], week: int
) -> None:
    kind, item, reason = row
    rows = (
        select(
            Person.id, literal(course.course_id), literal(1), literal(kind), literal(item), _moment(at),
            literal(course.edition_id), Placement.unit_id, Unit.name, literal(reason),
        )
        .join(Placement, Placement.person_id == Person.id)
        .join(Unit, Unit.id == Placement.unit_id)
        .where(Placement.running == 1, Person.id % WEEKS == week - 1, who)
        .order_by(Person.id)
    )  # fmt: skip
    columns = ["person_id", "course_id", "round", "kind", "item", "at", "edition_id", "unit_id", "unit_name", "reason"]
    work.session.execute(insert(Completion).from_select(columns, rows))


def _certify(work: Work, rng: Random, courses: Sequence[LiveCourse]) -> None:
    """A certificate for each completed course that gives one, numbered in order of time."""
    compiled = {course.course_id: work.shelf.get(work.session, course.digest) for course in courses}
    giving = [course for course, found in compiled.items() if found.course.certificate is not None]
    last: dict[int, int] = {}
    after = 0
    while chunk := _completed(work, giving, after):
        after = chunk[-1].id
        bulk.add(work.session, Certificate, [_printed(work, rng, compiled[row.course_id], row, last) for row in chunk])
    bulk.add(work.session, CertificateCounter, [{"year": year, "last": number} for year, number in last.items()])


def _completed(work: Work, courses: Sequence[int], after: int) -> Sequence[Any]:
    """The next chunk of completed courses with their holders, in the order in which they came about."""
    statement = (
        select(
            Completion.id, Completion.person_id, Completion.course_id, Completion.edition_id, Completion.unit_id,
            Completion.unit_name, Completion.at, Person.name,
        )
        .join(Person, Person.id == Completion.person_id)
        .where(Completion.kind == "course", Completion.course_id.in_(courses), Completion.id > after)
    )  # fmt: skip
    return work.session.execute(statement.order_by(Completion.id).limit(bulk.CHUNK)).all()


def _printed(work: Work, rng: Random, compiled: Compiled, row: Any, last: dict[int, int]) -> dict[str, Any]:
    course, day = compiled.course, row.at.astimezone(work.platform.zone).date()
    rule = course.certificate
    months = rule.valid_months if rule else None
    last[day.year] = last.get(day.year, 0) + 1
    return {
        "code": _code(rng), "year": day.year, "number": last[day.year], "person_id": row.person_id,
        "course_id": row.course_id, "round": 1, "edition_id": row.edition_id, "completion_id": row.id,
        "holder": row.name, "unit_id": row.unit_id, "unit_name": row.unit_name, "course_title": course.title,
        "certificate_title": rule.title if rule else course.title, "hours": course.hours, "score": "",
        "language": course.language, "issuer": work.platform.issuer, "issued": row.at, "issued_on": day,
        "valid_until": months_later(day, months) if months else None,
    }  # fmt: skip


def _code(rng: Random) -> str:
    """A code whose check character is a letter or digit, as for all certificates."""
    while not (code := code_of(rng.getrandbits(BITS)))[-1].isalnum():
        continue
    return code
