"""Checks that reach across the texts of a course: draws, facts, objectives, bases, and what completes it."""

from elearning.content.course_reader import CourseDraft
from elearning.content.problems import Problems
from elearning.content.question_reader import QuestionDraft
from elearning.content.quiz_reader import QuizDraft
from elearning.content.reading import Reading, Registers
from elearning.domain.drawing import assign, fits
from elearning.domain.law import read_basis
from elearning.domain.quiz import Draw


def check_crossings(reading: Reading, course: CourseDraft) -> None:
    """Note everything that is right in its own text and wrong beside the others."""
    for lesson in reading.lessons.values():
        _facts(lesson.path, lesson.facts_line, lesson.facts, reading.registers, reading.problems)
    objectives = {key for lesson in reading.lessons.values() for key in lesson.objectives}
    for bank in reading.banks.values():
        for question in bank.questions:
            check_question(bank.path, question, reading.registers, objectives, reading.problems)
    for lesson in reading.lessons.values():
        for question in lesson.questions:
            check_question(lesson.path, question, reading.registers, objectives, reading.problems)
    for quiz in reading.quizzes.values():
        _draws(reading, quiz)
    _complete(reading, course)
    _objectives_once(reading)


def check_beside(reading: Reading, objectives: set[str]) -> None:
    """The same for texts that are looked at by themselves: whatever of it needs no outline."""
    for lesson in reading.lessons.values():
        _facts(lesson.path, lesson.facts_line, lesson.facts, reading.registers, reading.problems)
        for question in lesson.questions:
            check_question(lesson.path, question, reading.registers, objectives, reading.problems)
    for bank in reading.banks.values():
        for question in bank.questions:
            check_question(bank.path, question, reading.registers, objectives, reading.problems)
    for quiz in reading.quizzes.values():
        _draws(reading, quiz)


def _facts(path: str, line: int, facts: tuple[str, ...], registers: Registers, problems: Problems) -> None:
    for fact in facts:
        if fact not in registers.facts:
            problems.add(
                path,
                line,
                "The fact “%(fact)s” is not in courses/facts.md. Correct it, or add the fact there with its source.",
                fact=fact,
            )


def check_question(
    path: str, question: QuestionDraft, registers: Registers, objectives: set[str] | None, problems: Problems
) -> None:
    """Note what a question names that is not there. `objectives` is None where no course is looked at."""
    at = question.text.attributes_line
    _facts(path, at, question.facts, registers, problems)
    for basis in question.basis:
        read = read_basis(basis)
        if registers.laws is not None and read is not None and read.law not in registers.laws:
            problems.add(
                path,
                at,
                "There is no legal document with the key “%(key)s” in courses/laws.md. Correct the key, or add the document there.",
                key=read.law,
            )
    if question.objective and objectives is not None and question.objective not in objectives:
        problems.add(
            path,
            at,
            "No lesson of the course has the objective “%(key)s”. Correct it, or add it to a lesson.",
            key=question.objective,
        )


def _draws(reading: Reading, quiz: QuizDraft) -> None:
    wanted: list[tuple[int, list[tuple[str, str]]]] = []
    complete = True
    for draw, line in quiz.draw_lines:
        bank = reading.banks.get(draw.bank)
        if bank is None:
            reading.problems.add(
                quiz.path, line, "There is no bank “%(bank)s”. Check the name of the file.", bank=draw.bank
            )
            complete = False
            continue
        complete = complete and len(bank.questions) == bank.count
        keys = [question.text.key for question in bank.questions if fits(question, draw)]
        if _is_short(reading, quiz, draw, line, len(keys)):
            complete = False
        wanted.append((draw.count, [(draw.bank, key) for key in keys]))
    if complete and assign(wanted) is None:
        reading.problems.add(
            quiz.path,
            quiz.draw_lines[0][1],
            "Each draw can be met alone, but not all together without using a question twice. Ask for fewer, or add questions.",
        )


def _is_short(reading: Reading, quiz: QuizDraft, draw: Draw, line: int, found: int) -> bool:
    """Whether a draw asks for what the bank does not have, or for a question that is retired; either is noted."""
    bank = reading.banks[draw.bank]
    if draw.question in {one.key for one in bank.questions if one.retired}:
        reading.problems.add(
            quiz.path,
            line,
            "The question “%(key)s” is retired and cannot be asked. Name another, or take retired=yes away from it.",
            key=draw.question,
        )
        return True
    if found < draw.count and len(bank.questions) == bank.count:
        reading.problems.add(
            quiz.path,
            line,
            "This draw asks for %(wanted)s questions; the bank has %(found)s that fit.",
            wanted=draw.count,
            found=found,
        )
        return True
    return False


def _complete(reading: Reading, course: CourseDraft) -> None:
    files = {lesson.path.rsplit("/", 1)[-1] for lesson in reading.lessons.values()}
    for entry in course.complete:
        known = (
            entry.removeprefix("quiz:") in reading.quizzes
            if entry.startswith("quiz:")
            else entry in reading.lessons or entry in files
        )
        if not known:
            reading.problems.add(
                course.path,
                course.complete_line,
                "complete names “%(entry)s”, which is not in the outline.",
                entry=entry,
            )


def _objectives_once(reading: Reading) -> None:
    seen: dict[str, str] = {}
    for lesson in reading.lessons.values():
        for key, words in lesson.objectives.items():
            if key in seen and seen[key] != words:
                reading.problems.add(
                    lesson.path,
                    1,
                    "The objective “%(key)s” has other words in another lesson. Use the same words, or another key.",
                    key=key,
                )
            seen[key] = words
