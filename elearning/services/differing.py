"""What differs between the live edition of a course and its drafts, for people to read: by words, text by text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from elearning.domain.edition import Compiled
from elearning.domain.text_difference import Passage, compared
from elearning.services.work import Work
from elearning.store.queries import publishing as queries

Change = Literal["new", "changed", "gone"]
Kind = Literal["course", "lesson", "quiz", "bank", "medium", "text"]
SHOWN_PASSAGES, LONGEST_SHOWN = 12, 300_000


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text that is new, changed or gone. `others` are courses whose live edition holds a text under this path as well;
    they keep theirs until they are published. `more` counts passages that are not shown.
    """

    path: str
    kind: Kind
    title: str
    change: Change
    passages: tuple[Passage, ...]
    more: int
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionChanges:
    """Questions of one bank that are new, changed and gone, by key."""

    path: str
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def text_changes(
    work: Work,
    course: str,
    before: Mapping[str, str],
    after: Mapping[str, str],
    *compiled: Compiled | None,
    coming: Mapping[str, bytes] = MappingProxyType({}),
) -> tuple[TextChange, ...]:
    """What differs between two manifests. `compiled` are the editions that they belong to, for titles; `coming` are texts by
    digest that are not kept yet.
    """
    paths = [path for path in sorted({*before, *after}) if before.get(path) != after.get(path)]
    wanted = [digests[path] for path in paths if path.endswith(".md") for digests in (before, after) if path in digests]
    kept = {**queries.texts_of(work.session, wanted), **coming}
    others = queries.shared_with(work.session, paths, course) if paths else {}
    titles: dict[str, str] = {}
    for one in compiled:
        titles |= _titles(one) if one else {}
    found = []
    for path in paths:
        old, new = (kept.get(digests.get(path, ""), b"") for digests in (before, after))
        passages = _passages(old, new) if path.endswith(".md") else ()
        change: Change = "changed" if path in before and path in after else "new" if path in after else "gone"
        found.append(
            TextChange(
                path, _kind(path), titles.get(path) or _heading(new or old) or path.rsplit("/", 1)[-1], change, passages[:SHOWN_PASSAGES],
                max(0, len(passages) - SHOWN_PASSAGES), tuple(others.get(path, ())),
            )
        )  # fmt: skip
    return tuple(found)


def _heading(data: bytes) -> str:
    """The title of a bank or a register: its first line with a single #."""
    found = re.search(rb"^# +(\S[^\r\n]*)", data[:2_000], re.MULTILINE)
    return found[1].decode("utf-8", "replace").strip() if found else ""


def _passages(old: bytes, new: bytes) -> tuple[Passage, ...]:
    if len(old) + len(new) > LONGEST_SHOWN or not old or not new:
        return ()
    return compared(_words(old), _words(new), 1)


def _words(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _kind(path: str) -> Kind:
    if not path.endswith(".md"):
        return "medium"
    if path.startswith("quizzes/"):
        return "bank" if path.startswith("quizzes/banks/") else "quiz"
    if path.count("/") == 1:
        return "text"
    return "course" if path.rsplit("/", 1)[-1].startswith("course.") else "lesson"


def _titles(compiled: Compiled) -> dict[str, str]:
    titles = {lesson.path: lesson.title for lesson in compiled.lessons.values()}
    titles |= {quiz.path: quiz.rules.title for quiz in compiled.quizzes.values()}
    return titles | {f"courses/{compiled.course.key}/course.md": compiled.course.title}


def question_changes(live: Compiled, coming: Compiled) -> tuple[QuestionChanges, ...]:
    """The banks that both editions have and in which questions differ."""
    found = []
    for path, bank in coming.banks.items():
        old = live.banks.get(path)
        if old is None:
            continue
        changed = tuple(key for key, one in bank.items() if key in old and old[key].digest != one.digest)
        new, gone = tuple(key for key in bank if key not in old), tuple(key for key in old if key not in bank)
        if new or changed or gone:
            found.append(QuestionChanges(path, new, changed, gone))
    return tuple(found)
