"""Bringing texts in, from a zip or a git repository: looked at first, then saved as drafts; never published by surprise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any, Literal

from elearning.content.compiling import course_keys
from elearning.content.problems import Problem
from elearning.content.register_merge import with_missing
from elearning.content.text import digest_of
from elearning.domain.errors import Mistaken
from elearning.domain.message import message, packed, unpacked
from elearning.exchange.errors import ExchangeError
from elearning.exchange.git_repository import read_git, read_remote
from elearning.exchange.zipped import read_zip, write_zip
from elearning.services import drafting, publishing, working, workshop
from elearning.services.auditing import record
from elearning.services.differing import TextChange, text_changes
from elearning.services.drafting import ensure_writes
from elearning.services.editions import draft_of, manifest_digest
from elearning.services.giving_out import REGISTERS
from elearning.services.publishing import Imported
from elearning.services.work import House, Work, not_here
from elearning.services.working import Outcome, Ticket
from elearning.store.queries import jobs, texts

LOOK = "texts look"
SHOWN_PROBLEMS, SHOWN_TEXTS, SHOWN_PATHS = 200, 30, 500
Registers = Literal["add", "take", "keep"]


@dataclass(frozen=True, slots=True)
class TakingPage:
    """What bringing some texts in would do, or why they cannot be. `state` is that of the job; `came_from` a file or a remote.

    `gone` are texts in the folders of these courses that are here and not among them.
    """

    public: str
    state: str
    came_from: str
    said: object
    new: int
    changed: int
    same: int
    paths: tuple[str, ...]
    gone: tuple[str, ...]
    registers: tuple[str, ...]
    problems: tuple[Problem, ...]
    problem_count: int
    changes: tuple[TextChange, ...]
    taken: bool


@dataclass(frozen=True, slots=True)
class FilesPage:
    """What can be taken out and from where texts can be fetched: courses by (key, title, number of the live edition)."""

    courses: tuple[tuple[str, str, int], ...]
    remotes: tuple[str, ...]


def files_page(work: Work) -> FilesPage:
    """What there is. Raises NotFound for those who may not write."""
    rows = workshop.courses(work).rows
    return FilesPage(tuple((row.key, row.title, row.live) for row in rows), work.platform.remotes)


def send_zip(work: Work, name: str, file: IO[bytes]) -> str:
    """Take an open zip in to be looked at; the address of what comes of it. Raises Mistaken for one that cannot be taken."""
    ensure_writes(work)
    try:
        read_zip(file)
    except ExchangeError as error:
        raise Mistaken(error.message) from error
    public = working.add(work, LOOK, {"remote": ""}, name, file)
    record(work, "send texts", "job", public, name)
    return public


def fetch(work: Work, remote: str) -> str:
    """Have the worker fetch texts from one of the remotes that are set; the address of what comes of it.

    Raises NotFound for any other.
    """
    ensure_writes(work)
    if remote not in work.platform.remotes:
        raise not_here()
    public = working.add(work, LOOK, {"remote": remote}, remote)
    record(work, "fetch texts", "job", public, remote)
    return public


def fetched(remotes: Sequence[str], remote: str) -> tuple[str, dict[str, bytes]]:
    """Commit and texts of one of the remotes that are set; of the only one where none is named.

    Raises Mistaken for any other, ExchangeError for what cannot be taken.
    """
    chosen = remote or (remotes[0] if len(remotes) == 1 else "")
    if chosen not in remotes:
        raise Mistaken(
            message(
                "Texts are fetched from these addresses only: %(known)s. Set others in PHATNGON_TEXTS_REMOTES.",
                known=", ".join(remotes) or "–",
            )
        )
    return read_git(read_remote(chosen))


def look(house: House, ticket: Ticket) -> Outcome:
    """Judge what came, without saving anything."""
    remote = str(ticket.asked["remote"])
    commit = ""
    if remote:
        commit, files = read_git(read_remote(remote))
    else:
        with working.sent_file(house, ticket) as file:
            files = read_zip(file)
    with house.reading(ticket.actor) as work:
        found = compared(work, files)
    kept = write_zip(files) if remote else None
    return Outcome(ticket.done, {**found, "commit": commit}, kept, keep_data=True)


def compared(work: Work, files: Mapping[str, bytes]) -> dict[str, Any]:
    """What saving some texts would change, in plain values."""
    drafts = {path: digest for path, (_, digest) in texts.drafts(work.session).items()}
    differing = [path for path in sorted(files) if drafts.get(path) != digest_of(files[path])]
    keys = course_keys(files)
    folders = tuple(f"courses/{key}/" for key in keys)
    tree = {**texts.draft_files(work.session), **files}
    problems = sorted({one for key in keys for one in draft_of(tree, key, work.shelf.render).problems})
    return {
        "new": sum(1 for path in differing if path not in drafts), "changed": sum(1 for path in differing if path in drafts),
        "same": len(files) - len(differing), "paths": differing,
        "gone": [path for path in sorted(drafts) if folders and path.startswith(folders) and path not in files],
        "registers": [path for path in REGISTERS if path in differing and path in drafts],
        "problems": [[one.path, one.line, packed(one.message)] for one in problems[:SHOWN_PROBLEMS]],
        "problem_count": len(problems), "here": _here(drafts, differing),
    }  # fmt: skip


def _here(drafts: Mapping[str, str], paths: list[str]) -> str:
    """A name for what stands here under some paths, so that nothing is overwritten that nobody looked at."""
    return manifest_digest({path: drafts.get(path, "") for path in paths})


def taking_page(work: Work, public: str) -> TakingPage:
    """What came of looking at some texts. Raises NotFound for somebody else's, or another job."""
    ensure_writes(work)
    job = working.job_page(work, public)
    if job.kind != LOOK:
        raise not_here()
    result = job.result
    problems = tuple(Problem(path, line, unpacked(said)) for path, line, said in result.get("problems", []))
    return TakingPage(
        public, job.state, job.file_name, job.said, result.get("new", 0), result.get("changed", 0), result.get("same", 0),
        tuple(result.get("paths", [])[:SHOWN_PATHS]), tuple(result.get("gone", [])), tuple(result.get("registers", [])),
        problems, result.get("problem_count", 0), _changes(work, public, result), bool(result.get("taken")),
    )  # fmt: skip


