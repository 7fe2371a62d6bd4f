"""What there is in the courses of a tree: lessons, words, questions of each kind, facts taught and facts left out."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from elearning.content import lesson_reader
from elearning.content.compiling import compile_course, course_keys
from elearning.content.links import LinkTable
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.reading import read_registers
from elearning.content.rendering import Piece, Rendered
from elearning.content.text import read_source
from elearning.domain.course import Lesson
from elearning.domain.edition import Compiled
from elearning.domain.question import Question

_ADDRESS = re.compile(r"\]\([^)]*\)|\{[#.:][^}]*\}")
_WORD = re.compile(r"\w+")
_TERM = re.compile(rb"\]\(term:([a-z0-9-]+)\)")


@dataclass(frozen=True, slots=True)
class Census:
    """One course in numbers. `types`, `difficulties` and `objectives` say how many questions there are of each; difficulty
    0 is none. `words` are those of the lessons outside their questions, `facts` and `others` IDs of the register.
    """

    key: str
    title: str
    modules: int
    lessons: int
    words: int
    questions: int
    types: Mapping[str, int]
    difficulties: Mapping[int, int]
    objectives: Mapping[str, int]
    facts: tuple[str, ...]
    others: tuple[str, ...]


def take(files: Mapping[str, bytes]) -> tuple[Census, ...]:
    """Count every course of a tree. Raises ContentError with what is wrong in the first course that cannot be read."""
    registers = read_registers(files, Problems())
    found = (compile_course(files, key, _as_written, registers) for key in course_keys(files))
    return tuple(_census(files, compiled, tuple(registers.facts)) for compiled in found)


def terms_without_link(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """The terms of the glossary that no lesson links to, in its order: nobody who reads a lesson is led to them."""
    terms = read_registers(files, Problems()).terms or {}
    lessons = (data for path, data in files.items() if path.startswith("courses/") and path.count("/") > 1)
    linked = {key.decode() for data in lessons for key in _TERM.findall(data)}
    return tuple(key for key in terms if key not in linked)


def _as_written(pieces: Sequence[Piece], table: LinkTable) -> list[Rendered]:
    """Nothing is laid out: only what is counted matters, and laying out takes most of the time."""
    return [Rendered(piece.text) for piece in pieces]


def _census(files: Mapping[str, bytes], compiled: Compiled, facts: tuple[str, ...]) -> Census:
    lessons = list(compiled.lessons.values())
    questions = _questions(compiled)
    objectives = Counter({one.key: 0 for lesson in lessons for one in lesson.objectives})
    objectives.update(one.objective for one in questions if one.objective)
    used = {fact for one in questions for fact in one.facts}
    used |= {fact for lesson in lessons for fact in _facts(files, lesson)}
    return Census(
        compiled.course.key, compiled.course.title, len(compiled.course.modules), len(lessons), sum(map(_words, lessons)),
        len(questions), dict(Counter(one.type for one in questions).most_common()),
        dict(sorted(Counter(one.difficulty for one in questions).items())), dict(sorted(objectives.items())),
        tuple(fact for fact in facts if fact in used), tuple(fact for fact in facts if fact not in used),
    )  # fmt: skip


def _questions(compiled: Compiled) -> list[Question]:
    """Those of banks, of quizzes and of lessons."""
    held = [*compiled.banks.values(), *(lesson.checks for lesson in compiled.lessons.values())]
    return [question for some in held for question in some.values()]


def _facts(files: Mapping[str, bytes], lesson: Lesson) -> tuple[str, ...]:
    unheard = Problems()
    source = read_source(lesson.path, files[lesson.path], unheard)
    return lesson_reader.read_lesson(source, Pieces(), unheard).facts if source else ()


def _words(lesson: Lesson) -> int:
    return sum(len(_WORD.findall(_ADDRESS.sub("]", part.html))) for part in lesson.parts)
