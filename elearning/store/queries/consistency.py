"""Rows that contradict one another: each statement gives what should not be there, named so that it can be found again."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import String, and_, cast, func, literal, or_, select, text
from sqlalchemy.orm import Session

from elearning.domain.attempt_states import OPEN
from elearning.store.base import AnySelect
from elearning.store.models.learning import (
    Answer,
    Attempt,
    AttemptSlot,
    Certificate,
    CertificateCounter,
    Completion,
    Grade,
    Upload,
)
from elearning.store.models.text import Course, Edition, TextBytes
from elearning.store.models.unit import Placement, UnitTree

SOME = 3
HANDED_IN = ("submitted", "graded")
_last = select(func.max(Grade.id).label("id")).group_by(Grade.attempt_id, Grade.slot).subquery()


def slots_without_grade() -> AnySelect:
    """Attempts that were handed in, with a slot that has no grade."""
    graded = select(Grade.id).where(Grade.attempt_id == AttemptSlot.attempt_id, Grade.slot == AttemptSlot.number)
    return (
        select(Attempt.public)
        .join(AttemptSlot, AttemptSlot.attempt_id == Attempt.id)
        .where(Attempt.state.in_(HANDED_IN), ~graded.exists())
    )


def graded_and_waiting() -> AnySelect:
    """Attempts with a result, of which something still waits to be marked."""
    return (
        select(Attempt.public)
        .join(Grade, Grade.attempt_id == Attempt.id)
        .join(_last, _last.c.id == Grade.id)
        .where(Attempt.state == "graded", Grade.waits)
    )


def beside_the_paper() -> AnySelect:
    """Attempts with an answer or a grade for a slot that is not on their paper, or a grade for another attempt's answer."""
    on_paper = select(AttemptSlot.id)
    answers = (
        select(Attempt.public)
        .join(Answer, Answer.attempt_id == Attempt.id)
        .where(~on_paper.where(AttemptSlot.attempt_id == Answer.attempt_id, AttemptSlot.number == Answer.slot).exists())
    )
    grades = (
        select(Attempt.public)
        .join(Grade, Grade.attempt_id == Attempt.id)
        .outerjoin(Answer, Answer.id == Grade.answer_id)
        .where(
            or_(
                ~on_paper.where(AttemptSlot.attempt_id == Grade.attempt_id, AttemptSlot.number == Grade.slot).exists(),
                Answer.attempt_id != Grade.attempt_id,
                Answer.slot != Grade.slot,
            )
        )
    )
    return select(answers.union_all(grades).subquery().c.public)


def versions_with_gaps() -> AnySelect:
    """Attempts whose answers are not numbered 1, 2, 3 and on."""
    return (
        select(Attempt.public)
        .join(Answer, Answer.attempt_id == Attempt.id)
        .group_by(Attempt.id, Attempt.public)
        .having(or_(func.min(Answer.version) != 1, func.max(Answer.version) != func.count(Answer.id)))
    )


def ended_or_not() -> AnySelect:
    """Attempts that are open and have ended, or are not and have not."""
    is_open = Attempt.state.in_(OPEN)
    return select(Attempt.public).where(
        or_(and_(is_open, Attempt.ended.is_not(None)), and_(~is_open, Attempt.ended.is_(None)))
    )


def two_at_once() -> AnySelect:
    """Attempts of one person at one quiz that run side by side; the first of each is named."""
    return (
        select(func.min(Attempt.public))
        .where(Attempt.state.in_(OPEN))
        .group_by(Attempt.person_id, Attempt.course_id, Attempt.quiz)
        .having(func.count(Attempt.id) > 1)
    )


def certificates_without_completion() -> AnySelect:
    """Certificates whose completion is another person's, another course's or none of a course."""
    named = cast(Certificate.number, String) + literal("/") + cast(Certificate.year, String)
    return (
        select(named)
        .join(Completion, Completion.id == Certificate.completion_id)
        .where(
            or_(
                Completion.kind != "course",
                Completion.person_id != Certificate.person_id,
                Completion.course_id != Certificate.course_id,
                Completion.round != Certificate.round,
            )
        )
    )


