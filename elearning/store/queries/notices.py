"""Adding notices once, and handing them to the mail."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from elearning.store.models.notice import Notice

CHUNK = 500


def add(session: Session, people: list[int], kind: str, about: str, values: dict[str, Any], now: datetime) -> None:
    """One notice for each person who has none of this kind about this occasion."""
    for start in range(0, len(people), CHUNK):
        part = people[start : start + CHUNK]
        known = select(Notice.person_id).where(Notice.person_id.in_(part), Notice.kind == kind, Notice.about == about)
        told = set(session.scalars(known))
        rows = [
            {"person_id": person, "kind": kind, "about": about, "values": values, "at": now}
            for person in part
            if person not in told
        ]
        if rows:
            session.execute(insert(Notice), rows)
