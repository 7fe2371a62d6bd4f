"""One person in the hands of staff: added, renamed, moved, leaving, coming back, merged with a duplicate."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from elearning.domain.errors import Mistaken
from elearning.domain.message import Message, message
from elearning.domain.names import clean, fold, sort_key
from elearning.domain.permission import Subject, may
from elearning.domain.signing_in import sign_in_name
from elearning.services import accounts
from elearning.services.auditing import record
from elearning.services.granting import GrantLine, ensure_may_let_in
from elearning.services.work import Work, not_here
from elearning.store.models.person import BrowserSession, Person, SignInName
from elearning.store.models.unit import Placement, Unit
from elearning.store.queries import people, roster, units

LONGEST = 200

# A person whom the actor was found to manage; pages hand it on and look no further into it.
Managed = Person


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """One placement of a person, running or past."""

    unit: str
    duty: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One course of a person, and in one sentence why it is not complete (or that it is)."""

    key: str
    title: str
    complete_on: datetime | None
    sentence: Message
    reasons: tuple[Message, ...]
    code: str | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """A person as staff see them. `time_share` is the right to so many percent more time at every quiz, `time_why` its reason."""

    id: str
    name: str
    title: str
    contact: str
    identifiers: tuple[str, ...]
    grants: tuple[GrantLine, ...]
    state: str
    unit: str
    unit_id: str
    placements: tuple[PlacementRow, ...]
    courses: tuple[CourseLine, ...]
    may_grant: bool
    mails: bool
    time_share: int
    time_why: str


def person_for(work: Work, public: str) -> Person:
    """A person whom the actor may manage: one in their units, or anybody for an administrator. Raises NotFound."""
    person = work.session.scalar(select(Person).where(Person.public == public, Person.erased.is_(None)))
    place = people.last_place(work.session, person.id) if person else None
    above = units.above(work.session, place) if place else frozenset({-1})
    if person is None or not may(work.actor, "manage people", Subject(above)):
        raise not_here()
    return person


def other_for(work: Work, typed: str) -> Person:
    """The person whom a sign-in name belongs to, for a merge. Raises Mistaken where there is none to be managed."""
    name = sign_in_name(typed)
    found = people.at_door(work.session, name.kind, name.normal)
    public = work.session.scalar(select(Person.public).where(Person.id == found.person_id)) if found else None
    if public is None:
        raise Mistaken(
            message("Nobody signs in with “%(name)s”. Write a sign-in name of the other account.", name=clean(typed))
        )
    return person_for(work, public)


def add_person(work: Work, name: str, title: str, unit: Unit, identifiers: tuple[str, ...]) -> Person:
    """Add a person to a unit. Raises Mistaken for an empty name, or a sign-in name that somebody else has."""
    person = start_person(work, name, title)
    for typed in identifiers:
        add_identifier(work, person, typed)
    work.session.add(Placement(person_id=person.id, unit_id=unit.id, since=work.today, running=1))
    return person


def start_person(work: Work, name: str, title: str) -> Person:
    """A person without unit or sign-in name yet. Raises Mistaken for an empty name."""
    person = Person(public=work.chance.token(16)[:22], created=work.now, title=clean(title)[:LONGEST], **_names(name))
    work.session.add(person)
    work.session.flush()
    record(work, "add person", "person", person.public)
    return person


def _names(name: str) -> dict[str, str]:
    name = clean(name)
    if not 0 < len(name) <= LONGEST:
        raise Mistaken(message("Write the full name as on the ID card, in up to %(most)s characters.", most=LONGEST))
    return {"name": name, "sort_key": sort_key(name), "search_key": fold(name)}


def add_identifier(work: Work, person: Person, typed: str) -> None:
    """Give a person one more name to sign in with. Raises Mistaken when it belongs to somebody else, Refused for somebody
    whose roles reach beyond the actor's.
    """
    ensure_may_let_in(work, person)
    name = sign_in_name(typed)
    if not name.normal or len(name.normal) > LONGEST:
        raise Mistaken(message("Write an e-mail address, a phone number or a staff code."))
    try:
        with work.session.begin_nested():
            work.session.add(SignInName(person_id=person.id, kind=name.kind, normal=name.normal, shown=clean(typed)))
    except IntegrityError as error:
        raise Mistaken(
            message(
                "“%(name)s” already lets somebody else sign in. Two people cannot share it; a shared phone goes into the contact field.",
                name=clean(typed),
            )
        ) from error


