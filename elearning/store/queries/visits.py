"""When lessons that ask for time were first opened."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from elearning.store.models.learning import LessonVisit

_OPENED = select(LessonVisit.begun).where(
    LessonVisit.person_id == bindparam("person"),
    LessonVisit.course_id == bindparam("course"),
    LessonVisit.lesson == bindparam("lesson"),
    LessonVisit.round == 1,
)


def opened(session: Session, person: int, course: int, lesson: str) -> datetime | None:
    """When a person first opened a lesson in this round."""
    return session.scalar(_OPENED, {"person": person, "course": course, "lesson": lesson})


def open_now(session: Session, person: int, course: int, lesson: str, now: datetime) -> None:
    """Write the first opening down."""
    session.execute(insert(LessonVisit).values(person_id=person, course_id=course, lesson=lesson, round=1, begun=now))
