"""Bringing together what two people wrote at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from elearning.content.merging import Agreed, Collision, merged
from elearning.content.outline_lines import title_of
from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.text_difference import Passage, Run, compared, compared_words
from elearning.services import drafting
from elearning.services.drafting import Conflict, Saved
from elearning.services.work import Work, not_here

CHOICES = ("mine", "theirs", "both")


@dataclass(frozen=True, slots=True)
class CollisionView:
    """A place that both have changed: the words of either, compared with what both began from."""

    number: int
    mine: tuple[Run, ...]
    theirs: tuple[Run, ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class MergePage:
    """What I typed beside what another person saved. `mine` and `theirs` are what either changed; `on` is the save of theirs."""

    path: str
    title: str
    by: str
    at: datetime
    on: int
    removed: bool
    text: str
    mine: tuple[Passage, ...]
    theirs: tuple[Passage, ...]
    collisions: tuple[CollisionView, ...]
    missing: bool = False


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def merge_page(work: Work, path: str, chosen: Mapping[int, str] | None = None) -> MergePage:
    """What waits to be merged at a path; `chosen` are choices that were made already. Raises NotFound where nothing waits."""
    found = _waiting(work, path)
    common, mine, theirs = _text(found.common), _text(found.mine), found.theirs.text
    views = tuple(
        CollisionView(
            part.number, compared_words(part.common, part.mine), compared_words(part.common, part.theirs),
            (chosen or {}).get(part.number, ""),
        )
        for part in merged(common, mine, theirs)
        if isinstance(part, Collision) and not found.theirs.removed
    )  # fmt: skip
    return MergePage(
        path, title_of(found.mine) or path, found.theirs.by, found.theirs.at, found.theirs.save_id, found.theirs.removed,
        mine, compared(common, mine), compared(common, theirs), views, chosen is not None,
    )  # fmt: skip


def _waiting(work: Work, path: str) -> Conflict:
    found = drafting.waiting_conflict(work, path)
    if found is None:
        raise not_here()
    return found


def merge(work: Work, path: str, on: int, chosen: Mapping[int, str]) -> Saved | Conflict:
    """Save the merged text on what the other person saved. A save made since then gives a Conflict anew.

    Raises NotFound where nothing waits, Mistaken while a collision has no choice.
    """
    found = _waiting(work, path)
    text = _text(found.mine) if found.theirs.removed else _chosen(found, chosen)
    if found.theirs.save_id != on:
        raise Mistaken(message("Somebody has saved once more since this page was opened. Look at both texts again."))
    done = drafting.save_draft(work, path, text, on)
    drafting.drop_aside(work, path)
    return done


def _chosen(found: Conflict, chosen: Mapping[int, str]) -> str:
    parts = merged(_text(found.common), _text(found.mine), found.theirs.text)
    return "".join(part.text if isinstance(part, Agreed) else _one(part, chosen.get(part.number, "")) for part in parts)


def _one(part: Collision, choice: str) -> str:
    if choice not in CHOICES:
        raise Mistaken(message("Choose for each place which words stay."))
    return {"mine": part.mine, "theirs": part.theirs, "both": part.theirs + part.mine}[choice]
