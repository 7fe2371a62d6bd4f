"""What a report is asked about, and what there is to choose from: courses, units of a day, saved views."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

from elearning.domain.names import fold
from elearning.domain.permission import within
from elearning.domain.reporting import Node
from elearning.services.work import Work
from elearning.store.queries import report_choices
from elearning.store.queries.report_choices import Offer
from elearning.store.queries.reports import Filter

STATUSES = ("complete", "not-complete", "in-progress", "not-started", "overdue")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader of a report chose; empty values let everything through.

    `as_of`, `course`, `unit` and `words` say who counts; `status`, `since` and `until` only whom the list names.
    """

    course: str = ""
    unit: str = ""
    status: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""
    as_of: date | None = None

    @property
    def narrows(self) -> bool:
        return self != Asked()

    @property
    def lists(self) -> bool:
        """Whether the list names fewer than those who count."""
        return bool(self.status or self.since or self.until)

    def plain(self) -> dict[str, str]:
        """The choices as text, for what is kept and done later."""
        values = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in values if value}

    @staticmethod
    def from_plain(kept: dict[str, str]) -> "Asked":
        """What `plain` gave. Raises ValueError for a day that is none."""
        since, until, as_of = (
            date.fromisoformat(kept[name]) if name in kept else None for name in ("since", "until", "as_of")
        )
        course, unit, status, words = (kept.get(name, "") for name in ("course", "unit", "status", "words"))
        return Asked(course, unit, status, since, until, words, as_of)


@dataclass(frozen=True, slots=True)
class OfferedUnit:
    """A unit to choose; `depth` says how far below the top it stands."""

    public: str
    name: str
    depth: int


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved view: its name and the address that it leads to."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What a report can be narrowed by: (key, title) of courses, units with their depth; and views that were saved.

    `nodes` are the units as a tree, in the order of their names; `editions` the digest of each course's live edition.
    """

    courses: tuple[tuple[str, str], ...]
    units: tuple[OfferedUnit, ...]
    views: tuple[SavedRow, ...]
    nodes: tuple[Node, ...]
    editions: dict[str, str]
    day: date

    def unit(self, public: str) -> Node | None:
        """The unit with an address."""
        return next((node for node in self.nodes if node.public == public), None)

    def course_title(self, key: str) -> str:
        """The title of a course in the reader's language."""
        return dict(self.courses).get(key, key)

    def above(self, node: Node) -> tuple[Node, ...]:
        """The units above a unit, the topmost first."""
        known = {one.id: one for one in self.nodes}
        found: list[Node] = []
        while node.parent in known and len(found) < len(known):
            node = known[node.parent]
            found.append(node)
        return tuple(reversed(found))


def choices(work: Work, as_of: date | None = None) -> Choices:
    """Courses, units and views to choose from, in one statement. Raises NotFound for actors without the grant."""
    day = min(as_of or work.today, work.today)
    offers = report_choices.offers(work.session, work.actor.id, within(work.actor, "see reports"), day)
    offers.sort(key=lambda offer: offer.order)
    nodes = tuple({o.id: Node(o.id, o.key, o.text, o.parent) for o in offers if o.kind == "unit"}.values())
    courses = [offer for offer in offers if offer.kind == "course"]
    titles = tuple((offer.key, _title(work, offer)) for offer in courses)
    views = tuple(SavedRow(offer.key, offer.text) for offer in offers if offer.kind == "view")
    return Choices(titles, tuple(_in_order(nodes)), views, nodes, {one.key: one.text for one in courses}, day)


def _title(work: Work, offer: Offer) -> str:
    return work.shelf.get(work.session, offer.text).course_in(work.actor.language)[0].title


def _in_order(nodes: tuple[Node, ...]) -> Iterable[OfferedUnit]:
    """Parents before children, each with its depth."""
    known = {node.id for node in nodes}
    children: dict[int | None, list[Node]] = {}
    for node in nodes:
        children.setdefault(node.parent if node.parent in known else None, []).append(node)
    stack = [(node, 0) for node in reversed(children.get(None, []))]
    while stack:
        node, depth = stack.pop()
        yield OfferedUnit(node.public, node.name, depth)
        stack.extend((child, depth + 1) for child in reversed(children.get(node.id, [])))


def scope(work: Work, asked: Asked) -> Filter:
    """The filter that stands for what was asked. Raises NotFound for actors without the grant."""
    zone = work.platform.zone
    day = min(asked.as_of or work.today, work.today)
    today = day == work.today
    last = datetime.combine(day + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
    return Filter(
        day, work.now if today else last, today, within(work.actor, "see reports"), asked.course, asked.unit,
        fold(asked.words), asked.status if asked.status in STATUSES else "",
        datetime.combine(asked.since, time(), zone) if asked.since else None,
        datetime.combine(asked.until + timedelta(days=1), time(), zone) if asked.until else None,
    )  # fmt: skip
