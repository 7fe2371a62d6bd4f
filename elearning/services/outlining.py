"""Arranging a course: its modules and activities moved, renamed, added, removed and brought back, line by line in `course.md`.

Each deed names the save of `course.md` that the page showed; where somebody has changed the outline since, nothing is done.
"""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from elearning.content import outline_lines as lines
from elearning.content.outline_lines import Chapter, Entry, Outline, read_outline
from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.names import as_typed, key_of_words
from elearning.services import drafting
from elearning.services.beside import beside
from elearning.services.drafting import Conflict, Draft
from elearning.services.work import Work
from elearning.store.queries import drafts

RESERVED = frozenset({"enrol", "quizzes", "complete", "check", "course"})
LONGEST_TITLE = 200
MOST_LOOKED_BACK = 50
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A course being arranged: its draft as the page showed it, and the outline in it."""

    there: Draft
    outline: Outline

    def chapter_of(self, line: int) -> Chapter:
        """The module whose heading stands in a line."""
        return only(chapter for chapter in self.outline.chapters if chapter.line == line)

    def entry_at(self, line: int) -> tuple[Chapter, int, Entry]:
        """The activity in a line, with its module and its place there."""
        return only(
            (chapter, place, entry)
            for chapter in self.outline.chapters
            for place, entry in enumerate(chapter.entries)
            if entry.line == line
        )


def only(rows: Iterable[T]) -> T:
    """The first of some rows, of which there should be one. Raises Mistaken where the page that was shown is out of date."""
    for row in rows:
        return row
    raise changed()


def changed() -> Mistaken:
    """What is said of a page that is out of date."""
    return Mistaken(
        message("The outline has changed since this page was opened. Look at it as it stands now, then try again.")
    )


def sheet_of(work: Work, course: str, on: int) -> Sheet:
    """The course as the page showed it. Raises NotFound where there is none, Mistaken where it has been changed since."""
    path = f"courses/{course}/course.md"
    drafts.queue(work.session, path)
    there = drafting.draft(work, path)
    if there.save_id != on:
        raise changed()
    return Sheet(there, read_outline(path, there.data))


def keep(work: Work, sheet: Sheet, data: bytes) -> None:
    """Save the outline. Raises Mistaken where somebody has saved it since."""
    done = drafting.save_draft(work, sheet.there.path, data, sheet.there.save_id)
    if isinstance(done, Conflict):
        raise changed()


def title_from(words: str) -> str:
    """A title as it was typed. Raises Mistaken for none, and for one that is too long."""
    title = " ".join(as_typed(words).split())
    if not title or len(title) > LONGEST_TITLE:
        raise Mistaken(message("Write a title of up to %(most)s characters.", most=LONGEST_TITLE))
    return title


def as_link(words: str) -> str:
    """A title as the words of a link, which brackets would end."""
    return words.replace("[", "(").replace("]", ")")


def step(work: Work, course: str, on: int, line: int, down: bool) -> None:
    """Move an activity one place up or down; past the end of its module it goes into the next one."""
    sheet = sheet_of(work, course, on)
    chapter, place, _ = sheet.entry_at(line)
    chapters = sheet.outline.chapters
    at = chapters.index(chapter)
    data = sheet.there.data
    if down and place + 1 < len(chapter.entries):
        keep(work, sheet, lines.with_line_moved(data, line, chapter.entries[place + 1].line + 1))
    elif not down and place:
        keep(work, sheet, lines.with_line_moved(data, line, chapter.entries[place - 1].line))
    elif down and at + 1 < len(chapters):
        other = chapters[at + 1]
        to = other.entries[0].line if other.entries else lines.end_of_chapter(data, other)
        keep(work, sheet, lines.with_line_moved(data, line, to))
    elif not down and at:
        keep(work, sheet, lines.with_line_moved(data, line, lines.end_of_chapter(data, chapters[at - 1])))


def move(work: Work, course: str, on: int, line: int, before: int) -> None:
    """Put an activity before another, or last in a module where `before` is the line of a heading."""
    sheet = sheet_of(work, course, on)
    sheet.entry_at(line)
    heading = next((chapter for chapter in sheet.outline.chapters if chapter.line == before), None)
    to = lines.end_of_chapter(sheet.there.data, heading) if heading else sheet.entry_at(before)[2].line
    if to not in (line, line + 1):
        keep(work, sheet, lines.with_line_moved(sheet.there.data, line, to))


def step_module(work: Work, course: str, on: int, line: int, down: bool) -> None:
    """Move a whole module one place up or down."""
    sheet = sheet_of(work, course, on)
    chapters = sheet.outline.chapters
    place = chapters.index(sheet.chapter_of(line))
    to = place + 1 if down else place - 1
    if 0 <= to < len(chapters):
        keep(work, sheet, lines.with_chapter_moved(sheet.there.data, sheet.outline, place, to))


def rename_module(work: Work, course: str, on: int, line: int, title: str) -> None:
    """Give a module another title; its key stays, because learners' progress hangs on it."""
    sheet = sheet_of(work, course, on)
    chapter = sheet.chapter_of(line)
    keep(work, sheet, lines.with_line_replaced(sheet.there.data, line, f"## {title_from(title)} {{#{chapter.key}}}"))


def add_module(work: Work, course: str, on: int, title: str) -> None:
    """Begin a new module after the last one."""
    sheet = sheet_of(work, course, on)
    words = title_from(title)
    key = free_key(key_of_words(words, 40) or "chuyen-de", {chapter.key for chapter in sheet.outline.chapters})
    data = sheet.there.data
    end = b"\r\n" if b"\r\n" in data else b"\n"
    gap = b"" if data.endswith(end * 2) else end if data.endswith(end) else end * 2
    keep(work, sheet, data + gap + f"## {words} {{#{key}}}".encode() + end * 2)


def free_key(key: str, taken: Iterable[str]) -> str:
    """A key that nobody has: with a number behind it where it is taken."""
    known = {*taken, *RESERVED}
    numbered = (f"{key}-{number}" for number in range(2, len(known) + 3))
    return key if key not in known else next(one for one in numbered if one not in known)


def rename(work: Work, course: str, on: int, line: int, title: str) -> None:
    """Give an activity another title, in its text and in the outline; its file and key stay."""
    sheet = sheet_of(work, course, on)
    entry = sheet.entry_at(line)[2]
    words = title_from(title)
    path = entry.path or only(
        path for path, gist in beside(work, sheet.there.path).quizzes.items() if gist.key == entry.quiz
    )
    text = drafting.draft(work, path)
    drafting.save_draft(work, path, lines.with_title(text.data, words), text.save_id)
    target = f"quiz:{entry.quiz}" if entry.quiz else posixpath.relpath(path, f"courses/{course}")
    keep(work, sheet, lines.with_line_replaced(sheet.there.data, line, f"- [{as_link(words)}]({target})"))


def name_of(entry: Entry) -> str:
    """What names an activity: the path of a lesson, or `quiz:` and the key of a quiz."""
    return entry.path or f"quiz:{entry.quiz}"
