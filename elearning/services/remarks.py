"""Comments on lines of a draft: they follow their line as the text changes, until somebody settles them."""

from dataclasses import dataclass
from datetime import datetime

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.names import as_typed
from elearning.domain.text_difference import place_after
from elearning.services import drafting
from elearning.services.auditing import record
from elearning.services.drafting import Draft
from elearning.services.work import Work, not_here
from elearning.store.models.text import Remark
from elearning.store.queries import remarks

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class RemarkView:
    """A comment at the line where its words stand now."""

    id: int
    line: int
    words: str
    by: str
    at: datetime


def remarks_of(work: Work, path: str, there: Draft) -> tuple[RemarkView, ...]:
    """The open comments on a draft, in order of line."""
    texts: dict[int, str] = {there.save_id: there.text}
    found = []
    for row, by in remarks.open_ones(work.session, path):
        if row.save_id not in texts:
            texts[row.save_id] = drafting.version(work, path, row.save_id).text
        line = row.line if row.save_id == there.save_id else place_after(texts[row.save_id], there.text, row.line)
        found.append(RemarkView(row.id, line, row.words, by, row.at))
    return tuple(sorted(found, key=lambda one: (one.line, one.id)))


def remark(work: Work, path: str, save_id: int, line: int, words: str) -> None:
    """Comment on a line of a save. Raises NotFound where there is no such save, Mistaken for no words or a line that is not there."""
    said = as_typed(words)
    there = drafting.version(work, path, save_id)
    if not said or len(said) > LONGEST:
        raise Mistaken(message("Write the comment, in up to %(most)s characters.", most=LONGEST))
    if not 0 < line <= there.text.count("\n") + 1:
        raise Mistaken(message("The text has no line %(line)s.", line=line))
    row = Remark(path=path, save_id=save_id, line=line, words=said, at=work.now, author_id=work.actor.id)
    work.session.add(row)
    record(work, "comment", "text", path)


def settle(work: Work, path: str, number: int) -> None:
    """A comment is dealt with; it stays in the database. Raises NotFound where there is none."""
    drafting.ensure_writes(work)
    row = remarks.one(work.session, path, number)
    if row is None:
        raise not_here()
    if row.settled is None:
        row.settled, row.settled_by = work.now, work.actor.id
        record(work, "settle comment", "text", path)
