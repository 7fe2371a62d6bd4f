"""Two texts that both began from a third: what does not collide is brought together, what does is told apart."""

from dataclasses import dataclass

from merge3 import Merge3

from elearning.content.text import LARGEST


@dataclass(frozen=True, slots=True)
class Agreed:
    """Lines on which nobody disagrees; `by` says who wrote them: both, mine or theirs."""

    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Collision:
    """Lines that both have changed, each in another way. `number` counts collisions from 1."""

    number: int
    common: str
    mine: str
    theirs: str


# Twice the length at which a text has to be parted; comparing more than that would take minutes.
MOST = 2 * LARGEST
Part = Agreed | Collision
_BY = {"unchanged": "both", "same": "both", "a": "mine", "b": "theirs"}


def merged(common: str, mine: str, theirs: str) -> tuple[Part, ...]:
    """The parts of the merged text in order. Texts that are far longer than a lesson may be collide as a whole."""
    if max(len(common), len(mine), len(theirs)) > MOST:
        return (Collision(1, common, mine, theirs),)
    groups = Merge3(_lines(common), _lines(mine), _lines(theirs)).merge_groups()
    found: list[Part] = []
    for kind, *lines in groups:
        if kind == "conflict":
            base, one, other = ("".join(part) for part in lines)
            found.append(Collision(sum(isinstance(part, Collision) for part in found) + 1, base, one, other))
        else:
            found.append(Agreed(_BY[kind], "".join(lines[0])))
    return tuple(found)


def _lines(text: str) -> list[str]:
    """Lines, each with its end; a last one without gets one, so that lines that are the same compare as the same."""
    whole = text if not text or text.endswith("\n") else f"{text}\n"
    return [f"{line}\n" for line in whole.split("\n")[:-1]]
