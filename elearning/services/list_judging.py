"""Judging a list: what the platform knows already is fetched in few statements, then the domain decides."""

from elearning.domain.names import clean
from elearning.domain.people_import import Holder, Known, Verdict, judge_people, judge_units, read_lines
from elearning.domain.permission import may, within
from elearning.domain.signing_in import SignInName
from elearning.domain.unit_paths import Found, Place, Places, find_places
from elearning.exchange.people_table import ListTable
from elearning.services.work import Work
from elearning.store.queries import importing, units


def judge(work: Work, table: ListTable) -> tuple[list[Verdict], tuple[Place, ...]]:
    """A verdict for each row, in their order, and the units that would be made, those above first.

    Raises NotFound for actors who may add nobody.
    """
    known = known_places(work)
    may_add = may(work.actor, "manage units")
    if table.kind == "units":
        places = find_places([line.values["unit"] for line in table.lines], known, may_add)
        return judge_units(table.lines, places), places.new
    rows = read_lines(table.lines)
    places = find_places([row.unit for row in rows], known, may_add)
    holders = held(work, {one.name for row in rows for one in row.names})
    verdicts = judge_people(rows, places, Known(holders, _present(work, places)))
    used = {part for one in verdicts if one.person for part in _ends(one.person.place)}
    return verdicts, tuple(place for place in places.new if place.path in used)


def _ends(place: Place) -> list[tuple[str, ...]]:
    """The path of a unit and of each above it."""
    return [place.path[:end] for end in range(1, len(place.path) + 1)]


def known_places(work: Work) -> list[Place]:
    """The units that the actor may put people into, with their whole paths. Raises NotFound for actors without a grant."""
    bound = within(work.actor, "manage people")
    paths: dict[int, tuple[str, ...]] = {}
    for unit in units.all_units(work.session):
        above = paths[unit.parent] if unit.parent is not None else ()
        paths[unit.id] = (*above, clean(unit.name))
    allowed = units.below(work.session, bound) if bound is not None else frozenset(paths)
    return [Place(unit, path) for unit, path in paths.items() if unit in allowed]


def held(work: Work, names: set[SignInName]) -> dict[SignInName, Holder]:
    """Those of the sign-in names that somebody has."""
    by_form: dict[tuple[str, str], SignInName] = {(name.kind, name.normal): name for name in names}
    rows = importing.held_names(work.session, by_form)
    return {by_form[row.kind, row.normal]: Holder(row.person, row.search_key) for row in rows}


def _present(work: Work, places: Places) -> frozenset[tuple[int, str]]:
    found = {one.place.id for one in places.by_text.values() if isinstance(one, Found) and one.place.id}
    return frozenset(importing.people_in(work.session, sorted(found)))
