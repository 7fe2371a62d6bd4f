"""What stands between the braces of GIFT, as one of our types."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from elearning.domain.message import Message, message
from elearning.domain.questions import number, short
from elearning.domain.questions.blanks import Blank
from elearning.domain.questions.gaps import gap
from elearning.domain.written import Choice, Nothing, Pair, Statement, WrittenQuestion
from elearning.exchange.questions.asking import ask_and_stem, blanks_asked
from elearning.exchange.questions.choosing import chosen, share_of
from elearning.exchange.questions.from_html import Page, as_plain, markdown_of
from elearning.exchange.questions.gift_blocks import Answer, Parts, answers_of, form_of, show
from elearning.exchange.questions.given_words import given, usual_heads, usual_rubric
from elearning.exchange.questions.pairing import paired
from elearning.exchange.questions.typed import accepted_of, numbers_of

_TRUE_FALSE = re.compile(r"(?i)(T|TRUE|F|FALSE)")
_GAP_LINE = " …… "


@dataclass(slots=True)
class _Reading:
    """A question while it is being read: its text and what was noted."""

    parts: Parts
    page: Page
    notes: list[Message] = field(default_factory=list)

    def words(self, text: str) -> str:
        """A text of the question as Markdown, in the form that it names or that the question has."""
        form, bare = form_of(text, self.parts.form)
        return markdown_of(show(bare), form, self.page)


def question_of(parts: Parts, page: Page) -> tuple[WrittenQuestion | None, list[Message]]:
    """The question without its key; None, with the reason, where it cannot be asked here."""
    reading = _Reading(parts, page)
    if not parts.answers:
        kind, body = "description", Nothing()
        return _asked(reading, kind, body, reading.words(parts.texts[0]), ""), reading.notes
    answers, explanation = _without_feedback(parts.answers[-1])
    around = any(show(text) for text in parts.texts[1:])
    if len(parts.answers) > 1 or (around and _can_be_blank(answers)):
        return _blanks(reading, (*parts.answers[:-1], answers), explanation), reading.notes
    text = _GAP_LINE.join(text.strip() for text in parts.texts) if around else parts.texts[0]
    found = _body(reading, answers)
    if found is None:
        return None, reading.notes
    return _asked(reading, *found, reading.words(text), explanation), reading.notes


def _without_feedback(answers: str) -> tuple[str, str]:
    """The answers, and what is said of the question as a whole."""
    bare, sign, feedback = answers.partition("####")
    return bare.strip(), feedback.strip() if sign else ""


def _asked(reading: _Reading, kind: str, body: Any, words: str, explanation: str) -> WrittenQuestion | None:
    if not words.strip() and not reading.parts.title:
        reading.notes.append(message("The question has no words. Write what is asked."))
        return None
    ask, stem = ask_and_stem(words, reading.parts.title)
    return WrittenQuestion("", kind, ask, body, stem, reading.words(explanation))


def _body(reading: _Reading, answers: str) -> tuple[str, Any] | None:
    """Type and body by the signs between the braces, in the order in which Moodle looks for them."""
    if not answers:
        reading.notes.append(
            message("Open work has no rubric there. One of a single criterion was put; write what you look at.")
        )
        return "statement", Statement(usual_rubric(reading.parts.texts[0]))
    if answers.startswith("#"):
        return _numbers(reading, answers[1:])
    if "~" in answers:
        return _choices(reading, answers)
    if "=" in answers and "->" in answers:
        return _pairs(reading, answers)
    if _TRUE_FALSE.fullmatch(answers.partition("#")[0].strip()):
        return _true_false(reading, answers)
    return _typed(reading, answers)


def _share(reading: _Reading, answer: Answer) -> Fraction:
    if not answer.weight:
        return Fraction(answer.right)
    try:
        return share_of(answer.weight)
    except ValueError:
        reading.notes.append(message("“%(weight)s” is no weight. It was taken as nothing.", weight=answer.weight[:20]))
        return Fraction(0)


def _choices(reading: _Reading, answers: str) -> tuple[str, Any] | None:
    found = answers_of(answers)
    options = [Choice(reading.words(one.text), _share(reading, one), reading.words(one.feedback)) for one in found]
    kind, body, notes = chosen(options, several=not any(one.right for one in found))
    reading.notes += notes
    return (kind, body) if body else None


def _true_false(reading: _Reading, answers: str) -> tuple[str, Any] | None:
    said, *feedback = answers.split("#")
    is_true, near = said.strip().upper().startswith("T"), reading.parts.texts[0]
    wrong, right = ([reading.words(one) for one in feedback] + ["", ""])[:2]
    options = [
        Choice(given("true", near), Fraction(is_true), right if is_true else wrong),
        Choice(given("false", near), Fraction(not is_true), wrong if is_true else right),
    ]
    kind, body, _ = chosen(options, several=False)
    return kind, body


def _pairs(reading: _Reading, answers: str) -> tuple[str, Any] | None:
    rows = []
    for one in answers_of(answers):
        left, arrow, right = one.text.partition("->")
        if not arrow:
            reading.notes.append(message("“%(text)s” is no pair. It was left out.", text=show(one.text)[:80]))
            continue
        rows.append(Pair(" ".join(reading.words(left).split()), " ".join(reading.words(right).split())))
    kind, body, notes = paired(rows, usual_heads(reading.parts.texts[0]))
    reading.notes += notes
    return (kind, body) if body else None


def _typed(reading: _Reading, answers: str) -> tuple[str, Any] | None:
    found = [
        (as_plain(show(form_of(one.text)[1])), _share(reading, one) if one.weight else Fraction(1), reading.words(one.feedback))
        for one in answers_of(answers)
    ]  # fmt: skip
    accepted, notes = accepted_of(found)
    reading.notes += notes
    return ("short", short.Body(accepted)) if accepted else None


def _numbers(reading: _Reading, answers: str) -> tuple[str, Any] | None:
    found = []
    for one in answers_of(answers):
        text = show(one.text)
        share = _share(reading, one) if one.weight else Fraction(1)
        found.append((*_range(text), share, reading.words(one.feedback)))
    accepted, notes = numbers_of(found)
    reading.notes += notes
    return ("number", number.Body(accepted)) if accepted else None


def _range(text: str) -> tuple[str, str]:
    """A number and its tolerance as written: `3:2`, or `1..5` for all between."""
    low, dots, high = text.partition("..")
    if not dots:
        value, _, tolerance = text.partition(":")
        return value.strip(), tolerance.strip() or "0"
    try:
        ends = Fraction(low.strip().replace(",", ".")), Fraction(high.strip().replace(",", "."))
    except (ValueError, ZeroDivisionError):
        return text, "0"
    return str(sum(ends) / 2), str(abs(ends[1] - ends[0]) / 2)


def _can_be_blank(answers: str) -> bool:
    """Whether the answers are typed words, or a menu with one right option, all worth everything or nothing."""
    return _blank_of(answers) is not None


def _blank_of(answers: str) -> Blank | None:
    found = answers_of(answers)
    if not found or answers.startswith("#") or "->" in answers or any(one.weight or one.feedback for one in found):
        return None
    words = tuple(as_plain(show(form_of(one.text)[1])) for one in found)
    if not all(words) or any(sign in word for word in words for sign in "{}") or len(set(words)) < len(words):
        return None
    if all(one.right for one in found):
        return Blank(accepted=words)
    rights = [place for place, one in enumerate(found) if one.right]
    return Blank(options=words, right=rights[0]) if len(rights) == 1 else None


def _blanks(reading: _Reading, groups: Sequence[str], explanation: str) -> WrittenQuestion | None:
    blanks = [blank for group in groups if (blank := _blank_of(group)) is not None]
    if len(blanks) < len(groups):
        reading.notes.append(
            message(
                "Several pairs of braces stand here, and one is neither typed words nor a menu with one right word."
            )
        )
        return None
    if len(groups) > 1:
        reading.notes.append(
            message("Several blanks in one text are not known to GIFT. They were taken as such all the same.")
        )
    texts = reading.parts.texts
    text = "".join(
        show_around(text) + (gap(place) if place < len(texts) else "") for place, text in enumerate(texts, 1)
    )
    words = reading.words(text.strip())
    return blanks_asked(words, tuple(blanks), reading.parts.title, reading.words(explanation))


def show_around(text: str) -> str:
    """A part of a text beside a blank, with the spaces at its ends."""
    bare = show(text)
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{bare}{after}" if bare else before
