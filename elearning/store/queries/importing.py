"""What an import has to know of the people who are there already. Lists of values go in parts, whatever their length."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.store.models.person import Person, SignInName
from elearning.store.models.unit import Placement

CHUNK = 500
Some = TypeVar("Some")


class HeldName(NamedTuple):
    """A sign-in name, whose it is, and the folded name of that person."""

    kind: str
    normal: str
    person: int
    search_key: str


def parts(values: Sequence[Some], size: int = CHUNK) -> Iterator[Sequence[Some]]:
    """The values in runs of at most `size`."""
    return (values[start : start + size] for start in range(0, len(values), size))


def held_names(session: Session, names: Iterable[tuple[str, str]]) -> list[HeldName]:
    """Those of some sign-in names (kind, normal form) that somebody has."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, normal in names:
        by_kind[kind].append(normal)
    found: list[HeldName] = []
    for kind, normals in by_kind.items():
        for part in parts(normals):
            rows = session.execute(
                select(SignInName.kind, SignInName.normal, SignInName.person_id, Person.search_key)
                .join(Person, Person.id == SignInName.person_id)
                .where(SignInName.kind == kind, SignInName.normal.in_(part))
            )
            found.extend(HeldName(*row) for row in rows)
    return found


def people_in(session: Session, units: Sequence[int]) -> list[tuple[int, str]]:
    """(unit, folded name) of everybody who is placed in one of these units now."""
    found: list[tuple[int, str]] = []
    for part in parts(units):
        rows = session.execute(
            select(Placement.unit_id, Person.search_key)
            .join(Person, Person.id == Placement.person_id)
            .where(Placement.unit_id.in_(part), Placement.running == 1, Person.erased.is_(None))
        )
        found.extend((row[0], row[1]) for row in rows)
    return found


def persons(session: Session, publics: Sequence[str]) -> list[tuple[int, str]]:
    """(id, public) of people by their addresses."""
    found: list[tuple[int, str]] = []
    for part in parts(publics):
        rows = session.execute(select(Person.id, Person.public).where(Person.public.in_(part)))
        found.extend((row[0], row[1]) for row in rows)
    return found
