"""Units: making, naming, moving and closing them. Links are dated; the derived tree follows in the same transaction."""

from dataclasses import dataclass

from sqlalchemy import update

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.names import clean, collation_key, fold
from elearning.domain.organisation import ensure_no_circle, tree
from elearning.domain.permission import Action, Subject, may, within
from elearning.services.auditing import record
from elearning.services.work import Work, not_here
from elearning.store.models.unit import Unit, UnitLink
from elearning.store.queries import units
from elearning.store.queries.units import ListedUnit

LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """The tree of units that the actor may see, parents before children. `may_manage` lets them be changed."""

    rows: tuple[ListedUnit, ...]
    may_manage: bool


def units_page(work: Work) -> UnitsPage:
    """The tree of units. Raises NotFound for actors without the grant."""
    rows = units.all_units(work.session, within(work.actor, "see people"))
    return UnitsPage(tuple(rows), may(work.actor, "manage units"))


def unit_for(work: Work, public: str, action: Action) -> Unit:
    """A unit that the actor may do something to. Raises NotFound for any other."""
    unit = units.by_public(work.session, public)
    if unit is None or not may(work.actor, action, Subject(units.above(work.session, unit.id))):
        raise not_here()
    return unit


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit: its name, the unit above it, what is below it, and how many people are in it and below. `mails` says whether
    codes can go out by mail.
    """

    id: str
    name: str
    parent: str
    parent_name: str
    people: int
    below: tuple[ListedUnit, ...]
    units: UnitsPage
    mails: bool


def unit_page(work: Work, public: str) -> UnitPage:
    """One unit. Raises NotFound for a unit that the actor may not see, and for one that is closed."""
    unit = unit_for(work, public, "see people")
    page = units_page(work)
    row = next((row for row in page.rows if row.id == unit.id), None)
    if row is None:
        raise not_here()
    parent = next((one for one in page.rows if one.id == row.parent), None)
    inside = units.below(work.session, [unit.id])
    below = tuple(one for one in page.rows if one.id in inside and one.id != unit.id)
    people = row.people + sum(one.people for one in below)
    return UnitPage(
        public, unit.name, parent.public if parent else "", parent.name if parent else "", people, below, page,
        work.platform.mails,
    )  # fmt: skip


def ensure_manager(work: Work) -> None:
    """Raises NotFound for actors who may not change units."""
    if not may(work.actor, "manage units"):
        raise not_here()


def change_unit(work: Work, public: str, name: str, parent: str) -> None:
    """Rename a unit and put it below another, or at the top. Raises Mistaken for a circle or an empty name."""
    unit = unit_for(work, public, "manage units")
    above = unit_for(work, parent, "manage units") if parent else None
    if unit.name != clean(name):
        rename_unit(work, unit, name)
    if units.parents(work.session).get(unit.id) != (above.id if above else None):
        move_unit(work, unit, above)


def add_unit(work: Work, name: str, parent: Unit | None) -> Unit:
    """Add a unit below another, or at the top. Raises Mistaken for an empty or overlong name."""
    unit = Unit(public=work.chance.token(16)[:22], kind="", **_names(name))
    work.session.add(unit)
    work.session.flush()
    if parent is not None:
        work.session.add(UnitLink(unit_id=unit.id, parent_id=parent.id, since=work.today))
    record(work, "add unit", "unit", unit.public)
    return unit


def _names(name: str) -> dict[str, str]:
    name = clean(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise Mistaken(message("Write the name of the unit, in up to %(most)s characters.", most=LONGEST_NAME))
    return {"name": name, "sort_key": collation_key(name), "search_key": fold(name)}


def rename_unit(work: Work, unit: Unit, name: str) -> None:
    """Give a unit another name; certificates and the ledger keep the one they were written with."""
    before = unit.name
    named = _names(name)
    unit.name, unit.sort_key, unit.search_key = named["name"], named["sort_key"], named["search_key"]
    record(work, "rename unit", "unit", unit.public, before)


def move_unit(work: Work, unit: Unit, parent: Unit | None) -> None:
    """Put a unit below another from today on. Raises Mistaken when it would stand below itself."""
    if parent is not None:
        ensure_no_circle(unit.id, parent.id, units.parents(work.session))
    work.session.execute(
        update(UnitLink).where(UnitLink.unit_id == unit.id, UnitLink.until.is_(None)).values(until=work.today)
    )
    if parent is not None:
        work.session.add(UnitLink(unit_id=unit.id, parent_id=parent.id, since=work.today))
    work.session.flush()
    rebuild_tree(work)
    record(work, "move unit", "unit", unit.public)


def close_unit(work: Work, unit: Unit) -> None:
    """Close a unit that nothing hangs on any more. Raises Mistaken while people or units are still below it."""
    if units.children_or_people(work.session, unit.id):
        raise Mistaken(message("People or units are still below this one. Move them first, then close it."))
    unit.closed = work.today
    record(work, "close unit", "unit", unit.public)


def rebuild_tree(work: Work) -> None:
    """Derive today's tree anew from the links."""
    work.session.flush()
    units.replace_tree(work.session, tree(units.everywhere(work.session), units.parents(work.session)))
