"""A hand-out as PDF: the lessons of a module for reading, or the forms of a lesson for filling in."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from elearning.documents.reading import Node, forms_of, read
from elearning.documents.typesetting import one_line, typeset
from elearning.domain.handout import HandoutLesson, HandoutPicture, HandoutPrint
from elearning.domain.law import Law, place_words

WORDS: Final[dict[str, str]] = {
    "annex": "Annex",
    "article": "Article %(article)s",
    "clause": "Clause %(clause)s, Article %(article)s",
    "point": "Point %(point)s, Clause %(clause)s, Article %(article)s",
    "of_day": "of %(day)s",
    "in_force": "in force on %(day)s",
    "ended": "no longer in force; the last day was %(day)s",
    "coming": "not in force yet; from %(day)s",
    "in_this_module": "In this module",
    "learn": "You will learn to:",
    "laws": "Legal documents cited here",
    "terms": "Words explained here",
    "document": "Document",
    "standing": "On the day of printing",
    "printed": "Printed on %(day)s. What is said of the law is as of that day; what binds is the text as it was signed and published.",
    "reviewed": "Checked with the law on %(day)s.",
    "unsure": "Some statements here were read from a copy or a report and still wait to be compared with the signed text.",
    "page": "Page",
    "of_pages": "of",
}
"""The fixed phrases: key → English message id."""
KEPT: Final = 24


def handout_pdf(printed: HandoutPrint, words: Mapping[str, str], *, templates: Path) -> bytes:
    """Set the lessons of a module on sheets of A4. Equal input gives equal bytes, and the last ones are kept in memory.

    Raises `KeyError` when a phrase is missing, `typst.TypstError` when the hand-out cannot be set.
    """
    notes = _Notes(printed, words)
    lessons = [_lesson(lesson, notes) for lesson in printed.lessons]
    terms = [
        {"name": one_line(term.name), "other": one_line(term.other), "c": read(term.html, notes.number)}
        for term in printed.terms
    ]  # fmt: skip
    return _set(_paper(printed, words, lessons, notes) | {"terms": terms, "forms": False}, printed, templates)


def forms_pdf(printed: HandoutPrint, words: Mapping[str, str], *, templates: Path) -> bytes:
    """Set the forms of some lessons, each on a sheet of its own, with room to write. As `handout_pdf`."""
    notes = _Notes(printed, words)
    lessons = [
        {**_lesson(lesson, notes), "c": forms_of([node for html in lesson.html for node in read(html, notes.number)])}
        for lesson in printed.lessons
    ]
    return _set(_paper(printed, words, lessons, notes) | {"terms": [], "forms": True}, printed, templates)


class _Notes:
    """The footnotes: one for each place of law that is cited, in the order of the first citation."""

    def __init__(self, printed: HandoutPrint, words: Mapping[str, str]) -> None:
        self.printed, self.words = printed, words
        self.laws = {law.key: law for law in printed.laws}
        self.said = {WORDS[key]: words[key] for key in ("annex", "article", "clause", "point")}
        self.places: dict[tuple[str, str], int] = {}

    def number(self, key: str, place: str) -> int:
        """The number of the footnote for a place, from 0."""
        return self.places.setdefault((key, place), len(self.places))

    def texts(self) -> list[str]:
        """What stands in the footnotes."""
        return [self._text(key, place) for key, place in self.places]

    def _text(self, key: str, place: str) -> str:
        words = place_words(place)
        where = self.said[words.key] % words.named if words else ""
        if key not in self.laws:
            return one_line(", ".join(filter(None, (where, key))))
        law = self.laws[key]
        parts = [where, law.title or law.number, self._issued(law)]
        return one_line(f"{', '.join(filter(None, parts))}: {self.standing(law)}.")

    def _issued(self, law: Law) -> str:
        return self.words["of_day"] % {"day": day(law.issued)} if law.issued else ""

    def standing(self, law: Law) -> str:
        """Whether a document is in force on the day of printing, in words."""
        if law.in_force(self.printed.day):
            return self.words["in_force"] % {"day": day(self.printed.day)}
        if law.until is not None and law.until < self.printed.day:
            return self.words["ended"] % {"day": day(law.until)}
        return self.words["coming"] % {"day": day(law.from_ or self.printed.day)}


def day(value: date) -> str:
    """22/11/2026, in both languages as on the pages."""
    return f"{value:%d/%m/%Y}"


def _lesson(lesson: HandoutLesson, notes: _Notes) -> dict[str, Any]:
    nodes: list[Node] = [node for html in lesson.html for node in read(html, notes.number)]
    return {
        "number": lesson.number, "title": one_line(lesson.title), "objectives": [one_line(one[:1].lower() + one[1:]) for one in lesson.objectives],
        "unsure": lesson.unsure, "language": lesson.language, "c": [one for one in nodes if not isinstance(one, str) or one.strip()],
    }  # fmt: skip


def _paper(
    printed: HandoutPrint, words: Mapping[str, str], lessons: list[dict[str, Any]], notes: _Notes
) -> dict[str, Any]:
    texts = notes.texts()
    cited = dict.fromkeys(key for key, _ in notes.places)
    return {
        "language": printed.language, "issuer": one_line(printed.issuer), "course": one_line(printed.course),
        "module": one_line(printed.module), "lessons": lessons, "notes": texts,
        "laws": [[one_line(law.title or law.number), notes.standing(law)] for law in printed.laws if law.key in cited],
        "printed": words["printed"] % {"day": day(printed.day)},
        "reviewed": words["reviewed"] % {"day": day(printed.reviewed)} if printed.reviewed else "",
        "pictures": {one.address: _picture(one) for one in printed.pictures},
        "words": {key: one_line(words[key]) for key in WORDS},
    }  # fmt: skip


def _picture(picture: HandoutPicture) -> str | list[int]:
    """A drawing as its text, anything else as its bytes."""
    return picture.data.decode() if picture.address.endswith(".svg") else list(picture.data)


def _set(data: Mapping[str, Any], printed: HandoutPrint, templates: Path) -> bytes:
    moment = datetime.combine(printed.day, time.min, tzinfo=UTC)
    return _kept(json.dumps(data, ensure_ascii=False, sort_keys=True), templates, moment)


@lru_cache(maxsize=KEPT)
def _kept(data: str, templates: Path, moment: datetime) -> bytes:
    return typeset(templates / "documents", "handout.typ", json.loads(data), moment)
