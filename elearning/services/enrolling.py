"""Enrolling people by unit or by list, with a preview; withdrawing them; giving them more time with a reason."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert, update

from elearning.domain.enrolment import BadDue, Preview, ensure_due, preview
from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.names import clean, fold
from elearning.domain.permission import within
from elearning.domain.signing_in import sign_in_name
from elearning.exchange.errors import ExchangeError
from elearning.exchange.people_table import read_sign_in_names
from elearning.services import noticing
from elearning.services.auditing import record
from elearning.services.organising import unit_for
from elearning.services.work import Work, not_here
from elearning.store.models.learning import Enrolment
from elearning.store.queries import enrolment, texts
from elearning.store.queries.enrolment import Named
from elearning.store.queries.texts import LiveCourse

SHOWN = 12
LONGEST_REASON = 200


class BadReason(Mistaken):
    """The reason is missing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom to enrol in which course: a unit with all below, people whose name or unit fits, or sign-in names by line."""

    course: str
    unit: str = ""
    words: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EnrolPreview:
    """What would happen; `unknown` are lines of the list that name nobody the actor may enrol."""

    course: str
    course_title: str
    new: int
    already: int
    some: tuple[Named, ...]
    unknown: tuple[str, ...]


def names_in(data: bytes) -> tuple[str, ...]:
    """The sign-in names in a file, XLSX or CSV. Raises Mistaken for a file without any."""
    try:
        return read_sign_in_names(data)
    except ExchangeError as error:
        raise Mistaken(error.message) from error


def _found(work: Work, wanted: Wanted) -> tuple[LiveCourse, list[Named], tuple[str, ...]]:
    """The course and the people meant. Raises NotFound for a course or unit that is not there for the actor."""
    bound = within(work.actor, "enrol")
    course = texts.live_course(work.session, wanted.course)
    if course is None:
        raise not_here()
    unit = unit_for(work, wanted.unit, "enrol").id if wanted.unit else None
    if not (wanted.unit or wanted.words.strip() or wanted.names):
        raise Mistaken(message("Choose a unit, write a name, or give a list of sign-in names."))
    if not wanted.names:
        return course, enrolment.people_in(work.session, bound, unit, fold(wanted.words)), ()
    typed = {sign_in_name(line).normal: line for line in wanted.names}
    by_name = enrolment.people_named(work.session, bound, list(typed))
    return course, list(by_name.values()), tuple(line for normal, line in typed.items() if normal not in by_name)


def preview_enrolment(work: Work, wanted: Wanted) -> EnrolPreview:
    """Who would be new, before anything is written."""
    course, people, unknown = _found(work, wanted)
    parted = _parted(work, course, people)
    some = tuple(one for one in people if one.id in set(parted.new[:SHOWN]))
    title = work.shelf.get(work.session, course.digest).course_in(work.actor.language)[0].title
    return EnrolPreview(wanted.course, title, len(parted.new), len(parted.already), some, unknown)


def _parted(work: Work, course: LiveCourse, people: list[Named]) -> Preview:
    return preview([one.id for one in people], enrolment.enrolled(work.session, course.course_id, work.now))


def enrol(work: Work, wanted: Wanted, due: date | None, reason: str) -> int:
    """Enrol those who are new, with a reason and a due date; how many there were. Doing it twice changes nothing.

    Raises Mistaken for a due date that is over, or a course that takes nobody any more.
    """
    ensure_due(due, work.today)
    course, people, _ = _found(work, wanted)
    if course.archived is not None:
        raise Mistaken(message("This course is archived and takes nobody any more."))
    new = _parted(work, course, people).new
    if new:
        said = clean(reason)[:LONGEST_REASON] or "assigned"
        rows = [
            {
                "person_id": p,
                "course_id": course.course_id,
                "reason": said,
                "since": work.now,
                "due": due,
                "by_id": work.actor.id,
            }
            for p in new
        ]
        work.session.execute(insert(Enrolment), rows)
        noticing.tell(work, new, "enrolled", f"{course.key}:{work.now.isoformat()}", {"course": course.key, "due": due})
    record(work, "enrol", "course", course.key, f"{len(new)} · {reason}")
    return len(new)


def withdraw(work: Work, wanted: Wanted, reason: str) -> int:
    """End the running enrolments of those meant; progress and certificates stay. How many people there were."""
    if not clean(reason):
        raise BadReason(message("Write why these people are withdrawn."))
    course, people, _ = _found(work, wanted)
    ids = [one.id for one in people]
    ended = 0
    for start in range(0, len(ids), enrolment.CHUNK):
        ended += enrolment.end(work.session, course.course_id, ids[start : start + enrolment.CHUNK], work.now)
    record(work, "withdraw", "course", course.key, f"{ended} · {clean(reason)}")
    return ended


def extend(work: Work, wanted: Wanted, due: date | None, reason: str) -> int:
    """Give those meant another due date, with the reason; how many enrolments were changed."""
    if due is None:
        raise BadDue(message("Choose the new due date."))
    ensure_due(due, work.today)
    if not clean(reason):
        raise BadReason(message("Write why the due date is changed."))
    course, people, _ = _found(work, wanted)
    ids = [one.id for one in people]
    changed = 0
    for start in range(0, len(ids), enrolment.CHUNK):
        statement = update(Enrolment).where(
            Enrolment.course_id == course.course_id, Enrolment.person_id.in_(ids[start : start + enrolment.CHUNK]),
            Enrolment.until.is_(None),
        )  # fmt: skip
        changed += len(work.session.scalars(statement.values(due=due).returning(Enrolment.id)).all())
    record(work, "change due date", "course", course.key, f"{changed} · {due.isoformat()} · {clean(reason)}")
    return changed
