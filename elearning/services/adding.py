"""Beginning something new: a course, a lesson, a quiz, or a copy of a lesson. The words in them are those of the page."""

import re

from elearning.content import outline_lines as lines
from elearning.content.outline_lines import Chapter, quoted, title_of
from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.names import key_of_words
from elearning.services import drafting
from elearning.services.beside import beside
from elearning.services.outlining import Sheet, as_link, free_key, keep, only, sheet_of, title_from
from elearning.services.work import Work
from elearning.store.queries import drafts


def add_course(work: Work, title: str, module: str, lesson: str, body: str) -> str:
    """A new course of one module and one lesson, by list until its author says otherwise; its key."""
    words = title_from(title)
    taken = {row.path.split("/")[1] for row in drafts.heads(work.session, "courses/") if row.path.count("/") > 1}
    key = free_key(key_of_words(words) or "khoa-hoc", taken)
    text = (
        f"---\ntitle: {quoted(words)}\nlanguage: vi\nenrol: by-list\norder: free\ncomplete: all\n---\n{body}\n\n"
        f"## {module} {{#chuyen-de-1}}\n\n- [{as_link(lesson)}](01-bai-1.md)\n"
    )
    drafting.save_draft(work, f"courses/{key}/course.md", text.encode(), None)
    drafting.save_draft(work, f"courses/{key}/01-bai-1.md", _lesson(lesson, body), None)
    return key


def _lesson(title: str, body: str) -> bytes:
    return f"---\ntitle: {quoted(title)}\nminutes: 10\nobjectives: {{}}\nfacts: []\n---\n{body}\n".encode()


def used_names(work: Work, start: str) -> set[str]:
    """Names of files that are or were at a place: what was published once is never reused for something else."""
    names = (row.path.rsplit("/", 1)[-1].removesuffix(".md") for row in drafts.heads(work.session, start))
    return {re.sub(r"^\d+-", "", re.sub(r"\.(en|vi)$", "", name)) for name in names}


def add_lesson(work: Work, course: str, on: int, module: int, title: str, body: str) -> str:
    """A new lesson at the end of a module, begun with some words; its path."""
    sheet = sheet_of(work, course, on)
    return _add(work, sheet, module, title, _lesson(title_from(title), body))


def _add(work: Work, sheet: Sheet, module: int, title: str, data: bytes) -> str:
    folder = sheet.there.path.rsplit("/", 1)[0]
    key = free_key(key_of_words(title) or "bai", used_names(work, f"{folder}/"))
    number = sum(1 for entry in sheet.outline.entries if entry.path) + 1
    path = f"{folder}/{number:02d}-{key}.md"
    drafting.save_draft(work, path, data, None)
    _link(work, sheet, sheet.chapter_of(module), f"- [{as_link(title_from(title))}]({number:02d}-{key}.md)")
    return path


def _link(work: Work, sheet: Sheet, chapter: Chapter, line: str) -> None:
    data = sheet.there.data
    keep(work, sheet, lines.with_line(data, lines.end_of_chapter(data, chapter), line))


def add_quiz(work: Work, course: str, on: int, module: int, title: str, body: str) -> str:
    """A new quiz at the end of a module, with one question in it to begin with; its path."""
    sheet = sheet_of(work, course, on)
    words = title_from(title)
    key = free_key(
        key_of_words(words) or "kiem-tra",
        used_names(work, "quizzes/") | {g.key for g in beside(work, sheet.there.path).quizzes.values()},
    )
    text = f"---\ntitle: {quoted(words)}\nkind: practice\nattempts: unlimited\n---\n{body}\n"
    drafting.save_draft(work, f"quizzes/{key}.md", text.encode(), None)
    _link(work, sheet, sheet.chapter_of(module), f"- [{as_link(words)}](quiz:{key})")
    return f"quizzes/{key}.md"


def link_quiz(work: Work, course: str, on: int, module: int, key: str) -> None:
    """Put a quiz that is there already at the end of a module."""
    sheet = sheet_of(work, course, on)
    gist = only(gist for gist in beside(work, sheet.there.path).quizzes.values() if gist.key == key)
    _link(work, sheet, sheet.chapter_of(module), f"- [{as_link(gist.title or key)}](quiz:{key})")


def duplicate(work: Work, course: str, on: int, line: int, words: str) -> str:
    """A copy of a lesson below it, under a title of its own; its path. Raises Mistaken for a quiz, which has its key by itself."""
    sheet = sheet_of(work, course, on)
    chapter, _, entry = sheet.entry_at(line)
    if entry.quiz:
        raise Mistaken(message("A quiz is not copied from here. Add a new one, and copy its text."))
    data = drafting.draft(work, entry.path).data
    title = title_from(f"{title_of(data) or entry.words} ({words})")
    return _add(work, sheet, chapter.line, title, lines.with_title(data, title))
