"""Where a person stands in a course: shared by the pages of learners and by completion itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from elearning.domain.completion import Done, Standing, judge
from elearning.domain.edition import Compiled
from elearning.domain.errors import Refused
from elearning.domain.message import message
from elearning.services.work import Work, not_here
from elearning.store.queries import learning, texts
from elearning.store.queries.learning import CourseRow, Event


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A course, its live edition, and what the actor has done in it. `blocked` names required courses not completed."""

    row: CourseRow
    compiled: Compiled
    events: tuple[Event, ...]
    standing: Standing
    blocked: tuple[str, ...] = ()

    @property
    def running(self) -> dict[str, str]:
        """Quiz key → address of the attempt that runs."""
        return {event.item: event.public for event in self.events if event.kind == "running" and event.public}


class Noted(Protocol):
    """A line of the ledger."""

    @property
    def kind(self) -> str: ...
    @property
    def item(self) -> str: ...


def done_of(events: Iterable[Noted]) -> Done:
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
    requires = compiled.course.requires
    rows = learning.events(work.session, work.actor.id, None if requires else row.course_id)
    complete = {event.item for event in rows if event.kind == "course"}
    events = tuple(event for event in rows if event.course_id == row.course_id)
    standing = judge(compiled.course, compiled.quizzes, done_of(events))
    return Enrolled(row, compiled, events, standing, tuple(key for key in requires if key not in complete))


def enrolled_course(work: Work, key: str) -> Enrolled:
    """A course that the actor takes. Raises Refused where they could join and have not, NotFound where they may not."""
    found = course_of_actor(work, key)
    if found.row.enrolled is None:
        raise Refused(message("Join the course first: the button is on the page of the course."))
    if found.blocked:
        raise Refused(
            message(
                "This course opens when you have completed: %(courses)s.", courses=course_titles(work, found.blocked)
            )
        )
    return found


def course_titles(work: Work, keys: Iterable[str]) -> str:
    """The titles of some courses, one after the other; a course that is not live is named by its key."""
    live = {row.key: row.digest for row in texts.live_courses(work.session)}
    shelf = work.shelf
    titles = [
        shelf.get(work.session, live[key]).course_in(work.actor.language)[0].title if key in live else key
        for key in keys
    ]
    return "; ".join(titles)
