"""How far the translations of a course are: what is missing, and what is behind its original."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from elearning.content.originals import SHORT, made_of, questions_made_of
from elearning.content.text import digest_of
from elearning.content.translation import translated_path
from elearning.domain.edition import Compiled
from elearning.domain.question import plain

State = Literal["missing", "behind", "unmarked", "current"]


@dataclass(frozen=True, slots=True)
class Translated:
    """One text, or one question of a bank, and its translation. `unmarked` does not say what it was made of."""

    path: str
    translation: str
    item: str
    title: str
    line: int
    state: State
    digest: str


def translated(files: Mapping[str, bytes], compiled: Compiled, language: str) -> Iterator[Translated]:
    """All that can be translated into a language, in the order of the outline; then the banks, question by question."""
    yield _text(files, f"courses/{compiled.course.key}/course.md", compiled.course.title, language)
    for activity in compiled.course.activities():
        if activity.kind == "lesson":
            lesson = compiled.lessons[activity.key]
            yield _text(files, lesson.path, lesson.title, language)
        else:
            quiz = compiled.quizzes[activity.key]
            yield _text(files, quiz.path, quiz.rules.title, language)
    own = {quiz.path for quiz in compiled.quizzes.values()}
    for path in compiled.banks:
        if path not in own:
            yield from _bank(files, compiled, path, language)


def _text(files: Mapping[str, bytes], path: str, title: str, language: str) -> Translated:
    target, digest = translated_path(path, language), digest_of(files[path])[:SHORT]
    of = made_of(target, files[target]) if target in files else ""
    return Translated(path, target, "", title, 1, _state(target in files, of, digest), digest)


def _bank(files: Mapping[str, bytes], compiled: Compiled, path: str, language: str) -> Iterator[Translated]:
    target = translated_path(path, language)
    made = questions_made_of(target, files[target]) if target in files else {}
    for key, question in compiled.banks[path].items():
        one, digest = made.get(key), question.digest[:SHORT]
        state = _state(one is not None, one.of if one else "", digest)
        yield Translated(path, target, key, plain(question.ask), one.line if one else 0, state, digest)


def _state(there: bool, of: str, digest: str) -> State:
    if not there:
        return "missing"
    return "unmarked" if not of else "current" if of == digest else "behind"
