"""Pairs of another platform as match or sort."""

from collections.abc import Sequence

from elearning.domain.message import Message, message
from elearning.domain.written import Pair, Pairs

MOST_PAIRS, MOST_OFFERS, MOST_ITEMS, MOST_GROUPS = 12, 20, 20, 8


def _same(cell: str) -> str:
    return " ".join(cell.casefold().split())


def paired(rows: Sequence[Pair], heads: tuple[str, str]) -> tuple[str, Pairs | None, list[Message]]:
    """The type and body of some pairs; a left side that is empty is a decoy. No body, with the reason, where none fits."""
    notes: list[Message] = []
    kept: list[Pair] = []
    for row in rows:
        if not row.right:
            notes.append(message("“%(left)s” has nothing on the right. It was left out.", left=row.left[:80]))
        elif row.left and _same(row.left) in [_same(one.left) for one in kept]:
            notes.append(message("“%(left)s” stands there twice. The second was left out.", left=row.left[:80]))
        elif row.left or _same(row.right) not in [_same(one.right) for one in rows if one.left or one in kept]:
            kept.append(row)
    pairs = [row for row in kept if row.left]
    offers = {_same(row.right) for row in kept}
    repeats = len({_same(row.right) for row in pairs}) < len(pairs)
    if len(pairs) < 2 or len(offers) < 2:
        return "", None, [*notes, message("A question with pairs needs at least two different ones.")]
    if repeats and len(pairs) <= MOST_ITEMS and len(offers) <= MOST_GROUPS:
        first = {_same(row.right): row.right for row in reversed(kept)}
        return "sort", Pairs(heads, tuple(Pair(row.left, first[_same(row.right)]) for row in kept)), notes
    if not repeats and len(pairs) <= MOST_PAIRS and len(offers) <= MOST_OFFERS:
        return "match", Pairs(heads, tuple(kept)), notes
    said = message("There are more pairs than one question can hold: %(now)s. Part it in two.", now=len(pairs))
    return "", None, [*notes, said]
