"""Answers that are typed, as other platforms weigh them; here a typed answer is right or wrong."""

from collections.abc import Sequence
from fractions import Fraction

from elearning.domain.message import Message, message
from elearning.domain.questions.number import Accepted, number_words, read_number
from elearning.domain.questions.short import LONGEST


def accepted_of(answers: Sequence[tuple[str, Fraction, str]]) -> tuple[tuple[str, ...], list[Message]]:
    """The answers that are accepted, of words with weights and feedback, and what became of the others."""
    notes: list[Message] = []
    accepted: list[str] = []
    for words, share, feedback in answers:
        text = words.replace("*", "").strip()
        if _is_left_out(words, text, share, feedback, notes):
            continue
        if text != words:
            notes.append(
                message(
                    "“%(words)s” stands for more than one answer there; here only “%(text)s” is accepted.",
                    words=words,
                    text=text,
                )
            )
        accepted += [] if text in accepted else [text]
    if not accepted:
        notes.append(message("No typed answer is worth everything. Write one that is right."))
    return tuple(accepted), notes


def _is_left_out(words: str, text: str, share: Fraction, feedback: str, notes: list[Message]) -> bool:
    if feedback:
        notes.append(
            message(
                "The word on “%(words)s” has no place at a typed answer: %(said)s",
                words=words[:80],
                said=feedback[:200],
            )
        )
    if not text:
        return True
    if share <= 0:
        return True
    if len(text) > LONGEST:
        notes.append(message("An answer of more than %(most)s characters was left out.", most=LONGEST))
        return True
    if share < 1:
        notes.append(
            message(
                "“%(words)s” earns a part there; a typed answer is right or wrong here. It was left out.",
                words=words[:80],
            )
        )
        return True
    return False


def numbers_of(answers: Sequence[tuple[str, str, Fraction, str]]) -> tuple[tuple[Accepted, ...], list[Message]]:
    """The numbers that are accepted, of values and tolerances as written, weights and feedback."""
    notes: list[Message] = []
    accepted: list[Accepted] = []
    for value, tolerance, share, feedback in answers:
        if feedback:
            notes.append(
                message(
                    "The word on “%(words)s” has no place at a typed answer: %(said)s",
                    words=value[:80],
                    said=feedback[:200],
                )
            )
        if value == "*" or share <= 0:
            continue
        exact, near = exactly(value), exactly(tolerance)
        if exact is None or near is None:
            notes.append(message("“%(words)s” is no number. It was left out.", words=value[:80]))
        elif share < 1:
            notes.append(
                message(
                    "“%(words)s” earns a part there; a typed answer is right or wrong here. It was left out.",
                    words=value[:80],
                )
            )
        else:
            accepted.append(Accepted(exact, abs(near)))
    if not accepted:
        notes.append(message("No number is worth everything. Write one that is right."))
    return tuple(accepted), notes


def exactly(text: str) -> Fraction | None:
    """A number as other platforms write it, where a point always parts the decimals; None for what is none."""
    bare = text.strip().replace(",", ".")
    if not bare or len(bare) > 40 or "_" in bare:
        return None
    try:
        whole, sign, power = bare.lower().partition("e")
        if sign and abs(int(power)) > 12:
            return None
        value = Fraction(whole) * (Fraction(10) ** int(power) if sign else 1)
    except (ValueError, ZeroDivisionError):
        return None
    # Only what can be written in a bank and read again is exact enough.
    return value if read_number(number_words(value)) == value else None
