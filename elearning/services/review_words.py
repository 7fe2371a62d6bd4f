"""What a quiz shows and when, in the words in which learners and trainers read it."""

from collections.abc import Mapping
from dataclasses import dataclass

from elearning.domain.behaviour import may_check
from elearning.domain.message import Message, message
from elearning.domain.quiz import Rules
from elearning.domain.review import ASPECTS, Aspect, Moment, Review, Shown, preset_of

PRESET_WORDS: Mapping[str, Message] = {
    "after-submit": message("After handing in you see every question with its answer and the reason."),
    "after-pass": message(
        "You see every question with its answer once you have passed, or have used your last attempt."
    ),
    "after-closing": message(
        "After handing in you see your result; every question with its answer once the quiz has closed."
    ),
    "right-or-wrong": message(
        "After handing in you see your answers and which were right, but not the right answers themselves."
    ),
    "marks-only": message("After handing in you see your result and what to read again, not the answers."),
    "nothing": message("After handing in you see only whether you have passed."),
}
MOMENT_WORDS: Mapping[Moment, Message] = {
    "during": message("While answering, when an answer is checked"),
    "after": message("In the first 15 minutes after handing in"),
    "open": message("Later, while the quiz is open"),
    "closed": message("After the quiz has closed"),
}
ASPECT_WORDS: Mapping[Aspect, Message] = {
    "answers": message("the questions and your own answers"),
    "right": message("whether each was right"),
    "points": message("points"),
    "feedback": message("what is said of each option"),
    "explanation": message("the explanation with its legal basis"),
    "answer": message("the right answer"),
    "overall": message("what is said of the whole result"),
}


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One moment, and what is shown then; `all` where everything is."""

    moment: Message
    shown: tuple[Message, ...]
    all: bool


def in_short(review: Review) -> Message | None:
    """The sentence for a matrix that has a name; None for one with rows of its own."""
    return PRESET_WORDS.get(preset_of(review))


def line_by_line(rules: Rules) -> tuple[ReviewLine, ...]:
    """A matrix moment by moment; the moment of answering only where answers can be checked while the attempt runs."""
    moments = [moment for moment in MOMENT_WORDS if moment != "during" or may_check(rules)]
    return tuple(_line(moment, rules.review.at(moment)) for moment in moments)


def _line(moment: Moment, shown: Shown) -> ReviewLine:
    words = tuple(ASPECT_WORDS[aspect] for aspect in ASPECTS if aspect in shown)
    return ReviewLine(MOMENT_WORDS[moment], words, len(words) == len(ASPECTS))
