"""The types of Moodle that have choices, pairs and typed answers, as ours."""

import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from xml.etree.ElementTree import Element

from elearning.domain.message import Message, message
from elearning.domain.questions import number, short
from elearning.domain.written import Choice, Choices, Pair
from elearning.exchange.marks import escaped
from elearning.exchange.questions.asking import ask_and_stem
from elearning.exchange.questions.choosing import chosen, share_of
from elearning.exchange.questions.from_html import Page, as_plain, markdown_of
from elearning.exchange.questions.given_words import given, usual_heads
from elearning.exchange.questions.pairing import paired
from elearning.exchange.questions.typed import accepted_of, numbers_of
from elearning.exchange.questions.xml_reading import child_of, children_of, text_in

# Type, heading, stem and body; None where the question cannot be asked here.
Shaped = tuple[str, str, str, object] | None
_NO = frozenset({"false", "0"})
_USUAL_FEEDBACK = re.compile(
    r"(?i)^(|your answer is (correct|partially correct|incorrect)\.?|câu trả lời của bạn (đúng|đúng một phần|sai)\.?"
    r"|that's right[!.]?)$"
)


@dataclass(slots=True)
class Reading:
    """A question while it is being read."""

    element: Element
    kind: str
    page: Page
    notes: list[Message] = field(default_factory=list)

    def words(self, name: str) -> str:
        """A part of the question as Markdown; empty where it has none."""
        part = child_of(self.element, name)
        return self.words_of(part) if part is not None else ""

    def words_of(self, part: Element) -> str:
        """An element with a form and a text as Markdown."""
        inner = child_of(part, "text")
        text = inner.text if inner is not None else part.text
        return markdown_of(text or "", part.get("format") or "html", self.page)

    def asked(self) -> tuple[str, str] | None:
        """Heading and stem; None, with the reason, where nothing is asked."""
        words, title = self.words("questiontext"), text_in(self.element, "name", "text")
        if not words.strip():
            self.notes.append(message("The question has no words. Write what is asked."))
            return None
        return ask_and_stem(words, title)

    def share(self, answer: Element) -> Fraction:
        """The weight of an answer; nothing, with a note, where it is none."""
        written = answer.get("fraction", "0")
        try:
            return share_of(written)
        except ValueError:
            self.notes.append(message("“%(weight)s” is no weight. It was taken as nothing.", weight=written[:20]))
            return Fraction(0)

    def feedback(self, answer: Element) -> str:
        """What is said of an answer."""
        part = child_of(answer, "feedback")
        return self.words_of(part) if part is not None else ""

    def note_feedback(self) -> None:
        """Note what Moodle says of right, partly right and wrong answers as a whole, where somebody wrote it."""
        for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
            words = as_plain(self.words(name))
            if not _USUAL_FEEDBACK.fullmatch(words):
                self.notes.append(
                    message("What is said of all such answers has no place here: %(said)s", said=words[:200])
                )

    def is_no(self, name: str, usual: str = "") -> bool:
        """Whether a setting says no."""
        return (text_in(self.element, name) or usual).lower() in _NO


def choices(reading: Reading) -> Shaped:
    """One or several answers to choose; those that are not mixed all keep their place."""
    asked = reading.asked()
    keep = reading.is_no("shuffleanswers")
    options = [
        Choice(reading.words_of(one), reading.share(one), reading.feedback(one), keep)
        for one in children_of(reading.element, "answer")
    ]
    all_or_nothing = reading.kind == "multichoiceset"
    if all_or_nothing:
        rights = sum(one.share > 0 for one in options) or 1
        options = [replace(one, share=Fraction(1 if one.share > 0 else -1, rights)) for one in options]
    kind, body, notes = chosen(options, several=all_or_nothing or reading.is_no("single"))
    reading.notes += notes
    if asked is None or body is None:
        return None
    return kind, *asked, replace(body, credit="all") if all_or_nothing else body


