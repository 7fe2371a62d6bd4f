"""What people do with courses: enrolment, progress, attempts, answers, grades, completions, certificates."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from elearning.store.base import Base, primary_key


class Enrolment(Base):
    """Why a person must or may take a course, from when, until when, and by when it is due. There may be several."""

    __tablename__ = "enrolment"
    __table_args__ = (
        Index("ix_enrolment_person", "person_id", "course_id", "since", "until", "due"),
        Index("ix_enrolment_course", "course_id"),
    )

    id: Mapped[primary_key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    reason: Mapped[str] = mapped_column(String(200))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    due: Mapped[date | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class LessonVisit(Base):
    """When a person first opened a lesson that asks for time; only such lessons have rows."""

    __tablename__ = "lesson_visit"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True, default=1)
    lesson: Mapped[str] = mapped_column(String(120), primary_key=True)
    begun: Mapped[datetime]


_UNFINISHED = text("state <> 'graded'")


class Attempt(Base):
    """One sitting of one learner, on the edition it began on. `reopened` is when staff last opened it again: its closing is
    then the one they set.
    """

    __tablename__ = "attempt"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id", "quiz", "round", "number"),
        CheckConstraint("state IN ('in_progress', 'overdue', 'submitted', 'graded', 'abandoned')", name="state"),
        Index("ix_attempt_course", "course_id", "quiz"),
        # Few, however many there were before; a statement finds it where it says the same in writing: queries/attempts.UNFINISHED.
        Index("ix_attempt_unfinished", "state", "closes", sqlite_where=_UNFINISHED, postgresql_where=_UNFINISHED),
    )

    id: Mapped[primary_key]
    public: Mapped[str] = mapped_column(String(22), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    quiz: Mapped[str] = mapped_column(String(120))
    round: Mapped[int] = mapped_column(default=1)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default="in_progress")
    seed: Mapped[str] = mapped_column(String(32))
    began: Mapped[datetime]
    closes: Mapped[datetime | None]
    ended: Mapped[datetime | None]
    reopened: Mapped[datetime | None]
    share_milli: Mapped[int | None]
    share_num: Mapped[int | None]
    share_den: Mapped[int | None]
    passed: Mapped[bool | None]


class AttemptSlot(Base):
    """One place on the paper: which question, at which version, with the options in which order."""

    __tablename__ = "attempt_slot"
    __table_args__ = (UniqueConstraint("attempt_id", "number"), Index("ix_attempt_slot_question", "bank", "question"))

    id: Mapped[primary_key]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    number: Mapped[int]
    bank: Mapped[str] = mapped_column(String(300))
    question: Mapped[str] = mapped_column(String(120))
    version: Mapped[str] = mapped_column(String(64))
    order: Mapped[list[Any]]
    points_num: Mapped[int]
    points_den: Mapped[int]


class Answer(Base):
    """One saved answer. Rows are only added; `version` rises within the attempt. `checked` says that the learner had it
    judged while the attempt ran, `certainty` (1 to 3) how sure they were, where the quiz asks for it.
    """

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("attempt_id", "tab", "seq", "slot"),
        UniqueConstraint("attempt_id", "version"),
    )

    id: Mapped[primary_key]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    slot: Mapped[int]
    tab: Mapped[str] = mapped_column(String(40))
    seq: Mapped[int]
    base: Mapped[int]
    version: Mapped[int]
    value: Mapped[Any] = mapped_column(JSON)
    at: Mapped[datetime]
    late: Mapped[bool] = mapped_column(default=False)
    chosen: Mapped[bool] = mapped_column(default=False)
    checked: Mapped[bool] = mapped_column(default=False, server_default=false())
    certainty: Mapped[int | None]


class Upload(Base):
    """A recording in answer to a slot, sent part by part; `kind` is its media type once all of it is there."""

    __tablename__ = "upload"
    __table_args__ = (UniqueConstraint("public"), Index("ix_upload_attempt", "attempt_id", "slot"))

    id: Mapped[primary_key]
    public: Mapped[str] = mapped_column(String(22))
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    slot: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    kind: Mapped[str] = mapped_column(String(40), default="")
    made: Mapped[datetime]
    finished: Mapped[datetime | None]


class Flag(Base):
    """A slot that the learner marked to look at again."""

    __tablename__ = "flag"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"), primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Grade(Base):
    """What one slot earned, exact, and why. Regrading adds rows; the last one counts. One that waits for a person to mark it
    is worth nothing yet.
    """

    __tablename__ = "grade"
    __table_args__ = (Index("ix_grade_attempt", "attempt_id", "slot"),)

    id: Mapped[primary_key]
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempt.id"))
    slot: Mapped[int]
    answer_id: Mapped[int | None] = mapped_column(ForeignKey("answer.id"))
    share_num: Mapped[int]
    share_den: Mapped[int]
    share_milli: Mapped[int]
    reason: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    waits: Mapped[bool] = mapped_column(default=False, server_default=false())


class Ruling(Base):
    """A decision about a question of a paper: leave it out, give full points, or regrade by an edition."""

    __tablename__ = "ruling"
    __table_args__ = (Index("ix_ruling_question", "bank", "question"),)

    id: Mapped[primary_key]
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    bank: Mapped[str] = mapped_column(String(300))
    question: Mapped[str] = mapped_column(String(120))
    version: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(20))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("edition.id"))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Completion(Base):
    """The ledger: who completed which lesson, quiz or course and when, by which edition, in which unit. Rows are only added."""

    __tablename__ = "completion"
    __table_args__ = (
        UniqueConstraint("person_id", "course_id", "round", "kind", "item"),
        # All that reports ask of the ledger, so that they need not look up its rows one by one.
        Index("ix_completion_person", "person_id", "course_id", "round", "kind", "at", "item"),
    )

    id: Mapped[primary_key]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    round: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(String(10))
    item: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime]
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    unit_name: Mapped[str] = mapped_column(String(300), default="")
    reason: Mapped[str] = mapped_column(String(200))


class Certificate(Base):
    """A certificate as printed. What is printed is copied and never changed; withdrawing it is a dated remark."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("code"),
        UniqueConstraint("year", "number"),
        UniqueConstraint("person_id", "course_id", "round"),
    )

    id: Mapped[primary_key]
    code: Mapped[str] = mapped_column(String(17))
    year: Mapped[int]
    number: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    round: Mapped[int] = mapped_column(default=1)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    completion_id: Mapped[int] = mapped_column(ForeignKey("completion.id"))
    holder: Mapped[str] = mapped_column(String(200))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    unit_name: Mapped[str] = mapped_column(String(300))
    course_title: Mapped[str] = mapped_column(String(300))
    certificate_title: Mapped[str] = mapped_column(String(300))
    hours: Mapped[str] = mapped_column(String(20))
    score: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    issuer: Mapped[str] = mapped_column(String(300))
    issued: Mapped[datetime]
    issued_on: Mapped[date]
    valid_until: Mapped[date | None]
    withdrawn: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_why: Mapped[str] = mapped_column(Text, default="")


class CertificateCounter(Base):
    """The last certificate number of a year. Taken in the transaction that issues, so that there are no gaps."""

    __tablename__ = "certificate_counter"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
