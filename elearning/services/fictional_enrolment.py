"""Why made-up people are enrolled, and by when: due dates on both sides of now, for some several reasons, for a few no longer."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from elearning.services.fictional_people import Resident
from elearning.services.work import Work
from elearning.store.models.learning import Enrolment
from elearning.store.queries import bulk

PLAN = "Kế hoạch tập huấn của tỉnh"
NEW_DUTY = "Mới được giao nhiệm vụ phát ngôn"
OWN_WISH = "self"
PLAN_SINCE = timedelta(days=75)
WAVES = (-21, -14, -7, -1, 0, 1, 7, 14, 30)
NEW_DUTY_SHARE, OWN_WISH_SHARE, WITHDRAWN_SHARE = 0.12, 0.05, 0.015


def add(
    work: Work, rng: Random, course: int, people: Sequence[Resident], began: Mapping[int, datetime | None], by: int
) -> None:
    """Enrol people in a course. `began` says when each began it (None: not yet); the units are due in waves."""
    waves = {place: rng.choice(WAVES) for place in sorted({one.place for one in people})}
    found = (row for one in people for row in _rows(work, rng, one, began[one.id], waves[one.place]))
    bulk.add(work.session, Enrolment, ({"course_id": course, "by_id": by} | row for row in found))


def _rows(work: Work, rng: Random, one: Resident, began: datetime | None, wave: int) -> Iterator[dict[str, Any]]:
    """The enrolments of one person; those of a person who is withdrawn end together."""
    until = work.now - timedelta(days=rng.randint(1, 20)) if not one.steady and rng.random() < WITHDRAWN_SHARE else None
    row = {"person_id": one.id, "until": until}
    due = work.today + timedelta(days=wave)
    yield row | {"reason": PLAN, "since": work.now - PLAN_SINCE, "due": due}
    if rng.random() < NEW_DUTY_SHARE:
        since = work.now - timedelta(days=rng.randint(25, 40))
        yield row | {"reason": NEW_DUTY, "since": since, "due": work.today + timedelta(days=rng.randint(-10, 30))}
    if began is not None and rng.random() < OWN_WISH_SHARE:
        yield row | {"reason": OWN_WISH, "since": began - timedelta(minutes=2), "due": None, "by_id": one.id}
