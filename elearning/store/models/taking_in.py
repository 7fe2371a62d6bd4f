"""Questions from other platforms: files that were sent, what they hold item by item, and where each question came from."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from elearning.store.base import Base, digest, primary_key, public_id


class QuestionFile(Base):
    """A file of questions that somebody sent; nobody, where it came in by the shell. `public` is also the address of the job that
    reads it; `digest` names its bytes, `family` the file whatever its version: its format and its name. `at` is when it was last
    used: sent, mended or kept.
    """

    __tablename__ = "question_file"
    __table_args__ = (Index("ix_question_file_by", "by_id", "id"),)

    id: Mapped[primary_key]
    public: Mapped[public_id]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(200))
    format: Mapped[str] = mapped_column(String(30))
    family: Mapped[str] = mapped_column(String(240))
    digest: Mapped[digest]


class QuestionItem(Base):
    """One thing that a file holds, and the lines of the question that it became; empty where it is none. `item` is what the file calls
    it, `item_digest` names its own text. `standing` says how it stood to our questions when it was read: new, same, update or touched, and
    `bank` and `key` which question that is, or where it was kept.
    """

    __tablename__ = "question_item"
    __table_args__ = (
        UniqueConstraint("file_id", "number"),
        Index("ix_question_item_degree", "file_id", "degree", "number"),
        CheckConstraint("degree IN ('whole', 'part', 'not', 'beside')", name="degree"),
        CheckConstraint("standing IN ('new', 'same', 'update', 'touched')", name="standing"),
    )

    id: Mapped[primary_key]
    file_id: Mapped[int] = mapped_column(ForeignKey("question_file.id"))
    number: Mapped[int]
    place: Mapped[dict[str, Any]]
    degree: Mapped[str] = mapped_column(String(6))
    notes: Mapped[list[Any]]
    source: Mapped[str] = mapped_column(Text)
    item: Mapped[str] = mapped_column(String(200))
    item_digest: Mapped[digest]
    text: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(String(300))
    type: Mapped[str] = mapped_column(String(20))
    problems: Mapped[int] = mapped_column(default=0)
    mended: Mapped[bool] = mapped_column(default=False)
    standing: Mapped[str] = mapped_column(String(8), default="new")
    bank: Mapped[str] = mapped_column(String(300), default="")
    key: Mapped[str] = mapped_column(String(120), default="")
    kept: Mapped[datetime | None]


class QuestionMedium(Base):
    """A picture or sound that came with an item, under the path that its text names."""

    __tablename__ = "question_medium"
    __table_args__ = (UniqueConstraint("item_id", "path"),)

    id: Mapped[primary_key]
    item_id: Mapped[int] = mapped_column(ForeignKey("question_item.id"))
    path: Mapped[str] = mapped_column(String(200))
    data: Mapped[bytes] = mapped_column(LargeBinary)


class QuestionOrigin(Base):
    """Where a question of a bank came from, so that the same file brings it up to date instead of adding it again. `text_digest` names
    its lines as they were kept: whoever has changed them since is not written over.
    """

    __tablename__ = "question_origin"
    __table_args__ = (
        UniqueConstraint("family", "item"),
        Index("ix_question_origin_digest", "item_digest"),
    )

    id: Mapped[primary_key]
    family: Mapped[str] = mapped_column(String(240))
    item: Mapped[str] = mapped_column(String(200))
    item_digest: Mapped[digest]
    bank: Mapped[str] = mapped_column(String(300))
    key: Mapped[str] = mapped_column(String(120))
    text_digest: Mapped[digest]
    at: Mapped[datetime]
