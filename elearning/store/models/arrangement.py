"""What stands beside the texts of quizzes: dates, passwords, what persons were granted, late answers that staff accepted."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from elearning.store.base import Base, primary_key


class Arrangement(Base):
    """Dates, a password, more time or attempts for a quiz of a course; one without a course is a person's right at every quiz.
    Rows are never changed but for their end.
    """

    __tablename__ = "arrangement"
    __table_args__ = (
        CheckConstraint("kind IN ('dates', 'password', 'extra time', 'extra attempts', 'time share')", name="kind"),
        CheckConstraint("scope IN ('all', 'unit', 'class', 'person')", name="scope"),
        Index("ix_arrangement_quiz", "course_id", "quiz", "scope"),
        Index("ix_arrangement_scope", "scope", "scope_id"),
    )

    id: Mapped[primary_key]
    kind: Mapped[str] = mapped_column(String(16))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"))
    quiz: Mapped[str] = mapped_column(String(120), default="")
    scope: Mapped[str] = mapped_column(String(8), default="all")
    scope_id: Mapped[int] = mapped_column(default=0)
    opens: Mapped[datetime | None]
    closes: Mapped[datetime | None]
    password: Mapped[str] = mapped_column(String(80), default="")
    number: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(Text, default="")
    made: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Acceptance(Base):
    """A late answer that counts after all, because staff accepted it, and why."""

    __tablename__ = "acceptance"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answer.id"), primary_key=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str] = mapped_column(Text)
