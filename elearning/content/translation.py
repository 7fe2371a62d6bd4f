"""Translations: `x.en.md` beside `x.md`. They carry words only; rules, right marks and shares stay in the original.

Where a translation is missing, behind, or does not have the shape of its original, the original is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from elearning.content import course_reader, lesson_reader, quiz_reader
from elearning.content.allowed import plain_text
from elearning.content.bank_lines import QuestionText, items_of, quote_text, split_bank
from elearning.content.links import LinkTable
from elearning.content.pieces import Pieces, Render
from elearning.content.problems import Problems
from elearning.content.questions.equals import equals_lines
from elearning.content.text import Source, joined, read_source
from elearning.domain.course import Course, Lesson, Objective
from elearning.domain.edition import Words
from elearning.domain.question import Option, Question
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
        return lesson_reader.read_lesson(source, self.pieces, self.problems) if source else None

    def _quiz(self, quiz: Quiz) -> quiz_reader.QuizDraft | None:
        source = self._source(quiz.path)
        return quiz_reader.read_quiz(source, self.pieces, self.problems) if source else None

    def _bank(self, path: str) -> dict[str, "_QuestionWords"]:
        source = self._source(path)
        texts = split_bank(source, self.problems) if source else []
        return {text.key: _QuestionWords(source.path, text, self.pieces) for text in texts} if source else {}


class _QuestionWords:
    """The words of one translated question, as tickets."""

    def __init__(self, path: str, text: QuestionText, pieces: Pieces) -> None:
        line = text.heading.number
        self.ask = pieces.ask(path, line, text.words, inline=True)
        self.stem = pieces.ask(path, line, joined(text.stem))
        self.explanation = pieces.ask(path, line, quote_text(text.explanation))
        items = items_of(text) if text.shape in ("boxes", "numbered") else []
        self.options = [
            (pieces.ask(path, i.line, i.text, inline="\n" not in i.text), pieces.ask(path, i.line, i.feedback))
            for i in items
        ]
        self.accepted = tuple(words for _, words in equals_lines(text)) if text.shape == "equals" else ()


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
            {key: _lesson_words(original.lessons[key], d, read.pieces) for key, d in read.lessons.items() if d},
            {key: _quiz_words(original.quizzes[key], d, read.pieces) for key, d in read.quizzes.items() if d},
            {
                path: _bank_words(original.banks[path], words, read.pieces)
                for path, words in read.banks.items()
                if words
            },
        )
    return found


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
        course, title=draft.title or course.title, introduction=introduction, summary=plain_text(introduction)[:300],
        modules=modules, certificate=certificate,
    )  # fmt: skip


def _lesson_words(lesson: Lesson, draft: lesson_reader.LessonDraft, pieces: Pieces) -> Lesson:
    objectives = tuple(Objective(o.key, draft.objectives.get(o.key, o.words)) for o in lesson.objectives)
    return replace(lesson, title=draft.title or lesson.title, body=pieces.html(draft.body), objectives=objectives)


def _quiz_words(quiz: Quiz, draft: quiz_reader.QuizDraft, pieces: Pieces) -> Quiz:
    titles = {section.key: section.title for section in draft.sections}
    sections = tuple(replace(section, title=titles.get(section.key, section.title)) for section in quiz.sections)
    rules = replace(quiz.rules, title=draft.rules.title or quiz.rules.title)
    return replace(quiz, rules=rules, introduction=pieces.html(draft.introduction), sections=sections)


def _bank_words(bank: Mapping[str, Question], words: dict[str, _QuestionWords], pieces: Pieces) -> dict[str, Question]:
    return {key: _question_words(question, words[key], pieces) for key, question in bank.items() if key in words}


def _question_words(question: Question, words: _QuestionWords, pieces: Pieces) -> Question:
    body = question.body
    if hasattr(body, "options") and len(words.options) == len(body.options):
        options = tuple(
            Option(pieces.html(text), pieces.html(feedback), option.keep)
            for option, (text, feedback) in zip(body.options, words.options, strict=True)
        )
        body = replace(body, options=options)
    elif hasattr(body, "options"):
        return question
    elif hasattr(body, "strict"):
        body = replace(body, accepted=tuple(dict.fromkeys((*body.accepted, *words.accepted))))
    return replace(
        question, ask=pieces.html(words.ask), stem=pieces.html(words.stem),
        explanation=pieces.html(words.explanation) or question.explanation, body=body,
    )  # fmt: skip
