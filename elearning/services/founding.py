"""The first administrator, and anybody else who is let in from the shell of the machine: a link that works once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.names import clean
from elearning.domain.secrets import CODE_LIVES
from elearning.domain.signing_in import sign_in_name
from elearning.services import accounts, granting, roster
from elearning.services.auditing import record
from elearning.services.work import Work
from elearning.store.models.person import Person
from elearning.store.queries import people


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that lets one person choose a password, until when, and the name they then sign in with."""

    link: str
    until: datetime
    identifier: str


def invite_admin(work: Work, identifier: str, name: str) -> Invitation:
    """Make somebody an administrator: the person who signs in with a name, or a new one of that name.

    Raises Mistaken for what is no sign-in name, and for a new person without a full name.
    """
    person = _known(work, identifier)
    if person is None:
        person = roster.start_person(work, name, "")
        roster.add_identifier(work, person, identifier)
    if "admin" not in people.roles(work.session, [person.id], work.now).get(person.id, []):
        granting.write_down(work, person.id, "admin")
        record(work, "give role", "person", person.public, "admin")
    return _invited(work, person.id, identifier)


def invite(work: Work, identifier: str) -> Invitation:
    """A new link for somebody who is there already. Raises Mistaken where nobody signs in with that name."""
    person = _known(work, identifier)
    if person is None:
        raise Mistaken(message("Nobody signs in with “%(name)s”. Check how it is written.", name=clean(identifier)))
    return _invited(work, person.id, identifier)


def _known(work: Work, identifier: str) -> Person | None:
    name = sign_in_name(identifier)
    found = people.at_door(work.session, name.kind, name.normal)
    return work.session.scalar(select(Person).where(Person.id == found.person_id)) if found else None


def _invited(work: Work, person: int, identifier: str) -> Invitation:
    code = accounts.make_code(work, person)
    return Invitation(f"{work.platform.public_url}/welcome/{code}", work.now + CODE_LIVES, clean(identifier))
