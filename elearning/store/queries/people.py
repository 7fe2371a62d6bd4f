"""Finding people: at the door, by session, in lists."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import CompoundSelect, Connection, and_, bindparam, func, insert, or_, select, union, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from elearning.domain.signing_in import KINDS
from elearning.store.base import AnySelect
from elearning.store.models.person import BrowserSession, Grant, Person, SignInFailure, SignInName
from elearning.store.models.unit import Placement, Unit, UnitTree
from elearning.store.prepared import Prepared, PreparedInsert

CHUNK = 500


class AtDoor(NamedTuple):
    """What is needed to let somebody in."""

    person_id: int
    password: str
    disabled: datetime | None
    left: date | None


class SessionRow(NamedTuple):
    """One grant of the person of a session; a person without grants has one row with empty ones."""

    session_id: int
    created: datetime
    seen: datetime
    person_id: int
    name: str
    language: str
    role: str | None
    scope: str | None
    scope_id: int | None


class ListedPerson(NamedTuple):
    """One line of the list of people."""

    id: int
    public: str
    name: str
    title: str
    unit: str | None
    disabled: datetime | None
    left: date | None


_AT_DOOR = Prepared(
    select(Person.id, Person.password, Person.disabled, Person.left)
    .join(SignInName, SignInName.person_id == Person.id)
    .where(SignInName.kind == bindparam("kind"), SignInName.normal == bindparam("normal"))
)


def at_door(session: Session, kind: str, normal: str) -> AtDoor | None:
    """The person whom a sign-in name belongs to."""
    row = _AT_DOOR.one(session, {"kind": kind, "normal": normal})
    return AtDoor(*row) if row else None


_FREE = Prepared(select(SignInFailure.free).where(SignInFailure.name == bindparam("name")))


def free_from(session: Session, name: str) -> datetime | None:
    """The moment from which a name that was tried in vain may be tried again; None for one that was not."""
    row = _FREE.one(session, {"name": name})
    return row[0] if row else None


_OPEN = PreparedInsert(BrowserSession, "token", "person_id", "created", "seen", "agent", "address")


def open_session(session: Session, row: Mapping[str, Any]) -> None:
    """Add the session of a browser, in one statement."""
    _OPEN.add(session, [row])


_BY_SESSION = Prepared(
    select(
        BrowserSession.id, BrowserSession.created, BrowserSession.seen, Person.id, Person.name, Person.language, Grant.role,
        Grant.scope, Grant.scope_id,
    )
    .join(Person, Person.id == BrowserSession.person_id)
    .outerjoin(
        Grant,
        and_(
            Grant.person_id == Person.id, Grant.since <= bindparam("now"),
            or_(Grant.until.is_(None), Grant.until > bindparam("now")),
        ),
    )
    .where(
        BrowserSession.token == bindparam("token"), BrowserSession.ended.is_(None), Person.disabled.is_(None),
        Person.left.is_(None),
    )
)  # fmt: skip


def by_session(connection: Connection, token: str, now: datetime) -> list[SessionRow]:
    """Session, person and running grants in one statement; empty when the session is not alive."""
    return [SessionRow(*row) for row in _BY_SESSION.rows_by(connection, {"token": token, "now": now})]


def sign_in_names(session: Session, people: Iterable[int]) -> dict[int, list[str]]:
    """The sign-in names of some people as they are shown."""
    found: dict[int, list[str]] = {}
    for person, shown in session.execute(
        select(SignInName.person_id, SignInName.shown)
        .where(SignInName.person_id.in_(list(people)))
        .order_by(SignInName.id)
    ):
        found.setdefault(person, []).append(shown)
    return found


def roles(session: Session, people: Iterable[int], now: datetime) -> dict[int, list[str]]:
    """The running roles of some people, each once."""
    found: dict[int, list[str]] = {}
    for person, role in session.execute(
        select(Grant.person_id, Grant.role)
        .where(Grant.person_id.in_(list(people)), or_(Grant.until.is_(None), Grant.until > now))
        .distinct()
        .order_by(Grant.role)
    ):
        found.setdefault(person, []).append(role)
    return found


def with_address(session: Session, people: list[int]) -> list[int]:
    """Those of some people who sign in with an e-mail address."""
    found: list[int] = []
    for start in range(0, len(people), CHUNK):
        mailed = SignInName.person_id.in_(people[start : start + CHUNK])
        found += session.scalars(select(SignInName.person_id).where(mailed, SignInName.kind == "email").distinct())
    return found


def running_grants(session: Session, person: int, now: datetime) -> list[tuple[Grant, str]]:
    """The running grants of a person, each with the name of its unit; empty for the whole platform."""
    rows = session.execute(
        select(Grant, func.coalesce(Unit.name, ""))
        .outerjoin(Unit, (Grant.scope == "unit") & (Unit.id == Grant.scope_id))
        .where(Grant.person_id == person, or_(Grant.until.is_(None), Grant.until > now))
        .order_by(Grant.since, Grant.id)
    )
    return [(grant, name) for grant, name in rows]


def administrators(session: Session, now: datetime) -> list[int]:
    """The running grants of administrators who can sign in, or could once they have chosen a password."""
    open_ = and_(Person.disabled.is_(None), Person.left.is_(None), Person.erased.is_(None))
    return list(
        session.scalars(
            select(Grant.id)
            .join(Person, Person.id == Grant.person_id)
            .where(Grant.role == "admin", Grant.scope == "all", or_(Grant.until.is_(None), Grant.until > now), open_)
        )
    )


def _within(statement: AnySelect, units: frozenset[int] | None) -> AnySelect:
    if units is None:
        return statement
    below = select(UnitTree.unit_id).where(UnitTree.above_id.in_(units))
    return statement.where(Placement.unit_id.in_(below))


def count_people(session: Session, units: frozenset[int] | None, asked: str) -> int:
    """How many people a list would hold. `asked` is folded; `units` bounds it to those and all below."""
    statement = _people(select(func.count(Person.id)), units, asked)
    return session.scalar(statement) or 0


def list_people(session: Session, units: frozenset[int] | None, asked: str, skip: int, most: int) -> list[ListedPerson]:
    """People in Vietnamese name order."""
    columns = select(Person.id, Person.public, Person.name, Person.title, Unit.name, Person.disabled, Person.left)
    statement = _people(columns, units, asked).order_by(Person.sort_key, Person.id).offset(skip).limit(most)
    return [ListedPerson(*row) for row in session.execute(statement)]


def _people(columns: AnySelect, units: frozenset[int] | None, asked: str) -> AnySelect:
    statement = (
        columns.select_from(Person)
        .outerjoin(Placement, and_(Placement.person_id == Person.id, Placement.running == 1))
        .outerjoin(Unit, Unit.id == Placement.unit_id)
        .where(Person.erased.is_(None))
    )
    if asked:
        statement = statement.where(Person.id.in_(_fitting(asked)))
    return _within(statement, units)


def _fitting(asked: str) -> CompoundSelect[*tuple[Any, ...]]:
    """Those whose name fits, or the name of whose unit does, or who have just this sign-in name."""
    named, there, name = aliased(Person), aliased(Placement), aliased(SignInName)
    units = select(Unit.id).where(Unit.search_key.contains(asked, autoescape=True))
    # Normal forms of sign-in names are all small or all capital letters; so asked, they are found by their index.
    known = and_(name.kind.in_(KINDS), name.normal.in_((asked.lower(), asked.upper())))
    return union(
        select(named.id).where(named.search_key.contains(asked, autoescape=True)),
        select(there.person_id).where(there.running == 1, there.unit_id.in_(units)),
        select(name.person_id).where(known),
    )


_PLACE_OF = (
    select(Unit.id, Unit.name)
    .join(Placement, Placement.unit_id == Unit.id)
    .where(Placement.person_id == bindparam("person"), Placement.running == 1)
)


def place_of(session: Session, person: int) -> tuple[int, str] | None:
    """The unit that a person is in now: (id, name)."""
    row = session.execute(_PLACE_OF, {"person": person}).one_or_none()
    return (row[0], row[1]) if row else None


def open_sessions(session: Session, person: int) -> list[BrowserSession]:
    """The sessions of a person that have not been ended, the last used first."""
    statement = select(BrowserSession).where(BrowserSession.person_id == person, BrowserSession.ended.is_(None))
    return list(session.scalars(statement.order_by(BrowserSession.seen.desc(), BrowserSession.id.desc())))


def last_place(session: Session, person: int) -> int | None:
    """The unit that a person is in, or was in last."""
    newest = select(Placement.unit_id).where(Placement.person_id == person)
    return session.scalar(
        newest.order_by(Placement.running.is_(None), Placement.since.desc(), Placement.id.desc()).limit(1)
    )


def unit_address(session: Session, unit: int) -> str:
    """The address of a unit."""
    return session.scalar(select(Unit.public).where(Unit.id == unit)) or ""


def count_failure(session: Session, name: str, now: datetime) -> int:
    """One more wrong password for a name; how many there are now in a row. Those that come at once are all counted."""
    more = update(SignInFailure).where(SignInFailure.name == name).values(count=SignInFailure.count + 1)
    count = session.scalar(more.returning(SignInFailure.count))
    if count is not None:
        return int(count)
    try:
        with session.begin_nested():
            session.execute(insert(SignInFailure).values(name=name, count=1, free=now))
    except IntegrityError:
        return int(session.scalar(more.returning(SignInFailure.count)) or 1)
    return 1
