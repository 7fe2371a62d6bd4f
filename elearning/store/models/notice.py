"""Notices to people, the mail that carries them, long work with its progress, and views of reports that people keep."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from elearning.store.base import Base, primary_key, public_id


class Notice(Base):
    """One thing a person should know. `about` names the occasion, so that nobody is told twice of the same."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "about"),
        Index("ix_notice_mail", "mail", "id"),
        CheckConstraint("mail IN ('waiting', 'sending', 'sent', 'none', 'failed')", name="mail"),
    )

    id: Mapped[primary_key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(String(120))
    values: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    closed: Mapped[datetime | None]
    mail: Mapped[str] = mapped_column(String(8), default="waiting")
    mail_tries: Mapped[int] = mapped_column(default=0)
    mail_at: Mapped[datetime | None]


class Job(Base):
    """Long work: what was asked, how far it is, what came of it. A job may be run twice without harm."""

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_state", "state", "id"),
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
    )

    id: Mapped[primary_key]
    public: Mapped[public_id]
    kind: Mapped[str] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked: Mapped[dict[str, Any]]
    file_name: Mapped[str] = mapped_column(String(200), default="")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any] | None]
    made: Mapped[datetime]
    started: Mapped[datetime | None]
    ended: Mapped[datetime | None]


class JobPiece(Base):
    """A piece of a file of a job: of the one that came with it (`data`), or of the one that came of it (`output`), numbered from 0.

    They stand apart because the row of a job is written anew at each step, and in pieces so that nobody has to hold a whole file.
    """

    __tablename__ = "job_piece"
    __table_args__ = (CheckConstraint("file IN ('data', 'output')", name="file"),)

    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"), primary_key=True)
    file: Mapped[str] = mapped_column(String(6), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    piece: Mapped[bytes] = mapped_column(LargeBinary)


class SavedView(Base):
    """A report with its filters, under a name of the person's own."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("person_id", "name"),)

    id: Mapped[primary_key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(80))
    path: Mapped[str] = mapped_column(Text)
    made: Mapped[datetime]
