"""Files of questions, their items, and where our questions came from."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from elearning.store.models.taking_in import QuestionFile, QuestionItem, QuestionMedium, QuestionOrigin


def file_by_public(session: Session, public: str) -> QuestionFile | None:
    """A file by its address."""
    return session.scalar(select(QuestionFile).where(QuestionFile.public == public))


def files_of(session: Session, person: int, most: int) -> list[QuestionFile]:
    """What a person sent last, the newest first."""
    asked = select(QuestionFile).where(QuestionFile.by_id == person).order_by(QuestionFile.id.desc()).limit(most)
    return list(session.scalars(asked))


def counts(session: Session, files: Collection[int]) -> dict[int, dict[tuple[str, bool, bool, str], int]]:
    """For each file how many items there are of each (degree, mended, kept, standing)."""
    kept = QuestionItem.kept.is_not(None)
    rows = session.execute(
        select(
            QuestionItem.file_id, QuestionItem.degree, QuestionItem.mended, kept, QuestionItem.standing, func.count()
        )
        .where(QuestionItem.file_id.in_(files))
        .group_by(QuestionItem.file_id, QuestionItem.degree, QuestionItem.mended, kept, QuestionItem.standing)
    )
    found: dict[int, dict[tuple[str, bool, bool, str], int]] = {}
    for file, degree, mended, is_kept, how, count in rows:
        found.setdefault(file, {})[degree, bool(mended), bool(is_kept), how] = count
    return found


def items(session: Session, file: int, where: Iterable[Any], offset: int, most: int) -> list[QuestionItem]:
    """Some items of a file in their order."""
    asked = select(QuestionItem).where(QuestionItem.file_id == file, *where).order_by(QuestionItem.number)
    return list(session.scalars(asked.offset(offset).limit(most)))


def count(session: Session, file: int, where: Iterable[Any]) -> int:
    """How many items of a file fit."""
    asked = select(func.count()).select_from(QuestionItem).where(QuestionItem.file_id == file, *where)
    return session.scalar(asked) or 0


def item(session: Session, file: int, number: int) -> QuestionItem | None:
    """One item of a file."""
    return session.scalar(select(QuestionItem).where(QuestionItem.file_id == file, QuestionItem.number == number))


def ids(session: Session, file: int, numbers: Collection[int]) -> dict[int, int]:
    """The ids of some items of a file by their numbers."""
    asked = select(QuestionItem.number, QuestionItem.id).where(
        QuestionItem.file_id == file, QuestionItem.number.in_(numbers)
    )
    rows = session.execute(asked).all() if numbers else ()
    return {number: found for number, found in rows}  # noqa: C416  Rows are no pairs to the type checker.


def media(session: Session, items: Collection[int]) -> dict[int, list[QuestionMedium]]:
    """What came along with some items."""
    found: dict[int, list[QuestionMedium]] = {}
    for row in session.scalars(
        select(QuestionMedium).where(QuestionMedium.item_id.in_(items)).order_by(QuestionMedium.id)
    ):
        found.setdefault(row.item_id, []).append(row)
    return found


def origins(session: Session, family: str, names: Collection[str], digests: Collection[str]) -> list[QuestionOrigin]:
    """What came before from items of these names in this family of files, or from items that said the same in any."""
    named = (QuestionOrigin.family == family) & QuestionOrigin.item.in_(names)
    asked = select(QuestionOrigin).where(or_(named, QuestionOrigin.item_digest.in_(digests)))
    return list(session.scalars(asked.order_by(QuestionOrigin.id)))


def forget_origins(session: Session, family: str, names: Collection[str]) -> None:
    """Make room for newer ones."""
    session.execute(delete(QuestionOrigin).where(QuestionOrigin.family == family, QuestionOrigin.item.in_(names)))


def unused(session: Session, before: datetime) -> list[int]:
    """The files that nobody has used since a moment."""
    return list(session.scalars(select(QuestionFile.id).where(QuestionFile.at < before).order_by(QuestionFile.id)))


def drop_file(session: Session, file: int) -> None:
    """Take a file out with its items and what came along with them; where our questions came from stays."""
    items = select(QuestionItem.id).where(QuestionItem.file_id == file)
    session.execute(delete(QuestionMedium).where(QuestionMedium.item_id.in_(items)))
    session.execute(delete(QuestionItem).where(QuestionItem.file_id == file))
    session.execute(delete(QuestionFile).where(QuestionFile.id == file))
