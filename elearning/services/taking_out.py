"""Taking activities out of a course, and bringing back what was removed."""

from dataclasses import dataclass
from datetime import datetime

from elearning.content import outline_lines as lines
from elearning.content.compiling import MEDIA
from elearning.content.outline_lines import read_outline, title_of
from elearning.content.translation import LANGUAGES, translated_path
from elearning.services import drafting
from elearning.services.beside import course_of
from elearning.services.outlining import Sheet, keep, name_of, sheet_of
from elearning.services.work import Work
from elearning.store.queries import drafts, workshop

MOST_LOOKED_BACK = 50


def remove(work: Work, course: str, on: int, line: int) -> str:
    """Take an activity out of the outline; the text of a lesson goes with it. What to give to `bring_back`.

    A quiz stays where it is, because other courses may use it.
    """
    sheet = sheet_of(work, course, on)
    entry = sheet.entry_at(line)[2]
    keep(work, sheet, lines.without_line(sheet.there.data, line))
    for path in _with_translations(entry.path) if entry.path else ():
        head = drafts.head(work.session, path)
        if head is not None and head.digest:
            drafting.remove(work, path)
    return entry.path or f"quiz:{entry.quiz}"


def _with_translations(path: str) -> tuple[str, ...]:
    return (path, *(translated_path(path, language) for language in LANGUAGES))


def _restore(work: Work, path: str) -> None:
    """Bring a text back, with the translations that were removed together with it."""
    gone = drafts.head(work.session, path)
    drafting.restore(work, path)
    for other in _with_translations(path)[1:]:
        head = drafts.head(work.session, other)
        if gone is not None and head is not None and head.digest is None and head.at == gone.at:
            drafting.restore(work, other)


@dataclass(frozen=True, slots=True)
class Was:
    """Where an activity stood: its line as written, its module, and what stood above it there."""

    words: str
    chapter: str
    above: tuple[str, ...]


def bring_back(work: Work, thing: str, course: str = "") -> None:
    """Bring an activity or a text back, with its line in the outline at the place that it had, as far as that is still there.

    A quiz that was taken out of a course is named with the course. Raises NotFound where there is nothing to bring back.
    """
    drafting.ensure_writes(work)
    if not thing.startswith("quiz:"):
        _restore(work, thing)
    path = f"courses/{course or course_of(thing)}/course.md"
    head = drafts.head(work.session, path)
    if thing.endswith(MEDIA) or thing == path or head is None or head.digest is None:
        return
    there = drafting.draft(work, path)
    sheet = Sheet(there, read_outline(path, there.data))
    if any(name_of(entry) == thing for entry in sheet.outline.entries):
        return
    was = _was(work, path, thing)
    if was is not None and sheet.outline.chapters:
        keep(work, sheet, lines.with_line(there.data, _place(sheet, was), was.words))


def _was(work: Work, path: str, thing: str) -> Was | None:
    """Where an activity stood in the last outline that held it."""
    for row in drafts.saves(work.session, path)[:MOST_LOOKED_BACK]:
        data = drafts.text(work.session, row.digest) if row.digest else b""
        for chapter in read_outline(path, data).chapters:
            names = [name_of(entry) for entry in chapter.entries]
            if thing in names:
                place = names.index(thing)
                return Was(lines.line_of(data, chapter.entries[place].line), chapter.key, tuple(names[:place]))
    return None


def _place(sheet: Sheet, was: Was) -> int:
    """The line before which an activity comes back: below the nearest one that stood above it, else first in its module."""
    at = {name_of(entry): entry.line for entry in sheet.outline.entries}
    below = next((at[name] + 1 for name in reversed(was.above) if name in at), 0)
    same = [chapter for chapter in sheet.outline.chapters if chapter.key == was.chapter]
    chapter = (same or sheet.outline.chapters)[-1]
    return below or (
        chapter.entries[0].line if same and chapter.entries else lines.end_of_chapter(sheet.there.data, chapter)
    )


@dataclass(frozen=True, slots=True)
class RemovedText:
    """A text or file that was removed, by whom and when."""

    path: str
    course: str
    title: str
    by: str
    at: datetime


def removed(work: Work) -> tuple[RemovedText, ...]:
    """All that was removed and not brought back, the last one first. Raises NotFound for those who may not write."""
    drafting.ensure_writes(work)
    gone = [row for row in drafts.heads(work.session) if row.digest is None]
    before = {row.path: row for row in drafts.last_texts(work.session, [row.path for row in gone])}
    wanted = {row.digest or "" for path, row in before.items() if path.endswith(".md")}
    texts = workshop.texts_of(work.session, wanted)
    found = [
        RemovedText(
            row.path, course_of(row.path), title_of(texts.get(before[row.path].digest or "", b"")), row.by, row.at
        )
        for row in gone
        if row.path in before
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))
