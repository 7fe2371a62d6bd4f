"""A lesson as learners will see it, from words that are not published and perhaps not even saved. Nothing is kept of it."""

from dataclasses import replace

from elearning.content.checking_one import Beside, check_text, original_path
from elearning.content.outline_lines import Outline, field_of, read_outline
from elearning.content.text import typed_bytes
from elearning.domain.course import Lesson
from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.services import drafting
from elearning.services.beside import beside
from elearning.services.checking import Checking
from elearning.services.glossary import term_sheets
from elearning.services.laws import sheets
from elearning.services.lessons import LessonPage, Trial, lesson_parts
from elearning.services.outline import OutlineItem, Step
from elearning.services.work import Work, not_here
from elearning.services.writing import shows


def preview(work: Work, path: str, text: str | None = None, checked: Checking | None = None) -> LessonPage:
    """The lesson that a text makes (its draft, where none is given), as a learner sees it who has done nothing yet, with what is
    said of the check question that was answered just now.

    Raises NotFound where the text is no lesson, Mistaken where it cannot be read at all.
    """
    there = drafting.draft(work, path)
    if not shows(path):
        raise not_here()
    around = beside(work, path)
    found = check_text(path, there.data if text is None else typed_bytes(text), around, work.shelf.render)
    if found.lesson is None:
        first = next(iter(found.problems), None)
        raise Mistaken(first.message if first else message("There is nothing to show yet."))
    original = found.original or found.lesson
    page = _page(work, path, around, found.lesson, original)
    parts = lesson_parts(original, found.lesson, checked)
    return replace(page, parts=parts, trial=Trial(path, there.text if text is None else text))


def _page(work: Work, path: str, around: Beside, shown: Lesson, original: Lesson) -> LessonPage:
    course_file = f"courses/{around.course}/course.md"
    outline = read_outline(course_file, around.files.get(course_file, b""))
    of = original_path(path)
    chapters = list(outline.chapters)
    at = next((n for n, c in enumerate(chapters) if of in [entry.path for entry in c.entries]), 0)
    items = _items(outline, at, around)
    place = next((n for n, item in enumerate(items) if item.key == original.key), 0)
    steps = [Step(item.kind, item.key, item.title) for item in items]
    course = around.files.get(course_file, b"")
    language = path.split(".")[-2] if of != path else field_of(course, "language") or "vi"
    return LessonPage(
        around.course, outline.title, original.key, shown.title, shown.minutes, tuple(o.words for o in shown.objectives),
        chapters[at].title if chapters else "", at + 1, place + 1, (), sheets(work, shown.cites),
        term_sheets(work, shown.terms), False, None, steps[place - 1] if place else None, steps[place + 1] if place + 1 < len(steps) else None, items,
        False, language, shown.unsure, None, shown.dwell_minutes, "", False,
    )  # fmt: skip


def _items(outline: Outline, at: int, around: Beside) -> tuple[OutlineItem, ...]:
    quizzes = {gist.key: gist for gist in around.quizzes.values()}
    found: list[OutlineItem] = []
    entries = outline.chapters[at].entries if outline.chapters else ()
    for number, entry in enumerate(entries, 1):
        gist = quizzes.get(entry.quiz) if entry.quiz else around.lessons.get(entry.path)
        if gist is not None:
            kind = "quiz" if entry.quiz else "lesson"
            found.append(
                OutlineItem(kind, gist.key, number, gist.title or entry.words, gist.minutes or None, None, "open")
            )
    return tuple(found)
