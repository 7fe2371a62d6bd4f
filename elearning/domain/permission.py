"""The only place that knows what a grant allows."""

from dataclasses import dataclass
from typing import Literal

from elearning.domain.errors import NotFound
from elearning.domain.message import message
from elearning.domain.person import Actor, Role

Action = Literal[
    "see people", "manage people", "manage units", "enrol", "see reports", "write texts", "publish", "manage platform",
    "see certificate", "mark", "run exams",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """What the action is done to. `units` are the unit of the thing and all above it; empty means everything."""

    units: frozenset[int] = frozenset()
    owner: int = 0


EVERYTHING = Subject()
ALLOWED: dict[Action, frozenset[Role]] = {
    "see people": frozenset({"admin", "coordinator"}),
    "manage people": frozenset({"admin", "coordinator"}),
    "manage units": frozenset({"admin"}),
    "enrol": frozenset({"admin", "coordinator"}),
    "see reports": frozenset({"admin", "coordinator"}),
    "see certificate": frozenset({"admin", "coordinator"}),
    "mark": frozenset({"admin", "trainer"}),
    "run exams": frozenset({"admin", "trainer"}),
    "write texts": frozenset({"admin", "trainer"}),
    "publish": frozenset({"admin", "trainer"}),
    "manage platform": frozenset({"admin"}),
}


def may(actor: Actor, action: Action, subject: Subject = EVERYTHING) -> bool:
    """Whether one of the actor's grants covers the action on this subject.

    A grant over a unit covers that unit and all below it, so it is enough that the subject lies under one granted unit.
    """
    if subject.owner and subject.owner == actor.id:
        return True
    return any(
        grant.role in ALLOWED[action]
        and (grant.scope == "all" or (grant.scope == "unit" and grant.scope_id in subject.units))
        for grant in actor.grants
    )


def covers(actor: Actor, scope: str, subject: Subject) -> bool:
    """Whether the actor's own grants reach as far as a grant that somebody else holds.

    An administrator's reach everything; a coordinator's reach roles over the own units and below, and nothing wider.
    """
    if any(grant.role == "admin" and grant.scope == "all" for grant in actor.grants):
        return True
    return scope == "unit" and may(actor, "manage people", subject)


def may_somewhere(actor: Actor, action: Action) -> bool:
    """Whether any grant allows the action on anything at all; lists then show only what lies within it."""
    return any(grant.role in ALLOWED[action] for grant in actor.grants)


def within(actor: Actor, action: Action) -> frozenset[int] | None:
    """The units that bound a list: None where everything may be seen.

    Raises NotFound when the actor has no such grant: what one may not see does not exist.
    """
    grants = [grant for grant in actor.grants if grant.role in ALLOWED[action]]
    if not grants:
        raise NotFound(message("There is no such page. Check the address, or go back to your start page."))
    if any(grant.scope == "all" for grant in grants):
        return None
    return frozenset(grant.scope_id for grant in grants if grant.scope == "unit")
