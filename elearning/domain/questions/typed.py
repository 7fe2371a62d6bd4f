"""What the types with a typed answer share: how it is told after grading."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """What was typed, and what is right; `right` is empty where that is not to be told."""

    value: str
    right: tuple[str, ...]


def told_text(words: Sequence[str], right: tuple[str, ...], reveal: bool) -> Told:
    """A typed answer as it is told; `words` is how it is described."""
    return Told(" ".join(words), right if reveal else ())
