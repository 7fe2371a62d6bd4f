"""Choices, orders and hot text of QTI as ours."""

from dataclasses import replace
from fractions import Fraction
from xml.etree.ElementTree import Element

from elearning.domain.message import message
from elearning.domain.questions.gaps import MOST_GAPS, gap
from elearning.domain.written import Choice, Choices, Faults, Mark
from elearning.exchange.questions.choosing import chosen
from elearning.exchange.questions.qti_names import attribute, inner_html, name, within
from elearning.exchange.questions.qti_reading import Reading, Shaped
from elearning.exchange.questions.qti_scoring import Declared

# How far figures with few decimals may lie from the share that was meant, and those with many.
_THIRD, _DIGITS = Fraction(1, 5000), Fraction(1, 10**7)


def choices(reading: Reading, interaction: Element) -> Shaped | None:
    """Answers to choose; a mapping gives their weights, a correct response alone is all or nothing."""
    declared = reading.declared(interaction)
    several = declared.cardinality != "single" or attribute(interaction, "maxchoices", "1") != "1"
    found = within(interaction, "simplechoice")
    keep_all = attribute(interaction, "shuffle") == "false"
    options = [
        Choice(
            reading.words_of(one), _share(reading, declared, attribute(one, "identifier")), reading.feedback_of(one),
            keep_all or attribute(one, "fixed") == "true",
        )
        for one in found
    ]  # fmt: skip
    if not declared.correct and not declared.mapping:
        return _poll(reading, options, several)
    by_all = several and not reading.scoring.mapped
    if by_all:
        rights = max(1, sum(one.share > 0 for one in options))
        options = [replace(one, share=Fraction(1 if one.share > 0 else -1, rights)) for one in options]
    kind, body, notes = chosen(options, several)
    reading.notes += notes
    if body is None:
        return None
    return kind, replace(body, credit="all") if by_all else body


def _share(reading: Reading, declared: Declared, identifier: str) -> Fraction:
    if not reading.scoring.mapped or not declared.mapping:
        return Fraction(identifier in declared.correct)
    value = declared.mapping.get(identifier, declared.default)
    return exact_share(value / declared.best if declared.best else value)


def exact_share(share: Fraction) -> Fraction:
    """The share that was meant by a quotient of rounded figures: one with few decimals, a third and the like, or a finer part.

    >>> exact_share(Fraction("0.33333")), exact_share(Fraction("0.3330000001"))
    (Fraction(1, 3), Fraction(333, 1000))
    """
    few, near, finer = round(share, 3), share.limit_denominator(12), share.limit_denominator(999)
    if abs(few - share) < _DIGITS:
        return few
    return near if abs(near - share) < _THIRD else finer if abs(finer - share) < _DIGITS else share


def _poll(reading: Reading, options: list[Choice], several: bool) -> Shaped | None:
    if not 2 <= len(options) <= 12:
        reading.notes.append(message("A question with choices needs at least two answers."))
        return None
    if reading.scoring.processed:
        reading.notes.append(
            message("No answer is marked right there, so it was taken as a poll. Say what is right if it is none.")
        )
    return "poll", Choices(tuple(options), several)


def order(reading: Reading, interaction: Element) -> Shaped | None:
    """Things in their right order."""
    declared = reading.declared(interaction)
    found = {attribute(one, "identifier"): one for one in within(interaction, "simplechoice")}
    if set(declared.correct) != set(found) or len(declared.correct) != len(found):
        reading.notes.append(message("The right order does not name each thing once."))
        return None
    if not 3 <= len(found) <= 12:
        reading.notes.append(
            message("A question of order has 3 to %(most)s things; this has %(now)s.", most=12, now=len(found))
        )
        return None
    keep = {key: attribute(one, "fixed") == "true" for key, one in found.items()}
    return "order", Choices(
        tuple(
            Choice(reading.words_of(found[key]), Fraction(0), reading.feedback_of(found[key]), keep[key])
            for key in declared.correct
        )
    )


def hot_text(reading: Reading, interaction: Element) -> Shaped | None:
    """Parts of a text that can be marked; the right ones are the faults."""
    declared, marks = reading.declared(interaction), list[Mark]()
    rights = declared.correct or tuple(key for key, value in declared.mapping.items() if value > 0)

    def placed(element: Element) -> str | None:
        if name(element) == "prompt":
            return ""
        if name(element) != "hottext":
            return None
        marks.append(Mark(reading.line_of(element), attribute(element, "identifier") in rights))
        return gap(min(len(marks), MOST_GAPS))

    text = reading.page.markdown(inner_html(interaction, placed))
    faults = sum(mark.fault for mark in marks)
    if not 2 <= len(marks) <= MOST_GAPS or not 0 < faults < len(marks) or not all(mark.words for mark in marks):
        reading.notes.append(
            message("A text with faults needs 2 to %(most)s parts to mark, some right and some wrong.", most=MOST_GAPS)
        )
        return None
    return "faults", Faults(text, tuple(marks))
