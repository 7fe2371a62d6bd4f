"""Where a person stands in a course: shared by the pages of learners and by completion itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from elearning.domain.completion import Done, Standing, judge
from elearning.domain.edition import Compiled
from elearning.domain.errors import Refused
from elearning.domain.message import message
from elearning.services.work import Work, not_here
from elearning.store.queries import learning
from elearning.store.queries.learning import CourseRow, Event


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A course, its live edition, and what the actor has done in it."""

    row: CourseRow
    compiled: Compiled
    events: tuple[Event, ...]
    standing: Standing

    @property
    def running(self) -> dict[str, str]:
        """Quiz key → address of the attempt that runs."""
        return {event.item: event.public for event in self.events if event.kind == "running" and event.public}


def done_of(events: Iterable[Event]) -> Done:
    """What the ledger says has been done."""
    rows = list(events)
    quizzes = frozenset(event.item for event in rows if event.kind == "quiz")
    return Done(frozenset(event.item for event in rows if event.kind == "lesson"), quizzes, quizzes)


def course_of_actor(work: Work, key: str) -> Enrolled:
    """A course with where the actor stands, enrolled or not. Raises NotFound for one that is not theirs to see."""
    row = learning.course(work.session, work.actor.id, key, work.now)
    if row is None:
        raise not_here()
    compiled = work.shelf.get(work.session, row.digest)
    if row.enrolled is None and (compiled.course.enrol == "by-list" or row.archived is not None):
        raise not_here()
    events = tuple(learning.events(work.session, work.actor.id, row.course_id))
    return Enrolled(row, compiled, events, judge(compiled.course, compiled.quizzes, done_of(events)))


def enrolled_course(work: Work, key: str) -> Enrolled:
    """A course that the actor takes. Raises Refused where they could join and have not, NotFound where they may not."""
    found = course_of_actor(work, key)
    if found.row.enrolled is None:
        raise Refused(message("Join the course first: the button is on the page of the course."))
    return found
