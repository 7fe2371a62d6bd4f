"""A list of questions: what it shows of each, how it is narrowed, and in which order it stands."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from elearning.domain.names import collation_key, fold

SORTS = ("place", "words", "type", "difficulty", "attempts", "problems")
USES = ("drawn", "free", "retired", "broken")


@dataclass(frozen=True, slots=True)
class Listed:
    """A question as a list shows it. `words` is its heading as written, `text` all of it for the search; `laws` are the keys that
    it rests on; `drawn` says whether a quiz asks or may draw it, and `attempts` on how many papers it stood so far.
    """

    place: int
    key: str
    words: str
    text: str
    type: str
    tags: tuple[str, ...] = ()
    difficulty: int = 0
    objective: str = ""
    laws: tuple[str, ...] = ()
    retired: bool = False
    problems: int = 0
    drawn: bool = False
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the list; empty text lets everything through."""

    words: str = ""
    tag: str = ""
    difficulty: str = ""
    objective: str = ""
    law: str = ""
    type: str = ""
    use: str = ""
    sort: str = "place"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list can be narrowed by: what stands in it, in order."""

    tags: tuple[str, ...]
    objectives: tuple[str, ...]
    laws: tuple[str, ...]
    types: tuple[str, ...]


def narrowed(rows: Iterable[Listed], wanted: Wanted) -> tuple[Listed, ...]:
    """The questions that fit, in the order asked for."""
    asked = fold(wanted.words).split()
    found = [row for row in rows if _fits(row, wanted) and all(word in fold(row.text) for word in asked)]
    return tuple(sorted(found, key=_SORT.get(wanted.sort, _SORT["place"])))


def _fits(row: Listed, wanted: Wanted) -> bool:
    return (
        (not wanted.tag or wanted.tag in row.tags)
        and (not wanted.difficulty or wanted.difficulty == str(row.difficulty))
        and (not wanted.objective or wanted.objective == row.objective)
        and (not wanted.law or wanted.law in row.laws)
        and (not wanted.type or wanted.type == row.type)
        and (not wanted.use or _in_use(row, wanted.use))
    )


def _in_use(row: Listed, use: str) -> bool:
    states = {
        "drawn": row.drawn,
        "free": not row.drawn and not row.retired,
        "retired": row.retired,
        "broken": bool(row.problems),
    }
    return states.get(use, True)


_SORT: Mapping[str, Callable[[Listed], Any]] = {
    "place": lambda row: row.place,
    "words": lambda row: (collation_key(row.words), row.place),
    "type": lambda row: (row.type, row.place),
    "difficulty": lambda row: (row.difficulty or 9, row.place),
    "attempts": lambda row: (-row.attempts, row.place),
    "problems": lambda row: (-row.problems, row.place),
}


def choices(rows: Sequence[Listed]) -> Choices:
    """What the questions of a list carry."""
    return Choices(
        _each(tag for row in rows for tag in row.tags), _each(row.objective for row in rows),
        _each(law for row in rows for law in row.laws), _each(row.type for row in rows),
    )  # fmt: skip


def _each(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}, key=collation_key))
