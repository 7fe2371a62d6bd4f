"""Whom an enrolment reaches."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from elearning.store.base import AnySelect
from elearning.store.models.learning import Enrolment
from elearning.store.models.person import Person, SignInName
from elearning.store.models.unit import Placement, Unit, UnitTree

CHUNK = 500


class Named(NamedTuple):
    """A person with the unit they are in."""

    id: int
    name: str
    unit: str | None


def _active(bound: frozenset[int] | None) -> AnySelect:
    statement = (
        select(Person.id, Person.name, Unit.name)
        .join(Placement, and_(Placement.person_id == Person.id, Placement.running == 1))
        .join(Unit, Unit.id == Placement.unit_id)
        .where(Person.left.is_(None), Person.erased.is_(None))
    )
    if bound is not None:
        statement = statement.where(Placement.unit_id.in_(select(UnitTree.unit_id).where(UnitTree.above_id.in_(bound))))
    return statement


def people_in(session: Session, bound: frozenset[int] | None, unit: int | None, asked: str) -> list[Named]:
    """People of a unit with all below, or whose name or unit fits; within `bound`."""
    statement = _active(bound)
    if unit is not None:
        statement = statement.where(Placement.unit_id.in_(select(UnitTree.unit_id).where(UnitTree.above_id == unit)))
    if asked:
        fits = or_(Person.search_key.contains(asked, autoescape=True), Unit.search_key.contains(asked, autoescape=True))
        statement = statement.where(fits)
    return [Named(*row) for row in session.execute(statement.order_by(Person.sort_key, Person.id))]


def people_named(session: Session, bound: frozenset[int] | None, names: list[str]) -> dict[str, Named]:
    """Sign-in name → person, for those within `bound`."""
    found: dict[str, Named] = {}
    for start in range(0, len(names), CHUNK):
        part = _active(bound).join(SignInName, SignInName.person_id == Person.id).add_columns(SignInName.normal)
        for *person, normal in session.execute(part.where(SignInName.normal.in_(names[start : start + CHUNK]))):
            found[normal] = Named(*person)
    return found


def enrolled(session: Session, course: int, now: datetime) -> frozenset[int]:
    """Everybody with a running enrolment in a course."""
    running = or_(Enrolment.until.is_(None), Enrolment.until > now)
    return frozenset(session.scalars(select(Enrolment.person_id).where(Enrolment.course_id == course, running)))


def end(session: Session, course: int, people: Iterable[int], now: datetime) -> int:
    """End the running enrolments of some people in a course; how many people had one."""
    running = Enrolment.until.is_(None)
    statement = update(Enrolment).where(Enrolment.course_id == course, Enrolment.person_id.in_(list(people)), running)
    return len(set(session.scalars(statement.values(until=now).returning(Enrolment.person_id))))
