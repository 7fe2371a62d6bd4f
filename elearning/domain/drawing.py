"""Whether draws can be met together, with no question twice on a paper: a maximum flow from draws to questions."""

from collections.abc import Hashable, Sequence
from typing import Protocol, TypeVar

from elearning.domain.quiz import Draw

Key = TypeVar("Key", bound=Hashable)


class Drawable(Protocol):
    """What a draw looks at: a compiled question has it, and so has one that the checker has only parsed."""

    @property
    def key(self) -> str: ...
    @property
    def tags(self) -> tuple[str, ...]: ...
    @property
    def difficulty(self) -> int: ...
    @property
    def objective(self) -> str: ...
    @property
    def retired(self) -> bool: ...


def fits(question: Drawable, draw: Draw) -> bool:
    """Whether a question may be taken for a draw: the one named, or one that carries what the draw filters by. A retired one
    is taken for none.
    """
    if question.retired:
        return False
    if draw.question:
        return question.key == draw.question
    return (
        all(tag in question.tags for tag in draw.tags)
        and (not draw.difficulties or question.difficulty in draw.difficulties)
        and (not draw.objectives or question.objective in draw.objectives)
    )


def assign(wanted: Sequence[tuple[int, Sequence[Key]]]) -> list[list[Key]] | None:
    """For each (count, candidates), that many candidates, none used twice; None when it cannot be done.

    Augmenting paths (Ford–Fulkerson on unit capacities): a candidate that is taken moves to another draw if that
    draw can find a replacement. Candidates are tried in the order given, so that a shuffled list gives a fair draw.

    >>> assign([(1, ["a", "b"]), (1, ["a"])])
    [['b'], ['a']]
    """
    holder: dict[Key, int] = {}
    for draw, (count, _) in enumerate(wanted):
        if not all(_augment(draw, wanted, holder) for _ in range(count)):
            return None
    return [[key for key in candidates if holder.get(key) == draw] for draw, (_, candidates) in enumerate(wanted)]


def _augment(draw: int, wanted: Sequence[tuple[int, Sequence[Key]]], holder: dict[Key, int]) -> bool:
    """Give `draw` one more candidate, moving others along a shortest path of exchanges. False when there is none."""
    came: dict[Key, Key | None] = {}
    queue: list[tuple[int, Key | None]] = [(draw, None)]
    for wanting, moved in queue:
        for key in wanted[wanting][1]:
            if key in came or holder.get(key) == wanting:
                continue
            came[key] = moved
            if key in holder:
                queue.append((holder[key], key))
                continue
            _shift(key, came, holder, draw)
            return True
    return False


def _shift(last: Key, came: dict[Key, Key | None], holder: dict[Key, int], draw: int) -> None:
    """Walk back along the path: each draw on it gives up the key it was reached by and takes the next."""
    key: Key | None = last
    while key is not None:
        before = came[key]
        holder[key] = draw if before is None else holder[before]
        key = before
