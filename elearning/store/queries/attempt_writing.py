"""Writing attempts: their beginning, their paper, their grades and their end, each in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from elearning.store.models.learning import Attempt, AttemptSlot, Grade
from elearning.store.prepared import PreparedInsert, PreparedRow


@dataclass(slots=True)
class Ending:
    """An attempt that is being handed in: what changes is written down by `write_ending`, in one statement."""

    id: int
    person_id: int
    course_id: int
    edition_id: int
    quiz: str
    state: str
    ended: datetime
    share_milli: int | None = None
    share_num: int | None = None
    share_den: int | None = None
    passed: bool | None = None


_NEW = PreparedRow.new(
    Attempt, "public", "person_id", "course_id", "edition_id", "quiz", "round", "number", "state", "seed", "began", "closes"
)  # fmt: skip


def begin(session: Session, values: Mapping[str, Any]) -> int:
    """Add an attempt, in one statement; its id. Raises IntegrityError where the person has one with this number."""
    return _NEW.write(session, values)


_ENDS = ("state", "ended", "share_milli", "share_num", "share_den", "passed")
_ENDED = PreparedRow.changed(Attempt, *_ENDS)


def write_ending(session: Session, attempt: Ending | Attempt) -> None:
    """Write down how an attempt has ended, and what it has brought so far, before anything that follows from it."""
    if isinstance(attempt, Ending):
        _ENDED.write(session, {"row": attempt.id, **{f"new_{name}": getattr(attempt, name) for name in _ENDS}})
    else:
        session.flush()


_ADD_SLOTS = PreparedInsert(
    AttemptSlot, "attempt_id", "number", "bank", "question", "version", "order", "points_num", "points_den"
)
_ADD_GRADES = PreparedInsert(
    Grade, "attempt_id", "slot", "answer_id", "share_num", "share_den", "share_milli", "reason", "at", "waits"
)


def add_slots(session: Session, rows: list[dict[str, Any]]) -> None:
    """Keep the paper of an attempt, in one statement."""
    _ADD_SLOTS.add(session, rows)


def add_grades(session: Session, rows: list[dict[str, Any]]) -> None:
    """Append grades, in one statement."""
    _ADD_GRADES.add(session, rows)
