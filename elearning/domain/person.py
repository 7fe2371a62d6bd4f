"""Who is asking, and what was granted to them."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["learner", "trainer", "coordinator", "admin"]
Scope = Literal["all", "unit", "course", "class", "site"]
ROLES: tuple[Role, ...] = ("learner", "trainer", "coordinator", "admin")


@dataclass(frozen=True, slots=True)
class Grant:
    """A role within a scope. `scope_id` is 0 where the scope is `all`."""

    role: Role
    scope: Scope = "all"
    scope_id: int = 0


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking. Built once per request; never a database row."""

    id: int
    name: str
    language: str = "vi"
    grants: tuple[Grant, ...] = ()
    session_id: int = 0

    def units(self, role: Role) -> frozenset[int]:
        """The units that a grant of this role names; empty where it is not bound to units."""
        return frozenset(g.scope_id for g in self.grants if g.role == role and g.scope == "unit")
