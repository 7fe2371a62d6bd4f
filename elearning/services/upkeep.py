"""Keeping the installation in order: tables, versions, what `doctor` looks at."""

from dataclasses import dataclass

from sqlalchemy import func, select

from elearning.domain.message import Message, message
from elearning.services.work import NOBODY, House
from elearning.store.engine import OLDEST_SQLITE, sqlite_version
from elearning.store.migrating import is_current, migrate
from elearning.store.models.person import Person
from elearning.store.models.text import Course


def bring_up_to_date(house: House) -> None:
    """Bring the tables to their newest form. Safe at every start."""
    migrate(house.store)


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
    found.append(
        Finding(
            current,
            message("The tables are up to date.") if current else message("The tables are old. Run: phatngon migrate"),
        )
    )
    if current:
        with house.reading(NOBODY) as work:
            people = work.session.scalar(select(func.count(Person.id))) or 0
            courses = work.session.scalar(select(func.count(Course.id)).where(Course.live_id.is_not(None))) or 0
        found.append(
            Finding(True, message("%(people)s people, %(courses)s published courses.", people=people, courses=courses))
        )
    return found
