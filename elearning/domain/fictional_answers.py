"""Answers as made-up people would give them, for every type alike: the type itself knows a right one and how to guess."""

from collections.abc import Sequence
from random import Random

from elearning.domain.question import Question
from elearning.domain.questions import TYPES


def right(question: Question, order: Sequence[int]) -> object:
    """A response that earns all of the points, in its stored form; None where there is no such thing."""
    found: object = TYPES[question.type].right_value(question.body, order)
    return found


def guessed(question: Question, order: Sequence[int], rng: Random) -> object:
    """A response drawn blindly, in its stored form, right only by chance; None where nothing is asked."""
    found: object = TYPES[question.type].guess(question.body, order, rng)
    return found
