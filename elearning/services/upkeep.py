"""Keeping the installation in order: tables, versions, what `doctor` looks at."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select

from elearning.domain.errors import Refused
from elearning.domain.message import Message, message
from elearning.services.restoring import alone
from elearning.services.work import NOBODY, House
from elearning.store.engine import OLDEST_SQLITE, sqlite_version
from elearning.store.going_back import NoWayBack, go_back, lost
from elearning.store.migrating import is_current, is_known, migrate, newest, revision_of
from elearning.store.models.person import Person
from elearning.store.models.text import Course

NEWER = message(
    "The tables are those of a newer version. Start that one, or take them back with it: phatngon migrate --back-to %(form)s",
    form=newest(),
)


def bring_up_to_date(house: House) -> None:
    """Bring the tables to their newest form. Safe at every start. Raises Refused where they are those of a newer version."""
    if _is_newer(house):
        raise Refused(NEWER)
    migrate(house.store)


def _is_newer(house: House) -> bool:
    with house.store.engine.connect() as connection:
        revision = revision_of(connection)
    return revision is not None and not is_known(revision)


@dataclass(frozen=True, slots=True)
class Lost:
    """What going back to an older version takes away: a table, or one column of it, and how many rows have it."""

    table: str
    column: str
    rows: int


def what_is_lost(house: House, revision: str) -> list[Lost]:
    """What going back to the form of an older version would take away; nothing is done. Raises Refused."""
    with _older():
        return [Lost(*one) for one in lost(house.store, revision)]


def take_back(house: House, revision: str) -> None:
    """Take the tables back to the form of an older version. Raises Refused, with nothing changed, while anybody has them open."""
    with alone(house.store), _older():
        go_back(house.store, revision)


@contextmanager
def _older() -> Iterator[None]:
    try:
        yield
    except NoWayBack as error:
        said = message(
            "There is no way back to %(revision)s. Restore the backup from before the upgrade.", revision=str(error)
        )
        raise Refused(said) from error


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and whether it is in order."""

    good: bool
    message: Message


def findings(house: House) -> list[Finding]:
    """What `doctor` says, most important first."""
    found = []
    if house.store.engine.dialect.name == "sqlite":
        version = ".".join(map(str, sqlite_version()))
        found.append(
            Finding(sqlite_version() >= OLDEST_SQLITE, message("SQLite %(version)s is in use.", version=version))
        )
    current = is_current(house.store)
    found.append(Finding(current, _form(house, current)))
    if current:
        with house.reading(NOBODY) as work:
            people = work.session.scalar(select(func.count(Person.id))) or 0
            courses = work.session.scalar(select(func.count(Course.id)).where(Course.live_id.is_not(None))) or 0
        found.append(
            Finding(True, message("%(people)s people, %(courses)s published courses.", people=people, courses=courses))
        )
    return found


def _form(house: House, current: bool) -> Message:
    if current:
        return message("The tables are up to date, in the form %(form)s.", form=newest())
    return NEWER if _is_newer(house) else message("The tables are old. Run: phatngon migrate")
