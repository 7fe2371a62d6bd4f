"""The people of an invented province: who they are, how they sign in, where they have been placed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from elearning.domain import fiction
from elearning.domain.names import fold, sort_key
from elearning.domain.person import Role
from elearning.domain.signing_in import sign_in_name
from elearning.services.work import Work
from elearning.store.models.person import Grant, Person, SignInName
from elearning.store.models.unit import Placement
from elearning.store.queries import bulk

LEFT, DISABLED, MOVED = 0.02, 0.01, 0.04
PHONES_OF_UNITS = 10_000  # Numbers below are the shared telephones of units.
WITH_MAIL, WITH_PHONE, SHARED_PHONE = 0.85, 0.2, 0.3


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the fictional province as it stands in the tables, and how many people it is given."""

    id: int
    name: str
    kind: str
    heads: int


@dataclass(frozen=True, slots=True)
class Named:
    """An account with a password of its own. `place` counts the units; `bound` says that the grant is for that unit."""

    role: Role
    identifier: str
    name: str
    title: str
    place: int
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """A time in a unit; `place` counts the units."""

    place: int
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Resident:
    """A made-up person, with `place` the unit that counts them and the stays that they really had."""

    id: int
    ordinal: int
    public: str
    name: str
    title: str
    duty: str
    contact: str
    place: int
    stays: tuple[Stay, ...]
    left: date | None
    disabled: datetime | None
    named: Named | None
    steady: bool

    def place_on(self, day: date) -> int:
        """Where the person was on a day; where they were last, when they had gone."""
        return next((stay.place for stay in reversed(self.stays) if stay.since <= day), self.stays[0].place)


@dataclass(frozen=True, slots=True)
class Census:
    """All that the people are drawn from. `still` are the places where nobody comes or goes."""

    places: Sequence[Place]
    named: Sequence[Named]
    still: frozenset[int]
    opened: date
    first_id: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Passwords in the form in which they are kept: those of named accounts by identifier, and the one that all others share."""

    own: Mapping[str, str]
    shared: str

    def of(self, resident: Resident) -> str:
        return self.own[resident.named.identifier] if resident.named else self.shared


def residents(work: Work, rng: Random, census: Census) -> Iterator[Resident]:
    """Everybody, unit by unit, named accounts first in theirs."""
    ordinal = 0
    for place, unit in enumerate(census.places):
        phone = fiction.phone(place) if rng.random() < SHARED_PHONE else ""
        own = [named for named in census.named if named.place == place]
        for seat in range(unit.heads):
            ordinal += 1
            named = own[seat] if seat < len(own) else None
            yield _resident(work, rng, census, place, (ordinal, seat, phone, named))


def _resident(
    work: Work, rng: Random, census: Census, place: int, seat: tuple[int, int, str, Named | None]
) -> Resident:
    ordinal, number, phone, named = seat
    name = named.name if named else fiction.person_name(rng)
    title, duty = fiction.title(rng, census.places[place].kind, number)
    steady = named is not None or place in census.still
    fate = 1.0 if steady else rng.random()
    left = _day(rng, work, 10, 40) if fate < LEFT else None
    disabled = work.now - timedelta(days=rng.randint(3, 30)) if LEFT <= fate < LEFT + DISABLED else None
    moves = LEFT + DISABLED <= fate < LEFT + DISABLED + MOVED
    return Resident(
        census.first_id + ordinal - 1, ordinal, work.chance.token(16)[:22], name, named.title if named else title,
        "" if named else duty, phone, place, _stays(rng, work, census, place, left, moves), left, disabled, named, steady,
    )  # fmt: skip


def _day(rng: Random, work: Work, least: int, most: int) -> date:
    return work.today - timedelta(days=rng.randint(least, most))


def _stays(rng: Random, work: Work, census: Census, place: int, left: date | None, moves: bool) -> tuple[Stay, ...]:
    """One stay; for those who move a second one, now and then after a pause in which they were nowhere."""
    others = [other for other in range(len(census.places)) if other != place and other not in census.still]
    if not moves or not others:
        return (Stay(place, census.opened, left),)
    gone = _day(rng, work, 15, 50)
    back = gone + timedelta(days=rng.choice((0, 0, 0, 12)))
    return (Stay(rng.choice(others), census.opened, gone), Stay(place, back, None))


def add_residents(work: Work, rng: Random, census: Census, people: Iterable[Resident], kept: Kept) -> None:
    """Write people with their sign-in names, placements and grants."""
    for chunk in bulk.chunks(people):
        bulk.add(work.session, Person, (_person_row(work, one, census.opened, kept) for one in chunk))
        bulk.add(work.session, SignInName, (row for one in chunk for row in _name_rows(rng, one)))
        bulk.add(work.session, Placement, (row for one in chunk for row in _stay_rows(census, one)))
        bulk.add(work.session, Grant, (_grant_row(work, census, one.id, one.named) for one in chunk if one.named))


def _person_row(work: Work, one: Resident, opened: date, kept: Kept) -> dict[str, Any]:
    return {
        "id": one.id, "public": one.public, "name": one.name, "sort_key": sort_key(one.name),
        "search_key": fold(one.name), "title": one.title, "contact": one.contact, "password": kept.of(one),
        "created": datetime.combine(opened, time(8), work.platform.zone), "disabled": one.disabled, "left": one.left,
    }  # fmt: skip


def _name_rows(rng: Random, one: Resident) -> Iterator[dict[str, Any]]:
    """A staff code for everybody; for most an e-mail address, for some a telephone."""
    typed = [fiction.staff_code(one.ordinal)]
    if one.named:
        typed.append(one.named.identifier)
    elif rng.random() < WITH_MAIL:
        typed.append(fiction.mail_address(one.name, one.ordinal))
    if rng.random() < WITH_PHONE:
        typed.append(fiction.phone(one.ordinal + PHONES_OF_UNITS))
    for shown in typed:
        name = sign_in_name(shown)
        yield {"person_id": one.id, "kind": name.kind, "normal": name.normal, "shown": shown}


def _stay_rows(census: Census, one: Resident) -> Iterator[dict[str, Any]]:
    for stay in one.stays:
        yield {
            "person_id": one.id, "unit_id": census.places[stay.place].id, "since": stay.since, "until": stay.until,
            "duty": one.duty if stay is one.stays[-1] else "", "running": 1 if stay.until is None else None,
        }  # fmt: skip


def _grant_row(work: Work, census: Census, person: int, named: Named) -> dict[str, Any]:
    scope, unit = ("unit", census.places[named.place].id) if named.bound else ("all", 0)
    return {"person_id": person, "role": named.role, "scope": scope, "scope_id": unit, "since": work.now}
