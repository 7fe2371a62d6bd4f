"""What reports ask the database: one row for each person and course, as things stood at the end of one day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    true,
    union,
)
from sqlalchemy.orm import Session, aliased

from elearning.store.base import AnySelect
from elearning.store.models.learning import Certificate, Completion, Enrolment
from elearning.store.models.person import Person
from elearning.store.models.text import Course
from elearning.store.models.unit import Placement, Unit, UnitLink, UnitTree

_NO_DUE = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a report is about; empty values let everything through.

    `day` is the day asked for and `moment` its last moment, or now; `today` says that they are today's. `bound` are the
    units that the reader may see at all, None for everything. `status`, `since` and `until` (moments of completion)
    choose whom the list names; they do not change the counts.
    """

    day: date
    moment: datetime
    today: bool
    bound: frozenset[int] | None = None
    course: str = ""
    unit: str = ""
    asked: str = ""
    status: str = ""
    since: datetime | None = None
    until: datetime | None = None


class ReportRow(NamedTuple):
    """One person in one course. `done` counts finished activities of `activities` in the live edition, where the course
    is not complete."""

    person: str
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
    """The people of one unit, those below it not included; `listed` are those whom the list names."""

    unit: int | None
    enrolled: int
    complete: int
    begun: int
    overdue: int
    listed: int


class CourseCount(NamedTuple):
    """The people of one course."""

    course: str
    enrolled: int
    complete: int
    begun: int
    overdue: int


def _counts(row: Any, filter_: Filter) -> ColumnElement[bool]:
    """An enrolment that ran at the moment asked for."""
    return and_(row.since <= filter_.moment, or_(row.until.is_(None), row.until > filter_.moment))


def _foremost(filter_: Filter) -> ColumnElement[bool]:
    """Of several reasons why a person takes a course, the one with the earliest due date stands for all."""
    other = aliased(Enrolment)
    due, others = func.coalesce(Enrolment.due, _NO_DUE), func.coalesce(other.due, _NO_DUE)
    before = select(other.id).where(
        other.person_id == Enrolment.person_id,
        other.course_id == Enrolment.course_id,
        _counts(other, filter_),
        or_(others < due, and_(others == due, other.id < Enrolment.id)),
    )
    return ~before.exists()


def _placed(row: Any, filter_: Filter) -> ColumnElement[bool]:
    if filter_.today:
        return and_(row.running == 1)
    return and_(row.since <= filter_.day, or_(row.until.is_(None), row.until > filter_.day))


def _there(filter_: Filter) -> ColumnElement[bool]:
    """People who belonged to the service on that day: neither left nor between leaving and coming back."""
    if filter_.today:
        return and_(Person.left.is_(None), Person.erased.is_(None))
    ended = aliased(Placement)
    gone = select(ended.id).where(ended.person_id == Person.id, ended.until <= filter_.day).exists()
    return and_(
        or_(Person.left.is_(None), Person.left > filter_.day),
        or_(Person.erased.is_(None), Person.erased > filter_.moment),
        or_(Placement.id.is_not(None), ~gone),
    )


def _below(filter_: Filter) -> AnySelect:
    """The chosen unit and all that hung below it on that day; a circle in the links ends where it began."""
    below = select(Unit.id).where(Unit.public == filter_.unit).cte("below", recursive=True)
    linked = and_(UnitLink.since <= filter_.day, or_(UnitLink.until.is_(None), UnitLink.until > filter_.day))
    further = select(UnitLink.unit_id).join(below, UnitLink.parent_id == below.c.id).where(linked)
    return select(below.union(further).c.id)


def _by_then(row: Any, filter_: Filter) -> ColumnElement[bool]:
    """What had been done by the moment asked for. The ledger holds nothing of days to come, so today needs no look."""
    return true() if filter_.today else row.at <= filter_.moment


def _walls(filter_: Filter) -> Iterator[AnySelect]:
    """The sets of units within which people must be."""
    if filter_.bound is not None:
        yield select(UnitTree.unit_id).where(UnitTree.above_id.in_(filter_.bound))
    if filter_.unit:
        yield _below(filter_)


def _begun(filter_: Filter) -> ColumnElement[bool]:
    return _finished(select(literal(1)), filter_).exists()


def _finished(columns: AnySelect, filter_: Filter) -> AnySelect:
    """What the person of the row had finished in its course, short of the course itself."""
    step = aliased(Completion)
    return columns.select_from(step).where(
        step.person_id == Enrolment.person_id, step.course_id == Enrolment.course_id, step.round == 1,
        step.kind != "course", _by_then(step, filter_),
    )  # fmt: skip


def _overdue(filter_: Filter) -> ColumnElement[bool]:
    return and_(Completion.at.is_(None), Enrolment.due < filter_.day)


def _listed(filter_: Filter) -> list[ColumnElement[bool]]:
    """Whom the list names."""
    complete, begun = Completion.at.is_not(None), _begun(filter_)
    by_status = {
        "complete": complete,
        "not-complete": ~complete,
        "in-progress": and_(~complete, begun),
        "not-started": and_(~complete, ~begun),
        "overdue": _overdue(filter_),
    }
    found = [by_status[filter_.status]] if filter_.status else []
    found += [Completion.at >= filter_.since] if filter_.since else []
    found += [Completion.at < filter_.until] if filter_.until else []
    return found


