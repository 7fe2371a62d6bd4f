"""What a format cannot say of a question, gathered while it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from elearning.domain.message import Message, message
from elearning.domain.question import PENALTY
from elearning.domain.written import Choices, WrittenQuestion
from elearning.exchange.questions.exported import Unsaid

# What may be lost, and how it is told. `type` stands for a question that comes back as another type, `all` for one left out.
LOSSES: Mapping[str, Message] = {
    "points": message("what it is worth"),
    "difficulty": message("its difficulty"),
    "penalty": message("what a further try costs"),
    "hints": message("its hints"),
    "keep": message("answers that stay in their place"),
    "credit": message("how credit is given"),
    "strict": message("that case and tones count"),
    "unit": message("the unit"),
    "heads": message("the headings of its table"),
    "tolerance": message("the tolerance"),
    "rubric": message("its rubric"),
    "limits": message("its limits"),
    "seconds": message("how long a recording may last"),
    "feedback": message("what is said of an answer"),
    "explanation": message("its explanation"),
    "media": message("its pictures and recordings"),
    "type": message("its type: it becomes another"),
    "all": message("the question itself: it was left out"),
}


@dataclass(slots=True)
class Losses:
    """The losses of one file."""

    found: list[Unsaid] = field(default_factory=list)

    def note(self, question: WrittenQuestion, *parts: str) -> None:
        """Note what could not be said of a question."""
        self.found += [Unsaid(question.key, part, LOSSES[part]) for part in parts]

    def note_common(self, question: WrittenQuestion, *parts: str) -> None:
        """Note those of the common attributes that the format cannot say and the question has."""
        has = {
            "points": question.points != 1,
            "penalty": question.penalty != PENALTY,
            "hints": bool(question.hints),
            "keep": isinstance(question.body, Choices) and any(one.keep for one in question.body.options),
            "media": bool(question.media),
        }
        self.note(question, *(part for part in parts if has[part]))


def percent(share: Fraction) -> str:
    """A share in percent with at most five decimals, as Moodle writes its weights.

    >>> percent(Fraction(1, 3)), percent(Fraction(-1, 2))
    ('33.33333', '-50')
    """
    return f"{float(share * 100):.5f}".rstrip("0").rstrip(".")
