"""The list of people, within what the actor may see."""

from dataclasses import dataclass

from elearning.domain.names import fold
from elearning.domain.permission import within
from elearning.services.work import Work
from elearning.store.queries import people

PAGE = 50


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the list; `state` is active, disabled or left."""

    id: str
    name: str
    unit: str
    title: str
    identifiers: tuple[str, ...]
    roles: tuple[str, ...]
    state: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of people, in Vietnamese name order."""

    rows: tuple[PersonRow, ...]
    total: int
    number: int
    pages: int
    asked: str
    sort: str


def people_page(work: Work, asked: str, number: int) -> PeoplePage:
    """People whose name, unit or sign-in name fits what was asked. Raises NotFound for actors without the grant."""
    units = within(work.actor, "see people")
    wanted = fold(asked)
    total = people.count_people(work.session, units, wanted)
    pages = max(1, -(-total // PAGE))
    number = min(max(1, number), pages)
    rows = people.list_people(work.session, units, wanted, (number - 1) * PAGE, PAGE)
    names = people.sign_in_names(work.session, [row.id for row in rows])
    roles = people.roles(work.session, [row.id for row in rows], work.now)
    found = tuple(
        PersonRow(
            row.public, row.name, row.unit or "", row.title, tuple(names.get(row.id, ())), tuple(roles.get(row.id, ())),
            "disabled" if row.disabled else "left" if row.left else "active",
        )
        for row in rows
    )  # fmt: skip
    return PeoplePage(found, total, number, pages, asked, "name")
