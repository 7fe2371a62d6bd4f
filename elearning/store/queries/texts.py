"""Reading and writing texts, saves, editions and the register of law."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from elearning.store.models.text import CompiledEdition, Course, Edition, EditionText, LawRow, Save, TermRow, TextBytes
from elearning.store.prepared import Prepared


class LiveCourse(NamedTuple):
    """A course and the edition that is live."""

    course_id: int
    key: str
    edition_id: int
    digest: str
    archived: datetime | None


def compiled(session: Session, digest: str, compiler: int) -> bytes | None:
    """The packed form of an edition in the cache."""
    return session.scalar(
        select(CompiledEdition.data).where(CompiledEdition.digest == digest, CompiledEdition.compiler == compiler)
    )


def keep_compiled(session: Session, digest: str, compiler: int, data: bytes) -> None:
    """Put the packed form of an edition into the cache, in place of what is there."""
    session.execute(
        delete(CompiledEdition).where(CompiledEdition.digest == digest, CompiledEdition.compiler == compiler)
    )
    session.execute(insert(CompiledEdition).values(digest=digest, compiler=compiler, data=data))


def manifest_files(session: Session, digest: str) -> dict[str, bytes]:
    """Path → bytes of an edition, empty where there is none with this digest."""
    edition = select(Edition.id).where(Edition.digest == digest).limit(1).scalar_subquery()
    rows = session.execute(
        select(EditionText.path, TextBytes.data)
        .join(TextBytes, TextBytes.digest == EditionText.digest)
        .where(EditionText.edition_id == edition)
    )
    return dict(rows.all())


def drafts(session: Session) -> dict[str, tuple[int, str]]:
    """For each path that is not deleted its last save: (id, digest)."""
    last = select(func.max(Save.id)).group_by(Save.path)
    rows = session.execute(select(Save.path, Save.id, Save.digest).where(Save.id.in_(last), Save.digest.is_not(None)))
    return {path: (save, digest or "") for path, save, digest in rows}


def draft_files(session: Session) -> dict[str, bytes]:
    """Path → bytes of the whole draft tree."""
    last = select(func.max(Save.id)).group_by(Save.path)
    rows = session.execute(
        select(Save.path, TextBytes.data).join(TextBytes, TextBytes.digest == Save.digest).where(Save.id.in_(last))
    )
    return dict(rows.all())


def draft_texts(session: Session) -> dict[str, bytes]:
    """Path → bytes of the drafts in Markdown, without media."""
    last = select(func.max(Save.id)).where(Save.path.endswith(".md")).group_by(Save.path)
    rows = session.execute(
        select(Save.path, TextBytes.data).join(TextBytes, TextBytes.digest == Save.digest).where(Save.id.in_(last))
    )
    return dict(rows.all())


def draft_file(session: Session, path: str) -> bytes | None:
    """The bytes of one draft."""
    last = select(func.max(Save.id)).where(Save.path == path).scalar_subquery()
    return session.scalar(select(TextBytes.data).join(Save, Save.digest == TextBytes.digest).where(Save.id == last))


def known_digests(session: Session, digests: Iterable[str]) -> set[str]:
    """Those of the digests whose texts are kept already."""
    return set(session.scalars(select(TextBytes.digest).where(TextBytes.digest.in_(list(digests)))))


def add_texts(session: Session, rows: Mapping[str, bytes]) -> None:
    """Keep new texts under their digests."""
    if rows:
        session.execute(
            insert(TextBytes), [{"digest": d, "data": data, "redacted_why": ""} for d, data in rows.items()]
        )


_LIVE = select(Course.id, Course.key, Edition.id, Edition.digest, Course.archived).join(
    Edition, Edition.id == Course.live_id
)
_LIVE_COURSES = _LIVE.order_by(Course.key)
_LIVE_COURSE = _LIVE.where(Course.key == bindparam("key"))


def live_courses(session: Session) -> list[LiveCourse]:
    """All courses that have a live edition, by key."""
    return [LiveCourse(*row) for row in session.execute(_LIVE_COURSES)]


def live_course(session: Session, key: str) -> LiveCourse | None:
    """One course that has a live edition."""
    row = session.execute(_LIVE_COURSE, {"key": key}).one_or_none()
    return LiveCourse(*row) if row else None


def laws(session: Session, keys: Iterable[str]) -> dict[str, LawRow]:
    """Documents of the register by key."""
    return {row.key: row for row in session.scalars(select(LawRow).where(LawRow.key.in_(list(keys))))}


class LawEntry(NamedTuple):
    """What a sheet tells of a document of the register: all but what has changed it, and parts with dates of their own."""

    key: str
    title: str
    summary: str
    number: str
    issuer: str
    issued: date | None
    since: date | None
    until: date | None
    replaced_by: str
    verified: str
    source: str


_ALL_LAWS = select(LawRow)
REGISTER = Prepared(select(*(getattr(LawRow, name) for name in LawEntry._fields)))


def register(session: Session) -> dict[str, LawEntry]:
    """The whole register, for sheets."""
    return {row[0]: LawEntry(*row) for row in REGISTER.rows(session, {})}


def all_laws(session: Session) -> dict[str, LawRow]:
    """The whole register, with all that is known of each document."""
    return {row.key: row for row in session.scalars(_ALL_LAWS)}


_ALL_TERMS = select(TermRow).order_by(TermRow.key, TermRow.language)


def all_terms(session: Session) -> list[TermRow]:
    """The whole glossary, in all its languages."""
    return list(session.scalars(_ALL_TERMS))


def keep_terms(session: Session, rows: Iterable[Mapping[str, object]]) -> None:
    """Put terms into the glossary in place of those with the same keys; the others stay."""
    found = list(rows)
    session.execute(delete(TermRow).where(TermRow.key.in_({row["key"] for row in found})))
    if found:
        session.execute(insert(TermRow), found)


def published_bytes(session: Session, digest: str, name: str) -> bytes | None:
    """The bytes of a text that stands in an edition under a path that ends with this name."""
    in_edition = (
        select(EditionText.digest)
        .where(EditionText.digest == digest, EditionText.path.endswith(f"/{name}", autoescape=True))
        .exists()
    )
    return session.scalar(select(TextBytes.data).where(TextBytes.digest == digest, in_edition))
