"""What is arranged beside the rules of a quiz: dates and password, extra time and attempts of one person, and the right of a
person to more time at every quiz. Attempts that run are closed anew at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from elearning.domain.arrangement import (
    KINDS,
    MOST_ATTEMPTS,
    MOST_MINUTES,
    MOST_SHARE,
    PERSONAL,
    Kind,
    Reach,
    closing_time,
    terms_of,
)
from elearning.domain.errors import Mistaken, Refused
from elearning.domain.message import message
from elearning.domain.names import clean
from elearning.domain.permission import may
from elearning.domain.signing_in import sign_in_name
from elearning.services.auditing import record
from elearning.services.roster import Managed
from elearning.services.work import Work, not_here
from elearning.store.models.arrangement import Arrangement
from elearning.store.queries import arrangements, people, texts, units
from elearning.store.queries.arrangements import RunningRow
from elearning.store.queries.texts import LiveCourse

LONGEST_PASSWORD, LONGEST_REASON = 80, 500
_BOUNDS: dict[Kind, int] = {"extra time": MOST_MINUTES, "extra attempts": MOST_ATTEMPTS, "time share": MOST_SHARE}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A row as staff ask for it. `who` is the address of a unit or a sign-in name of a person, by `reach`."""

    kind: Kind
    reach: Reach = "all"
    who: str = ""
    opens: datetime | None = None
    closes: datetime | None = None
    password: str = ""
    number: int = 0
    reason: str = ""


def ensure_may_run(work: Work) -> None:
    """Raises NotFound for actors who do not run examinations."""
    if not may(work.actor, "run exams"):
        raise not_here()


def course_with(work: Work, course: str, quiz: str) -> LiveCourse:
    """A live course that has this quiz. Raises NotFound where there is none, and for actors who do not run examinations."""
    ensure_may_run(work)
    found = texts.live_course(work.session, course)
    if found is None or quiz not in work.shelf.get(work.session, found.digest).quizzes:
        raise not_here()
    return found


def arrange(work: Work, course: str, quiz: str, wanted: Wanted) -> None:
    """Add a row for a quiz; attempts that run are closed anew by it, though never before now.

    Raises NotFound for actors who may not and for what is not there, Mistaken for values that make no sense, Refused for
    something for oneself.
    """
    found = course_with(work, course, quiz)
    _ensure_sound(wanted)
    scope_id = _scope(work, wanted)
    add(work, found.course_id, quiz, wanted, scope_id)
    record(work, f"arrange {wanted.kind}", "quiz", quiz, clean(f"{wanted.reach} {scope_id or ''} {wanted.reason}"))


def add(work: Work, course_id: int, quiz: str, wanted: Wanted, scope_id: int) -> None:
    """Write a row down and let it bear on attempts that run; the caller has seen to it that it may be."""
    work.session.add(
        Arrangement(
            kind=wanted.kind, course_id=course_id, quiz=quiz, scope=wanted.reach, scope_id=scope_id, opens=wanted.opens,
            closes=wanted.closes, password=clean(wanted.password), number=wanted.number,
            reason=clean(wanted.reason)[:LONGEST_REASON], made=work.now, made_by=work.actor.id,
        )
    )  # fmt: skip
    work.session.flush()
    person = scope_id if wanted.reach == "person" else None
    more = wanted.number if wanted.kind == "extra time" else 0
    _close_anew(work, arrangements.running(work.session, course_id, quiz, person), more)


def end(work: Work, course: str, quiz: str, number: str) -> None:
    """End a row; it stays on record. Raises NotFound for one that does not run here, Refused for one's own."""
    found = course_with(work, course, quiz)
    row = work.session.get(Arrangement, int(number)) if number.isdecimal() and len(number) < 10 else None
    if row is None or (row.course_id, row.quiz) != (found.course_id, quiz) or row.ended is not None:
        raise not_here()
    person = row.scope_id if row.scope == "person" else None
    _ensure_for_others(work, person)
    row.ended, row.ended_by = work.now, work.actor.id
    work.session.flush()
    less = -row.number if row.kind == "extra time" else 0
    _close_anew(work, arrangements.running(work.session, found.course_id, quiz, person), less)
    record(work, f"end {row.kind}", "quiz", quiz, f"{row.scope} {row.scope_id or ''}".strip())


