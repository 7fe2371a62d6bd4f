"""Texts → a compiled course, or all that is wrong with them. Pure: no file is opened, nothing is kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from elearning.content import bank_reader, course_reader, lesson_reader, question_reader, quiz_reader
from elearning.content.allowed import summary_of
from elearning.content.course_reader import CourseDraft, OutlineLink
from elearning.content.crossing import check_crossings
from elearning.content.drawings import check_drawings
from elearning.content.fields import key_of
from elearning.content.front_matter import Front, read_front
from elearning.content.links import LinkTable
from elearning.content.pieces import Render
from elearning.content.problems import ContentError, Problems
from elearning.content.questions import TYPES
from elearning.content.reading import FACTS, Reading, Registers
from elearning.content.text import digest_of, read_source
from elearning.content.translation import LANGUAGES, Original, translated_path, translations_of
from elearning.domain.course import Activity, Course, Lesson, Module
from elearning.domain.edition import Compiled
from elearning.domain.question import Question

COMPILER = 6
MEDIA = (".mp3", ".mp4", ".webm", ".ogg", ".png", ".jpg", ".jpeg", ".webp", ".svg", ".vtt", ".pdf")


def course_keys(files: Mapping[str, bytes]) -> list[str]:
    """The keys of the courses in a tree of texts, in order."""
    return sorted(
        path.split("/")[1]
        for path in files
        if path.startswith("courses/") and path.count("/") == 2 and path.endswith("/course.md")
    )


def quiz_paths(files: Mapping[str, bytes]) -> list[str]:
    """The paths of the quizzes in a tree, translations left out."""
    return sorted(
        path for path in files
        if path.startswith("quizzes/") and path.count("/") == 1 and path.endswith(".md") and not is_translation(path)
    )  # fmt: skip


def is_translation(path: str) -> bool:
    """Whether a path names the translation of another text: `x.en.md`."""
    return any(path.endswith(f".{language}.md") for language in LANGUAGES)


def compile_course(files: Mapping[str, bytes], key: str, render: Render, registers: Registers) -> Compiled:
    """Compile one course of a tree. Raises ContentError with everything that is wrong, all at once."""
    reading = Reading(files, registers)
    course = _read(reading, key)
    table = _link_table(reading, key)
    reading.pieces.render(render, table, reading.problems)
    if course is None or reading.problems:
        raise ContentError(list(reading.problems))
    compiled = _built(reading, course)
    original = Original(compiled.course, compiled.lessons, compiled.quizzes, compiled.banks)
    translations = translations_of(files, original, render, table, reading.problems)
    if reading.problems:
        raise ContentError(list(reading.problems))
    return replace(
        compiled, translations=translations, banks=_accepting(compiled.banks, [words.banks for words in translations.values()]),
        lessons=_lessons_accepting(compiled.lessons, [words.lessons for words in translations.values()]),
    )  # fmt: skip


def _accepting(
    banks: Mapping[str, Mapping[str, Question]], others: Sequence[Mapping[str, Mapping[str, Question]]]
) -> dict[str, dict[str, Question]]:
    """Banks whose typed answers are those of all languages: one is graded alike in whichever it is read."""
    return {
        path: {key: _with_answers(one, [bank[path][key] for bank in others if key in bank.get(path, {})])
               for key, one in questions.items()}
        for path, questions in banks.items()
    }  # fmt: skip


def _lessons_accepting(lessons: Mapping[str, Lesson], others: Sequence[Mapping[str, Lesson]]) -> dict[str, Lesson]:
    checks = {key: lesson.checks for key, lesson in lessons.items()}
    found = _accepting(checks, [{key: lesson.checks for key, lesson in other.items()} for other in others])
    return {key: replace(lesson, checks=found[key]) for key, lesson in lessons.items()}


def _with_answers(question: Question, others: Sequence[Question]) -> Question:
    accepting = getattr(TYPES[question.type], "accepting", None)
    if accepting is None:
        return question
    body = question.body
    for other in others:
        body = accepting(body, other.body)
    return replace(question, body=body)


def _read(reading: Reading, key: str) -> CourseDraft | None:
    path = f"courses/{key}/course.md"
    source = reading.source(path)
    if source is None:
        if path not in reading.files:
            reading.problems.add(path, 0, "There is no course “%(key)s”: this file is missing.", key=key)
        return None
    course = course_reader.read_course(source, reading.pieces, reading.problems)
    quiz_files = _quiz_files(reading)
    for module in course.modules:
        activities = [_activity(reading, path, link, quiz_files) for link in module.links]
        reading.modules.append(Module(module.key, module.title, tuple(a for a in activities if a is not None)))
    for quiz in reading.quizzes.values():
        if quiz.questions:
            reading.banks[quiz.path] = bank_reader.BankDraft(quiz.path, quiz.questions, len(quiz.questions))
        for bank in dict.fromkeys(draw.bank for draw, _ in quiz.draw_lines):
            if bank not in reading.banks and bank != quiz.path:
                _bank(reading, bank)
    check_crossings(reading, course)
    own = {path: data for path, data in reading.files.items() if path.startswith(f"courses/{key}/")}
    check_drawings(own, reading.problems)
    return course


def _quiz_files(reading: Reading) -> dict[str, str]:
    """Path of each quiz by its key. What is wrong with a quiz is told when it is linked, or by the checker."""
    found: dict[str, str] = {}
    for path in quiz_paths(reading.files):
        unheard = Problems()
        source = read_source(path, reading.files[path], unheard)
        front = read_front(source, quiz_reader.FIELDS, unheard) if source else Front(path)
        found.setdefault(key_of(path, front, unheard), path)
    return found


def _activity(reading: Reading, path: str, link: OutlineLink, quiz_files: Mapping[str, str]) -> Activity | None:
    if link.quiz:
        return _quiz_activity(reading, path, link, quiz_files)
    if is_translation(link.path) or link.path not in reading.files:
        reading.problems.add(
            path, link.line, "There is no lesson “%(file)s”. Check the name of the file.", file=link.path
        )
        return None
    source = reading.source(link.path)
    if source is None:
        return None
    lesson = lesson_reader.read_lesson(source, reading.pieces, reading.problems)
    if lesson.key in reading.lessons:
        reading.problems.add(
            path,
            link.line,
            "The lesson “%(key)s” stands in this course twice. Take one line away, or change one key.",
            key=lesson.key,
        )
        return None
    reading.lessons[lesson.key] = lesson
    return Activity("lesson", lesson.key)


def _quiz_activity(reading: Reading, path: str, link: OutlineLink, quiz_files: Mapping[str, str]) -> Activity | None:
    source = reading.source(quiz_files[link.quiz]) if link.quiz in quiz_files else None
    if source is None:
        reading.problems.add(
            path,
            link.line,
            "There is no quiz with the key “%(key)s”. Check the name of its file in quizzes/.",
            key=link.quiz,
        )
        return None
    if link.quiz in reading.quizzes:
        reading.problems.add(
            path, link.line, "The quiz “%(key)s” stands in this course twice. Take one line away.", key=link.quiz
        )
        return None
    reading.quizzes[link.quiz] = quiz_reader.read_quiz(source, reading.pieces, reading.problems)
    return Activity("quiz", link.quiz)


def _bank(reading: Reading, path: str) -> None:
    source = reading.source(path)
    if source is not None:
        reading.banks[path] = bank_reader.read_bank(source, reading.pieces, reading.problems)


def _link_table(reading: Reading, key: str) -> LinkTable:
    laws, terms = reading.registers.laws, reading.registers.terms
    return LinkTable(
        course=key,
        laws=frozenset(laws if laws is not None else _named(reading, b"law")),
        terms=frozenset(terms if terms is not None else _named(reading, b"term")),
        quizzes=frozenset(reading.quizzes),
        lessons={lesson.path: lesson.key for lesson in reading.lessons.values()},
        media={path: digest_of(data) for path, data in reading.files.items() if path.endswith(MEDIA)},
    )


def _named(reading: Reading, kind: bytes) -> set[str]:
    """Every key that stands after `law:` or `term:` in the texts, translations too: all are known where an edition is
    rebuilt.
    """
    texts = (data for path, data in reading.files.items() if path.endswith(".md"))
    return {key.decode() for data in texts for key in re.findall(kind + rb":([a-z0-9-]+)", data)}


def _built(reading: Reading, draft: CourseDraft) -> Compiled:
    pieces, unsure = reading.pieces, reading.registers.unsure
    lessons = {key: lesson_reader.built(lesson, pieces, unsure) for key, lesson in reading.lessons.items()}
    quizzes = {key: quiz_reader.built(quiz, pieces) for key, quiz in reading.quizzes.items()}
    banks = {
        path: {q.text.key: question_reader.built(q, pieces, unsure) for q in bank.questions}
        for path, bank in reading.banks.items()
    }
    course = _course(reading, draft)
    cites = [c for lesson in lessons.values() for c in lesson.cites]
    cites += [c for bank in banks.values() for question in bank.values() for c in question.cites]
    media = [path for path in reading.files if path.endswith(MEDIA) and _belongs(reading, path, draft.key)]
    overlays = [translated_path(path, lang) for lang in LANGUAGES for path in reading.sources]
    paths = {*reading.sources, *media, *(p for p in overlays if p in reading.files)} | ({FACTS} & set(reading.files))
    return Compiled(
        course, lessons, quizzes, banks, tuple(sorted({c.split("#")[0] for c in cites})), tuple(sorted(paths))
    )


def _belongs(reading: Reading, path: str, course: str) -> bool:
    """Whether a medium goes with the course: it stands in its folder, or beside the banks and a bank or quiz names it."""
    if not path.startswith("quizzes/"):
        return path.startswith(f"courses/{course}/")
    name = path.rsplit("/", 1)[1].encode()
    return any(text.startswith("quizzes/") and name in reading.files[text] for text in reading.sources)


def _course(reading: Reading, draft: CourseDraft) -> Course:
    introduction = reading.pieces.html(draft.introduction)
    lesson_paths = {lesson.path.rsplit("/", 1)[-1]: lesson.key for lesson in reading.lessons.values()}
    complete = tuple(
        Activity("quiz", entry.removeprefix("quiz:"))
        if entry.startswith("quiz:")
        else Activity("lesson", lesson_paths.get(entry, entry))
        for entry in draft.complete
    )
    return Course(
        key=draft.key, title=draft.title, introduction=introduction, summary=summary_of(introduction),
        modules=tuple(reading.modules), language=draft.language, audience=draft.audience, hours=draft.hours,
        enrol="open" if draft.enrol == "open" else "by-list", order="strict" if draft.order == "strict" else "free",
        requires=draft.requires, complete=complete, certificate=draft.certificate, reviewed=draft.reviewed,
        formerly=draft.formerly, approval=draft.approval,
    )  # fmt: skip
