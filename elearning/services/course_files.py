"""Pictures, sound, video and papers of a course: sent part by part, looked at by their content, kept beside its texts."""

import posixpath
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from sqlalchemy import select

from elearning.content.compiling import MEDIA
from elearning.content.outline_lines import title_of
from elearning.domain.errors import Mistaken
from elearning.domain.media import LONGEST_START, media_kind
from elearning.domain.message import message
from elearning.domain.names import key_of_words
from elearning.domain.person import Actor
from elearning.exchange.errors import ExchangeError
from elearning.exchange.limits import LIMITS, MEGABYTE
from elearning.exchange.pictures import drawn_anew, is_drawing, is_picture
from elearning.services import drafting
from elearning.services.work import House, Work, not_here
from elearning.store.models.text import CourseFile
from elearning.store.queries import drafts

PART = 500_000
ENDINGS = {"audio/mpeg": ".mp3", "audio/ogg": ".ogg", "video/mp4": ".mp4", "video/webm": ".webm"}


@dataclass(frozen=True, slots=True)
class Arrived:
    """How much of a file is there; `path` is where it stands once all of it is."""

    id: str
    received: int
    size: int
    path: str
    part: int = PART


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a course, with the line of Markdown that shows it in a lesson."""

    path: str
    name: str
    link: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FilesPage:
    """The files of a course."""

    course: str
    title: str
    files: tuple[FileLine, ...]


def files_page(work: Work, course: str) -> FilesPage:
    """The files of a course, in order of name. Raises NotFound where there is no such course."""
    there = drafting.draft(work, f"courses/{course}/course.md")
    rows = [row for row in drafts.heads(work.session, f"courses/{course}/") if row.digest and row.path.endswith(MEDIA)]
    lines = tuple(
        FileLine(row.path, posixpath.basename(row.path), link_to(row.path, course), row.by, row.at) for row in rows
    )
    return FilesPage(course, title_of(there.data) or course, lines)


def link_to(path: str, course: str) -> str:
    """How a text of the course names one of its files."""
    return posixpath.relpath(path, f"courses/{course}")


def begin(work: Work, course: str, name: str, size: int) -> Arrived:
    """Announce a file for a course. Raises NotFound where there is no such course, Mistaken for a size that does not fit."""
    drafting.draft(work, f"courses/{course}/course.md")
    if not 0 < size <= LIMITS.one_file:
        raise Mistaken(
            message(
                "A file has up to %(most)s MB. Make it smaller, or shorten the recording.",
                most=LIMITS.one_file // MEGABYTE,
            )
        )
    row = CourseFile(
        public=work.chance.token(16)[:22], course=course, name=name[-200:], size=size, path="", made=work.now,
        by_id=work.actor.id,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    return Arrived(row.public, 0, size, "")


def received(work: Work, public: str) -> Arrived:
    """How much of one of the actor's files is there. Raises NotFound for anybody else's."""
    drafting.ensure_writes(work)
    row = work.session.scalar(select(CourseFile).where(CourseFile.public == public, CourseFile.by_id == work.actor.id))
    if row is None:
        raise not_here()
    return Arrived(public, row.size if row.path else work.files.size(public), row.size, row.path)


def add_part(house: House, actor: Actor, public: str, start: int, data: bytes) -> Arrived:
    """Add one part; the answer says how much is there. With the last one the file takes its place beside the texts.

    Raises NotFound for anybody else's file, Mistaken when all is there and it is nothing that a course can show.
    """
    with house.reading(actor) as work:
        now = received(work, public)
    if now.path:
        return now
    room = now.size - start
    there = house.files.append(public, start, data[:room]) if room > 0 else now.received
    if there < now.size:
        return Arrived(public, there, now.size, "")
    try:
        whole = house.files.path(public).read_bytes()
        ending, kept = usable(whole)
        with house.writing(actor) as work:
            path = _keep(work, public, ending, kept)
    finally:
        house.files.remove(public)
    return Arrived(public, there, now.size, path)


def usable(data: bytes) -> tuple[str, bytes]:
    """The ending and the bytes to keep: pictures drawn anew, sound, video and PDF as they are. Raises Mistaken for all else."""
    start = data[:LONGEST_START]
    if is_picture(start):
        try:
            picture = drawn_anew(data)
        except ExchangeError as error:
            raise Mistaken(error.message) from error
        return picture.ending, picture.data
    if data.startswith(b"%PDF-"):
        return ".pdf", data
    ending = ENDINGS.get(media_kind(start) or "")
    if ending:
        return ending, data
    if is_drawing(start):
        raise Mistaken(
            message("SVG drawings may carry programs and are not taken. Save the drawing as PNG, then send that.")
        )
    raise Mistaken(
        message(
            "A course shows pictures (PNG, JPEG, WebP), sound (MP3, OGG), video (MP4, WebM) and PDF. Save the file as one of these."
        )
    )


def _keep(work: Work, public: str, ending: str, data: bytes) -> str:
    row = work.session.scalar(select(CourseFile).where(CourseFile.public == public, CourseFile.by_id == work.actor.id))
    if row is None:
        raise not_here()
    folder = f"courses/{row.course}/media"
    stem = key_of_words(posixpath.splitext(posixpath.basename(row.name))[0]) or "tep"
    path = _free(work, folder, stem, ending, data)
    head = drafts.head(work.session, path)
    drafting.save_draft(work, path, data, head.id if head else None)
    row.path = path
    return path


def _free(work: Work, folder: str, stem: str, ending: str, data: bytes) -> str:
    """A name that nobody has, or that of the very same file."""
    taken = {row.path: row for row in drafts.heads(work.session, f"{folder}/")}
    numbered = (f"{folder}/{stem}{f'-{number}' if number > 1 else ''}{ending}" for number in range(1, len(taken) + 2))
    for path in numbered:
        there = taken.get(path)
        if there is None or (there.digest and drafts.text(work.session, there.digest) == data):
            return path
    raise not_here()


def take_whole(house: House, actor: Actor, course: str, name: str, file: IO[bytes]) -> str:
    """A file that a plain form has brought in one piece; its path. Raises as `begin` and `add_part` do."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    with house.writing(actor) as work:
        begun = begin(work, course, name, size)
    start, path = 0, ""
    while part := file.read(PART):
        now = add_part(house, actor, begun.id, start, part)
        start, path = now.received, now.path
    return path
