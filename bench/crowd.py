"""People in great numbers, made by rows and not by pages; some of them signed in already, as on the morning of an examination."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import func, insert, select

from bench.course import JOURNEY, SITTING
from elearning.domain.names import fold, sort_key
from elearning.services.passwords import hashed
from elearning.services.work import NOBODY, House, Work
from elearning.store.models.learning import Enrolment
from elearning.store.models.person import BrowserSession, Grant, Person, SignInName
from elearning.store.models.text import Course
from elearning.store.models.unit import Placement, Unit, UnitTree
from elearning.store.queries import bulk

PASSWORD = "mot-mat-khau-du-dai-de-do"
NAMES = ("Nguyễn Thị Ánh", "Đỗ Văn Ơn", "Trần Quốc Ửng", "Lê Thị Ế", "Phạm Đức Bình")
SORTED = tuple((name, sort_key(name), fold(name)) for name in NAMES)
UNIT = "bench-unit"


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody with an account. `token` is the cookie of a session that is open already, empty where there is none."""

    person_id: int
    identifier: str
    token: str = ""


def add_people(house: House, number: int, prefix: str, signed_in: bool = False, role: str = "") -> list[Someone]:
    """Add people who are enrolled in both courses of the bench; `role` is granted to them over everything."""
    password = hashed(PASSWORD)
    with house.writing(NOBODY) as work:
        first = bulk.next_id(work.session, Person)
        crowd = [
            Someone(first + n, f"{prefix}{first + n}@bench.example", _token(first + n) if signed_in else "")
            for n in range(number)
        ]
        _write(work, crowd, password, role)
    return crowd


def _token(person: int) -> str:
    """A token of the length of a real one, which the bench can tell again; such an account exists in no other place."""
    return sha256(f"bench {person}".encode()).hexdigest()[:43]


def _write(work: Work, crowd: Sequence[Someone], password: str, role: str) -> None:
    unit = _unit(work)
    bulk.add(work.session, Person, (_person(work, one, password) for one in crowd))
    bulk.add(work.session, SignInName, (_name(one) for one in crowd))
    placed = ({"person_id": p.person_id, "unit_id": unit, "since": work.today, "running": 1} for p in crowd)
    bulk.add(work.session, Placement, placed)
    bulk.add(work.session, Enrolment, _enrolments(work, crowd))
    bulk.add(work.session, BrowserSession, (_session(work, one) for one in crowd if one.token))
    if role:
        granted = ({"person_id": p.person_id, "role": role, "scope": "all", "since": work.now} for p in crowd)
        bulk.add(work.session, Grant, granted)
    bulk.move_sequences(work.session, (Person,))


def _unit(work: Work) -> int:
    """The one unit of the bench, founded when the first people come."""
    known: int | None = work.session.scalar(select(Unit.id).where(Unit.public == UNIT))
    if known is not None:
        return known
    unit = Unit(public=UNIT, name="Sở Đo Tải", sort_key=sort_key("Sở Đo Tải"), search_key=fold("Sở Đo Tải"))
    work.session.add(unit)
    work.session.flush()
    work.session.execute(insert(UnitTree).values(above_id=unit.id, unit_id=unit.id, steps=0))
    return unit.id


def _person(work: Work, one: Someone, password: str) -> dict[str, Any]:
    name, by_name, to_find = SORTED[one.person_id % len(SORTED)]
    return {
        "id": one.person_id, "public": f"bench-{one.person_id}", "name": name, "sort_key": by_name, "search_key": to_find,
        "password": password, "created": work.now,
    }  # fmt: skip


def _name(one: Someone) -> dict[str, Any]:
    return {"person_id": one.person_id, "kind": "email", "normal": one.identifier, "shown": one.identifier}


def _enrolments(work: Work, crowd: Sequence[Someone]) -> Iterator[dict[str, Any]]:
    courses = work.session.scalars(select(Course.id).where(Course.key.in_((JOURNEY, SITTING)))).all()
    assert len(courses) == 2, "the courses of the bench are not published"
    for one in crowd:
        for course in courses:
            yield {"person_id": one.person_id, "course_id": course, "reason": "bench", "since": work.now}


def _session(work: Work, one: Someone) -> dict[str, Any]:
    token = sha256(one.token.encode()).hexdigest()
    return {"token": token, "person_id": one.person_id, "created": work.now, "seen": work.now}


def head_count(house: House) -> int:
    """How many people there are."""
    with house.reading(NOBODY) as work:
        return work.session.scalar(select(func.count()).select_from(Person)) or 0
