"""Who is enrolled anew, and what a due date may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from elearning.domain.errors import Mistaken
from elearning.domain.message import message


class BadDue(Mistaken):
    """A due date that cannot be set."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Whom an enrolment would reach: those new to the course, and those who have a running enrolment already."""

    new: tuple[int, ...]
    already: tuple[int, ...]

    @property
    def total(self) -> int:
        return len(self.new) + len(self.already)


def preview(people: Iterable[int], enrolled: frozenset[int]) -> Preview:
    """Part people into those who are new and those who are enrolled already, each once, in their order."""
    ordered = list(dict.fromkeys(people))
    return Preview(tuple(p for p in ordered if p not in enrolled), tuple(p for p in ordered if p in enrolled))


def ensure_due(due: date | None, today: date) -> None:
    """Raises BadDue for a due date that is over already; a due date may be left out."""
    if due is not None and due < today:
        raise BadDue(message("The due date %(day)s is over. Choose today or a later day.", day=due))
