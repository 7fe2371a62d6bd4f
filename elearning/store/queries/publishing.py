"""What publishing asks of the database: editions of a course, who is on it, approvals and plans."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from elearning.store.models.learning import Attempt, Completion, Enrolment
from elearning.store.models.person import Grant, Person
from elearning.store.models.publishing import Approval, PlannedEdition
from elearning.store.models.text import Course, Edition, EditionText, Save, TextBytes

_LOCK = 7263005


class EditionRow(NamedTuple):
    """An edition of a course, and who published it."""

    edition: Edition
    by: str | None


class LedgerLine(NamedTuple):
    """One thing that somebody on a course has done."""

    person_id: int
    kind: str
    item: str


def queue(session: Session) -> None:
    """Let those who publish wait for one another until the end of the work; with SQLite all writers wait anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def course(session: Session, key: str) -> Course | None:
    """A course by its key, live or not."""
    return session.scalar(select(Course).where(Course.key == key).execution_options(populate_existing=True))


def editions(session: Session, course_id: int) -> list[EditionRow]:
    """The editions of a course, newest first."""
    rows = session.execute(
        select(Edition, Person.name)
        .outerjoin(Person, Person.id == Edition.by_id)
        .where(Edition.course_id == course_id)
        .order_by(Edition.number.desc())
    )
    return [EditionRow(*row) for row in rows]


def edition(session: Session, key: str, number: int) -> Edition | None:
    """One edition of a course."""
    return session.scalar(
        select(Edition).join(Course, Course.id == Edition.course_id).where(Course.key == key, Edition.number == number)
    )


def last_number(session: Session, course_id: int) -> int:
    """The number of the newest edition, 0 where there is none."""
    return session.scalar(select(func.max(Edition.number)).where(Edition.course_id == course_id)) or 0


def manifest(session: Session, edition_id: int) -> dict[str, str]:
    """Path → digest of an edition."""
    rows = session.execute(select(EditionText.path, EditionText.digest).where(EditionText.edition_id == edition_id))
    return dict(rows.all())


def texts_of(session: Session, digests: Iterable[str]) -> dict[str, bytes]:
    """Digest → bytes of some texts."""
    wanted, found = sorted(set(digests)), dict[str, bytes]()
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        rows = session.execute(select(TextBytes.digest, TextBytes.data).where(TextBytes.digest.in_(part)))
        found.update(rows.all())
    return found


def shared_with(session: Session, paths: Iterable[str], course_key: str) -> dict[str, list[str]]:
    """Path → titles of the other courses whose live edition holds a text under it."""
    rows = session.execute(
        select(EditionText.path, Course.title)
        .join(Course, Course.live_id == EditionText.edition_id)
        .where(EditionText.path.in_(list(paths)), Course.key != course_key)
        .order_by(Course.title)
    )
    found: dict[str, list[str]] = {}
    for path, title in rows:
        found.setdefault(path, []).append(title)
    return found


def ledger(session: Session, course_id: int, now: datetime) -> list[LedgerLine]:
    """What those who are on a course now have done in it, by person."""
    runs = and_(
        Enrolment.person_id == Completion.person_id, Enrolment.course_id == course_id, Enrolment.since <= now,
        or_(Enrolment.until.is_(None), Enrolment.until > now),
    )  # fmt: skip
    rows = session.execute(
        select(Completion.person_id, Completion.kind, Completion.item)
        .join(Person, Person.id == Completion.person_id)
        .where(
            Completion.course_id == course_id, select(Enrolment.id).where(runs).exists(), Person.erased.is_(None),
            Person.left.is_(None),
        )
        .order_by(Completion.person_id, Completion.id)
    )  # fmt: skip
    return [LedgerLine(*row) for row in rows]


def names(session: Session, people: Iterable[int]) -> list[str]:
    """Names of some people, in the order of the alphabet."""
    return list(session.scalars(select(Person.name).where(Person.id.in_(list(people))).order_by(Person.sort_key)))


def sitting_now(session: Session, course_id: int) -> int:
    """How many attempts of a course run."""
    running = select(func.count()).where(Attempt.course_id == course_id, Attempt.state.in_(("in_progress", "overdue")))
    return session.scalar(running) or 0


def approvals(session: Session, key: str, digest: str) -> list[tuple[Approval, str]]:
    """The approvals of one state of a course, with the names of those who gave them."""
    rows = session.execute(
        select(Approval, Person.name)
        .join(Person, Person.id == Approval.by_id)
        .where(Approval.course == key, Approval.digest == digest)
        .order_by(Approval.at, Approval.id)
    )
    return [(row[0], row[1]) for row in rows]


def plans(session: Session, key: str) -> list[tuple[PlannedEdition, str]]:
    """What was set to be published of a course, newest first, with the names of those who set it."""
    rows = session.execute(
        select(PlannedEdition, Person.name)
        .join(Person, Person.id == PlannedEdition.by_id)
        .where(PlannedEdition.course == key)
        .order_by(PlannedEdition.id.desc())
        .limit(20)
    )
    return [(row[0], row[1]) for row in rows]


def plan(session: Session, public: str) -> PlannedEdition | None:
    """One of them, locked against other writers."""
    return session.scalar(
        select(PlannedEdition)
        .where(PlannedEdition.public == public)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def due_plans(session: Session, now: datetime) -> list[str]:
    """The plans whose time has come, oldest first."""
    due = select(PlannedEdition.public).where(PlannedEdition.state == "waiting", PlannedEdition.due <= now)
    return list(session.scalars(due.order_by(PlannedEdition.due, PlannedEdition.id)))


def authors(session: Session, paths: Iterable[str]) -> dict[str, int]:
    """Path → who made its last save, for those paths where that was a person who is still here."""
    last = select(func.max(Save.id)).where(Save.path.in_(list(paths))).group_by(Save.path)
    rows = session.execute(
        select(Save.path, Save.author_id)
        .join(Person, Person.id == Save.author_id)
        .where(Save.id.in_(last), Person.left.is_(None), Person.erased.is_(None), Person.disabled.is_(None))
    )
    return {path: author for path, author in rows if author is not None}


def writers(session: Session, now: datetime) -> list[int]:
    """Everybody who writes texts for the whole platform: trainers, or administrators where there is no trainer."""
    rows = session.execute(
        select(Grant.person_id, Grant.role)
        .join(Person, Person.id == Grant.person_id)
        .where(
            Grant.scope == "all", Grant.role.in_(("trainer", "admin")), Grant.since <= now,
            or_(Grant.until.is_(None), Grant.until > now), Person.left.is_(None), Person.erased.is_(None),
            Person.disabled.is_(None),
        )
    ).all()  # fmt: skip
    trainers = {person for person, role in rows if role == "trainer"}
    return sorted(trainers or {person for person, _ in rows})