def drop_identifier(work: Work, person: Person, shown: str) -> None:
    """Take a sign-in name away. Raises Refused for somebody whose roles reach beyond the actor's."""
    ensure_may_let_in(work, person)
    name = sign_in_name(shown)
    row = work.session.scalar(
        select(SignInName).where(SignInName.person_id == person.id, SignInName.normal == name.normal)
    )
    if row is not None:
        work.session.delete(row)
        record(work, "drop sign-in name", "person", person.public, shown)


def change(work: Work, person: Person, name: str, title: str, contact: str) -> None:
    """Correct name, title and contact. Certificates keep the name that is printed on them."""
    before = person.name
    named = _names(name)
    person.name, person.sort_key, person.search_key = named["name"], named["sort_key"], named["search_key"]
    person.title, person.contact = clean(title)[:LONGEST], clean(contact)[:LONGEST]
    record(work, "change person", "person", person.public, before if before != person.name else "")


def move(work: Work, person: Person, unit: Unit, duty: str = "") -> None:
    """Place a person in another unit from today on; the ledger keeps the unit of each completion."""
    _end_placement(work, person)
    work.session.add(Placement(person_id=person.id, unit_id=unit.id, duty=clean(duty), since=work.today, running=1))
    record(work, "move person", "person", person.public, unit.name)


def _end_placement(work: Work, person: Person) -> None:
    running = update(Placement).where(Placement.person_id == person.id, Placement.running == 1)
    work.session.execute(running.values(until=work.today, running=None))


def leave(work: Work, person: Person, reason: str) -> None:
    """A person leaves the service: no sign-in any more; progress and certificates stay. Raises Mistaken for oneself."""
    if person.id == work.actor.id:
        raise Mistaken(message("You cannot close your own account. Ask another administrator."))
    ensure_may_let_in(work, person)
    person.left = work.today
    _end_placement(work, person)
    _end_sessions(work, person)
    record(work, "person leaves", "person", person.public, reason)


def come_back(work: Work, person: Person, unit: Unit) -> None:
    """A person comes back: everything they had done is there again."""
    person.left = None
    move(work, person, unit)
    record(work, "person comes back", "person", person.public)


def set_disabled(work: Work, person: Person, disabled: bool) -> None:
    """Close an account for now, or open it again. Raises Mistaken for oneself."""
    if person.id == work.actor.id:
        raise Mistaken(message("You cannot close your own account. Ask another administrator."))
    ensure_may_let_in(work, person)
    person.disabled = work.now if disabled else None
    if disabled:
        _end_sessions(work, person)
    record(work, "close account" if disabled else "open account", "person", person.public)


def _end_sessions(work: Work, person: Person) -> None:
    work.session.execute(
        update(BrowserSession)
        .where(BrowserSession.person_id == person.id, BrowserSession.ended.is_(None))
        .values(ended=work.now)
    )


def make_code(work: Work, person: Person) -> str:
    """A one-time code for a person, to be read out, printed or mailed.

    Raises Mistaken for somebody who has left, Refused for somebody whose roles reach beyond the actor's.
    """
    ensure_may_let_in(work, person)
    if person.left is not None or person.disabled is not None:
        raise Mistaken(message("This account is closed. Open it first, then make a code."))
    return accounts.make_code(work, person.id)


def merge(work: Work, kept: Person, other: Person) -> None:
    """Two rows for one person become one: all that `other` did goes to `kept`, and `other` stays as a signpost.

    Raises Mistaken when both hold a certificate or an attempt for the same thing, which nobody may decide unseen.
    """
    if kept.id == other.id:
        raise Mistaken(message("Choose another person to merge with."))
    for one in (kept, other):
        ensure_may_let_in(work, one)
    if roster.both_have(work.session, kept.id, other.id):
        raise Mistaken(
            message(
                "Both have attempts, completions or certificates in the same course. They cannot be merged; close one of the accounts."
            )
        )
    roster.move_all(work.session, other.id, kept.id)
    _end_placement(work, other)
    _end_sessions(work, other)
    other.left, other.merged_into = work.today, kept.id
    record(work, "merge people", "person", kept.public, other.public)
