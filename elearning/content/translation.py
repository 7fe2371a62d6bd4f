"""Translations: `x.en.md` beside `x.md`. They carry words only; rules, right marks and shares stay in the original.

Where a translation is missing, behind, or does not have the shape of its original, the original is shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from elearning.content import course_reader, lesson_reader, quiz_reader
from elearning.content.allowed import summary_of
from elearning.content.bank_lines import QuestionText, marked_questions, quote_text, split_bank
from elearning.content.links import LinkTable
from elearning.content.originals import SHORT, made_of, questions_made_of
from elearning.content.pieces import Pieces, Render
from elearning.content.problems import Problems
from elearning.content.question_reader import ask_hint, hints_of
from elearning.content.questions import TYPES
from elearning.content.text import Source, digest_of, joined, read_source
from elearning.domain.course import Course, Lesson, Objective, Part
from elearning.domain.edition import Words
from elearning.domain.question import Question
from elearning.domain.quiz import Quiz

LANGUAGES = ("en", "vi")


def translated_path(path: str, language: str) -> str:
    """Where the translation of a text stands."""
    return f"{path.removesuffix('.md')}.{language}.md"


@dataclass(frozen=True, slots=True)
class Original:
    """What there is to translate, and by path the digests of the texts it came from."""

    course: Course
    lessons: Mapping[str, Lesson]
    quizzes: Mapping[str, Quiz]
    banks: Mapping[str, Mapping[str, Question]]


class _Translator:
    """Reads the translations of one course into one language; all pieces are rendered together."""

    def __init__(self, files: Mapping[str, bytes], original: Original, language: str, problems: Problems) -> None:
        self.files, self.original, self.language, self.problems = files, original, language, problems
        self.pieces = Pieces()
        self.lessons = {key: self._lesson(lesson) for key, lesson in original.lessons.items()}
        self.checks = {key: self._checks(lesson) for key, lesson in original.lessons.items()}
        self.quizzes = {key: self._quiz(quiz) for key, quiz in original.quizzes.items()}
        self.banks = {path: self._bank(path) for path in original.banks}
        self.course = self._course()

    def _source(self, path: str) -> Source | None:
        target = translated_path(path, self.language)
        return read_source(target, self.files[target], self.problems) if target in self.files else None

    def _course(self) -> course_reader.CourseDraft | None:
        source = self._source(f"courses/{self.original.course.key}/course.md")
        return course_reader.read_course(source, self.pieces, self.problems) if source else None

    def _lesson(self, lesson: Lesson) -> lesson_reader.LessonDraft | None:
        source = self._source(lesson.path)
        return lesson_reader.read_lesson(source, self.pieces, self.problems, translates=True) if source else None

    def _quiz(self, quiz: Quiz) -> quiz_reader.QuizDraft | None:
        source = self._source(quiz.path)
        return quiz_reader.read_quiz(source, self.pieces, self.problems, translates=True) if source else None

    def _bank(self, path: str) -> "dict[str, _QuestionWords]":
        """The questions of a bank, or those that stand in a quiz itself."""
        source = self._source(path)
        if source is None:
            return {}
        if path in {quiz.path for quiz in self.original.quizzes.values()}:
            texts = [marked.text for marked in marked_questions(source.path, source.body, self.problems)]
        else:
            texts = split_bank(source, self.problems)
        return _words_of(source.path, texts, self.original.banks[path], self.pieces)

    def _checks(self, lesson: Lesson) -> "dict[str, _QuestionWords]":
        source = self._source(lesson.path)
        marked = marked_questions(source.path, source.body, self.problems) if source else []
        return _words_of(source.path, [one.text for one in marked], lesson.checks, self.pieces) if source else {}


class _QuestionWords:
    """The words of one translated question, as tickets. `said` is what its type makes of them."""

    def __init__(self, path: str, text: QuestionText, kind: str, pieces: Pieces) -> None:
        line = text.heading.number
        self.ask = pieces.ask(path, line, text.words, inline=True)
        self.stem = pieces.ask(path, line, "" if TYPES[kind].OWN_STEM else joined(text.stem))
        self.explanation = pieces.ask(path, line, quote_text(text.explanation))
        self.hints = tuple(ask_hint(path, text, hint, pieces) for hint in hints_of(text.attributes.values))
        self.said = TYPES[kind].words(path, text, pieces)

    def put(self, question: Question, pieces: Pieces) -> Question:
        """The question in these words; the original where its parts are others."""
        body = TYPES[question.type].translated(question.body, self.said, pieces)
        if body is None:
            return question
        hints = tuple(pieces.html(hint) for hint in self.hints)
        return replace(
            question, ask=pieces.html(self.ask), stem=pieces.html(self.stem),
            explanation=pieces.html(self.explanation) or question.explanation, body=body,
            hints=hints if len(hints) == len(question.hints) else question.hints,
        )  # fmt: skip


def _words_of(
    path: str, texts: Sequence[QuestionText], known: Mapping[str, Question], pieces: Pieces
) -> dict[str, _QuestionWords]:
    return {text.key: _QuestionWords(path, text, known[text.key].type, pieces) for text in texts if text.key in known}


def translations_of(
    files: Mapping[str, bytes], original: Original, render: Render, table: LinkTable, problems: Problems
) -> dict[str, Words]:
    """The words of a course in each other language that has any; what is wrong with them is noted."""
    found = {}
    for language in LANGUAGES:
        if language == original.course.language:
            continue
        read = _Translator(files, original, language, problems)
        if not read.pieces.asked:
            continue
        read.pieces.render(render, table, problems)
        found[language] = Words(
            _course_words(original.course, read),
            {key: _lesson_words(original.lessons[key], d, read) for key, d in read.lessons.items() if d},
            {key: _quiz_words(original.quizzes[key], d, read.pieces) for key, d in read.quizzes.items() if d},
            {
                path: {key: one.put(original.banks[path][key], read.pieces) for key, one in words.items()}
                for path, words in read.banks.items()
                if words
            },
            tuple(_behind(files, original, language)),
        )
    return found


def _behind(files: Mapping[str, bytes], original: Original, language: str) -> Iterator[str]:
    """The keys of lessons, and `bank#key` of questions, whose original has moved on since they were translated."""
    for key, lesson in original.lessons.items():
        target = translated_path(lesson.path, language)
        of = made_of(target, files[target]) if target in files else ""
        if of and of != digest_of(files[lesson.path])[:SHORT]:
            yield key
    for path, bank in original.banks.items():
        target = translated_path(path, language)
        made = questions_made_of(target, files[target]) if target in files else {}
        for key, question in bank.items():
            if key in made and made[key].of and made[key].of != question.digest[:SHORT]:
                yield f"{path}#{key}"


def _course_words(course: Course, read: _Translator) -> Course | None:
    draft = read.course
    if draft is None:
        return None
    titles = {module.key: module.title for module in draft.modules}
    introduction = read.pieces.html(draft.introduction)
    certificate = course.certificate
    if certificate and draft.certificate:
        certificate = replace(certificate, title=draft.certificate.title)
    modules = tuple(replace(module, title=titles.get(module.key, module.title)) for module in course.modules)
    return replace(
        course, title=draft.title or course.title, introduction=introduction, summary=summary_of(introduction),
        modules=modules, certificate=certificate,
    )  # fmt: skip


def _lesson_words(lesson: Lesson, draft: lesson_reader.LessonDraft, read: _Translator) -> Lesson:
    objectives = tuple(Objective(o.key, draft.objectives.get(o.key, o.words)) for o in lesson.objectives)
    parts = tuple(Part(read.pieces.html(ticket), key) for ticket, key in draft.parts)
    if [part.check for part in parts] != [part.check for part in lesson.parts]:
        return lesson
    checks = {key: words.put(lesson.checks[key], read.pieces) for key, words in read.checks[lesson.key].items()}
    return replace(
        lesson,
        title=draft.title or lesson.title,
        parts=parts,
        objectives=objectives,
        terms=lesson_reader.terms_of(part.html for part in parts),
        checks={**lesson.checks, **checks},
    )


def _quiz_words(quiz: Quiz, draft: quiz_reader.QuizDraft, pieces: Pieces) -> Quiz:
    titles = {section.key: section.title for section in draft.sections}
    sections = tuple(replace(section, title=titles.get(section.key, section.title)) for section in quiz.sections)
    rules = replace(quiz.rules, title=draft.rules.title or quiz.rules.title)
    said = {least: pieces.html(ticket) for least, ticket in draft.bands}
    bands = tuple(replace(band, html=said.get(band.least, band.html)) for band in quiz.bands)
    return replace(quiz, rules=rules, introduction=pieces.html(draft.introduction), sections=sections, bands=bands)
