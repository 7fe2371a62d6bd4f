"""A hand-out in Word as lessons of a course that is there: looked at first, then kept as drafts in one of its modules.

What was understood is kept with the job for thirty days, the Word file itself is not. Where lessons came from stands in the jobs
that kept them, so that the same file again brings its lessons up to date and doubles none.
"""

import posixpath
import re
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any, Literal

from elearning.content.outline_lines import quoted, read_outline, title_of
from elearning.content.text import digest_of, digest_of_file
from elearning.domain.errors import Mistaken
from elearning.domain.message import message, packed, unpacked
from elearning.domain.person import Actor
from elearning.exchange.errors import ExchangeError
from elearning.exchange.handouts import DraftLesson, Handout, Remark, read_handout
from elearning.exchange.pictures import drawn_anew
from elearning.exchange.streams import size_of
from elearning.exchange.word.opening import opened
from elearning.services import drafting, working
from elearning.services.auditing import record
from elearning.services.work import House, Work, not_here
from elearning.services.working import JobPage, Outcome, Ticket
from elearning.store.models.notice import Job
from elearning.store.queries import drafts, jobs

LOOK = "word look"
# Short enough to be read while somebody waits for the page.
AT_ONCE = 1_000_000
LONGEST_SHOWN = 200
State = Literal["new", "update", "same", "touched"]


@dataclass(frozen=True, slots=True)
class ShownLesson:
    """A lesson that the file would give. `path` is the text that it was kept as before, empty where it was not; `ticked` says
    whether it is chosen as the page opens.
    """

    key: str
    title: str
    minutes: int
    words: int
    tables: int
    pictures: int
    footnotes: int
    remarks: tuple[Remark, ...]
    state: State
    path: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class SendPage:
    """The page on which a Word file is sent for a course. `module` is the one from which it was opened."""

    course: str
    title: str
    module: str


@dataclass(frozen=True, slots=True)
class WordPage:
    """What a Word file holds, for a course. `remarks` are about no lesson; `modules` are (key, title); `module` is the one chosen, and
    `new_module` the title of a new one.
    """

    public: str
    course: str
    course_title: str
    job: JobPage
    lessons: tuple[ShownLesson, ...]
    remarks: tuple[Remark, ...]
    modules: tuple[tuple[str, str], ...]
    module: str
    new_module: str
    can_keep: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """What a lesson of a file became: the path of its text, the digest of its bytes as kept, and what names its state in the file."""

    path: str
    kept: str
    source: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen on the page of a file, where somebody has sent it: lessons by key, a module by key, a title for a new one."""

    lessons: tuple[str, ...]
    module: str
    title: str


def send_page(work: Work, course: str, module: str = "") -> SendPage:
    """The form for a Word file. Raises NotFound where there is no such course, and for those who may not write."""
    there = drafting.draft(work, _outline_path(course))
    return SendPage(course, title_of(there.data) or course, module[:LONGEST_SHOWN])


def _outline_path(course: str) -> str:
    return f"courses/{course}/course.md"


def upload(
    house: House, actor: Actor, course: str, name: str, file: IO[bytes], module: str = "", address: str = ""
) -> str:
    """Take an open Word file in; the address of the page that shows what it holds. A short one is read at once, a long one by the worker.

    Raises Mistaken for what is no Word file, is damaged, or would unpack to too much; NotFound as `send_page` does.
    """
    try:
        opened(file)
        if size_of(file) <= AT_ONCE:
            read_handout(file)
    except ExchangeError as error:
        raise Mistaken(error.message) from error
    with house.writing(actor, address=address) as work:
        send_page(work, course)
        asked = {"course": course, "module": module[:LONGEST_SHOWN], "digest": digest_of_file(file)}
        public = working.add(work, LOOK, asked, name, file)
        record(work, "send hand-out", "job", public, name[:200])
    if size_of(file) <= AT_ONCE:
        working.run(house, public)
    return public


def look(house: House, ticket: Ticket) -> Outcome:
    """Read a Word file: what it holds becomes the figures of the page, and its lessons a zip that waits to be kept."""
    try:
        with working.sent_file(house, ticket) as file:
            handout = read_handout(file)
    except ExchangeError as error:
        raise Mistaken(error.message) from error
    rows: list[dict[str, Any]] = []
    target = tempfile.TemporaryFile()  # noqa: SIM115  it is closed when it has been kept
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for lesson in _lessons(handout):
            text, pictures, lost = _drawn(lesson)
            archive.writestr(f"{lesson.key}.md", text)
            for name, data in pictures.items():
                archive.writestr(f"{lesson.key}/{name}", data)
            source = digest_of("\n".join([text, *(digest_of(data) for data in pictures.values())]).encode())
            rows.append(_row(lesson, source, len(pictures), [*_of(handout.remarks, lesson), *lost]))
    known = {row["title"] for row in rows}
    around = [_packed(one) for one in handout.remarks if one.chapter not in known]
    figures = {"title": handout.title, "lessons": rows, "remarks": around}
    return Outcome(ticket.done, figures, target)


def _lessons(handout: Handout) -> Iterable[DraftLesson]:
    """All that can be kept: what stands before the first chapter, then the chapters."""
    return (*((handout.introduction,) if handout.introduction else ()), *handout.lessons)


def _of(remarks: Iterable[Remark], lesson: DraftLesson) -> list[Remark]:
    return [one for one in remarks if one.chapter == lesson.title]


def _packed(remark: Remark) -> list[Any]:
    return [packed(remark.place), packed(remark.said)]


def _row(lesson: DraftLesson, source: str, pictures: int, remarks: Iterable[Remark]) -> dict[str, Any]:
    return {
        "key": lesson.key, "title": lesson.title, "minutes": min(300, lesson.minutes), "words": len(lesson.text.split()),
        "tables": lesson.tables, "pictures": pictures, "footnotes": lesson.footnotes, "source": source,
        "remarks": [_packed(one) for one in remarks],
    }  # fmt: skip


def _drawn(lesson: DraftLesson) -> tuple[str, dict[str, bytes], list[Remark]]:
    """The text of a lesson with its pictures drawn anew, and what is to be said of those that could not be: their words stay."""
    text, pictures, lost = lesson.text, {}, []
    for medium in lesson.media:
        name = posixpath.basename(medium.path)
        shown = re.compile(rf"!\[([^\]]*)\]\({re.escape(medium.path)}\)")
        try:
            picture = drawn_anew(medium.data)
        except ExchangeError as error:
            text = shown.sub(r"\1", text)
            said = message("It was left out, and its words stay: %(why)s", why=error.message)
            lost.append(Remark(message("Picture %(name)s", name=name), said))
            continue
        name = posixpath.splitext(name)[0] + picture.ending
        pictures[name] = picture.data
        text = shown.sub(rf"![\1](media/{lesson.key}/{name})", text)
    return text, pictures, lost


def file_of(work: Work, course: str, public: str) -> Job:
    """The job of a Word file that the actor sent for a course. Raises NotFound for any other."""
    drafting.ensure_writes(work)
    row, _ = working.job_for(work, public)
    if row.kind != LOOK or row.by_id != work.actor.id or row.asked["course"] != course:
        raise not_here()
    return row


def word_page(work: Work, course: str, public: str, choice: Choice | None = None) -> WordPage:
    """What a Word file holds; with what was chosen, where somebody sent that. Raises NotFound for somebody else's."""
    row, page = file_of(work, course, public), working.job_page(work, public)
    there = drafting.draft(work, _outline_path(course))
    before = origins(work, row)
    lessons = tuple(_shown(work, one, before, choice) for one in page.result.get("lessons", ()))
    modules = tuple((one.key, one.title) for one in read_outline(there.path, there.data).chapters)
    module = choice.module if choice else row.asked["module"]
    if choice is None and module not in dict(modules):
        module = modules[-1][0] if modules else ""
    new = choice.title if choice else page.result.get("title", "")
    return WordPage(
        public, course, title_of(there.data) or course, page, lessons, _remarks(page.result.get("remarks", ())), modules, module, new,
        page.has_output and any(one.state != "same" for one in lessons),
    )  # fmt: skip


