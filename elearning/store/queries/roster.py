"""What belongs to a person, moved to another when two rows turn out to be one person."""

from typing import NamedTuple

from sqlalchemy import and_, func, intersect, select, update
from sqlalchemy.orm import Session

from elearning.store.models.arrangement import Arrangement
from elearning.store.models.learning import Attempt, Certificate, Completion, Enrolment, LessonVisit
from elearning.store.models.person import Person, SignInName
from elearning.store.models.unit import Placement, Unit, UnitTree

_OWNED = (Attempt, Completion, Certificate, Enrolment, SignInName)


def both_have(session: Session, one: int, other: int) -> bool:
    """Whether both have something in the same course that only one person can have."""
    return any(
        session.scalar(
            select(func.count()).select_from(
                intersect(
                    select(table.course_id).where(table.person_id == one),
                    select(table.course_id).where(table.person_id == other),
                ).subquery()
            )
        )
        for table in (Attempt, Completion, Certificate)
    )


def move_all(session: Session, source: int, target: int) -> None:
    """Give everything of one person to another."""
    for table in _OWNED:
        session.execute(update(table).where(table.person_id == source).values(person_id=target))
    granted = update(Arrangement).where(Arrangement.scope == "person", Arrangement.scope_id == source)
    session.execute(granted.values(scope_id=target))
    known = select(LessonVisit.lesson).where(LessonVisit.person_id == target)
    visits = update(LessonVisit).where(LessonVisit.person_id == source, LessonVisit.lesson.not_in(known))
    session.execute(visits.values(person_id=target), execution_options={"synchronize_session": False})


def placements(session: Session, person: int) -> list[tuple[str, Placement]]:
    """All placements of a person, newest first, with the names of the units."""
    rows = session.execute(
        select(Unit.name, Placement)
        .join(Unit, Unit.id == Placement.unit_id)
        .where(Placement.person_id == person)
        .order_by(Placement.since.desc(), Placement.id.desc())
    )
    return [(name, placement) for name, placement in rows]


class SlipRow(NamedTuple):
    """A person who is to get a slip."""

    id: int
    name: str
    title: str
    unit: str


def without_password(session: Session, unit: int, everyone: bool) -> list[SlipRow]:
    """People of a unit and below who have chosen no password yet, or all of them, by unit and name."""
    statement = (
        select(Person.id, Person.name, Person.title, Unit.name)
        .join(Placement, and_(Placement.person_id == Person.id, Placement.running == 1))
        .join(Unit, Unit.id == Placement.unit_id)
        .join(UnitTree, and_(UnitTree.unit_id == Unit.id, UnitTree.above_id == unit))
        .where(Person.left.is_(None), Person.erased.is_(None), Person.disabled.is_(None))
    )
    if not everyone:
        statement = statement.where(Person.password == "")
    return [SlipRow(*row) for row in session.execute(statement.order_by(Unit.sort_key, Person.sort_key, Person.id))]
