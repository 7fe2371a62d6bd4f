"""A course as compiled from one edition: what learners read and are judged by."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from elearning.domain.course import Course, Lesson
from elearning.domain.question import Question
from elearning.domain.quiz import Quiz


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a course in one language: whole objects, of which only the words may differ from the original's.

    `behind` are the keys of lessons, and `bank#key` of questions, whose original has moved on since.
    """

    course: Course | None = None
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    quizzes: Mapping[str, Quiz] = field(default_factory=dict)
    banks: Mapping[str, Mapping[str, Question]] = field(default_factory=dict)
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compiled:
    """All of one course. `banks` holds questions by path and key; `paths` are the texts that it is made of."""

    course: Course
    lessons: Mapping[str, Lesson]
    quizzes: Mapping[str, Quiz]
    banks: Mapping[str, Mapping[str, Question]]
    laws: tuple[str, ...]
    paths: tuple[str, ...]
    translations: Mapping[str, Words] = field(default_factory=dict)

    def course_in(self, language: str) -> tuple[Course, str]:
        """The course in a language, or in its own where it is not translated; and which language that is."""
        words = self.translations.get(language)
        return (words.course, language) if words and words.course else (self.course, self.course.language)

    def lesson_in(self, key: str, language: str) -> tuple[Lesson, str]:
        """A lesson in a language or in the course's own. Raises KeyError where there is no such lesson."""
        words = self.translations.get(language)
        if words and key in words.lessons:
            return words.lessons[key], language
        return self.lessons[key], self.course.language

    def quiz_in(self, key: str, language: str) -> tuple[Quiz, str]:
        """A quiz in a language or in the course's own. Raises KeyError where there is no such quiz."""
        words = self.translations.get(language)
        if words and key in words.quizzes:
            return words.quizzes[key], language
        return self.quizzes[key], self.course.language

    def question_in(self, bank: str, key: str, language: str) -> tuple[Question, str]:
        """A question in a language or in the course's own. Raises KeyError where there is no such question."""
        words = self.translations.get(language)
        if words and key in words.banks.get(bank, {}):
            return words.banks[bank][key], language
        return self.banks[bank][key], self.course.language
