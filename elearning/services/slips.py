"""Slips of paper with one-time codes, for the people of a unit and below."""

from dataclasses import dataclass
from datetime import datetime

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.secrets import CODE_LIVES, spelled_code
from elearning.services import accounts, granting, noticing
from elearning.services.organising import unit_for
from elearning.services.work import Work
from elearning.store.models.person import Person
from elearning.store.queries import people, roster
from elearning.store.queries.roster import SlipRow

MOST = 2_000


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: for whom, the code, and the address that the code opens."""

    name: str
    title: str
    unit: str
    identifiers: tuple[str, ...]
    code: str
    address: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All slips of a unit, until when they are good, and where one signs in."""

    unit: str
    site: str
    until: datetime
    slips: tuple[Slip, ...]


def for_unit(work: Work, public: str, everyone: bool) -> Sheet:
    """New one-time codes for the people of a unit and below; those who have a password only when `everyone` is set.

    Nobody whose role reaches beyond the actor's gets one. Raises NotFound for a unit that is not the actor's, Mistaken for more than 2,000 slips at once.
    """
    unit = unit_for(work, public, "manage people")
    rows = _reachable(work, roster.without_password(work.session, unit.id, everyone))
    if len(rows) > MOST:
        raise Mistaken(
            message(
                "These are %(count)s slips. Print them for smaller units, at most %(most)s at once.",
                count=len(rows),
                most=MOST,
            )
        )
    names = people.sign_in_names(work.session, [row.id for row in rows])
    site = work.platform.public_url
    found = []
    for row in rows:
        code = accounts.make_code(work, row.id)
        found.append(
            Slip(
                row.name,
                row.title,
                row.unit,
                tuple(names.get(row.id, ())),
                spelled_code(code),
                f"{site}/welcome/{code}",
            )
        )
    return Sheet(unit.name, site, work.now + CODE_LIVES, tuple(found))


def _reachable(work: Work, rows: list[SlipRow]) -> list[SlipRow]:
    roles = people.roles(work.session, [row.id for row in rows], work.now)
    holders = {person for person, held in roles.items() if set(held) - {"learner"}}
    return [row for row in rows if row.id not in holders or not granting.reaches_beyond(work, row.id)]


def ask_by_mail(work: Work, public: str, everyone: bool) -> int:
    """Have the worker send one-time codes by mail to the people of a unit and below who sign in with an e-mail address; how
    many. The codes are made when the letters go out and are kept nowhere. Raises NotFound as `for_unit` does.
    """
    unit = unit_for(work, public, "manage people")
    rows = _reachable(work, roster.without_password(work.session, unit.id, everyone))
    return noticing.ask_for_codes(work, people.with_address(work.session, [row.id for row in rows]))


def ask_one_by_mail(work: Work, person: Person) -> None:
    """The same for one person. Raises Mistaken for somebody without an e-mail address or whose account is closed, Refused
    for somebody whose roles reach beyond the actor's.
    """
    granting.ensure_may_let_in(work, person)
    if person.left is not None or person.disabled is not None:
        raise Mistaken(message("This account is closed. Open it first, then make a code."))
    if not noticing.ask_for_codes(work, people.with_address(work.session, [person.id])):
        raise Mistaken(message("This person signs in without an e-mail address. Add one, or print the code."))