def true_false(reading: Reading) -> Shaped:
    """True or false, as one choice."""
    asked = reading.asked()
    found = {text_in(one, "text").lower(): one for one in children_of(reading.element, "answer")}
    if asked is None or set(found) != {"true", "false"}:
        reading.notes.append(message("True or false needs exactly these two answers."))
        return None
    near = " ".join(asked)
    options = tuple(
        Choice(given(word, near), Fraction(reading.share(found[word]) == 1), reading.feedback(found[word]))
        for word in ("true", "false")
    )
    if sum(one.share for one in options) != 1:
        reading.notes.append(message("No answer is worth anything. Say which one is right."))
        return None
    return "one", *asked, Choices(options)


def typed(reading: Reading) -> Shaped:
    """Words that are typed."""
    asked = reading.asked()
    found = [
        (as_plain(text_in(one, "text")), reading.share(one), reading.feedback(one))
        for one in children_of(reading.element, "answer")
    ]
    accepted, notes = accepted_of(found)
    reading.notes += notes
    if asked is None or not accepted:
        return None
    return "short", *asked, short.Body(accepted, text_in(reading.element, "usecase") == "1")


def numerical(reading: Reading) -> Shaped:
    """A number with its tolerance; the unit that is worth as much as it says is shown beside the field."""
    asked = reading.asked()
    found = [
        (text_in(one, "text"), text_in(one, "tolerance") or "0", reading.share(one), reading.feedback(one))
        for one in children_of(reading.element, "answer")
    ]
    accepted, notes = numbers_of(found)
    reading.notes += notes
    units = [
        (text_in(one, "multiplier"), as_plain(text_in(one, "unit_name")))
        for one in children_of(child_of(reading.element, "units"), "unit")
    ]
    unit = next((name for factor, name in units if float(factor or 1) == 1 and re.match(r"[^\d\s=]", name)), "")
    if len(units) > 1:
        reading.notes.append(message("Only the unit “%(unit)s” was kept; the number is typed in it.", unit=unit))
    if asked is None or not accepted:
        return None
    return "number", *asked, number.Body(accepted, unit)


def matching(reading: Reading) -> Shaped:
    """Pairs; a side that is empty is a decoy."""
    asked = reading.asked()
    rows = [
        Pair(" ".join(reading.words_of(one).split()), _right(reading, one))
        for one in children_of(reading.element, "subquestion")
    ]
    kind, body, notes = paired(rows, usual_heads(" ".join(asked or ())))
    reading.notes += notes
    return None if asked is None or body is None else (kind, *asked, body)


def _right(reading: Reading, row: Element) -> str:
    """What belongs to a row: Moodle holds it in plain words, but where pictures can be dragged."""
    answer = child_of(row, "answer")
    if answer is None:
        return ""
    if reading.kind == "ddmatch":
        return " ".join(reading.words_of(answer).split())
    return escaped(as_plain(text_in(answer, "text")))


def ordering(reading: Reading) -> Shaped:
    """Things in their right order, as they stand in the file."""
    asked = reading.asked()
    items = sorted(children_of(reading.element, "answer"), key=_rank)
    options = tuple(Choice(reading.words_of(one)) for one in items)
    if text_in(reading.element, "gradingtype") not in ("", "1", "RELATIVE_NEXT_EXCLUDE_LAST"):
        reading.notes.append(
            message("It is counted in another way there. Here neighbours that follow one another count.")
        )
    if text_in(reading.element, "selecttype") not in ("", "0", "ALL"):
        reading.notes.append(message("Only some of the things are drawn there. Here all are put in order."))
    if not 3 <= len(options) <= 12:
        reading.notes.append(
            message("A question of order has 3 to %(most)s things; this has %(now)s.", most=12, now=len(options))
        )
        return None
    return None if asked is None else ("order", *asked, Choices(options))


def _rank(answer: Element) -> float:
    try:
        return float(answer.get("fraction") or 0)
    except ValueError:
        return 0.0
