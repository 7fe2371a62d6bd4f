"""Papers of a quiz for those who write it: what could be printed is shown, then the versions, their answer sheets and the key are
made as files of one zip, by a job that says how far it is. The same quiz and the same seed give the same papers again.
"""

import posixpath
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import IO

from elearning.content.checking_one import original_path
from elearning.content.compiling import MEDIA
from elearning.content.outline_lines import title_of
from elearning.content.pieces import Pieces
from elearning.content.problems import Problems
from elearning.content.quiz_reader import read_quiz
from elearning.content.text import read_source
from elearning.documents.exam_docx import exam_docx, key_docx
from elearning.documents.exam_pdf import exam_pdf, key_pdf
from elearning.documents.exam_words import WORDS, ExamPrint
from elearning.domain.errors import Mistaken
from elearning.domain.exam_paper import Version
from elearning.domain.message import Message
from elearning.domain.person import Actor
from elearning.services import drafting, working
from elearning.services.auditing import record
from elearning.services.exam_papers import Drawn, LeftOut, Order, draft, papers
from elearning.services.work import House, Work, not_here
from elearning.services.working import JobPage, Outcome, Ticket
from elearning.store.queries import drafts, jobs

JOB = "exam papers"
# So many questions in all versions are set while somebody waits for the page.
AT_ONCE = 400
SHOWN = 10
_LINK = re.compile(r"\]\(([^)\s:#]+)\)")
_FIXED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be printed: how the versions are drawn, and what stands at the head of each. `minutes` 0 says nothing of time."""

    versions: int = 4
    first: int = 101
    seed: str = ""
    mix_questions: bool = True
    mix_options: bool = True
    above: str = ""
    issuer: str = ""
    occasion: str = ""
    title: str = ""
    minutes: int = 0
    language: str = "vi"
    kind: str = "pdf"

    @property
    def order(self) -> Order:
        """How they are drawn."""
        return Order(self.versions, self.first, self.seed, self.mix_questions, self.mix_options)


@dataclass(frozen=True, slots=True)
class Made:
    """Papers that were asked for before."""

    public: str
    at: datetime
    codes: str
    seed: str


@dataclass(frozen=True, slots=True)
class AskPage:
    """The page on which papers are asked for. `wanted` is what its form begins with, `said` why nothing can be printed, `printed` and
    `left_out` what could be and what could not.
    """

    quiz: str
    path: str
    title: str
    wanted: Wanted
    said: Message | None
    printed: int
    left_out: tuple[LeftOut, ...]
    made: tuple[Made, ...]


@dataclass(frozen=True, slots=True)
class MadePage:
    """How far the papers are, or what came of them."""

    quiz: str
    path: str
    job: JobPage
    wanted: Wanted
    codes: tuple[str, ...]
    questions: int
    left_out: tuple[LeftOut, ...]


def ask_page(work: Work, quiz: str, like: str = "", seed: str = "") -> AskPage:
    """What could be printed of a quiz; the form begins as for the papers `like`, where these are named.

    Raises NotFound for a quiz that is not there, for those who may not write, and for somebody else's papers.
    """
    path = f"quizzes/{quiz}.md"
    there = drafting.draft(work, path)
    if original_path(path) != path:
        raise not_here()
    before = _wanted(work, quiz, like) if like else None
    wanted = before or Wanted(seed=seed or f"{work.chance.bits(20) % 900_000 + 100_000}", issuer=work.platform.issuer)
    title = title_of(there.data) or quiz
    rows = jobs.own(work.session, work.actor.id, JOB, SHOWN, there.path)
    made = tuple(_line(row.public, row.made, Wanted(**row.asked["wanted"])) for row in rows)
    try:
        seen = draft(texts_of(work, quiz), quiz, wanted.seed)
    except Mistaken as error:
        return AskPage(quiz, path, title, wanted, error.message, 0, (), made)
    if before is None:
        wanted = Wanted(seed=wanted.seed, issuer=wanted.issuer, title=seen.title, minutes=seen.minutes or 0)
    return AskPage(quiz, path, title, wanted, None, seen.printed, seen.left_out, made)


def _line(public: str, at: datetime, wanted: Wanted) -> Made:
    last = wanted.first + wanted.versions - 1
    return Made(public, at, f"{wanted.first:03}" + (f"–{last:03}" if wanted.versions > 1 else ""), wanted.seed)


def _wanted(work: Work, quiz: str, public: str) -> Wanted:
    row, _ = working.job_for(work, public)
    if row.kind != JOB or row.asked["quiz"] != quiz:
        raise not_here()
    return Wanted(**row.asked["wanted"])


def texts_of(work: Work, quiz: str) -> dict[str, bytes]:
    """The draft of a quiz with the banks that it draws from and the pictures that they show. Raises NotFound as `ask_page` does."""
    found = {one: drafting.draft(work, one).data for one in (f"quizzes/{quiz}.md",)}
    for path, data in [*found.items()]:
        source = read_source(path, data, Problems())
        read = read_quiz(source, Pieces(), Problems()) if source else None
        for bank in dict.fromkeys(draw.bank for draw, _ in read.draw_lines) if read else ():
            found.update(_kept(work, bank))
    for path, data in [*found.items()]:
        for name in dict.fromkeys(_LINK.findall(data.decode("utf-8-sig", "replace"))):
            if name.endswith(MEDIA):
                found.update(_kept(work, posixpath.normpath(posixpath.join(posixpath.dirname(path), name))))
    return found


def _kept(work: Work, path: str) -> Iterator[tuple[str, bytes]]:
    row = drafts.head(work.session, path)
    if row is not None and row.digest:
        yield path, drafts.text(work.session, row.digest)


def make(house: House, actor: Actor, quiz: str, wanted: Wanted, words: Mapping[str, str], address: str = "") -> str:
    """Ask for papers, whose fixed phrases are `words`; the address of the job. Few are made at once, many by the worker.

    Raises Mistaken where the quiz cannot be printed so, NotFound as `ask_page` does.
    """
    with house.reading(actor) as work:
        drawn = papers(texts_of(work, quiz), quiz, wanted.order)
    with house.writing(actor, address=address) as work:
        path = f"quizzes/{quiz}.md"
        asked = {"quiz": quiz, "wanted": asdict(wanted), "words": {key: words[key] for key in WORDS}}
        job = working.add(work, JOB, asked, path)
        record(work, "make exam papers", "text", path, f"{wanted.seed} {job}")
    if len(drawn.versions) * len(drawn.versions[0].questions) <= AT_ONCE:
        working.run(house, job)
    return job


def make_files(house: House, ticket: Ticket) -> Outcome:
    """Make the zip of a job. One that was broken off begins anew. Raises GivenUp when another worker does it."""
    wanted, words, quiz = Wanted(**ticket.asked["wanted"]), ticket.asked["words"], ticket.asked["quiz"]
    with house.reading(ticket.actor) as work:
        drawn = papers(texts_of(work, quiz), quiz, wanted.order)
        # The day alone, so that papers that are made again on it are the same bytes.
        moment, templates = datetime.combine(work.today, time(), UTC), work.platform.templates
    made = _files(drawn, wanted, words, moment, templates)
    with ExitStack() as closing:
        file = closing.enter_context(tempfile.TemporaryFile())
        noted = _packed(house, ticket, made, len(drawn.versions) + 1, file)
        # All went well: whoever keeps the file closes it.
        closing.pop_all()
    left_out = [[one.key, one.words, one.type] for one in drawn.left_out]
    figures = {
        "codes": [one.code for one in drawn.versions],
        "questions": len(drawn.versions[0].questions),
        "left_out": left_out,
    }
    return Outcome(noted, figures, file=file)


def _packed(house: House, ticket: Ticket, made: Iterable[tuple[str, bytes]], total: int, file: IO[bytes]) -> int:
    """Put files into a zip one by one, and say after each how far it is; how far it is then."""
    noted = ticket.done
    with zipfile.ZipFile(file, "w") as archive:
        for done, (name, data) in enumerate(made, 1):
            archive.writestr(zipfile.ZipInfo(name, _FIXED), data, zipfile.ZIP_DEFLATED)
            with house.writing(ticket.actor) as work:
                working.advance(work, ticket, noted, done, total, {})
            noted = done
    return noted


def _files(
    drawn: Drawn, wanted: Wanted, words: Mapping[str, str], moment: datetime, templates: Path
) -> Iterator[tuple[str, bytes]]:
    """Each version with its answer sheet, then the key to all of them."""

    def exam(*versions: Version) -> ExamPrint:
        return ExamPrint(
            wanted.issuer, wanted.title or drawn.title, wanted.language, versions, moment, wanted.minutes or None, wanted.above,
            wanted.occasion, wanted.seed,
        )  # fmt: skip

    for one in drawn.versions:
        name = f"de-{one.code}.{wanted.kind}"
        yield name, exam_docx(exam(one), words) if wanted.kind == "docx" else exam_pdf(exam(one), words, templates=templates)  # fmt: skip
    whole = exam(*drawn.versions)
    key = key_docx(whole, words) if wanted.kind == "docx" else key_pdf(whole, words, templates=templates)
    yield f"dap-an.{wanted.kind}", key


def made_page(work: Work, quiz: str, job: str) -> MadePage:
    """How far papers are, or what came of them. Raises NotFound for somebody else's, and for those who may not write."""
    drafting.ensure_writes(work)
    wanted = _wanted(work, quiz, job)
    page = working.job_page(work, job)
    left_out = tuple(LeftOut(*one) for one in page.result.get("left_out", ()))
    codes = tuple(page.result.get("codes", ()))
    return MadePage(quiz, f"quizzes/{quiz}.md", page, wanted, codes, page.result.get("questions", 0), left_out)


def made_file(work: Work, quiz: str, job: str) -> tuple[Path, str]:
    """The zip that came of a job, and its name. Raises NotFound as `made_page` does, and where it was dropped."""
    page = made_page(work, quiz, job)
    found = working.kept_file(work, job)
    if found is None:
        raise not_here()
    record(work, "fetch exam papers", "text", page.path, job)
    return found[0], f"{quiz}-{page.wanted.seed}.zip"


working.register(JOB, make_files)
