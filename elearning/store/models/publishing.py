"""On the way to an edition: who approved which state of a course, and what is to be published when."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from elearning.store.base import Base, digest, primary_key, public_id


class Approval(Base):
    """One step of approval of one state of a course. `digest` names the manifest, so that a changed draft has no approvals."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("course", "digest", "step"),)

    id: Mapped[primary_key]
    course: Mapped[str] = mapped_column(String(120))
    digest: Mapped[digest]
    step: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class PlannedEdition(Base):
    """A state of a course that is to be published at a set time, as it was when that was set and not otherwise.

    waiting: not yet due; done: published (`edition_id`); failed: it was not (`said` tells why); withdrawn: taken back.
    """

    __tablename__ = "planned_edition"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'done', 'failed', 'withdrawn')", name="state"),
        Index("ix_planned_edition_state", "state", "due"),
        Index("ix_planned_edition_course", "course", "id"),
    )

    id: Mapped[primary_key]
    public: Mapped[public_id]
    course: Mapped[str] = mapped_column(String(120))
    digest: Mapped[digest]
    manifest: Mapped[dict[str, Any]]
    due: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    said: Mapped[dict[str, Any] | None]
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))
    ended: Mapped[datetime | None]


class LawReview(Base):
    """Somebody looked at a text that cites a changed legal document, and it may stand. `change` names what was changed, so that
    the next change asks anew; `item` is the question of a bank, empty for the text as a whole.
    """

    __tablename__ = "law_review"
    __table_args__ = (UniqueConstraint("law", "change", "path", "item"),)

    id: Mapped[primary_key]
    law: Mapped[str] = mapped_column(String(120))
    change: Mapped[str] = mapped_column(String(64))
    path: Mapped[str] = mapped_column(String(300))
    item: Mapped[str] = mapped_column(String(120), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(Text)