def years_with_gaps() -> AnySelect:
    """Years whose certificates are not numbered 1, 2, 3 and on, up to the number that the counter has."""
    numbers = (
        select(
            Certificate.year,
            func.min(Certificate.number).label("first"),
            func.max(Certificate.number).label("last"),
            func.count(Certificate.id).label("count"),
        )
        .group_by(Certificate.year)
        .subquery()
    )
    counted = (
        select(cast(numbers.c.year, String).label("year"))
        .outerjoin(CertificateCounter, CertificateCounter.year == numbers.c.year)
        .where(
            or_(
                numbers.c.first != 1, numbers.c.last != numbers.c.count, func.coalesce(CertificateCounter.last, 0) != numbers.c.last
            )
        )
    )  # fmt: skip
    unused = (
        select(cast(CertificateCounter.year, String).label("year"))
        .outerjoin(numbers, numbers.c.year == CertificateCounter.year)
        .where(numbers.c.year.is_(None), CertificateCounter.last != 0)
    )
    return select(counted.union_all(unused).subquery().c.year)


def foreign_editions() -> AnySelect:
    """Courses whose live edition is another course's or none; attempts on an edition of another course."""
    courses = (
        select(Course.key.label("named"))
        .outerjoin(Edition, and_(Edition.id == Course.live_id, Edition.course_id == Course.id))
        .where(Course.live_id.is_not(None), Edition.id.is_(None))
    )
    attempts = (
        select(Attempt.public.label("named"))
        .join(Edition, Edition.id == Attempt.edition_id)
        .where(Edition.course_id != Attempt.course_id)
    )
    return select(courses.union_all(attempts).subquery().c.named)


def placements_astray() -> AnySelect:
    """Placements that run and have an end, or do not and have none."""
    return select(cast(Placement.id, String)).where(
        or_(
            and_(Placement.running.is_not(None), Placement.until.is_not(None)),
            and_(Placement.running.is_(None), Placement.until.is_(None)),
        )
    )


def some(session: Session, wrong: AnySelect) -> tuple[int, list[str]]:
    """How many rows a statement of what is wrong finds, and the first of them."""
    count = session.scalar(select(func.count()).select_from(wrong.subquery())) or 0
    return count, [str(row[0]) for row in session.execute(wrong.limit(SOME))] if count else []


class Result(NamedTuple):
    """One slot of an attempt with a result: the share and points of its last grade, and what the attempt says in all."""

    public: str
    share_num: int | None
    share_den: int | None
    share_milli: int | None
    slot_num: int
    slot_den: int
    points_num: int
    points_den: int


def results(session: Session) -> Iterator[Result]:
    """All slots of all attempts with a result, attempt by attempt."""
    asked = (
        select(
            Attempt.public, Attempt.share_num, Attempt.share_den, Attempt.share_milli, Grade.share_num, Grade.share_den,
            AttemptSlot.points_num, AttemptSlot.points_den,
        )
        .join(Attempt, Attempt.id == Grade.attempt_id)
        .join(_last, _last.c.id == Grade.id)
        .join(AttemptSlot, and_(AttemptSlot.attempt_id == Attempt.id, AttemptSlot.number == Grade.slot))
        .where(Attempt.state == "graded")
        .order_by(Attempt.id)
        .execution_options(yield_per=2_000)
    )  # fmt: skip
    return (Result(*row) for row in session.execute(asked))


def texts(session: Session) -> Iterator[tuple[str, bytes]]:
    """Every text that was not redacted, with its digest."""
    asked = select(TextBytes.digest, TextBytes.data).where(TextBytes.redacted.is_(None)).execution_options(yield_per=20)
    return ((row[0], row[1]) for row in session.execute(asked))


def finished_uploads(session: Session) -> Iterator[tuple[str, int]]:
    """Recordings that are said to be there, with their size."""
    asked = select(Upload.public, Upload.size).where(Upload.finished.is_not(None)).execution_options(yield_per=2_000)
    return ((row[0], row[1]) for row in session.execute(asked))


def derived_tree(session: Session) -> set[tuple[int, int, int]]:
    """The tree of units as it was derived: (above, unit, steps)."""
    return {
        (row[0], row[1], row[2]) for row in session.execute(select(UnitTree.above_id, UnitTree.unit_id, UnitTree.steps))
    }


def damage(session: Session) -> Sequence[Any]:
    """What SQLite itself finds wrong with its file and its links; PostgreSQL keeps watch over both by itself."""
    if session.get_bind().dialect.name != "sqlite":
        return []
    found = [row[0] for row in session.execute(text("PRAGMA integrity_check")) if row[0] != "ok"]
    return [*found, *(f"{row[0]} {row[1]}" for row in session.execute(text("PRAGMA foreign_key_check")))]
