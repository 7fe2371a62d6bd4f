"""Notices: one row a person and occasion, shown on the start page and read by the mail. Nobody is told twice of the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, update

from elearning.domain.message import Message, message, unpacked
from elearning.services.auditing import record
from elearning.services.work import Work, not_here
from elearning.store.models.notice import Notice
from elearning.store.queries import notices
from elearning.store.queries.learning import Told

SHOWN = 5
CODE = "code"


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice on the start page."""

    id: int
    kind: str
    message: Message
    at: datetime
    course: str | None


def tell(work: Work, people: Iterable[int], kind: str, about: str, values: Mapping[str, Any]) -> None:
    """Tell people of something; those who were told of the same occasion before are left alone."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    notices.add(work.session, list(people), kind, about[:120], plain, work.now)


def ask_for_codes(work: Work, people: Sequence[int]) -> int:
    """Ask the worker to make one-time codes for people and send them by mail; how many were asked for. Such a row is never
    shown on the start page, and holds no code: that is made when the letter goes out.
    """
    about, values = work.now.isoformat(), {"by": work.actor.id}
    rows = [
        {"person_id": one, "kind": CODE, "about": about, "values": values, "at": work.now, "closed": work.now}
        for one in people
    ]
    if rows:
        work.session.execute(insert(Notice), rows)
    record(work, "send codes by mail", "people", str(len(rows)))
    return len(rows)


def words(kind: str, values: Mapping[str, Any], titles: Mapping[str, str]) -> Message:
    """The sentence of a notice. `titles` names courses by key."""
    key = str(values.get("course", ""))
    title = titles.get(key, key)
    due = date.fromisoformat(values["due"]) if values.get("due") else None
    if kind == "enrolled" and due:
        return message("You are enrolled in “%(course)s”; it is due on %(day)s.", course=title, day=due)
    if kind == "due" and due:
        return message("“%(course)s” is due on %(day)s.", course=title, day=due)
    if kind == "overdue" and due:
        return message("“%(course)s” was due on %(day)s. It can still be completed.", course=title, day=due)
    sentences = {
        "enrolled": message("You are enrolled in “%(course)s”.", course=title),
        "certificate": message("Your certificate for “%(course)s” is ready.", course=title),
        "marked": message("Your answers in “%(course)s” have been marked.", course=title),
        "result": message("A result in “%(course)s” has changed. Look at it again.", course=title),
        "reopened": message(
            "Your attempt in “%(course)s” is open again. Go on with it before its time is up.", course=title
        ),
        "extended": message(
            "You have %(minutes)s minutes more for your attempt in “%(course)s”.",
            course=title,
            minutes=values.get("minutes", ""),
        ),
        "withdrawn": message("A question in “%(course)s” was withdrawn; results were worked out anew.", course=title),
    }
    sentences |= _of_texts(values, title)
    return sentences.get(kind, message("There is news in “%(course)s”.", course=title))


def _of_texts(values: Mapping[str, Any], title: str) -> dict[str, Message]:
    """What those who write are told."""
    return {
        "law": message(
            "%(law)s has ended or was changed. Texts of yours cite it in %(count)s places; look at them under Laws in the workshop.",
            law=values.get("law", ""),
            count=values.get("count", ""),
        ),
        "published": message("“%(course)s” was published at the time that you set.", course=title),
        "publish failed": message(
            "“%(course)s” was not published at the time that you set: %(why)s",
            course=title,
            why=unpacked(values["why"]) if values.get("why") else "",
        ),
    }


def shown(rows: Sequence[Told], titles: Mapping[str, str]) -> tuple[NoticeRow, ...]:
    """The newest of some notices, in words."""
    return tuple(
        NoticeRow(row.id, row.kind, words(row.kind, row.values, titles), row.at, row.values.get("course"))
        for row in rows[:SHOWN]
    )


def close(work: Work, notice: int) -> None:
    """The actor has read a notice. Raises NotFound for somebody else's."""
    one = update(Notice).where(Notice.id == notice, Notice.person_id == work.actor.id)
    if not work.session.scalars(one.values(closed=work.now).returning(Notice.id)).all():
        raise not_here()
