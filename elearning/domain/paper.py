"""Drawing a paper: which questions, in which order, with options in which order. Chance is a seeded argument."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from elearning.domain.drawing import assign, fits
from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.question import Question
from elearning.domain.questions import TYPES
from elearning.domain.quiz import Quiz


@dataclass(frozen=True, slots=True)
class Slot:
    """One place on a paper. `order` gives the source's places of the options in the order shown."""

    number: int
    bank: str
    question: str
    digest: str
    order: tuple[int, ...]
    points: Fraction


def draw_paper(quiz: Quiz, banks: Mapping[str, Mapping[str, Question]], rng: Random) -> tuple[Slot, ...]:
    """Draw a paper from questions by bank and key. The same seed, quiz and banks give the same paper.

    Raises Mistaken when the draws cannot be met together; the checker proves before publishing that they can.
    """
    chosen: list[tuple[str, Question]] = []
    taken = assign(_wanted(quiz, banks, rng))
    if taken is None:
        raise Mistaken(message("This quiz asks for more questions than its banks hold. Tell the trainer."))
    for picks in taken:
        part = [(bank, banks[bank][key]) for bank, key in picks]
        chosen.extend(rng.sample(part, len(part)) if quiz.rules.shuffle_questions else part)
    return tuple(_slot(number, bank, question, quiz, rng) for number, (bank, question) in enumerate(chosen, 1))


def _wanted(
    quiz: Quiz, banks: Mapping[str, Mapping[str, Question]], rng: Random
) -> list[tuple[int, list[tuple[str, str]]]]:
    """For each draw how many, and the candidates in an order left to chance."""
    wanted = []
    for section in quiz.sections:
        for draw in section.draws:
            candidates = [(draw.bank, question.key) for question in banks[draw.bank].values() if fits(question, draw)]
            wanted.append((draw.count, rng.sample(candidates, len(candidates))))
    return wanted


def _slot(number: int, bank: str, question: Question, quiz: Quiz, rng: Random) -> Slot:
    order = TYPES[question.type].draw(question.body, rng, quiz.rules.shuffle_options)
    points = Fraction(0) if TYPES[question.type].MARKED == "never" else question.points
    return Slot(number, bank, question.key, question.digest, tuple(order), points)
