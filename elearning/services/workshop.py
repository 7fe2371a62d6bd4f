"""The workshop: all courses with what is live and what is being written, and one course as a tree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from elearning.content.checking_one import original_path
from elearning.content.gist import gist_of
from elearning.content.outline_lines import Entry, read_outline, title_of
from elearning.services.beside import MEDIA
from elearning.services.drafting import ensure_writes
from elearning.services.work import Work, not_here
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
        last.at if last else None,
    )  # fmt: skip


def changed_since(work: Work, key: str, heads: Mapping[str, SaveRow], live: LiveRow | None) -> list[SaveRow]:
    """The last saves that make the drafts of a course differ from its live edition; all of its folder where none is live."""
    manifest = workshop.manifest(work.session, live.edition_id) if live else {}
    folder = f"courses/{key}/"
    fresh = [row for path, row in heads.items() if path.startswith(folder) and path not in manifest and row.digest]
    differing = [heads[path] for path, digest in manifest.items() if path in heads and heads[path].digest != digest]
    return differing + [row for row in fresh if live is None or row.at > live.at]


@dataclass(frozen=True, slots=True)
class TreeItem:
    """One activity of the tree. `path` is empty for a quiz that does not exist; `line` is that of its link in course.md."""

    line: int
    kind: str
    title: str
    path: str
    missing: bool
    changed: bool
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class TreeModule:
    """A module of the tree."""

    line: int
    key: str
    title: str
    items: tuple[TreeItem, ...]


@dataclass(frozen=True, slots=True)
class OtherText:
    """A text or a file that stands beside the outline: a bank, a picture, a lesson that no module holds."""

    path: str
    title: str
    size: int


@dataclass(frozen=True, slots=True)
class TreePage:
    """One course. `save_id` is the save of course.md that the lines are counted in; `quizzes` are key and title of those that no
    module holds; `undo` names what was taken out just now.
    """

    key: str
    title: str
    path: str
    save_id: int
    live: int
    live_at: datetime | None
    changed: int
    modules: tuple[TreeModule, ...]
    loose: tuple[OtherText, ...]
    media: tuple[OtherText, ...]
    quizzes: tuple[tuple[str, str], ...]
    undo: str
    undo_title: str


def tree(work: Work, key: str, undo: str = "") -> TreePage:
    """A course as its author sees it; `undo` names what was taken out just now. Raises NotFound where there is none."""
    ensure_writes(work)
    heads = {row.path: row for row in drafts.heads(work.session) if row.digest}
    path = f"courses/{key}/course.md"
    if path not in heads:
        raise not_here()
    folder = [row for row in heads.values() if row.path.startswith(f"courses/{key}/")]
    quizzes = [row for row in heads.values() if row.path.startswith("quizzes/") and row.path.count("/") == 1]
    texts = workshop.texts_of(
        work.session, {row.digest or "" for row in (*folder, *quizzes) if row.path.endswith(".md")}
    )
    named = {row.path: title_of(texts[row.digest or ""]) for row in (*folder, *quizzes) if row.path.endswith(".md")}
    live = workshop.live_editions(work.session).get(key)
    changed = {row.path for row in changed_since(work, key, heads, live)}
    outline = read_outline(path, texts[heads[path].digest or ""])
    keyed = {
        gist_of(row.path, texts[row.digest or ""]).key: row.path
        for row in quizzes
        if original_path(row.path) == row.path
    }
    held = {entry.quiz for entry in outline.entries}
    modules = tuple(
        TreeModule(c.line, c.key, c.title, tuple(_item(entry, heads, named, changed, keyed) for entry in c.entries))
        for c in outline.chapters
    )
    return TreePage(
        key, outline.title or key, path, heads[path].id, live.number if live else 0, live.at if live else None, len(changed),
        modules, _loose(path, {e.path for e in outline.entries}, folder, named), _media(folder),
        tuple((quiz, named[at] or quiz) for quiz, at in keyed.items() if quiz not in held), undo, _undo_title(work, undo, keyed, named),
    )  # fmt: skip


def _undo_title(work: Work, undo: str, quizzes: Mapping[str, str], named: Mapping[str, str]) -> str:
    """What was taken out, by its title; empty where it is there."""
    if undo.startswith("quiz:"):
        return named.get(quizzes.get(undo.removeprefix("quiz:"), ""), "")
    rows = drafts.last_texts(work.session, [undo]) if undo and undo not in named else []
    texts = workshop.texts_of(work.session, {row.digest or "" for row in rows})
    return next((title_of(text) or undo for text in texts.values()), "")


def _item(
    entry: Entry, heads: Mapping[str, SaveRow], named: Mapping[str, str], changed: set[str], quizzes: Mapping[str, str]
) -> TreeItem:
    path = quizzes.get(entry.quiz, f"quizzes/{entry.quiz}.md") if entry.quiz else entry.path
    head = heads.get(path)
    return TreeItem(
        entry.line, "quiz" if entry.quiz else "lesson", named.get(path) or entry.words, path, head is None, path in changed,
        head.by if head else "", head.at if head else None,
    )  # fmt: skip


def _loose(path: str, held: set[str], folder: list[SaveRow], named: Mapping[str, str]) -> tuple[OtherText, ...]:
    """Lessons that no module names; translations go with their originals."""
    rows = [row for row in folder if row.path.endswith(".md") and row.path != path and row.path not in held]
    return tuple(OtherText(row.path, named[row.path], 0) for row in rows if not row.path.endswith((".en.md", ".vi.md")))


def _media(folder: list[SaveRow]) -> tuple[OtherText, ...]:
    return tuple(OtherText(row.path, row.path.rsplit("/", 1)[1], 0) for row in folder if row.path.endswith(MEDIA))
