"""Roles: given for everything or for one unit with all below it, ended, and what they guard."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from elearning.domain.errors import Mistaken, Refused
from elearning.domain.message import message
from elearning.domain.permission import Subject, covers, may
from elearning.domain.person import Role
from elearning.services.auditing import record
from elearning.services.organising import unit_for
from elearning.services.work import Work, not_here
from elearning.store.models.person import Grant, Person
from elearning.store.queries import people, units

GIVEN: tuple[Role, ...] = ("coordinator", "trainer", "admin")


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A running grant of a person; `unit` is empty where it is for the whole platform."""

    id: int
    role: str
    unit: str
    since: datetime


def grant_lines(work: Work, person: int) -> tuple[GrantLine, ...]:
    """What was granted to a person and still runs."""
    return tuple(
        GrantLine(row.id, row.role, name, row.since)
        for row, name in people.running_grants(work.session, person, work.now)
    )


def ensure_grantor(work: Work) -> None:
    """Raises NotFound for actors who may not give roles."""
    if not may(work.actor, "manage platform"):
        raise not_here()


def give(work: Work, person: Person, role: str, unit: str) -> None:
    """Give a person a role: coordinators for a unit and all below it, the others for the whole platform.

    Raises NotFound for actors who may not, Mistaken for a role that is not given or a coordinator without a unit.
    """
    ensure_grantor(work)
    if role not in GIVEN:
        raise Mistaken(message("Choose a role from the list."))
    if role == "coordinator" and not unit:
        raise Mistaken(message("Choose the unit that the coordinator looks after."))
    scope_id = unit_for(work, unit, "manage units").id if role == "coordinator" else 0
    if any(row.role == role and row.scope_id == scope_id for row, _ in _running(work, person)):
        return
    write_down(work, person.id, role, scope_id)
    record(work, "give role", "person", person.public, f"{role} {unit}".strip())


def write_down(work: Work, person: int, role: str, unit: int = 0) -> None:
    """Write a grant down; the caller has seen to it that it may be given."""
    work.session.add(
        Grant(
            person_id=person, role=role, scope="unit" if unit else "all", scope_id=unit, since=work.now,
            given_by=work.actor.id or None,
        )
    )  # fmt: skip


def _running(work: Work, person: Person) -> list[tuple[Grant, str]]:
    return people.running_grants(work.session, person.id, work.now)


def end(work: Work, person: Person, grant: str) -> None:
    """End a role. Raises Mistaken where it would leave the platform without an administrator, NotFound for a grant that is not there."""
    ensure_grantor(work)
    row = next((row for row, _ in _running(work, person) if str(row.id) == grant), None)
    if row is None:
        raise not_here()
    if row.role == "admin" and set(people.administrators(work.session, work.now)) <= {row.id}:
        raise Mistaken(message("This is the last administrator. Make somebody else an administrator first."))
    work.session.execute(update(Grant).where(Grant.id == row.id).values(until=work.now))
    record(work, "end role", "person", person.public, row.role)


def reaches_beyond(work: Work, person: int) -> bool:
    """Whether a person holds a role that reaches beyond the actor's. A learner's role is everybody's and guards nothing."""
    if person == work.actor.id:
        return False
    for row, _ in people.running_grants(work.session, person, work.now):
        above = units.above(work.session, row.scope_id) if row.scope == "unit" else frozenset[int]()
        if row.role != "learner" and not covers(work.actor, row.scope, Subject(above)):
            return True
    return False


def ensure_may_let_in(work: Work, person: Person) -> None:
    """Whoever makes codes, sign-in names and the like for a person could come in as that person.

    Raises Refused when that person's roles reach beyond the actor's.
    """
    if reaches_beyond(work, person.id):
        raise Refused(
            message("%(name)s holds a role that reaches beyond yours. Ask an administrator.", name=person.name)
        )
