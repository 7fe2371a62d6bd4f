"""Units and the tree that they form today."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.store.models.unit import Unit, UnitTree


class ListedUnit(NamedTuple):
    """A unit in a list for choosing; `depth` says how far below the top it stands."""

    id: int
    public: str
    name: str
    depth: int


def above(session: Session, unit: int) -> frozenset[int]:
    """A unit and all above it."""
    return frozenset(session.scalars(select(UnitTree.above_id).where(UnitTree.unit_id == unit)))


def all_units(session: Session) -> list[ListedUnit]:
    """All units, parents before children, children in Vietnamese order."""
    rows = session.execute(select(Unit.id, Unit.public, Unit.name, Unit.sort_key).where(Unit.closed.is_(None))).all()
    links = session.execute(select(UnitTree.unit_id, UnitTree.above_id).where(UnitTree.steps == 1)).all()
    parent = dict(row.tuple() for row in links)
    keys = {row.id: row.sort_key for row in rows}

    def path(unit: int) -> tuple[str, ...]:
        return (*(path(parent[unit]) if unit in parent else ()), keys.get(unit, ""))

    ordered = sorted(rows, key=lambda row: path(row.id))
    return [ListedUnit(row.id, row.public, row.name, len(path(row.id)) - 1) for row in ordered]
