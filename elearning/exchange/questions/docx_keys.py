"""Which answers of a question in Word are right: what a key says, else what stands out among them."""

from collections.abc import Sequence

from elearning.domain.message import Message, message
from elearning.exchange.questions.docx_lines import Line
from elearning.exchange.word.cutting import stands_out
from elearning.exchange.word.values import Mark

# In this order they are believed: a sign that says nothing else before one that may be mere emphasis.
_MARKS: tuple[Mark, ...] = ("highlight", "underline", "colour", "bold")


def right_ones(options: Sequence[Line], told: str) -> tuple[set[str], frozenset[Mark], list[Message]]:
    """The letters of the right answers, the marks that said so, and notes. No letters where nothing names one."""
    marked = _marked(options)
    used: frozenset[Mark] = frozenset(mark for mark, _ in marked if mark != "star")  # type: ignore[misc]
    sets = [letters for _, letters in marked]
    if told:
        letters = set(told)
        other = next((one for one in sets if one != letters), None)
        notes = [] if other is None else [
            message("The key says %(key)s, but %(other)s stands out among the answers. The key was believed.",
                    key=", ".join(sorted(letters)), other=", ".join(sorted(other)))
        ]  # fmt: skip
        return letters, used, notes
    if not sets:
        return set(), used, []
    notes = []
    if any(one != sets[0] for one in sets):
        said = message(
            "Different answers stand out in different ways. %(key)s was taken as right.", key=", ".join(sorted(sets[0]))
        )
        notes.append(said)
    elif len(sets[0]) > 1:
        notes.append(message("Several answers stand out. It was taken as several choices."))
    return sets[0], used, notes


def _marked(options: Sequence[Line]) -> list[tuple[str, set[str]]]:
    """The letters that carry each mark, where some carry it and others do not."""
    found: list[tuple[str, set[str]]] = []
    stars = {one.sign for one in options if one.starred}
    if stars and len(stars) < len(options):
        found.append(("star", stars))
    for mark in _MARKS:
        for letters in (
            {one.sign for one in options if stands_out(one.runs, mark)},
            {one.sign for one in options if stands_out(one.head, mark)},
        ):
            if letters and len(letters) < len(options) and (mark, letters) not in found:
                found.append((mark, letters))
    return found
