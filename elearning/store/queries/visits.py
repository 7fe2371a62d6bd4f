"""When lessons that ask for time were first opened."""

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from elearning.store.models.learning import LessonVisit


def opened(session: Session, person: int, course: int, lesson: str) -> datetime | None:
    """When a person first opened a lesson in this round."""
    found = select(LessonVisit.begun).where(
        LessonVisit.person_id == person,
        LessonVisit.course_id == course,
        LessonVisit.lesson == lesson,
        LessonVisit.round == 1,
    )
    return session.scalar(found)


def open_now(session: Session, person: int, course: int, lesson: str, now: datetime) -> None:
    """Write the first opening down."""
    session.execute(insert(LessonVisit).values(person_id=person, course_id=course, lesson=lesson, round=1, begun=now))