def _changes(work: Work, public: str, result: Mapping[str, Any]) -> tuple[TextChange, ...]:
    if result.get("taken") or not result.get("paths"):
        return ()
    drafts = {path: digest for path, (_, digest) in texts.drafts(work.session).items()}
    files = _files(work, public)
    shown = [path for path in result["paths"] if path in files][:SHOWN_TEXTS]
    before = {path: drafts[path] for path in shown if path in drafts}
    after = {path: digest_of(files[path]) for path in shown}
    return text_changes(work, "", before, after, coming={digest_of(files[path]): files[path] for path in shown})


def _files(work: Work, public: str) -> dict[str, bytes]:
    row, _ = working.job_for(work, public)
    kept: tuple[jobs.File, ...] = ("output", "data")
    return next((read_zip(BytesIO(data)) for one in kept if (data := jobs.whole_file(work.session, row.id, one))), {})


def take(work: Work, public: str, registers: Registers, remove: bool) -> Imported:
    """Save the texts that were looked at as drafts; `remove` also removes those that are here and not among them.

    Raises NotFound for somebody else's, Mistaken when they were brought in already, or something here has changed since.
    """
    ensure_writes(work)
    row, _ = working.job_for(work, public)
    result = dict(row.result or {})
    if row.kind != LOOK or row.state != "done":
        raise not_here()
    drafts = {path: digest for path, (_, digest) in texts.drafts(work.session).items()}
    if result.get("taken") or _here(drafts, result["paths"]) != result["here"]:
        raise Mistaken(message("Texts here have changed since these were looked at. Send them once more."))
    files = _files(work, public)
    for path in result["registers"]:
        ours = texts.draft_file(work.session, path) or b""
        files[path] = {"add": with_missing(path, ours, files[path]), "take": files[path], "keep": ours}[registers]
    done = publishing.import_texts(work, files)
    for path in result["gone"] if remove else ():
        drafting.remove(work, path)
    row.result = {**result, "taken": True}
    jobs.drop_files(work.session, row.id, "data", "output")
    record(work, "bring texts in", "job", public, row.file_name)
    return done


working.register(LOOK, look)
