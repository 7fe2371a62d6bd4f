"""Letters name options on one paper: `a` is what stands first on this paper, wherever it stands in the source."""

from collections.abc import Sequence
from random import Random

from elearning.domain.question import Option

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def drawn_order(options: Sequence[Option], rng: Random, shuffle: bool) -> tuple[int, ...]:
    """The places in the source, in the order of this paper. Kept options stay where they are."""
    places = list(range(len(options)))
    if shuffle:
        loose = [place for place in places if not options[place].keep]
        mixed = iter(rng.sample(loose, len(loose)))
        places = [place if options[place].keep else next(mixed) for place in places]
    return tuple(places)


def place_of(letter: object, order: Sequence[int]) -> int | None:
    """Which place in the source a letter of this paper stands for; None when it stands for none."""
    if not isinstance(letter, str) or len(letter) != 1 or letter not in LETTERS[: len(order)]:
        return None
    return order[LETTERS.index(letter)]


def letter_of(place: int, order: Sequence[int]) -> str:
    """The letter on this paper of a place in the source."""
    return LETTERS[order.index(place)]
