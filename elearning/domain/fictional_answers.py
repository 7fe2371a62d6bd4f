"""Answers as made-up people would give them: right ones found by the grading itself, others guessed. For every type alike."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from elearning.domain.message import Message
from elearning.domain.question import Question
from elearning.domain.questions import TYPES
from elearning.domain.questions.letters import LETTERS

_TYPED = ("12", "48", "36", "72", "không rõ")


def _first_understood(question: Question, order: Sequence[int], tries: Sequence[object], least: Fraction) -> object:
    """The first try that makes sense to the type and earns at least so much, in its stored form; None for none."""
    kind = TYPES[question.type]
    for value in tries:
        stored = kind.understood(question.body, order, value)
        if isinstance(stored, Message) or kind.is_empty(stored):
            continue
        if kind.grade(question.body, order, stored).share >= least:
            kept: object = stored
            return kept
    return None


def right(question: Question, order: Sequence[int]) -> object:
    """A response that earns all of the points, in its stored form; None where none can be told from the review."""
    told = TYPES[question.type].right_answer(question.body, order)
    if not told:
        return None
    return _first_understood(question, order, (list(told), told[0], str(told[0]).split(" ")[0]), Fraction(1))


def guessed(question: Question, order: Sequence[int], rng: Random) -> object:
    """A response drawn blindly, in its stored form, right only by chance; None where nothing makes sense."""
    letters = list(LETTERS[: len(order)])
    mixed = rng.sample(letters, len(letters))
    some = mixed[: rng.randint(1, len(mixed))] if mixed else []
    # A type takes the first form that it understands: some letters, all of them in an order, one letter, or typed text.
    tries: list[object] = [some, mixed, mixed[0]] if mixed else [rng.choice(_TYPED)]
    return _first_understood(question, order, tries, Fraction(0))
