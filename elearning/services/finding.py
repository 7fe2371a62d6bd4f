"""Finding what a text may cite or link to: legal documents, quizzes, lessons of the course."""

import posixpath
from dataclasses import dataclass
from datetime import date

from elearning.domain.law import Law
from elearning.domain.message import Message, message
from elearning.domain.names import fold
from elearning.services import drafting
from elearning.services.beside import beside
from elearning.services.work import Work

MOST = 12


@dataclass(frozen=True, slots=True)
class Find:
    """One thing to link to: the words that stand for it, where the link leads, and what is said beside it."""

    title: str
    words: str
    href: str
    more: Message
    ended: bool = False


def find(work: Work, path: str, asked: str) -> tuple[Find, ...]:
    """What fits some words (all of them, without regard to case and tones), laws first. Raises NotFound for those who may not write."""
    drafting.ensure_writes(work)
    around = beside(work, path)
    laws = [_law(law, work.today) for law in (around.registers.laws or {}).values()]
    folder = posixpath.dirname(path)
    lessons = [
        Find(gist.title, gist.title, posixpath.relpath(one, folder), message("Lesson of this course"))
        for one, gist in around.lessons.items()
        if around.course and one != path
    ]
    quizzes = [Find(gist.title, gist.title, f"quiz:{gist.key}", message("Quiz")) for gist in around.quizzes.values()]
    sought = fold(asked).split()
    rows = (*laws, *quizzes, *lessons)
    return tuple(one for one in rows if all(word in fold(f"{one.title} {one.words} {one.href}") for word in sought))[
        :MOST
    ]


def _law(law: Law, today: date) -> Find:
    title = f"{law.number} – {law.summary or law.title}" if law.number else law.title
    ended = law.until is not None and law.until < today
    more = (
        message("ended on %(day)s", day=law.until)
        if ended
        else message("in force")
        if law.in_force(today)
        else message("not in force yet")
    )
    return Find(title, law.title, f"law:{law.key}", more, ended)
