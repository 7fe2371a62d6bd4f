"""The workshop: all courses with what is live, what is being written, and what keeps it from being published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from elearning.content.outline_lines import title_of
from elearning.services.drafting import ensure_writes
from elearning.services.soundness import problems_of
from elearning.services.work import Work
from elearning.store.queries import drafts, workshop
from elearning.store.queries.drafts import SaveRow
from elearning.store.queries.workshop import LiveRow


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One course of the list. `live` is 0 where nothing is published; `changed` counts texts that differ from the live edition."""

    key: str
    title: str
    live: int
    live_at: datetime | None
    changed: int
    by: tuple[str, ...]
    at: datetime | None
    problems: int


@dataclass(frozen=True, slots=True)
class CoursesPage:
    """All courses, and the paths at which the reader has words that wait to be merged."""

    rows: tuple[CourseLine, ...]
    aside: tuple[str, ...]


def courses(work: Work) -> CoursesPage:
    """The courses, in order of their keys. Raises NotFound for those who may not write."""
    ensure_writes(work)
    heads = {row.path: row for row in drafts.heads(work.session)}
    keys = sorted(path.split("/")[1] for path, row in heads.items() if is_course(path) and row.digest)
    live = workshop.live_editions(work.session)
    texts = workshop.texts_of(work.session, {heads[f"courses/{key}/course.md"].digest or "" for key in keys})
    rows = tuple(_line(work, key, heads, live.get(key), texts) for key in keys)
    return CoursesPage(rows, tuple(row.path for row in drafts.asides(work.session, work.actor.id)))


def is_course(path: str) -> bool:
    """Whether a path is that of the text which makes a folder a course."""
    return path.startswith("courses/") and path.count("/") == 2 and path.endswith("/course.md")


def _line(
    work: Work, key: str, heads: Mapping[str, SaveRow], live: LiveRow | None, texts: Mapping[str, bytes]
) -> CourseLine:
    title = title_of(texts.get(heads[f"courses/{key}/course.md"].digest or "", b""))
    changed = changed_since(work, key, heads, live)
    last = max(changed, key=lambda row: row.at, default=None)
    writers = tuple(dict.fromkeys(row.by for row in sorted(changed, key=lambda row: row.at, reverse=True) if row.by))
    return CourseLine(
        key, title or key, live.number if live else 0, live.at if live else None, len(changed), writers,
        last.at if last else None, len(problems_of(work, key, heads)),
    )  # fmt: skip


def changed_since(work: Work, key: str, heads: Mapping[str, SaveRow], live: LiveRow | None) -> list[SaveRow]:
    """The last saves that make the drafts of a course differ from its live edition; all of its folder where none is live."""
    manifest = workshop.manifest(work.session, live.edition_id) if live else {}
    folder = f"courses/{key}/"
    fresh = [row for path, row in heads.items() if path.startswith(folder) and path not in manifest and row.digest]
    differing = [heads[path] for path, digest in manifest.items() if path in heads and heads[path].digest != digest]
    return differing + [row for row in fresh if live is None or row.at > live.at]
