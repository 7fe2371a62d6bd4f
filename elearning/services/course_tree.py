"""One course as a tree: what its outline holds, who changed what, and what stands beside it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from elearning.content.checking_one import original_path
from elearning.content.compiling import MEDIA
from elearning.content.gist import gist_of
from elearning.content.outline_lines import Entry, read_outline, title_of
from elearning.content.problems import Problem
from elearning.services.drafting import ensure_writes
from elearning.services.soundness import problems_of
from elearning.services.work import Work, not_here
from elearning.services.workshop import changed_since
from elearning.store.queries import drafts, workshop
from elearning.store.queries.drafts import SaveRow

_BANK = re.compile(rb"\]\((banks/[a-z0-9.-]+\.md)")


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
    problems: int = 0


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
    banks: tuple[OtherText, ...]
    problems: tuple[Problem, ...]
    undo: str
    undo_title: str


@dataclass(frozen=True, slots=True)
class _State:
    """The drafts that a course is shown from: last saves and titles by path, quizzes by key, how many problems stand where."""

    heads: Mapping[str, SaveRow]
    titles: Mapping[str, str]
    quizzes: Mapping[str, str]
    changed: frozenset[str]
    problems: Counter[str]


def tree(work: Work, key: str, undo: str = "") -> TreePage:
    """A course as its author sees it; `undo` names what was taken out just now. Raises NotFound where there is none."""
    ensure_writes(work)
    path = f"courses/{key}/course.md"
    heads = {row.path: row for row in drafts.heads(work.session) if row.digest}
    if path not in heads:
        raise not_here()
    live = workshop.live_editions(work.session).get(key)
    problems = problems_of(work, key, heads)
    texts = _texts(work, key, heads)
    state = _state(heads, texts, {row.path for row in changed_since(work, key, heads, live)}, problems)
    outline = read_outline(path, texts[path])
    modules = tuple(
        TreeModule(one.line, one.key, one.title, tuple(_item(entry, state) for entry in one.entries))
        for one in outline.chapters
    )
    held = {entry.quiz for entry in outline.entries}
    folder = [row for row in heads.values() if row.path.startswith(f"courses/{key}/")]
    return TreePage(
        key, outline.title or key, path, heads[path].id, live.number if live else 0, live.at if live else None,
        len(state.changed), modules, _loose(path, {e.path for e in outline.entries}, folder, state.titles), _media(folder),
        tuple((quiz, state.titles[at] or quiz) for quiz, at in state.quizzes.items() if quiz not in held),
        _banks(texts, [state.quizzes[quiz] for quiz in held if quiz in state.quizzes], heads), problems, undo,
        _undo_title(work, undo, state.quizzes, state.titles),
    )  # fmt: skip


def _texts(work: Work, key: str, heads: Mapping[str, SaveRow]) -> dict[str, bytes]:
    """The texts of the course's folder and of all quizzes, by path."""
    wanted = [
        row for row in heads.values()
        if row.path.endswith(".md")
        and (row.path.startswith(f"courses/{key}/") or (row.path.startswith("quizzes/") and row.path.count("/") == 1))
    ]  # fmt: skip
    texts = workshop.texts_of(work.session, {row.digest or "" for row in wanted})
    return {row.path: texts.get(row.digest or "", b"") for row in wanted}


def _state(
    heads: Mapping[str, SaveRow], texts: Mapping[str, bytes], changed: set[str], problems: Iterable[Problem]
) -> _State:
    quizzes = {
        gist_of(path, text).key: path
        for path, text in texts.items()
        if path.startswith("quizzes/") and original_path(path) == path
    }
    titles = {path: title_of(text) for path, text in texts.items()}
    return _State(heads, titles, quizzes, frozenset(changed), Counter(one.path for one in problems))


def _undo_title(work: Work, undo: str, quizzes: Mapping[str, str], named: Mapping[str, str]) -> str:
    """What was taken out, by its title; empty where it is there."""
    if undo.startswith("quiz:"):
        return named.get(quizzes.get(undo.removeprefix("quiz:"), ""), "")
    rows = drafts.last_texts(work.session, [undo]) if undo and undo not in named else []
    texts = workshop.texts_of(work.session, {row.digest or "" for row in rows})
    return next((title_of(text) or undo for text in texts.values()), "")


def _item(entry: Entry, state: _State) -> TreeItem:
    path = state.quizzes.get(entry.quiz, f"quizzes/{entry.quiz}.md") if entry.quiz else entry.path
    head = state.heads.get(path)
    return TreeItem(
        entry.line, "quiz" if entry.quiz else "lesson", state.titles.get(path) or entry.words, path, head is None,
        path in state.changed, head.by if head else "", head.at if head else None, state.problems[path],
    )  # fmt: skip


def _loose(path: str, held: set[str], folder: list[SaveRow], named: Mapping[str, str]) -> tuple[OtherText, ...]:
    """Lessons that no module names; translations go with their originals."""
    rows = [row for row in folder if row.path.endswith(".md") and row.path != path and row.path not in held]
    return tuple(OtherText(row.path, named[row.path], 0) for row in rows if not row.path.endswith((".en.md", ".vi.md")))


def _banks(texts: Mapping[str, bytes], quizzes: Iterable[str], heads: Mapping[str, SaveRow]) -> tuple[OtherText, ...]:
    """The banks that the quizzes of the course draw from."""
    named = {f"quizzes/{bank.decode()}" for quiz in quizzes for bank in _BANK.findall(texts[quiz])}
    return tuple(OtherText(path, path.rsplit("/", 1)[1], 0) for path in sorted(named) if path in heads)


def _media(folder: list[SaveRow]) -> tuple[OtherText, ...]:
    return tuple(OtherText(row.path, row.path.rsplit("/", 1)[1], 0) for row in folder if row.path.endswith(MEDIA))
