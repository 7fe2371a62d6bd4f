"""The one door through which completion goes: when something has happened, the ledger is brought up to date at once."""

from dataclasses import dataclass
from typing import Literal

from elearning.domain.completion import Done, judge
from elearning.domain.edition import Compiled
from elearning.domain.renaming import carried, former_keys
from elearning.services import certifying
from elearning.services.auditing import record
from elearning.services.standing import done_of
from elearning.services.work import Work
from elearning.store.models.learning import Completion
from elearning.store.queries import learning, people


@dataclass(frozen=True, slots=True)
class Happened:
    """A lesson finished or a quiz passed (or taken, where it has no pass mark), by whom, on which edition."""

    kind: Literal["lesson", "quiz"]
    item: str
    person_id: int
    course_id: int
    edition_id: int


def after(work: Work, event: Happened, compiled: Compiled) -> bool:
    """Write what has happened to the ledger; and the course, and its certificate, when that was the last thing missing.

    Returns whether the course is complete now. What was done before changes nothing and keeps its date.
    """
    known = learning.events(work.session, event.person_id, event.course_id)
    kinds = {(one.kind, one.item) for one in known}
    place = people.place_of(work.session, event.person_id)
    if (event.kind, event.item) not in kinds:
        _add(work, event, event.kind, event.item, place, "done")
    done = done_of(known)
    if event.kind == "lesson":
        done = Done(done.lessons | {event.item}, done.passed, done.tried)
    else:
        done = Done(done.lessons, done.passed | {event.item}, done.tried | {event.item})
    if ("course", compiled.course.key) in kinds:
        return True
    if not judge(compiled.course, compiled.quizzes, done).complete:
        return False
    completion = _add(work, event, "course", compiled.course.key, place, f"{event.kind} {event.item}")
    record(work, "complete course", "person", str(event.person_id), compiled.course.key)
    work.session.flush()
    certifying.issue(work, completion, compiled)
    return True


def anew(work: Work, person_id: int, course_id: int, edition_id: int, compiled: Compiled) -> bool:
    """Judge one person by another edition: what was done under a former key counts under the new one, and the course is
    complete where nothing is missing any more. What was completed stays so. Returns whether it has become complete now.
    """
    known = learning.events(work.session, person_id, course_id)
    done = done_of(known)
    place = people.place_of(work.session, person_id)
    now = carried(done, former_keys(compiled))
    for kind, keys in (("lesson", now.lessons - done.lessons), ("quiz", now.passed - done.passed)):
        for key in sorted(keys):
            event = Happened("lesson" if kind == "lesson" else "quiz", key, person_id, course_id, edition_id)
            _add(work, event, kind, key, place, "done under its former key")
    if any(event.kind == "course" for event in known):
        return False
    if not (now.lessons or now.tried) or not judge(compiled.course, compiled.quizzes, now).complete:
        return False
    event = Happened("lesson", compiled.course.key, person_id, course_id, edition_id)
    completion = _add(work, event, "course", compiled.course.key, place, "judged by a new edition")
    record(work, "complete course", "person", str(person_id), compiled.course.key)
    work.session.flush()
    certifying.issue(work, completion, compiled)
    return True


def _add(work: Work, event: Happened, kind: str, item: str, place: tuple[int, str] | None, reason: str) -> Completion:
    row = Completion(
        person_id=event.person_id, course_id=event.course_id, round=1, kind=kind, item=item, at=work.now,
        edition_id=event.edition_id, unit_id=place[0] if place else None, unit_name=place[1] if place else "",
        reason=reason,
    )  # fmt: skip
    work.session.add(row)
    return row
