"""The checker: every problem of a whole tree of texts."""

from collections.abc import Mapping

from elearning.content.compiling import compile_course, course_keys, quiz_paths
from elearning.content.fields import key_of
from elearning.content.front_matter import Front
from elearning.content.glossary import compile_glossary
from elearning.content.pieces import Pieces, Render
from elearning.content.problems import ContentError, Problem, Problems
from elearning.content.quiz_reader import read_quiz
from elearning.content.reading import read_registers
from elearning.content.text import read_source
from elearning.domain.edition import Compiled


def check_tree(files: Mapping[str, bytes], render: Render) -> tuple[dict[str, Compiled], list[Problem]]:
    """Compile every course of a tree; give those that are sound, and all problems of all texts in order."""
    problems = Problems()
    registers = read_registers(files, problems)
    sound: dict[str, Compiled] = {}
    compile_glossary(files, render, registers, problems)
    keys = course_keys(files)
    if not keys:
        problems.add("courses", 0, "There is no course here. A course is a folder in courses/ with a file course.md.")
    for key in keys:
        try:
            sound[key] = compile_course(files, key, render, registers)
        except ContentError as error:
            problems.extend(error.problems)
    _check_unused(files, problems)
    for key, compiled in sound.items():
        for other in compiled.course.requires:
            if other not in keys:
                problems.add(f"courses/{key}/course.md", 1, "requires names “%(key)s”, which is no course.", key=other)
    return sound, sorted(set(problems), key=lambda p: (p.path, p.line, p.message.key))


def _check_unused(files: Mapping[str, bytes], problems: Problems) -> None:
    """Quizzes share one set of keys, whether a course uses them or not."""
    first: dict[str, str] = {}
    for path in quiz_paths(files):
        noted = Problems()
        source = read_source(path, files[path], noted)
        key = read_quiz(source, Pieces(), noted).key if source else key_of(path, Front(path), noted)
        problems.extend(noted)
        if key in first:
            problems.add(
                path, 1, "The quiz “%(key)s” has the same key as %(other)s. Change one.", key=key, other=first[key]
            )
        first.setdefault(key, path)
