"""What is printed as a hand-out: the lessons of a module to read on paper, or the forms of a lesson to fill in."""

from dataclasses import dataclass
from datetime import date

from elearning.domain.law import Law


@dataclass(frozen=True, slots=True)
class HandoutLesson:
    """One lesson: its text as safe HTML, without its check questions. `unsure` says that some of it waits for a signed text."""

    number: str
    title: str
    objectives: tuple[str, ...]
    html: tuple[str, ...]
    unsure: bool
    language: str


@dataclass(frozen=True, slots=True)
class HandoutTerm:
    """A term that the lessons link to; `other` is its name in the other language."""

    name: str
    other: str
    html: str


@dataclass(frozen=True, slots=True)
class HandoutPicture:
    """A picture that the lessons show: its address on the page, and its bytes."""

    address: str
    data: bytes


@dataclass(frozen=True, slots=True)
class HandoutPrint:
    """A hand-out, with the documents of law that it cites as they stand on `day`, the day of printing."""

    language: str
    issuer: str
    course: str
    module: str
    day: date
    reviewed: date | None
    lessons: tuple[HandoutLesson, ...]
    laws: tuple[Law, ...] = ()
    terms: tuple[HandoutTerm, ...] = ()
    pictures: tuple[HandoutPicture, ...] = ()
