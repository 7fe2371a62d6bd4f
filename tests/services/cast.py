"""Making the people, units, enrolments and browsers that a test needs, by the rows themselves."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from elearning.domain.names import clean, fold, sort_key
from elearning.domain.person import Actor, Grant, Role
from elearning.domain.signing_in import sign_in_name
from elearning.services.entering import token_name
from elearning.services.passwords import hashed
from elearning.services.work import NOBODY, House, Work
from elearning.store.models import person as rows
from elearning.store.models.learning import Enrolment
from elearning.store.models.text import Course
from elearning.store.models.unit import Placement, Unit, UnitLink, UnitTree


@dataclass(frozen=True, slots=True)
class Someone:
    """A person that a test has made."""

    id: int
    name: str
    identifier: str
    actor: Actor
    unit: str | None


class Cast:
    """Makes people and what hangs on them in one house."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.units: dict[str, int] = {}
        self.count = 0

    def unit(self, name: str, above: str | None = None) -> int:
        """A unit by its name, made when it is first named, below another that exists already."""
        if name in self.units:
            return self.units[name]
        with self.house.writing(NOBODY) as work:
            row = Unit(public=work.chance.token(16)[:22], name=name, sort_key=sort_key(name), search_key=fold(name))
            work.session.add(row)
            work.session.flush()
            work.session.add(UnitTree(above_id=row.id, unit_id=row.id, steps=0))
            if above is not None:
                self._hang(work, row.id, self.units[above])
            self.units[name] = row.id
        return self.units[name]

    def _hang(self, work: Work, unit: int, above: int) -> None:
        work.session.add(UnitLink(unit_id=unit, parent_id=above, since=work.today))
        for over in work.session.scalars(select(UnitTree).where(UnitTree.unit_id == above)).all():
            work.session.add(UnitTree(above_id=over.above_id, unit_id=unit, steps=over.steps + 1))

    def person(
        self,
        role: Role = "learner",
        unit: str | None = None,
        password: str = "",
        name: str = "",
        language: str = "en",
        identifier: str = "",
        **changes: Any,
    ) -> Someone:
        """A person with one role: a coordinator's is bound to the unit, all others are for the whole platform."""
        self.count += 1
        name = name or f"Nguyễn Văn {chr(64 + self.count)}"
        identifier = identifier or f"nguoi-{self.count}@ankhue.example"
        unit_id = self.unit(unit) if unit else None
        with self.house.writing(NOBODY) as work:
            row = rows.Person(
                public=work.chance.token(16)[:22], name=clean(name), sort_key=sort_key(name), search_key=fold(name),
                language=language, password=hashed(password) if password else "", created=work.now, **changes,
            )  # fmt: skip
            work.session.add(row)
            work.session.flush()
            self._furnish(work, row.id, role, identifier, unit_id)
            return Someone(row.id, row.name, identifier, _actor(row, role, unit_id), unit)

    def _furnish(self, work: Work, person: int, role: Role, identifier: str, unit: int | None) -> None:
        named = sign_in_name(identifier)
        work.session.add(
            rows.SignInName(person_id=person, kind=named.kind, normal=named.normal, shown=identifier),
        )
        grant = _grant(role, unit)
        work.session.add(
            rows.Grant(person_id=person, role=role, scope=grant.scope, scope_id=grant.scope_id, since=work.now)
        )
        if unit is not None:
            work.session.add(Placement(person_id=person, unit_id=unit, since=work.today, running=1))

    def enrol(self, someone: Someone, course: str = "khung-phap-ly", due: date | None = None) -> None:
        """Put a person on the list of a course that is live."""
        with self.house.writing(NOBODY) as work:
            course_id = work.session.scalars(select(Course.id).where(Course.key == course)).one()
            work.session.add(
                Enrolment(person_id=someone.id, course_id=course_id, reason="test", since=work.now, due=due)
            )

    def browser(self, someone: Someone) -> str:
        """The cookie of a browser in which a person has signed in just now."""
        with self.house.writing(NOBODY) as work:
            token = work.chance.token(32)
            work.session.add(
                rows.BrowserSession(token=token_name(token), person_id=someone.id, created=work.now, seen=work.now)
            )
        return token


def _grant(role: Role, unit: int | None) -> Grant:
    return Grant(role, "unit", unit or 0) if role == "coordinator" else Grant(role)


def _actor(row: rows.Person, role: Role, unit: int | None) -> Actor:
    return Actor(row.id, row.name, row.language, (_grant(role, unit),))
