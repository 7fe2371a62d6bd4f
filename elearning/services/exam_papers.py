"""Examinations on paper: the questions of a quiz as it is being written, drawn once and shuffled for each version."""

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from elearning.content.bank_reader import read_bank
from elearning.content.paper_pieces import pieces, spans
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.question_reader import QuestionDraft
from elearning.content.questions.on_paper import answer_of, form_of, takes_several
from elearning.content.quiz_reader import QuizDraft, read_quiz
from elearning.content.text import read_source
from elearning.content.writing import written
from elearning.domain.drawing import assign, fits
from elearning.domain.errors import Mistaken
from elearning.domain.exam_paper import PaperOption, PaperQuestion, PaperSection, Version, codes, version
from elearning.domain.message import message
from elearning.domain.quiz import Draw
from elearning.domain.written import Choices, WrittenQuestion

MOST_VERSIONS = 24
# Each question as it was parsed, which a draw looks at, and as it was written, which is printed.
_Bank = list[tuple[QuestionDraft, WrittenQuestion]]


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: how many versions, the first code, the seed by which they can be drawn again, and what is shuffled."""

    versions: int = 4
    first: int = 101
    seed: str = "1"
    mix_questions: bool = True
    mix_options: bool = True


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question that cannot be printed: its key, its words, and its type, which says why."""

    key: str
    words: str
    type: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A quiz before it is printed: its title and time, how many of its questions can be printed, and which cannot."""

    title: str
    minutes: int | None
    printed: int
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The versions of a paper, its title and time, and the questions that cannot be printed."""

    title: str
    minutes: int | None
    versions: tuple[Version, ...]
    left_out: tuple[LeftOut, ...]


def draft(files: Mapping[str, bytes], quiz: str, seed: str) -> Draft:
    """What could be printed of a quiz. Raises Mistaken for one that is not there, cannot be read, or cannot be drawn."""
    read, own = _quiz(files, quiz)
    found = [one for _, drawn in _drawn(files, read, own, seed) for _, one in drawn]
    printed = sum(form_of(one) not in (None, "text") for one in found)
    return Draft(read.rules.title, read.rules.minutes, printed, _left_out(found))


def papers(files: Mapping[str, bytes], quiz: str, order: Order) -> Drawn:
    """Draw the questions of a quiz once and shuffle them for each version.

    Raises Mistaken for a quiz that is not there, cannot be read or drawn, has nothing to print, and for too many versions.
    """
    if not 1 <= order.versions <= MOST_VERSIONS or not 1 <= order.first <= 900:
        raise Mistaken(message("Print 1 to %(most)s versions, with codes from 001 to 900.", most=MOST_VERSIONS))
    read, own = _quiz(files, quiz)
    drawn = _drawn(files, read, own, order.seed)
    left_out = _left_out(one for _, found in drawn for _, one in found)
    sections = [
        PaperSection(title, tuple(_printed(files, bank, one) for bank, one in found if form_of(one) is not None))
        for title, found in drawn
    ]
    if not any(one.form != "text" for section in sections for one in section.questions):
        raise Mistaken(message("No question of this quiz can be printed."))
    made = tuple(
        version(code, sections, order.seed, order.mix_questions, order.mix_options)
        for code in codes(order.first, order.versions)
    )
    return Drawn(read.rules.title, read.rules.minutes, made, left_out)


def _left_out(questions: Iterable[WrittenQuestion]) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(one.key, one.ask, one.type) for one in questions if form_of(one) is None)


def _quiz(files: Mapping[str, bytes], quiz: str) -> tuple[QuizDraft, _Bank]:
    path = f"quizzes/{quiz}.md"
    pieced, problems = Pieces(), Problems()
    source = read_source(path, files[path], problems) if path in files else None
    if source is None:
        raise Mistaken(message("There is no quiz “%(quiz)s”.", quiz=quiz[:80]))
    draft = read_quiz(source, pieced, problems)
    if problems:
        raise Mistaken(message("The quiz “%(quiz)s” has problems. Check it first.", quiz=quiz))
    return draft, [(one, written(one, pieced)) for one in draft.questions]


def _bank(files: Mapping[str, bytes], path: str) -> _Bank:
    """The questions of a bank that can be read; a bank that is not there has none."""
    pieced, problems = Pieces(), Problems()
    source = read_source(path, files.get(path, b""), problems)
    drafts = read_bank(source, pieced, problems).questions if source else ()
    return [(one, written(one, pieced)) for one in drafts]


_Sections = list[tuple[str, list[tuple[str, WrittenQuestion]]]]


def _drawn(files: Mapping[str, bytes], draft: QuizDraft, own: _Bank, seed: str) -> _Sections:
    """For each section its heading, and its questions with the path of the text that holds each."""
    rng = Random(f"{seed} {draft.key}")  # noqa: S311 - a paper is to be drawn again by its seed, not to be secret
    draws = [draw for section in draft.sections for draw in section.draws]
    banks: dict[str, _Bank] = {draft.path: own}
    for draw in draws:
        if draw.bank not in banks:
            banks[draw.bank] = _bank(files, draw.bank)
    assigned = assign(_wanted(draws, banks, rng, printable=True)) or assign(_wanted(draws, banks, rng, printable=False))
    if assigned is None:
        raise Mistaken(message("The banks hold too few questions for the quiz “%(quiz)s”.", quiz=draft.key))
    by_key = {(path, one.key): one for path, questions in banks.items() for _, one in questions}
    places = iter(assigned)
    return [
        (section.title, [(found[0], by_key[found]) for _ in section.draws for found in next(places)])
        for section in draft.sections
    ]


def _wanted(
    draws: Sequence[Draw], banks: Mapping[str, _Bank], rng: Random, printable: bool
) -> list[tuple[int, list[tuple[str, str]]]]:
    """For each draw how many, and the candidates; of questions that can be printed alone where these are enough."""
    wanted = []
    for draw in draws:
        fit = [one for sketch, one in banks[draw.bank] if fits(sketch, draw)]
        fit = [one for one in fit if form_of(one) is not None or draw.question] if printable else fit
        found = [(draw.bank, one.key) for one in fit]
        wanted.append((draw.count, rng.sample(found, len(found))))
    return wanted


def _printed(files: Mapping[str, bytes], path: str, question: WrittenQuestion) -> PaperQuestion:
    folder = posixpath.dirname(path)
    near = {name.removeprefix(f"{folder}/"): data for name, data in files.items() if name.startswith(f"{folder}/")}
    asked = pieces(f"{question.ask}\n\n{question.stem}", near)
    several = takes_several(question)
    options: tuple[PaperOption, ...] = ()
    if isinstance(question.body, Choices):
        best = max(one.share for one in question.body.options)
        options = tuple(
            PaperOption(spans(one.text), one.share > 0 if several else one.share == best, one.keep)
            for one in question.body.options
        )
    form = form_of(question) or "text"
    return PaperQuestion(question.key, form, asked, options, several, answer_of(question), question.points)
