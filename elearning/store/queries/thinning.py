"""Saves that the editor made by itself: which there are, which something hangs on, and taking one out of the row."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from elearning.store.models.publishing import PlannedEdition
from elearning.store.models.text import EditionText, Remark, Save, SideSave, TextBytes
from elearning.store.queries import drafts
from elearning.store.queries.drafts import SaveRow


def paths(session: Session, before: datetime, most: int) -> list[str]:
    """Paths with saves that were made by themselves before a moment, and not written since."""
    found = (
        select(Save.path)
        .where(Save.path.in_(select(Save.path).where(Save.auto, Save.at < before)))
        .group_by(Save.path)
        .having(func.max(Save.at) < before)
        .order_by(Save.path)
        .limit(most)
    )
    return list(session.scalars(found))


def saves(session: Session, path: str) -> list[SaveRow]:
    """All saves of a path, the first one first."""
    return drafts.saves(session, path)[::-1]


def needed(session: Session, path: str) -> set[int]:
    """The saves of a path that something hangs on: an edition, one that is set for a time, a comment, words kept
    beside, or a save that is not the next one."""
    published = (
        select(Save.id)
        .join(EditionText, EditionText.digest == Save.digest)
        .where(Save.path == path, EditionText.path == path)
    )
    remarked = select(Remark.save_id).where(Remark.path == path)
    beside = select(SideSave.made_on).where(SideSave.path == path, SideSave.made_on.is_not(None))
    found = {number for statement in (published, remarked, beside) for number in session.scalars(statement) if number}
    several = (
        select(Save.made_on)
        .where(Save.path == path, Save.made_on.is_not(None))
        .group_by(Save.made_on)
        .having(func.count() > 1)
    )
    planned = {
        manifest.get(path)
        for manifest in session.scalars(select(PlannedEdition.manifest).where(PlannedEdition.state == "waiting"))
    }
    set_ = select(Save.id).where(Save.path == path, Save.digest.in_([one for one in planned if one]))
    return found | {number for number in session.scalars(several) if number} | set(session.scalars(set_))


def drop(session: Session, row: SaveRow) -> None:
    """Take a save out: what was made on it is now made on the one before, and its bytes go where nothing else has them."""
    before = session.scalar(select(Save.made_on).where(Save.id == row.id))
    session.execute(update(Save).where(Save.made_on == row.id).values(made_on=before))
    session.execute(delete(Save).where(Save.id == row.id))
    used = [select(table.digest).where(table.digest == row.digest).exists() for table in (Save, EditionText, SideSave)]
    session.execute(delete(TextBytes).where(TextBytes.digest == row.digest, *(~one for one in used)))


def keep(session: Session, path: str, before: datetime) -> None:
    """What is left of a path stays for ever."""
    session.execute(update(Save).where(Save.path == path, Save.auto, Save.at < before).values(auto=False))