def _taking(columns: AnySelect, filter_: Filter) -> AnySelect:
    """Everybody who counts: one row a person and course, with the unit where there is one."""
    statement = (
        columns.select_from(Person)
        # The placement comes first: it is looked up once a person, and those who are elsewhere fall out at once.
        .outerjoin(Placement, and_(Placement.person_id == Person.id, _placed(Placement, filter_)))
        # The sums keep SQLite from beginning with all enrolments: it goes through people, by name where that is asked
        # for, or through those of a few units, and looks up the enrolments of each.
        .join(Enrolment, Enrolment.person_id == Person.id + 0)
        .join(Course, Course.id == Enrolment.course_id + 0)
        .where(_counts(Enrolment, filter_), _foremost(filter_), _there(filter_))
    )
    for units in _walls(filter_):
        there = aliased(Placement)
        inside = select(there.person_id).where(_placed(there, filter_), there.unit_id.in_(units))
        statement = statement.where(Person.id.in_(inside), Placement.unit_id.in_(units))
    if filter_.course:
        statement = statement.where(Course.key == filter_.course)
    if filter_.asked:
        statement = statement.where(Person.id.in_(_named(filter_)))
    return statement


def _scope(columns: AnySelect, filter_: Filter) -> AnySelect:
    """The same with the completion of the course where there is one, of which there is never more than one."""
    complete = and_(
        Completion.person_id == Enrolment.person_id, Completion.course_id == Enrolment.course_id, Completion.round == 1,
        Completion.kind == "course", _by_then(Completion, filter_),
    )  # fmt: skip
    return _taking(columns, filter_).outerjoin(Completion, complete)


def _named(filter_: Filter) -> CompoundSelect[*tuple[Any, ...]]:
    """People whose name fits what was asked, or the name of whose unit does."""
    named, there = aliased(Person), aliased(Placement)
    fits = select(Unit.id).where(Unit.search_key.contains(filter_.asked, autoescape=True))
    return union(
        select(named.id).where(named.search_key.contains(filter_.asked, autoescape=True)),
        select(there.person_id).where(_placed(there, filter_), there.unit_id.in_(fits)),
    )


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _list_length(filter_: Filter) -> ColumnElement[int]:
    narrowed = _listed(filter_)
    return _sum(and_(*narrowed)) if narrowed else func.count()


def _figures(filter_: Filter) -> tuple[ColumnElement[int], ...]:
    """Enrolled, complete, in progress, overdue."""
    begun = _sum(and_(Completion.at.is_(None), _begun(filter_)))
    return func.count(), func.count(Completion.at), begun, _sum(_overdue(filter_))


def by_unit(session: Session, filter_: Filter) -> list[UnitCount]:
    """Counts by the unit that people were in."""
    columns = select(Placement.unit_id, *_figures(filter_), _list_length(filter_))
    return [UnitCount(*row) for row in session.execute(_scope(columns, filter_).group_by(Placement.unit_id))]


def length(session: Session, filter_: Filter) -> int:
    """How many the list names. Not as a sum over units: to group its rows SQLite sorts them in memory, 55 bytes a row."""
    found: int = session.execute(_scope(select(_list_length(filter_)), filter_)).scalar_one()
    return found


def by_course(session: Session, filter_: Filter) -> list[CourseCount]:
    """Counts by course, by key."""
    columns = select(Course.key, *_figures(filter_))
    statement = _scope(columns, filter_).group_by(Course.key).order_by(Course.key)
    return [CourseCount(*row) for row in session.execute(statement)]


def by_activity(session: Session, filter_: Filter, activities: Sequence[tuple[str, str]]) -> list[int]:
    """How many of those who count had finished each (lesson or quiz, key), in the course of the filter.

    Sums side by side, because grouping would sort the whole ledger of the course.
    """
    if not activities:
        return []
    step = aliased(Completion)
    mine = and_(
        # Here, too, a sum keeps SQLite from beginning with what is looked up last.
        step.person_id == Enrolment.person_id + 0, step.course_id == Enrolment.course_id + 0, step.round == 1,
        step.kind != "course", _by_then(step, filter_),
    )  # fmt: skip
    sums = [_sum(and_(step.item == item, step.kind == kind)) for kind, item in activities]
    return list(session.execute(_taking(select(*sums), filter_).join(step, mine)).one())


def rows(session: Session, filter_: Filter, skip: int = 0, most: int | None = None) -> Iterator[ReportRow]:
    """The people of the list in Vietnamese name order, streamed."""
    done = case((Completion.at.is_(None), _finished(select(func.count()), filter_).scalar_subquery()), else_=0)
    valid = or_(Certificate.withdrawn.is_(None), Certificate.withdrawn > filter_.moment)
    columns = select(
        Person.public, Person.name, Person.title, Unit.name, Course.key, Course.title, Course.activities, Completion.at,
        done, Enrolment.due, case((valid, Certificate.code), else_=None),
    )  # fmt: skip
    statement = (
        _scope(columns, filter_)
        .outerjoin(Unit, Unit.id == Placement.unit_id)
        .outerjoin(
            Certificate,
            and_(
                Certificate.person_id == Enrolment.person_id,
                Certificate.course_id == Enrolment.course_id,
                Certificate.completion_id == Completion.id,
            ),
        )
        .where(*_listed(filter_))
        .order_by(Person.sort_key, Person.id, Enrolment.course_id)
        .offset(skip)
    )
    statement = statement.limit(most) if most is not None else statement
    for row in session.execute(statement.execution_options(yield_per=500)):
        yield ReportRow(*row)
