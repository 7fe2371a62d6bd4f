"""How reports count: shares that are never rounded up to the whole, and figures rolled up over the tree of units."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

LINE = Fraction(60, 100)
"""Units below this share are named in the sentence above a report."""


def shown_share(done: int, total: int) -> Fraction:
    """A share in whole thousandths, halves rounded up: what every form of a report shows, so that all show the same.

    Short of the whole stays short of it.

    >>> shown_share(1, 16), shown_share(1999, 2000), shown_share(0, 0)
    (Fraction(63, 1000), Fraction(999, 1000), Fraction(0, 1))
    """
    if done >= total:
        return Fraction(1 if total else 0)
    return Fraction(min(999, (2000 * done + total) // (2 * total)), 1000)


@dataclass(frozen=True, slots=True)
class Count:
    """People in courses: enrolled, and of these complete, in progress, and overdue (not complete after the due date)."""

    enrolled: int = 0
    complete: int = 0
    in_progress: int = 0
    overdue: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.enrolled + other.enrolled,
            self.complete + other.complete,
            self.in_progress + other.in_progress,
            self.overdue + other.overdue,
        )

    @property
    def not_started(self) -> int:
        return self.enrolled - self.complete - self.in_progress

    @property
    def share(self) -> Fraction:
        """Complete of enrolled, in thousandths."""
        return shown_share(self.complete, self.enrolled)

    @property
    def low(self) -> bool:
        """Whether fewer than 60 of 100 are complete."""
        return self.complete * LINE.denominator < LINE.numerator * self.enrolled


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in the tree of one day."""

    id: int
    public: str
    name: str
    parent: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a roll-up: a unit with all below it, the people of the unit itself (`direct`), or, where there is no
    unit, people without one. `leads_on` says that there are units below."""

    unit: Node | None
    count: Count
    direct: bool = False
    leads_on: bool = False


@dataclass(frozen=True, slots=True)
class RollUp:
    """Lines that add up to `total`; `top` is the unit whose parts they are, `empty` how many parts have nobody."""

    top: Node | None
    lines: tuple[Line, ...]
    total: Count
    empty: int


def _path(unit: int | None, nodes: Mapping[int, Node]) -> Iterator[int]:
    """A unit and all above it, each once, however the links run."""
    seen: set[int] = set()
    while unit is not None and unit in nodes and unit not in seen:
        seen.add(unit)
        yield unit
        unit = nodes[unit].parent


def roll_up(units: Sequence[Node], counts: Mapping[int | None, Count], top: int | None = None) -> RollUp:
    """Sum the counts of units, given by the unit that people are in, into the parts of one unit, or of the whole.

    `units` stand in the order in which they are shown. Where nothing is chosen and all hangs below one unit, the parts
    of that unit are shown. People of units that are not there count as people without a unit.
    """
    nodes = {unit.id: unit for unit in units}
    sums: dict[int, Count] = {}
    for unit, count in counts.items():
        for above in _path(unit, nodes):
            sums[above] = sums.get(above, Count()) + count
    roots = [unit for unit in units if unit.parent not in nodes]
    chosen = nodes.get(top) if top is not None else roots[0] if len(roots) == 1 else None
    parts = [unit for unit in units if unit.parent == chosen.id] if chosen else roots
    parents = {unit.parent for unit in units}
    lines = [Line(part, sums[part.id], leads_on=part.id in parents) for part in parts if part.id in sums]
    if chosen and counts.get(chosen.id):
        lines.insert(0, Line(chosen, counts[chosen.id], direct=True))
    homeless = sum((count for unit, count in counts.items() if unit not in nodes), Count())
    if homeless.enrolled:
        lines.append(Line(None, homeless))
    empty = sum(1 for part in parts if part.id not in sums)
    return RollUp(chosen, tuple(lines), sum((line.count for line in lines), Count()), empty)


Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportPrint:
    """A report on paper, all of it in words: who issues it, about what, the roll-up by unit and the people.

    `scope` are pairs of what was chosen; `parts` and `people` are tables whose first row is the heading, and the last
    row of `parts` the sum. Without `people_title` there is neither list nor sum, and with `steps` the parts are the
    lessons and quizzes of one course. `remark` stands where `people` is empty. `moment` is the time in the file.
    """

    language: str
    issuer: str
    unit: str
    title: str
    sentence: str
    scope: tuple[tuple[str, str], ...]
    parts_title: str
    parts: tuple[Cells, ...]
    people_title: str
    people: tuple[Cells, ...]
    remark: str
    made: str
    moment: datetime
    steps: bool = False
