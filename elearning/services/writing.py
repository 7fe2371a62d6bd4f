"""The editor: one text with what is wrong with it and what learners will see of it."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from elearning.content.checking_one import Beside, CheckedText, check_text, original_path
from elearning.content.outline_lines import title_of
from elearning.content.text import typed_bytes
from elearning.domain.law import Law
from elearning.domain.message import Message, message
from elearning.services import drafting
from elearning.services.beside import beside, course_of
from elearning.services.drafting import Draft
from elearning.services.remarks import RemarkView, remarks_of
from elearning.services.work import Work, not_here

WORDS_A_MINUTE = 200
_LAW = re.compile(r"law:([a-z0-9-]+)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Told:
    """Something about a line. `must` is what keeps the text from being published; the rest is advice."""

    line: int
    must: bool
    message: Message


@dataclass(frozen=True, slots=True)
class EditorPage:
    """One text being written. `can_show` says that learners see it as a page of its own."""

    path: str
    course: str
    course_title: str
    title: str
    save_id: int
    text: str
    by: str
    at: datetime
    told: tuple[Told, ...]
    words: int
    minutes: int
    can_show: bool
    aside: bool
    remarks: tuple[RemarkView, ...]
    media: tuple[str, ...]

    @property
    def lines(self) -> int:
        return self.text.count("\n") + 1

    @property
    def quiz(self) -> str:
        """The name of the file of a quiz, by which papers are made of it; empty for all else."""
        name = self.path.removeprefix("quizzes/").removesuffix(".md")
        is_quiz = self.path.startswith("quizzes/") and "/" not in name and original_path(self.path) == self.path
        return name if is_quiz else ""

    @property
    def musts(self) -> int:
        return sum(1 for one in self.told if one.must)


@dataclass(frozen=True, slots=True)
class Look:
    """What came of looking at a text as it is typed."""

    told: tuple[Told, ...]
    words: int
    minutes: int


def editor(work: Work, path: str, typed: str | None = None) -> EditorPage:
    """The editor with a text; `typed` stands in it in place of the draft. Raises NotFound where there is no such text."""
    there = drafting.draft(work, path)
    if not path.endswith(".md"):
        raise not_here()
    text = there.text if typed is None else typed
    around = beside(work, path)
    look = _look(work, path, text, there if typed is None else None, around)[0]
    course = around.course
    course_file = around.files.get(f"courses/{course}/course.md", b"")
    return EditorPage(
        path, course, title_of(course_file) or course, title_of(text.encode()) or path.rsplit("/", 1)[-1], there.save_id,
        text, there.by, there.at, look.told, look.words, look.minutes, shows(path),
        drafting.waiting_conflict(work, path) is not None, remarks_of(work, path, there),
        tuple(one for one in around.media if one.startswith(f"courses/{course}/")) if course else (),
    )  # fmt: skip


def shows(path: str) -> bool:
    """Whether learners see the text at a path as a lesson."""
    return bool(course_of(path)) and original_path(path).rsplit("/", 1)[-1] != "course.md"


def look(work: Work, path: str, text: str) -> Look:
    """What is to be said of a text as it is typed; nothing is kept. Raises NotFound for those who may not write."""
    drafting.ensure_writes(work)
    return _look(work, path, text, None, beside(work, path))[0]


def _look(work: Work, path: str, text: str, stored: Draft | None, around: Beside) -> tuple[Look, CheckedText]:
    data = stored.data if stored is not None else typed_bytes(text)
    checked = check_text(path, data, around, work.shelf.render)
    body = text.split("\n---\n", 1)[-1]
    words = len(_WORD.findall(body))
    minutes = max(1, math.ceil(words / WORDS_A_MINUTE))
    must = [Told(problem.line, True, problem.message) for problem in checked.problems]
    advice = [*_ended(text, around.registers.laws or {}, work.today), *_minutes(text, checked, minutes)]
    return Look(tuple(sorted((*must, *advice), key=lambda one: (not one.must, one.line))), words, minutes), checked


def _ended(text: str, laws: Mapping[str, Law], today: date) -> list[Told]:
    """Documents that are cited and have ended: the first place of each."""
    found: dict[str, Told] = {}
    for number, line in enumerate(text.split("\n"), 1):
        for key in _LAW.findall(line):
            law = laws.get(key)
            if law is not None and law.until is not None and law.until < today and key not in found:
                said = message(
                    "%(number)s ended on %(day)s. Leave it where the text speaks of the old rule; else cite what replaced it.",
                    number=law.number or law.title, day=law.until,
                )  # fmt: skip
                found[key] = Told(number, False, said)
    return list(found.values())


def _minutes(text: str, checked: CheckedText, minutes: int) -> list[Told]:
    lesson = checked.lesson
    if lesson is None or checked.original is not None or lesson.minutes >= minutes:
        return []
    line = next((number for number, one in enumerate(text.split("\n"), 1) if one.startswith("minutes:")), 1)
    said = message(
        "Reading this takes about %(read)s minutes; the front matter says %(minutes)s.",
        read=minutes,
        minutes=lesson.minutes,
    )
    return [Told(line, False, said)]
