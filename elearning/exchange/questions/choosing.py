"""Answers with weights as one of our types: one choice, several choices or graded choices."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from elearning.domain.message import Message, message
from elearning.domain.written import Choice, Choices

MOST_OPTIONS = 12
_NEAR = Fraction(1, 5000)
# Thirds, sixths, sevenths and the like, as other platforms round them.
_KNOWN = tuple(Fraction(part, whole) for whole in (3, 6, 7, 8, 9, 11, 12) for part in range(1, whole))


def share_of(percent: str | float) -> Fraction:
    """A weight in percent as an exact share: 33.33333 is a third. Raises ValueError for what is no number.

    >>> share_of("33.33333"), share_of("-50")
    (Fraction(1, 3), Fraction(-1, 2))
    """
    text = str(percent).strip().replace(",", ".")
    if len(text) > 30 or "e" in text.lower() or "/" in text:
        raise ValueError(text)
    share = Fraction(text) / 100
    if not share * 1000 % 1:
        return share
    near = next((known for known in _KNOWN if abs(abs(share) - known) < _NEAR), None)
    if near is None:
        return share
    return near if share > 0 else -near


def chosen(options: Sequence[Choice], several: bool) -> tuple[str, Choices | None, list[Message]]:
    """The type and body of answers that have weights, and what was changed; no body where it cannot be asked.

    One right answer and others worth nothing are one choice. Where each right one is worth the same part of all, and each
    wrong one takes as much, it is several choices, which count right minus wrong; all else is graded.
    """
    notes: list[Message] = []
    if len(options) < 2:
        return "", None, [message("A question with choices needs at least two answers.")]
    if len(options) > MOST_OPTIONS:
        return (
            "",
            None,
            [
                message(
                    "This question has %(now)s answers; at most %(most)s can stand in one. Part it in two.",
                    now=len(options),
                    most=MOST_OPTIONS,
                )
            ],
        )
    options = _parted(options, notes)
    shares = [one.share for one in options]
    if max(shares) <= 0:
        return "", None, [message("No answer is worth anything. Say which one is right.")]
    kind = _kind(shares, several)
    if kind == "graded":
        if len(set(shares)) == 1:
            return "", None, [message("All answers are worth the same, so nothing is asked.")]
        return kind, Choices(tuple(_added_up(options, several, notes)), several=several), notes
    return kind, Choices(tuple(replace(one, share=Fraction(one.share > 0)) for one in options)), notes


def _kind(shares: Sequence[Fraction], several: bool) -> str:
    rights = sum(share > 0 for share in shares)
    if not several and rights == 1 and set(shares) == {Fraction(0), Fraction(1)}:
        return "one"
    return "several" if several and _right_minus_wrong(shares, rights) else "graded"


def _right_minus_wrong(shares: Sequence[Fraction], rights: int) -> bool:
    return all(share in (Fraction(1, rights), Fraction(-1, rights)) for share in shares)


def _added_up(options: Sequence[Choice], several: bool, notes: list[Message]) -> Sequence[Choice]:
    """The options with weights that let everything be earned, and no weight beyond -100% and 100%."""
    positive = [one.share for one in options if one.share > 0]
    total = sum(positive, Fraction(0)) if several else max(positive)
    if total < 1:
        notes.append(
            message(
                "The weights come to %(now)s%% together. They were raised in proportion until everything can be earned.",
                now=_percent(total),
            )
        )
        options = [replace(one, share=one.share / total if one.share > 0 else one.share) for one in options]
    elif several and total > 1:
        notes.append(
            message(
                "The weights come to %(now)s%% together. They were kept; more than everything cannot be earned.",
                now=_percent(total),
            )
        )
    return options


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.5g}"


def _parted(options: Sequence[Choice], notes: list[Message]) -> list[Choice]:
    """The options with weights between -100% and 100%; of two that are the same only one stays."""
    kept: list[Choice] = []
    for one in options:
        share = max(Fraction(-1), min(Fraction(1), one.share))
        if share != one.share:
            notes.append(message("A weight beyond %(most)s was taken as %(most)s.", most="100%"))
        kept.append(replace(one, share=share))
    return kept
