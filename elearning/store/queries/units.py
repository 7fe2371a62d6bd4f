"""Units and the tree that they form today."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import and_, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from elearning.store.models.person import Person
from elearning.store.models.unit import Placement, Unit, UnitLink, UnitTree


class ListedUnit(NamedTuple):
    """A unit in a list; `depth` says how far below the top it stands, `people` how many are placed in it directly."""

    id: int
    public: str
    name: str
    depth: int
    people: int
    parent: int | None


def above(session: Session, unit: int) -> frozenset[int]:
    """A unit and all above it."""
    return frozenset(session.scalars(select(UnitTree.above_id).where(UnitTree.unit_id == unit)))


def below(session: Session, units: Iterable[int]) -> frozenset[int]:
    """Some units and all below them."""
    return frozenset(session.scalars(select(UnitTree.unit_id).where(UnitTree.above_id.in_(list(units)))))


def parents(session: Session) -> dict[int, int]:
    """Unit → the unit above it, for all links that run today."""
    rows = session.execute(select(UnitLink.unit_id, UnitLink.parent_id).where(UnitLink.until.is_(None)))
    return {row.unit_id: row.parent_id for row in rows}


def by_public(session: Session, public: str) -> Unit | None:
    """A unit by its address."""
    return session.scalar(select(Unit).where(Unit.public == public))


def all_units(session: Session, bound: frozenset[int] | None = None) -> list[ListedUnit]:
    """Open units, parents before children, children in Vietnamese order; those in `bound` and below where it is given.

    Two statements, however many units there are.
    """
    counted = (
        select(Placement.unit_id, func.count(Placement.id).label("people"))
        .join(Person, and_(Person.id == Placement.person_id, Person.left.is_(None), Person.erased.is_(None)))
        .where(Placement.running == 1)
        .group_by(Placement.unit_id)
        .subquery()
    )
    statement = (
        select(Unit.id, Unit.public, Unit.name, Unit.sort_key, func.coalesce(counted.c.people, 0))
        .outerjoin(counted, counted.c.unit_id == Unit.id)
        .where(Unit.closed.is_(None))
    )
    if bound is not None:
        statement = statement.where(Unit.id.in_(select(UnitTree.unit_id).where(UnitTree.above_id.in_(bound))))
    rows = {row[0]: row for row in session.execute(statement)}
    up = {unit: parent for unit, parent in parents(session).items() if unit in rows and parent in rows}
    children: dict[int | None, list[int]] = {}
    for unit in sorted(rows, key=lambda unit: rows[unit][3]):
        children.setdefault(up.get(unit), []).append(unit)
    found: list[ListedUnit] = []
    stack = [(unit, 0) for unit in reversed(children.get(None, []))]
    while stack:
        unit, depth = stack.pop()
        row = rows[unit]
        found.append(ListedUnit(row[0], row[1], row[2], depth, row[4], up.get(unit)))
        stack.extend((child, depth + 1) for child in reversed(children.get(unit, [])))
    return found


def replace_tree(session: Session, rows: Iterable[tuple[int, int, int]]) -> None:
    """Put the derived tree in place of the one that is there."""
    session.execute(delete(UnitTree))
    values = [{"above_id": above_, "unit_id": unit, "steps": steps} for above_, unit, steps in rows]
    if values:
        session.execute(insert(UnitTree), values)


def everywhere(session: Session) -> list[int]:
    """The ids of all units, closed ones too."""
    return list(session.scalars(select(Unit.id)))


def children_or_people(session: Session, unit: int) -> bool:
    """Whether anything hangs on a unit: units below it or people in it."""
    linked = select(UnitLink.id).where(UnitLink.parent_id == unit, UnitLink.until.is_(None)).exists()
    placed = select(Placement.id).where(Placement.unit_id == unit, Placement.running == 1).exists()
    return bool(session.scalar(select(or_(linked, placed))))
