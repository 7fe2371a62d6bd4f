"""People: who they are, how they sign in, what was granted to them, and where they are signed in now."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from elearning.store.base import Base, digest, primary_key, public_id, sorted_text


class Person(Base):
    """An official. Rows are kept when somebody leaves or is erased; then name and sign-in names are blanked."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_sort_key", "sort_key", "id"),)

    id: Mapped[primary_key]
    public: Mapped[public_id]
    name: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[sorted_text]
    search_key: Mapped[sorted_text]
    title: Mapped[str] = mapped_column(String(200), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(2), default="vi")
    password: Mapped[str] = mapped_column(String(200), default="")
    created: Mapped[datetime]
    disabled: Mapped[datetime | None]
    left: Mapped[date | None]
    erased: Mapped[datetime | None]
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SignInName(Base):
    """One name for the door; its normal form belongs to one person only."""

    __tablename__ = "sign_in_name"
    __table_args__ = (
        UniqueConstraint("kind", "normal"),
        CheckConstraint("kind IN ('email', 'phone', 'code')", name="kind"),
        Index("ix_sign_in_name_person", "person_id"),
    )

    id: Mapped[primary_key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(10))
    normal: Mapped[str] = mapped_column(String(200))
    shown: Mapped[str] = mapped_column(String(200))


class Grant(Base):
    """A role within a scope, from a moment until a moment."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("role IN ('learner', 'trainer', 'coordinator', 'admin')", name="role"),
        CheckConstraint("scope IN ('all', 'unit', 'course', 'class', 'site')", name="scope"),
        Index("ix_role_grant_person", "person_id"),
    )

    id: Mapped[primary_key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(12))
    scope: Mapped[str] = mapped_column(String(8), default="all")
    scope_id: Mapped[int] = mapped_column(default=0)
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    given_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class BrowserSession(Base):
    """A signed-in browser, named by the SHA-256 of the 256 random bits in its cookie."""

    __tablename__ = "browser_session"
    __table_args__ = (UniqueConstraint("token"), Index("ix_browser_session_person", "person_id"))

    id: Mapped[primary_key]
    token: Mapped[digest]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    created: Mapped[datetime]
    seen: Mapped[datetime]
    ended: Mapped[datetime | None]
    agent: Mapped[str] = mapped_column(String(300), default="")
    address: Mapped[str] = mapped_column(String(64), default="")


class OneTimeCode(Base):
    """A code that lets its person choose a password once; kept as SHA-256."""

    __tablename__ = "one_time_code"
    __table_args__ = (UniqueConstraint("code"), Index("ix_one_time_code_person", "person_id"))

    id: Mapped[primary_key]
    code: Mapped[digest]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    until: Mapped[datetime]
    used: Mapped[datetime | None]


class SignInFailure(Base):
    """How often in a row a sign-in name was tried with a wrong password; named by SHA-256, known or not."""

    __tablename__ = "sign_in_failure"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    free: Mapped[datetime]


class Audit(Base):
    """Who did what to whom, when, from where and why. Rows are only added."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_at", "at"), Index("ix_audit_subject", "kind", "subject"))

    id: Mapped[primary_key]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    action: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(30))
    subject: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[str] = mapped_column(Text, default="")


class Setting(Base):
    """A setting of the platform, or of a unit and all below it; unit 0 is the platform."""

    __tablename__ = "setting"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)

    id: Mapped[primary_key]
    unit_id: Mapped[int] = mapped_column(server_default=text("0"), default=0)
    name: Mapped[str] = mapped_column(String(60))
    value: Mapped[str] = mapped_column(Text)
    changed: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
