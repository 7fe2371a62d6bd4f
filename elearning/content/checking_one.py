"""One text looked at by itself, as its author types it: what is wrong with it, line by line, and the lesson that it makes.

What stands beside it is told by `Beside`, so that nothing else need be read, let alone rendered.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from elearning.content import bank_reader, course_reader, lesson_reader, quiz_reader
from elearning.content.crossing import check_beside
from elearning.content.gist import Gist
from elearning.content.glossary_reader import check_terms, read_glossary
from elearning.content.links import LinkTable
from elearning.content.pieces import Render
from elearning.content.problems import Problem, Problems
from elearning.content.reading import FACTS, GLOSSARY, LAWS, Reading, Registers
from elearning.content.register_reader import read_facts, read_laws
from elearning.content.text import Source, read_source
from elearning.content.translation import LANGUAGES, Original, translations_of
from elearning.domain.course import Course, Lesson

_TRANSLATION = re.compile(rf"\.({'|'.join(LANGUAGES)})\.md$")


@dataclass(frozen=True, slots=True)
class Beside:
    """What a text may rely on: lessons and quizzes by path, media as path → digest, banks as path → bytes, the registers."""

    course: str
    registers: Registers
    lessons: Mapping[str, Gist] = field(default_factory=dict)
    quizzes: Mapping[str, Gist] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)

    def table(self) -> LinkTable:
        """What links of the text may lead to."""
        return LinkTable(
            self.course, frozenset(self.registers.laws or ()), frozenset(quiz.key for quiz in self.quizzes.values()),
            {path: gist.key for path, gist in self.lessons.items()}, dict(self.media), frozenset(self.registers.terms or ()),
        )  # fmt: skip

    def objectives(self) -> set[str]:
        """All that the lessons teach, by key."""
        return {key for gist in self.lessons.values() for key in gist.objectives}


@dataclass(frozen=True, slots=True)
class CheckedText:
    """What came of it: the problems in order of line, the lesson where the text is one that can be shown, and the lesson that
    it translates.
    """

    problems: tuple[Problem, ...]
    lesson: Lesson | None = None
    original: Lesson | None = None


def original_path(path: str) -> str:
    """The path of the text that this one translates; its own where it translates none."""
    return _TRANSLATION.sub(".md", path)


def check_text(path: str, data: bytes, beside: Beside, render: Render) -> CheckedText:
    """Look at one text. Raises nothing: whatever is wrong is told as a problem."""
    if path in (LAWS, FACTS, GLOSSARY) or (original_path(path) != path and not path.startswith("courses/")):
        return CheckedText(_alone(path, data, beside))
    if path.startswith("courses/") and not path.endswith(("/course.md", "/course.en.md", "/course.vi.md")):
        return _lesson(path, data, beside, render)
    reading = Reading({**beside.files, path: data}, beside.registers)
    source = reading.source(path)
    if source is not None:
        _read(reading, source, beside)
    reading.pieces.render(render, beside.table(), reading.problems)
    return CheckedText(_of(path, reading.problems))


def _of(path: str, problems: Problems) -> tuple[Problem, ...]:
    own = {problem for problem in problems if problem.path == path}
    return tuple(sorted(own, key=lambda problem: (problem.line, problem.message.key)))


def _alone(path: str, data: bytes, beside: Beside) -> tuple[Problem, ...]:
    problems = Problems()
    source = read_source(path, data, problems)
    if source is not None and path == LAWS:
        read_laws(source, problems)
    elif source is not None and path == FACTS:
        read_facts(source, frozenset(beside.registers.laws or ()), problems)
    elif source is not None and path == GLOSSARY:
        check_terms(path, read_glossary(source, problems), beside.registers.facts, problems)
    return _of(path, problems)


def _read(reading: Reading, source: Source, beside: Beside) -> None:
    """A course, a quiz or a bank, with what can be checked across texts."""
    path = source.path
    if path.startswith("courses/"):
        _outline(reading, source, beside)
        return
    if path.count("/") == 1:
        quiz = quiz_reader.read_quiz(source, reading.pieces, reading.problems)
        reading.quizzes[quiz.key] = quiz
        if quiz.questions:
            reading.banks[path] = bank_reader.BankDraft(path, quiz.questions, len(quiz.questions))
        banks = [draw.bank for draw, _ in quiz.draw_lines if draw.bank != path]
    else:
        banks = [path]
    for bank in dict.fromkeys(banks):
        found = reading.source(bank)
        if found is not None:
            reading.banks[bank] = bank_reader.read_bank(found, reading.pieces, reading.problems)
    check_beside(reading, beside.objectives())


def _outline(reading: Reading, source: Source, beside: Beside) -> None:
    draft = course_reader.read_course(source, reading.pieces, reading.problems)
    keys = {quiz.key for quiz in beside.quizzes.values()}
    for link in (link for module in draft.modules for link in module.links):
        if link.quiz and link.quiz not in keys:
            reading.problems.add(
                source.path,
                link.line,
                "There is no quiz with the key “%(key)s”. Check the name of its file in quizzes/.",
                key=link.quiz,
            )
        elif not link.quiz and link.path not in beside.lessons:
            reading.problems.add(
                source.path,
                link.line,
                "There is no lesson “%(file)s”. Check the name of the file.",
                file=link.path,
            )


def _lesson(path: str, data: bytes, beside: Beside, render: Render) -> CheckedText:
    of = original_path(path)
    reading = Reading({of: beside.files.get(of, b""), path: data}, beside.registers)
    source = reading.source(of)
    if source is None:
        return CheckedText(_of(path, reading.problems))
    draft = lesson_reader.read_lesson(source, reading.pieces, reading.problems)
    reading.lessons[draft.key] = draft
    check_beside(reading, beside.objectives() | set(draft.objectives))
    _same_words(reading, draft, beside)
    reading.pieces.render(render, beside.table(), reading.problems)
    lesson = lesson_reader.built(draft, reading.pieces, beside.registers.unsure)
    if of == path:
        return CheckedText(_of(path, reading.problems), lesson)
    original = Original(Course(beside.course, "", "", "", (), _other(path)), {lesson.key: lesson}, {}, {})
    words = translations_of(reading.files, original, render, beside.table(), reading.problems)
    translated = next((words[one].lessons.get(lesson.key) for one in words), None)
    return CheckedText(_of(path, reading.problems), translated, lesson)


def _other(path: str) -> str:
    """A language that is not the one which this text translates into."""
    found = _TRANSLATION.search(path)
    return next(one for one in LANGUAGES if found is None or one != found[1])


def _same_words(reading: Reading, draft: lesson_reader.LessonDraft, beside: Beside) -> None:
    for path, gist in beside.lessons.items():
        for key, words in gist.objectives.items():
            if path != draft.path and draft.objectives.get(key, words) != words:
                reading.problems.add(
                    draft.path,
                    1,
                    "The objective “%(key)s” has other words in another lesson. Use the same words, or another key.",
                    key=key,
                )
        if path != draft.path and gist.key == draft.key:
            reading.problems.add(
                draft.path,
                1,
                "Another lesson of this course has the key “%(key)s” too. Change one.",
                key=draft.key,
            )
