"""What came of writing questions in another format."""

from collections.abc import Callable
from dataclasses import dataclass

from elearning.domain.message import Message

# Markdown of our own to HTML with the addresses as they are written; content makes it, and whoever exports hands it in.
Html = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Something that a format cannot say: of which question, which part of it by its name, and the same in words."""

    key: str
    part: str
    said: Message


@dataclass(frozen=True, slots=True)
class Exported:
    """A file for another platform, and what it could not say."""

    data: bytes
    unsaid: tuple[Unsaid, ...] = ()
