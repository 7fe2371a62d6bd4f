"""Moodle XML: what Moodle exports of its question bank, with categories, tags, hints and embedded files."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import IO
from xml.etree.ElementTree import Element

from elearning.domain.message import Message, message
from elearning.domain.taking_in import Item, item_of
from elearning.domain.written import WrittenQuestion
from elearning.exchange.questions.asking import Keys, id_of
from elearning.exchange.questions.choosing import share_of
from elearning.exchange.questions.from_html import Page
from elearning.exchange.questions.gift import category_labels
from elearning.exchange.questions.labels import from_labels, is_key
from elearning.exchange.questions.moodle_bodies import (
    Reading,
    Shaped,
    choices,
    matching,
    numerical,
    ordering,
    true_false,
    typed,
)
from elearning.exchange.questions.moodle_open import description, essay, recording
from elearning.exchange.questions.moodle_places import cloze, dragged, selected
from elearning.exchange.questions.moodle_writing import write
from elearning.exchange.questions.typed import exactly
from elearning.exchange.questions.xml_reading import Found, child_of, children_of, elements, text_in
from elearning.exchange.streams import head_of
from elearning.exchange.vietnamese_encodings import decoded

__all__ = ["claims", "read", "write"]
MOST_HINTS = 5
_READERS: Mapping[str, Callable[[Reading], Shaped]] = {
    "multichoice": choices, "multichoiceset": choices, "truefalse": true_false, "shortanswer": typed, "numerical": numerical,
    "matching": matching, "ddmatch": matching, "match": matching, "essay": essay, "description": description, "cloze": cloze,
    "multianswer": cloze, "gapselect": selected, "ddwtos": dragged, "ordering": ordering, "recordrtc": recording,
}  # fmt: skip


def claims(name: str, file: IO[bytes]) -> bool:
    """An XML whose first element is `quiz`."""
    text = decoded(head_of(file, 4000))[0].lstrip()
    return text.startswith("<") and "<quiz" in text and "<question" in decoded(head_of(file, 200_000))[0]


def read(file: IO[bytes]) -> Iterator[Item]:
    """Each question and each category. Raises ExchangeError as `xml_reading.elements` does."""
    notes: list[Message] = []
    keys, category, number = Keys(), "", 0
    for found in elements(file, frozenset({"question"}), notes):
        kind = found.element.get("type", "")
        if kind == "category":
            category = text_in(found.element, "category", "text")
            yield Item(message("Line %(line)s, category", line=found.line), "whole", (), None, found.source)
            continue
        number += 1
        place = message("Question %(number)s, line %(line)s", number=number, line=found.line)
        question, said = _question(found, kind, category, keys)
        yield item_of(place, question, (*said, *(notes if question else ())), found.source, _id_of(found))


def _id_of(found: Found) -> str:
    named = text_in(found.element, "idnumber") or text_in(found.element, "name", "text")
    return named[:200] or id_of(found.source)


def _question(found: Found, kind: str, category: str, keys: Keys) -> tuple[WrittenQuestion | None, list[Message]]:
    reader = _READERS.get(kind)
    if reader is None:
        said = message(
            "There is no type of question here for “%(type)s”. Ask it in another way.", type=kind[:40] or "?"
        )
        return None, [said]
    page = Page(_files(found.element))
    reading = Reading(found.element, kind, page)
    shaped = reader(reading)
    if shaped is None:
        return None, [*reading.notes, *page.notes]
    bare = _dressed(reading, shaped)
    labels = [text_in(tag, "text") for tag in children_of(child_of(found.element, "tags"), "tag")]
    question = replace(bare, **from_labels([*labels, *category_labels(category)]))
    named, title = text_in(found.element, "idnumber"), text_in(found.element, "name", "text")
    wish = next((one for one in (named, title) if is_key(one)), "") or question.ask
    question = replace(question, key=keys.propose(wish), media=tuple(page.media.values()))
    return question, [*reading.notes, *page.notes]


def _files(element: Element) -> dict[str, bytes]:
    """The embedded files of a question by name; one that is damaged is as if it had not come along."""
    files: dict[str, bytes] = {}
    for one in element.iter("file"):
        path = (one.get("path") or "/").strip("/")
        name = one.get("name") or ""
        try:
            data = b64decode("".join((one.text or "").split()), validate=True)
        except (Base64Error, ValueError):
            continue
        files[f"{path}/{name}" if path else name] = files[name] = data
    return files


def _dressed(reading: Reading, shaped: tuple[str, str, str, object]) -> WrittenQuestion:
    """The question with all that does not depend on its type."""
    kind, ask, stem, body = shaped
    reading.note_feedback()
    hidden = text_in(reading.element, "hidden") == "1"
    reading.notes += [message("It is hidden there. Look whether it is still right.")] if hidden else []
    return WrittenQuestion(
        "", kind, ask, body, stem, reading.words("generalfeedback"), _points(reading), penalty=_penalty(reading),
        hints=_hints(reading),
    )  # fmt: skip


def _points(reading: Reading) -> Fraction:
    written = text_in(reading.element, "defaultgrade")
    value = exactly(written) if written else Fraction(1)
    if value is None or not 0 < value <= 100:
        if reading.kind not in ("description", "essay") or written not in ("0", "0.0000000", "0.0"):
            reading.notes.append(message("It is worth %(points)s there. It was given one point.", points=written[:20]))
        return Fraction(1)
    near = value.limit_denominator(12)
    return value if not value * 1000 % 1 else near if abs(near - value) < Fraction(1, 5000) else round(value, 3)


def _penalty(reading: Reading) -> Fraction:
    written = text_in(reading.element, "penalty")
    try:
        share = share_of(str(float(written) * 100)) if written else Fraction(1, 3)
    except ValueError:
        return Fraction(1, 3)
    share = share if not share * 100_000 % 1 else share.limit_denominator(99)
    return share if 0 <= share <= 1 else Fraction(1, 3)


def _hints(reading: Reading) -> tuple[str, ...]:
    found = [" ".join(reading.words_of(one).split()) for one in children_of(reading.element, "hint")]
    hints = [hint.replace('"', "”").replace("|", "/") for hint in found if hint]
    if len(hints) > MOST_HINTS:
        reading.notes.append(message("Only the first %(most)s hints were kept.", most=MOST_HINTS))
    return tuple(hints[:MOST_HINTS])