def give_right(work: Work, person: Managed, percent: int, reason: str) -> None:
    """Give a person a share of the time limit more at every quiz, from now on and in attempts that run; another share takes the
    place of the one before, 0 takes the right away. The reason is for those who manage the person, and not in the record.

    `person` is one whom the actor was found to manage. Raises Mistaken for other shares or no reason, Refused for oneself.
    """
    _ensure_for_others(work, person.id)
    if not 0 <= percent <= MOST_SHARE:
        raise Mistaken(
            message("Write how much more time as a whole number of percent, up to %(most)s.", most=MOST_SHARE)
        )
    if percent and not clean(reason):
        raise Mistaken(message("Write the reason; it is kept with the decision."))
    for row in arrangements.rights(work.session, person.id):
        row.ended, row.ended_by = work.now, work.actor.id
    if percent:
        work.session.add(
            Arrangement(
                kind="time share", scope="person", scope_id=person.id, number=percent,
                reason=clean(reason)[:LONGEST_REASON], made=work.now, made_by=work.actor.id,
            )
        )  # fmt: skip
    work.session.flush()
    _close_anew(work, arrangements.running(work.session, None, "", person.id), 0)
    record(work, "change right to time", "person", person.public)


def _ensure_for_others(work: Work, person: int | None) -> None:
    if person == work.actor.id:
        raise Refused(message("Nobody arranges an examination for themselves. Ask a colleague."))


def _ensure_sound(wanted: Wanted) -> None:
    if (
        wanted.kind not in KINDS
        or wanted.kind == "time share"
        or (wanted.kind in PERSONAL and wanted.reach != "person")
    ):
        raise Mistaken(message("Choose from the list what is to be arranged, and for whom."))
    if wanted.opens and wanted.closes and wanted.opens >= wanted.closes:
        raise Mistaken(message("The quiz would close before it opens. Put the closing after the opening."))
    if len(clean(wanted.password)) > LONGEST_PASSWORD:
        raise Mistaken(message("Shorten the password to %(most)s characters.", most=LONGEST_PASSWORD))
    most = _BOUNDS.get(wanted.kind)
    if most is not None and not 1 <= wanted.number <= most:
        raise Mistaken(message("Write a whole number from 1 to %(most)s.", most=most))
    if wanted.reach == "person" and not clean(wanted.reason):
        raise Mistaken(message("Write the reason; it is kept with the decision."))


def _scope(work: Work, wanted: Wanted) -> int:
    """The id of the unit or person that a row is for; 0 for everybody."""
    if wanted.reach == "all":
        return 0
    if wanted.reach == "unit":
        unit = units.by_public(work.session, wanted.who)
        if unit is None:
            raise Mistaken(message("Choose the unit from the list."))
        return unit.id
    name = sign_in_name(wanted.who)
    found = people.at_door(work.session, name.kind, name.normal)
    if found is None:
        raise Mistaken(message("Nobody signs in with “%(name)s”. Check the sign-in name.", name=clean(wanted.who)))
    _ensure_for_others(work, found.person_id)
    return found.person_id


def _close_anew(work: Work, rows: Sequence[RunningRow], more: int) -> None:
    """Work out anew when attempts close. One that staff have opened again keeps the time they set, `more` minutes aside."""
    for course, quiz in {(row.attempt.course_id, row.attempt.quiz) for row in rows}:
        here = [row for row in rows if (row.attempt.course_id, row.attempt.quiz) == (course, quiz)]
        rules_of = arrangements.rules_by_person(work.session, course, quiz, [row.attempt.person_id for row in here])
        for row in here:
            rules = work.shelf.get(work.session, row.digest).quizzes[quiz].rules
            closes = closing_time(rules, terms_of(rules_of[row.attempt.person_id]), row.attempt.began)
            if row.attempt.reopened is not None:
                closes = row.attempt.closes and row.attempt.closes + timedelta(minutes=more)
            if closes != row.attempt.closes:
                row.attempt.closes = closes and max(closes, work.now)
    work.session.flush()
