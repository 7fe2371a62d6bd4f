"""What the types with options share: how an option is shown while it can be chosen, and how after grading."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from elearning.domain.question import Option, plain
from elearning.domain.questions.letters import LETTERS, place_of


@dataclass(frozen=True, slots=True)
class AskedOption:
    """An option under the letter of this paper; nothing in it depends on what is right."""

    letter: str
    html: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ToldOption:
    """An option after grading; `right` is None where that is not to be told."""

    letter: str
    html: str
    chosen: bool
    right: bool | None
    feedback: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The options in the order of this paper."""

    options: tuple[AskedOption, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The options after grading."""

    options: tuple[ToldOption, ...]


def asked_options(options: Sequence[Option], order: Sequence[int], chosen: Collection[str]) -> Asked:
    """Options as they are asked."""
    shown = zip(LETTERS, order, strict=False)
    return Asked(tuple(AskedOption(letter, options[place].html, letter in chosen) for letter, place in shown))


def told_options(
    options: Sequence[Option], order: Sequence[int], chosen: Collection[str], right: Collection[int], reveal: bool
) -> Told:
    """Options as they are told; `right` are places in the source. Feedback belongs to what was chosen, and where the right
    answer may be told also to that.
    """
    found = []
    for letter, place in zip(LETTERS, order, strict=False):
        option, taken = options[place], letter in chosen
        feedback = option.feedback if taken or (reveal and place in right) else ""
        found.append(ToldOption(letter, option.html, taken, place in right if reveal else None, feedback))
    return Told(tuple(found))


def in_words(options: Sequence[Option], order: Sequence[int], letters: Sequence[str]) -> tuple[str, ...]:
    """Options named by letter, as words for a report."""
    places = [place_of(letter, order) for letter in letters]
    return tuple(plain(options[place].html) for place in places if place is not None)
