"""Adding notices once, and handing them to the mail."""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, insert, or_, select, update
from sqlalchemy.orm import Session

from elearning.store.models.learning import Completion, Enrolment
from elearning.store.models.notice import Notice
from elearning.store.models.person import Person, SignInName
from elearning.store.models.text import Course

CHUNK = 500
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
    """A notice that was taken for the mail, with the address and the language of its person, and how often it was taken."""

    id: int
    kind: str
    values: dict[str, Any]
    name: str
    language: str
    address: str
    tries: int
    person: int


_QUIET = {"synchronize_session": False}
_FIRST = select(Notice.id).order_by(Notice.id).limit(1).with_for_update(skip_locked=True)
_WAITING = _FIRST.where(Notice.mail == "waiting", or_(Notice.mail_at.is_(None), Notice.mail_at <= bindparam("rested")))
_LOST = _FIRST.where(Notice.mail == "sending", Notice.mail_at <= bindparam("lost"))
_TAKEN = (
    update(Notice)
    .where(Notice.id == bindparam("notice"))
    .values(mail="sending", mail_at=bindparam("now"), mail_tries=Notice.mail_tries + 1)
    .execution_options(**_QUIET)
)
_LETTER = (
    select(
        Notice.id, Notice.kind, Notice.values, Person.name, Person.language,
        func.coalesce(
            select(func.min(SignInName.shown))
            .where(SignInName.person_id == Person.id, SignInName.kind == "email")
            .correlate(Person)
            .scalar_subquery(),
            "",
        ),
        Notice.mail_tries, Notice.person_id,
    )
    .join(Person, Person.id == Notice.person_id)
    .where(Notice.id == bindparam("notice"))
)  # fmt: skip
_REPORTED = (
    update(Notice)
    .where(Notice.id == bindparam("notice"), Notice.mail == "sending", Notice.mail_tries == bindparam("tries"))
    .values(mail=bindparam("state"))
    .execution_options(**_QUIET)
)


def retire(session: Session, now: datetime) -> None:
    """News older than a week is no news: it is left to the start page."""
    old = update(Notice).where(Notice.mail.in_(("waiting", "sending")), Notice.at <= now - STALE)
    session.execute(old.values(mail="none").execution_options(**_QUIET))


def claim(session: Session, now: datetime, lost_after: timedelta, again_after: timedelta) -> Letter | None:
    """Take the first notice that waits for the mail; several who take at the same time get different ones.

    One that was given back rests for `again_after`; one that was taken and never reported waits again after `lost_after`.
    """
    found = session.scalar(_WAITING, {"rested": now - again_after})
    if found is None:
        found = session.scalar(_LOST, {"lost": now - lost_after})
    if found is None:
        return None
    session.execute(_TAKEN, {"notice": found, "now": now})
    return Letter(*session.execute(_LETTER, {"notice": found}).one())


def report(session: Session, letter: Letter, state: str) -> None:
    """Write down what became of a letter: sent, none (no address), failed, or waiting for another try.

    Nothing is written where somebody else has taken it since.
    """
    session.execute(_REPORTED, {"notice": letter.id, "tries": letter.tries, "state": state})
