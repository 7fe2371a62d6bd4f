"""The completions report: one row for each person and course that they are enrolled in, with status and date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from elearning.store.base import AnySelect
from elearning.store.models.learning import Certificate, Completion, Enrolment
from elearning.store.models.person import Person
from elearning.store.models.text import Course
from elearning.store.models.unit import Placement, Unit, UnitTree


@dataclass(frozen=True, slots=True)
class Filter:
    """What the report is narrowed to; empty values let everything through. Moments bound the date of completion.

    `bound` are the units that the reader may see at all, None for everything.
    """

    now: datetime
    bound: frozenset[int] | None = None
    course: str = ""
    unit: str = ""
    status: str = ""
    since: datetime | None = None
    until: datetime | None = None
    asked: str = ""


class ReportRow(NamedTuple):
    """One person in one course. `done` counts finished activities of `activities` in the live edition."""

    name: str
    title: str
    unit: str | None
    course: str
    course_title: str
    activities: int
    completed: datetime | None
    done: int
    due: date | None
    code: str | None


class UnitCount(NamedTuple):
    """How many of a unit's people have completed."""

    unit: str | None
    done: int
    total: int


def _enrolled(filter_: Filter) -> Any:
    """One row a person and course, however many reasons there are; the earliest due date counts."""
    return (
        select(Enrolment.person_id, Enrolment.course_id, func.min(Enrolment.due).label("due"))
        .where(Enrolment.since <= filter_.now, or_(Enrolment.until.is_(None), Enrolment.until > filter_.now))
        .group_by(Enrolment.person_id, Enrolment.course_id)
        .subquery()
    )


def _activities_done() -> Any:
    return (
        select(Completion.person_id, Completion.course_id, func.count(Completion.id).label("done"))
        .where(Completion.kind != "course")
        .group_by(Completion.person_id, Completion.course_id)
        .subquery()
    )


def _narrowed(statement: AnySelect, filter_: Filter) -> AnySelect:
    if filter_.bound is not None:
        statement = statement.where(
            Placement.unit_id.in_(select(UnitTree.unit_id).where(UnitTree.above_id.in_(filter_.bound)))
        )
    if filter_.unit:
        top = select(Unit.id).where(Unit.public == filter_.unit).scalar_subquery()
        statement = statement.where(Placement.unit_id.in_(select(UnitTree.unit_id).where(UnitTree.above_id == top)))
    if filter_.course:
        statement = statement.where(Course.key == filter_.course)
    if filter_.status:
        statement = statement.where(
            Completion.at.is_not(None) if filter_.status == "complete" else Completion.at.is_(None)
        )
    if filter_.since:
        statement = statement.where(Completion.at >= filter_.since)
    if filter_.until:
        statement = statement.where(Completion.at < filter_.until)
    if filter_.asked:
        statement = statement.where(
            or_(
                Person.search_key.contains(filter_.asked, autoescape=True),
                Unit.search_key.contains(filter_.asked, autoescape=True),
            )
        )
    return statement


def _from(columns: AnySelect, filter_: Filter, enrolled: Any) -> AnySelect:
    statement = (
        columns.select_from(enrolled)
        .join(Person, Person.id == enrolled.c.person_id)
        .join(Course, Course.id == enrolled.c.course_id)
        .outerjoin(Placement, and_(Placement.person_id == Person.id, Placement.running == 1))
        .outerjoin(Unit, Unit.id == Placement.unit_id)
        .outerjoin(
            Completion,
            and_(
                Completion.person_id == Person.id,
                Completion.course_id == Course.id,
                Completion.kind == "course",
                Completion.round == 1,
            ),
        )
        .where(Person.left.is_(None), Person.erased.is_(None))
    )
    return _narrowed(statement, filter_)


def totals(session: Session, filter_: Filter) -> tuple[int, int]:
    """How many rows the report has, and how many of them are complete."""
    row = session.execute(_from(select(func.count(), func.count(Completion.at)), filter_, _enrolled(filter_))).one()
    return row[0], row[1]


def rows(session: Session, filter_: Filter, skip: int = 0, most: int | None = None) -> Iterator[ReportRow]:
    """The rows in Vietnamese name order, streamed."""
    enrolled, finished = _enrolled(filter_), _activities_done()
    columns = select(
        Person.name, Person.title, Unit.name, Course.key, Course.title, Course.activities, Completion.at,
        func.coalesce(finished.c.done, 0), enrolled.c.due,
        case((Certificate.withdrawn.is_(None), Certificate.code), else_=None),
    )  # fmt: skip
    statement = (
        _from(columns, filter_, enrolled)
        .outerjoin(finished, and_(finished.c.person_id == Person.id, finished.c.course_id == Course.id))
        .outerjoin(Certificate, Certificate.completion_id == Completion.id)
        .order_by(Person.sort_key, Person.id, Course.key)
        .offset(skip)
    )
    statement = statement.limit(most) if most is not None else statement
    for row in session.execute(statement.execution_options(yield_per=500)):
        yield ReportRow(*row)


def by_unit(session: Session, filter_: Filter) -> list[UnitCount]:
    """Counts by the units that people are in, in Vietnamese order."""
    columns = select(Unit.name, func.count(Completion.at), func.count())
    statement = _from(columns, filter_, _enrolled(filter_)).group_by(Unit.name, Unit.sort_key).order_by(Unit.sort_key)
    return [UnitCount(*row) for row in session.execute(statement)]
