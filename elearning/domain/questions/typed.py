"""What the types with a typed answer share: how it is compared, and told after grading."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from elearning.domain.names import clean, fold


@dataclass(frozen=True, slots=True)
class Told:
    """What was typed, and what is right; `right` is empty where that is not to be told."""

    value: str
    right: tuple[str, ...]


def told_text(words: Sequence[str], right: tuple[str, ...], reveal: bool) -> Told:
    """A typed answer as it is told; `words` is how it is described."""
    return Told(" ".join(words), right if reveal else ())


def compared(text: str, strict: bool) -> str:
    """The form in which typed words are compared: strict minds all but spacing, else case, tones and marks do not matter."""
    return clean(text) if strict else re.sub(r"[\W_]+", " ", fold(text)).strip()
