"""Legal documents and what an article of them is called."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from elearning.domain.message import Message, message


@dataclass(frozen=True, slots=True)
class Law:
    """One document of the register. `parts` are provisions with dates of their own, in words."""

    key: str
    title: str
    summary: str = ""
    number: str = ""
    issuer: str = ""
    issued: date | None = None
    from_: date | None = None
    until: date | None = None
    replaced_by: str = ""
    amended_by: tuple[str, ...] = ()
    verified: str = ""
    source: str = ""
    parts: tuple[str, ...] = ()

    def in_force(self, day: date) -> bool:
        """Whether the document as a whole is in force on a day; `until` is its last day."""
        return (self.from_ is None or self.from_ <= day) and (self.until is None or day <= self.until)

    @property
    def change(self) -> str:
        """A name for what makes all that cites the document worth another look: its end, its successor, its amendments.
        Empty where there is nothing of the kind.
        """
        if self.until is None and not self.replaced_by and not self.amended_by:
            return ""
        told = (str(self.until or ""), self.replaced_by, " ".join(self.amended_by))
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class Basis:
    """A place in a document: `nd-244-2026#7.3` is clause 3 of article 7; `place` may be empty or name an annex."""

    law: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.law}#{self.place}" if self.place else self.law


_BASIS = re.compile(r"(?P<law>[a-z0-9][a-z0-9-]*)(#(?P<place>[a-z0-9đ-]+(\.[a-z0-9đ-]+){0,2}))?")


def read_basis(text: str) -> Basis | None:
    """The basis that a text names, or None when it does not look like one."""
    found = _BASIS.fullmatch(text)
    return Basis(found["law"], found["place"] or "") if found else None


def place_words(place: str) -> Message | None:
    """What a place is called: `7.3.b` is point b, clause 3, article 7. None where there is none."""
    parts = place.split(".") if place else []
    if not parts:
        return None
    if not parts[0][0].isdigit():
        return message("Annex")
    if len(parts) == 1:
        return message("Article %(article)s", article=parts[0])
    if len(parts) == 2:
        return message("Clause %(clause)s, Article %(article)s", clause=parts[1], article=parts[0])
    return message(
        "Point %(point)s, Clause %(clause)s, Article %(article)s", point=parts[2], clause=parts[1], article=parts[0]
    )
