"""Slips of paper with one-time codes, for the people of a unit and below."""

from dataclasses import dataclass
from datetime import datetime

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.secrets import CODE_LIVES, spelled_code
from elearning.services import accounts
from elearning.services.organising import unit_for
from elearning.services.work import Work
from elearning.store.queries import people, roster

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

    Raises NotFound for a unit that is not the actor's, Mistaken for more than 2,000 slips at once.
    """
    unit = unit_for(work, public, "manage people")
    rows = roster.without_password(work.session, unit.id, everyone)
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