def _remarks(rows: Iterable[Any]) -> tuple[Remark, ...]:
    return tuple(Remark(unpacked(place), unpacked(said)) for place, said in rows)


def _shown(work: Work, row: Mapping[str, Any], before: Mapping[str, Origin], choice: Choice | None) -> ShownLesson:
    origin = before.get(row["key"])
    state = state_of(work, origin, row["source"])
    ticked = row["key"] in choice.lessons if choice else state in ("new", "update")
    return ShownLesson(
        row["key"], row["title"], row["minutes"], row["words"], row["tables"], row["pictures"], row["footnotes"],
        _remarks(row["remarks"]), state, origin.path if origin and state != "new" else "", ticked and state != "same",
    )  # fmt: skip


def origins(work: Work, row: Job) -> dict[str, Origin]:
    """What the lessons of a file became before, in the same course: of a file of this name, or of the very same bytes."""
    found: dict[str, Origin] = {}
    for one in reversed(jobs.of_course(work.session, LOOK, row.asked["course"])):
        if one.file_name == row.file_name or one.asked["digest"] == row.asked["digest"]:
            found |= {key: Origin(*values) for key, values in (one.result or {}).get("kept", {}).items()}
    return found


def state_of(work: Work, origin: Origin | None, source: str) -> State:
    """How a lesson of a file stands to what it became before: new, a newer state of it, the same, or changed here since."""
    head = drafts.head(work.session, origin.path) if origin else None
    if origin is None or head is None or head.digest is None:
        return "new"
    if origin.source == source:
        return "same"
    return "update" if head.digest == origin.kept else "touched"


def lesson_texts(work: Work, row: Job) -> dict[str, bytes]:
    """What waits to be kept, by name. Raises Mistaken where it was dropped."""
    output = jobs.whole_file(work.session, row.id, "output")
    if output is None:
        raise Mistaken(message("This file was sent more than 30 days ago and was dropped. Send it again."))
    with zipfile.ZipFile(BytesIO(output)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def front_matter(row: Mapping[str, Any]) -> str:
    """What stands above the text of a lesson."""
    return f"---\ntitle: {quoted(row['title'])}\nminutes: {row['minutes']}\n---\n"


working.register(LOOK, look)
