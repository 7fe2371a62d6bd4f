"""What reports can be narrowed by: courses, units as they hung together on a day, saved views."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Integer, and_, cast, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from elearning.store.models.notice import SavedView
from elearning.store.models.text import Course, Edition
from elearning.store.models.unit import Unit, UnitLink, UnitTree


class Offer(NamedTuple):
    """A course, a unit or a saved view that a report offers: `text` is digest, name or address."""

    kind: str
    id: int
    key: str
    text: str
    order: str
    parent: int | None


def offers(session: Session, person: int, bound: frozenset[int] | None, day: date) -> list[Offer]:
    """Live courses, units as they hung together on a day, and the saved views of a person: one statement."""
    none = cast(null(), Integer)
    courses = select(
        literal("course"), Course.id, Course.key, Edition.digest, Course.key, none,
    ).join(Edition, Edition.id == Course.live_id)  # fmt: skip
    linked = and_(
        UnitLink.unit_id == Unit.id, UnitLink.since <= day, or_(UnitLink.until.is_(None), UnitLink.until > day)
    )
    units = (
        select(literal("unit"), Unit.id, Unit.public, Unit.name, Unit.sort_key, UnitLink.parent_id)
        .outerjoin(UnitLink, linked)
        .where(or_(Unit.closed.is_(None), Unit.closed > day))
    )
    if bound is not None:
        units = units.where(Unit.id.in_(select(UnitTree.unit_id).where(UnitTree.above_id.in_(bound))))
    views = select(
        literal("view"), SavedView.id, SavedView.name, SavedView.path, SavedView.name, none,
    ).where(SavedView.person_id == person)  # fmt: skip
    return [Offer(*row) for row in session.execute(union_all(courses, units, views))]
