"""Texts, saves, editions: what was written, when it was saved, and what was published. Nothing published is changed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from elearning.store.base import Base, digest, primary_key, public_id


class TextBytes(Base):
    """The bytes of a text under their SHA-256. A redaction empties the bytes and says so."""

    __tablename__ = "text_bytes"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    redacted: Mapped[datetime | None]
    redacted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    redacted_why: Mapped[str] = mapped_column(Text, default="")


class Save(Base):
    """One saving of one path. The last save of a path is its draft; an empty digest means that it was deleted.

    `auto` marks what the editor saved by itself while somebody was writing; such saves may be thinned out later.
    """

    __tablename__ = "save"
    __table_args__ = (Index("ix_save_path", "path", "id"),)

    id: Mapped[primary_key]
    path: Mapped[str] = mapped_column(String(300))
    digest: Mapped[str | None] = mapped_column(ForeignKey("text_bytes.digest"))
    at: Mapped[datetime]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_on: Mapped[int | None] = mapped_column(ForeignKey("save.id"))
    auto: Mapped[bool] = mapped_column(default=False, server_default=false())


class SideSave(Base):
    """What somebody typed while another person saved the same path: kept beside the draft until the two are merged.

    A person has at most one unsettled row for a path; typing on replaces its text.
    """

    __tablename__ = "side_save"
    __table_args__ = (Index("ix_side_save_path", "path", "author_id"),)

    id: Mapped[primary_key]
    path: Mapped[str] = mapped_column(String(300))
    digest: Mapped[str] = mapped_column(ForeignKey("text_bytes.digest"))
    at: Mapped[datetime]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_on: Mapped[int | None] = mapped_column(ForeignKey("save.id"))
    settled: Mapped[datetime | None]


class Remark(Base):
    """A comment on a line of a draft. `save_id` is the version in which it was line number `line`."""

    __tablename__ = "remark"
    __table_args__ = (Index("ix_remark_path", "path"),)

    id: Mapped[primary_key]
    path: Mapped[str] = mapped_column(String(300))
    save_id: Mapped[int] = mapped_column(ForeignKey("save.id"))
    line: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    settled: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class CourseFile(Base):
    """A file that an author sends for a course, part by part; `path` is where it stands once all of it is there."""

    __tablename__ = "course_file"

    id: Mapped[primary_key]
    public: Mapped[public_id]
    course: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    path: Mapped[str] = mapped_column(String(300), default="")
    made: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Course(Base):
    """A course by its key, and the edition that is live (no foreign key: the two tables would name each other). An archived course takes no new enrolments.

    `enrol` and `title` repeat what the live edition says, for lists that need no edition.
    """

    __tablename__ = "course"

    id: Mapped[primary_key]
    key: Mapped[str] = mapped_column(String(120), unique=True)
    live_id: Mapped[int | None]
    title: Mapped[str] = mapped_column(String(300))
    activities: Mapped[int]
    archived: Mapped[datetime | None]


class Edition(Base):
    """One published state of a course. `digest` names its manifest; `laws` are the keys of law it cites."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("course_id", "number"), Index("ix_edition_digest", "digest"))

    id: Mapped[primary_key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    number: Mapped[int]
    digest: Mapped[digest]
    laws: Mapped[list[Any]]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")


class EditionText(Base):
    """One line of the manifest of an edition: path and text."""

    __tablename__ = "edition_text"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    path: Mapped[str] = mapped_column(String(300), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("text_bytes.digest"))


class CompiledEdition(Base):
    """A cache: the compiled form of an edition by one version of the compiler. It can be thrown away."""

    __tablename__ = "compiled_edition"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    compiler: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class TermRow(Base):
    """One term of the live glossary in one language, from the last published `courses/glossary.md`. `pairs` are the keys
    of terms that are easily confused with it, `of` the digest of the text that it was made from.
    """

    __tablename__ = "term"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    html: Mapped[str] = mapped_column(Text)
    pairs: Mapped[list[Any]]
    of: Mapped[digest]


class LawRow(Base):
    """The live register of legal documents, from the last published `courses/laws.md`."""

    __tablename__ = "law"

    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    title: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(String(120))
    issuer: Mapped[str] = mapped_column(String(200))
    issued: Mapped[date | None]
    since: Mapped[date | None]
    until: Mapped[date | None]
    replaced_by: Mapped[str] = mapped_column(String(200))
    amended_by: Mapped[list[Any]]
    verified: Mapped[str] = mapped_column(String(20))
    source: Mapped[str] = mapped_column(Text)
    parts: Mapped[list[Any]]
