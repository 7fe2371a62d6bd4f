"""Writing one part of a list: units that are not there yet, people with their sign-in names and places, and who did it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert

from elearning.domain.message import Message, message
from elearning.domain.names import fold, sort_key
from elearning.domain.people_import import NewPerson, Verdict
from elearning.domain.permission import may
from elearning.domain.unit_paths import Path, Place
from elearning.services.list_judging import held
from elearning.services.organising import add_unit, rebuild_tree
from elearning.services.work import Work
from elearning.store.models.person import Audit, Person, SignInName
from elearning.store.models.unit import Placement, Unit
from elearning.store.queries import importing


@dataclass(frozen=True, slots=True)
class Written:
    """How many people and units came in by one part, and the rows that could not after all."""

    people: int
    units: int
    late: tuple[tuple[int, Message], ...]


def write_part(work: Work, part: Sequence[Verdict], made: dict[Path, int], source: str) -> Written:
    """Write the good rows of a part, in the transaction of the caller.

    `made` are the units that are there, by path; new ones are added to it. `source` names the import in the record.
    """
    good = [one for one in part if one.state == "new"]
    kinds = {one.place: one.kind for one in good if one.place is not None}
    units = sum(_make(work, place, made, kinds[place]) for place in sorted(kinds, key=lambda place: len(place.path)))
    if units:
        rebuild_tree(work)
    taken = held(work, {name.name for one in good if one.person for name in one.person.names})
    people: list[NewPerson] = []
    late: list[tuple[int, Message]] = []
    for one in good:
        if one.person and any(name.name in taken for name in one.person.names):
            late.append((one.number, _late()))
        elif one.person:
            people.append(one.person)
    _add(work, people, made, source)
    return Written(len(people), units, tuple(late))


def _late() -> Message:
    return message("Somebody was given this sign-in name in the meantime. Look at the row, then send it again.")


def _make(work: Work, place: Place, made: dict[Path, int], kind: str) -> int:
    """Make a unit, and those above it, where they are not there yet; how many were made."""
    if place.id or not may(work.actor, "manage units"):
        return 0
    before = len(made)
    for end in range(1, len(place.path) + 1):
        path = place.path[:end]
        if path not in made:
            above = work.session.get_one(Unit, made[path[:-1]]) if end > 1 else None
            made[path] = add_unit(work, path[-1], above).id
    if kind:
        work.session.get_one(Unit, made[place.path]).kind = kind
    return len(made) - before


def _add(work: Work, people: Sequence[NewPerson], made: dict[Path, int], source: str) -> None:
    if not people:
        return
    ids = _persons(work, people)
    names = [
        {"person_id": person, "kind": name.name.kind, "normal": name.name.normal, "shown": name.shown}
        for (person, _), one in zip(ids, people, strict=True)
        for name in one.names
    ]
    places = [
        {
            "person_id": person, "unit_id": one.place.id or made[one.place.path], "duty": one.duty,
            "since": work.today, "running": 1,
        }
        for (person, _), one in zip(ids, people, strict=True)
    ]  # fmt: skip
    lines = [
        {
            "at": work.now, "actor_id": work.actor.id, "action": "add person", "kind": "person", "subject": public,
            "address": work.address, "reason": source,
        }
        for _, public in ids
    ]  # fmt: skip
    for table, values in ((SignInName, names), (Placement, places), (Audit, lines)):
        work.session.execute(insert(table), values)


def _persons(work: Work, people: Sequence[NewPerson]) -> list[tuple[int, str]]:
    """Add the people in one statement, and learn their ids in another: (id, public) in the order given."""
    rows = [
        {
            "public": work.chance.token(16)[:22], "name": one.name, "sort_key": sort_key(one.name),
            "search_key": fold(one.name), "title": one.title, "contact": one.contact, "created": work.now,
        }
        for one in people
    ]  # fmt: skip
    work.session.execute(insert(Person), rows)
    publics = [str(row["public"]) for row in rows]
    ids = {public: person for person, public in importing.persons(work.session, publics)}
    return [(ids[public], public) for public in publics]
