"""When the law changes: everything that cites a document which has ended or was amended, until somebody has looked at it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from elearning.content.citations import Citation, citations
from elearning.content.law_lines import format_law
from elearning.content.outline_lines import title_of
from elearning.content.text import digest_of
from elearning.domain.errors import Mistaken
from elearning.domain.law import Law
from elearning.domain.message import Message, message
from elearning.domain.permission import may
from elearning.services.auditing import record
from elearning.services.laws import law_of
from elearning.services.work import Work, not_here
from elearning.store.models.publishing import LawReview
from elearning.store.queries import law_watch as queries
from elearning.store.queries import texts
from elearning.store.queries.law_watch import LiveEdition, ReviewRow

LONGEST_WHY = 500


@dataclass(frozen=True, slots=True)
class LawLine:
    """A document in the register. `cited` counts texts and questions that cite it, `open_` those still to be looked at."""

    key: str
    title: str
    number: str
    from_: date | None
    until: date | None
    ended: bool
    in_force: bool
    amended: bool
    verified: str
    cited: int
    open_: int


@dataclass(frozen=True, slots=True)
class LawsPage:
    """The register; what needs looking at stands first."""

    laws: tuple[LawLine, ...]
    open_: int
    asked: str

    @property
    def waiting(self) -> tuple[LawLine, ...]:
        """The documents of which something waits to be looked at."""
        return tuple(one for one in self.laws if one.open_)


@dataclass(frozen=True, slots=True)
class Citing:
    """A text, or one question of it, that cites a document: in which lines, and who looked at it since the change."""

    path: str
    item: str
    title: str
    lines: tuple[int, ...]
    by: str
    at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class EditionCiting:
    """A live edition that relies on the document; `moved_on` says that its drafts no longer do."""

    course: str
    title: str
    number: int
    moved_on: bool


@dataclass(frozen=True, slots=True)
class LawWatchPage:
    """One document: what it says, everything that cites it, and every other document by key and title.

    `ticked`, `why` and `refused` are what was sent, where it was refused.
    """

    law: Law
    was: str
    ended: bool
    watched: bool
    successor: str
    open_: tuple[Citing, ...]
    seen: tuple[Citing, ...]
    editions: tuple[EditionCiting, ...]
    others: tuple[tuple[str, str], ...]
    ticked: frozenset[str] = frozenset()
    why: str = ""
    refused: Message | None = None


Item = tuple[str, str]


def ensure_may_watch(work: Work) -> None:
    """Raises NotFound for those who may not write texts."""
    if not may(work.actor, "write texts"):
        raise not_here()


def _items(cited: Iterable[Citation]) -> dict[str, dict[Item, list[int]]]:
    """Law → (path, question) → lines."""
    found: dict[str, dict[Item, list[int]]] = {}
    for one in cited:
        lines = found.setdefault(one.law, {}).setdefault((one.path, one.item), [])
        if one.line not in lines:
            lines.append(one.line)
    return found


def laws_page(work: Work, asked: str = "") -> LawsPage:
    """The register with how much of what cites each document waits to be looked at. Raises NotFound as `ensure_may_watch`."""
    ensure_may_watch(work)
    items = _items(citations(texts.draft_texts(work.session)))
    seen = {(row.law, row.change, row.path, row.item) for row in queries.reviews(work.session)}
    lines = [_line(work, law_of(row), items.get(key, {}), seen) for key, row in texts.all_laws(work.session).items()]
    wanted = asked.casefold().strip()
    lines = [one for one in lines if wanted in f"{one.title} {one.number} {one.key}".casefold()]
    lines.sort(key=lambda one: (-one.open_, one.title, one.key))
    return LawsPage(tuple(lines), sum(one.open_ for one in lines), asked)


def _line(work: Work, law: Law, items: Mapping[Item, list[int]], seen: set[tuple[str, str, str, str]]) -> LawLine:
    still = sum(1 for path, item in items if law.change and (law.key, law.change, path, item) not in seen)
    return LawLine(
        law.key, law.title, law.number, law.from_, law.until, law.until is not None and law.until < work.today,
        law.in_force(work.today), bool(law.amended_by), law.verified, len(items), still,
    )  # fmt: skip


def law_watch_page(work: Work, key: str) -> LawWatchPage:
    """One document and all that cites it. Raises NotFound for one that is not in the register, or as `ensure_may_watch`."""
    ensure_may_watch(work)
    rows = texts.all_laws(work.session)
    if key not in rows:
        raise not_here()
    law = law_of(rows[key])
    drafts = texts.draft_texts(work.session)
    items = _items(citations(drafts)).get(key, {})
    seen = {(row.path, row.item): row for row in queries.reviews(work.session, key) if row.change == law.change}
    found = [_citing(item, title_of(drafts[item[0]]), lines, seen.get(item)) for item, lines in sorted(items.items())]
    successor = rows.get(law.replaced_by.split(" ")[0]) if law.replaced_by else None
    return LawWatchPage(
        law, fingerprint(law), law.until is not None and law.until < work.today, bool(law.change),
        successor.title if successor else law.replaced_by, tuple(one for one in found if one.at is None),
        tuple(one for one in found if one.at is not None),
        tuple(_edition(work, one, items) for one in queries.live_editions(work.session) if key in one.laws),
        tuple((other, rows[other].title) for other in sorted(rows, key=lambda one: rows[one].title) if other != key),
    )  # fmt: skip


def _citing(item: Item, title: str, lines: list[int], row: ReviewRow | None) -> Citing:
    return Citing(
        item[0],
        item[1],
        title or item[0].rsplit("/", 1)[-1],
        tuple(lines),
        row.by if row else "",
        row.at if row else None,
        row.why if row else "",
    )


def _edition(work: Work, live: LiveEdition, items: Mapping[Item, list[int]]) -> EditionCiting:
    paths = set(work.shelf.get(work.session, live.digest).paths)
    return EditionCiting(live.course, live.title, live.number, not any(path in paths for path, _ in items))


def review(work: Work, key: str, items: Collection[Item], why: str) -> int:
    """Say that texts, or questions of them, may stand although the document they cite has changed; and why. How many they are.

    Raises NotFound for what does not cite the document, Mistaken without any or without a reason.
    """
    page = law_watch_page(work, key)
    known = {(one.path, one.item) for one in (*page.open_, *page.seen)}
    if not page.watched or not known.issuperset(items):
        raise not_here()
    if not items:
        raise Mistaken(message("Tick what was looked at."))
    if not why.strip() or len(why) > LONGEST_WHY:
        raise Mistaken(message("Say in a few words, at most %(most)s characters, why it may stand.", most=LONGEST_WHY))
    for path, item in sorted(items):
        row = queries.review(work.session, key, page.law.change, path, item)
        if row is None:
            row = LawReview(law=key, change=page.law.change, path=path, item=item)
            work.session.add(row)
        row.by_id, row.at, row.why = work.actor.id, work.now, why.strip()
    record(work, "review citations", "law", key, f"{len(items)}: {why.strip()}")
    return len(items)


def fingerprint(law: Law) -> str:
    """A name for what the register says of a document, so that nobody overwrites what somebody else has just changed."""
    return digest_of("\n".join(format_law(law)).encode())
