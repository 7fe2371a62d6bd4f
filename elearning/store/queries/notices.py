"""Adding notices once, and handing them to the mail."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.orm import Session

from elearning.store.models.learning import Completion, Enrolment
from elearning.store.models.notice import Notice
from elearning.store.models.person import Person, SignInName
from elearning.store.models.text import Course

CHUNK = 500
MOST_TRIES = 20
STALE = timedelta(days=7)


def add(session: Session, people: list[int], kind: str, about: str, values: dict[str, Any], now: datetime) -> None:
    """One notice for each person who has none of this kind about this occasion."""
    for start in range(0, len(people), CHUNK):
        part = people[start : start + CHUNK]
        known = select(Notice.person_id).where(Notice.person_id.in_(part), Notice.kind == kind, Notice.about == about)
        told = set(session.scalars(known))
        rows = [
            {"person_id": person, "kind": kind, "about": about, "values": values, "at": now}
            for person in part
            if person not in told
        ]
        if rows:
            session.execute(insert(Notice), rows)


def due_on(session: Session, day: date, now: datetime) -> dict[str, list[int]]:
    """Course → people whose enrolment is due on a day, and who have not completed it."""
    complete = select(Completion.id).where(
        Completion.person_id == Enrolment.person_id,
        Completion.course_id == Enrolment.course_id,
        Completion.kind == "course",
    )
    rows = session.execute(
        select(Course.key, Enrolment.person_id)
        .join(Course, Course.id == Enrolment.course_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.due == day, or_(Enrolment.until.is_(None), Enrolment.until > now), Person.left.is_(None),
            Person.erased.is_(None), ~complete.exists(),
        )
        .distinct()
    )  # fmt: skip
    found: dict[str, list[int]] = {}
    for course, person in rows:
        found.setdefault(course, []).append(person)
    return found


class Letter(NamedTuple):
    """A notice that waits for the mail, with the address and the language of its person."""

    id: int
    kind: str
    values: dict[str, Any]
    name: str
    language: str
    address: str


def claim(session: Session, now: datetime, again_after: datetime, most: int) -> list[Letter]:
    """Take notices that wait for the mail. One that was taken long ago and never reported counts as waiting again; news older
    than a week is no news, and is left to the start page.
    """
    open_ = or_(Notice.mail == "waiting", and_(Notice.mail == "sending", Notice.mail_at < again_after))
    free = and_(open_, Notice.at > now - STALE, Notice.mail_tries < MOST_TRIES)
    ids = list(session.scalars(select(Notice.id).where(free).order_by(Notice.id).limit(most)))
    taken = update(Notice).where(Notice.id.in_(ids), free)
    claimed = set(
        session.scalars(
            taken.values(mail="sending", mail_at=now, mail_tries=Notice.mail_tries + 1).returning(Notice.id)
        )
    )
    address = (
        select(func.min(SignInName.shown))
        .where(SignInName.person_id == Person.id, SignInName.kind == "email")
        .correlate(Person)
        .scalar_subquery()
    )
    rows = session.execute(
        select(Notice.id, Notice.kind, Notice.values, Person.name, Person.language, func.coalesce(address, ""))
        .join(Person, Person.id == Notice.person_id)
        .where(Notice.id.in_(claimed))
        .order_by(Notice.id)
    )
    return [Letter(*row) for row in rows]


def report(session: Session, notice: int, state: str) -> None:
    """Write down what became of a letter: sent, none (no address), failed, or waiting for another try."""
    session.execute(update(Notice).where(Notice.id == notice).values(mail=state))
