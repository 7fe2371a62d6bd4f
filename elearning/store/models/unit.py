"""Units: agencies and their parts, how they hang together over time, and who belongs to them."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from elearning.store.base import Base, primary_key, public_id, sorted_text


class Unit(Base):
    """An agency or a part of one."""

    __tablename__ = "unit"

    id: Mapped[primary_key]
    public: Mapped[public_id]
    name: Mapped[str] = mapped_column(String(300))
    sort_key: Mapped[sorted_text]
    search_key: Mapped[sorted_text]
    kind: Mapped[str] = mapped_column(String(30), default="")
    closed: Mapped[date | None]


class UnitLink(Base):
    """Which unit lies under which, from a day until a day; a unit without a running link stands at the top."""

    __tablename__ = "unit_link"
    __table_args__ = (Index("ix_unit_link_unit", "unit_id"), Index("ix_unit_link_parent", "parent_id"))

    id: Mapped[primary_key]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    parent_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    since: Mapped[date]
    until: Mapped[date | None]


class UnitTree(Base):
    """Today's tree, derived: every unit with itself and each unit above it. Rebuilt when links change."""

    __tablename__ = "unit_tree"
    __table_args__ = (Index("ix_unit_tree_unit", "unit_id"),)

    above_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    steps: Mapped[int]


class Placement(Base):
    """A person in a unit, from a day until a day. `running` is 1 while it lasts and empty afterwards, so that a person
    has one running main placement only."""

    __tablename__ = "placement"
    __table_args__ = (
        UniqueConstraint("person_id", "running"),
        Index("ix_placement_unit", "unit_id", "running"),
    )

    id: Mapped[primary_key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    duty: Mapped[str] = mapped_column(String(200), default="")
    since: Mapped[date]
    until: Mapped[date | None]
    running: Mapped[int | None]
