"""Compiled editions at hand: a shelf in memory, filled from the cache in the database, or from the texts themselves."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from elearning.content.compiling import COMPILER, compile_course
from elearning.content.packing import pack, unpack
from elearning.content.pieces import Render
from elearning.content.problems import ContentError, Problem, Problems
from elearning.content.reading import GLOSSARY, Registers, read_registers
from elearning.content.rendering_beside import RenderingBeside
from elearning.content.text import digest_of
from elearning.domain.edition import Compiled
from elearning.domain.law import Law
from elearning.store.queries import texts

ROOM = 64_000_000
DRAFTS, MOST_KEPT = 8, 200


@dataclass(frozen=True, slots=True)
class Drafted:
    """The drafts of a course as they would be published, or all problems that stand in the way (`compiled` is then None).

    `digests` is the manifest, path → digest, and `digest` its name; the registers and the texts of the glossary stand beside it.
    """

    course: str
    compiled: Compiled | None
    digests: Mapping[str, str]
    digest: str
    registers: Registers
    problems: tuple[Problem, ...]
    glossary: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def laws(self) -> Mapping[str, Law]:
        """The register of law."""
        return self.registers.laws or {}


def manifest_digest(digests: Mapping[str, str]) -> str:
    """The name of a manifest."""
    return hashlib.sha256("".join(f"{path}\0{digests[path]}\n" for path in sorted(digests)).encode()).hexdigest()


def draft_of(files: Mapping[str, bytes], course: str, render: Render) -> Drafted:
    """Compile one course of a tree, with what it is made of."""
    problems = Problems()
    registers = read_registers(files, problems)
    try:
        if problems:
            raise ContentError(list(problems))
        compiled = compile_course(files, course, render, registers)
    except ContentError as error:
        return Drafted(course, None, {}, "", registers, error.problems)
    digests = {path: digest_of(files[path]) for path in compiled.paths}
    glossary = {path: data for path, data in files.items() if path.startswith(GLOSSARY.removesuffix("md"))}
    return Drafted(course, compiled, digests, manifest_digest(digests), registers, (), glossary)


@dataclass(slots=True)
class Known:
    """The problems of some courses by the state of their texts, the last asked for kept. Shared by threads."""

    held: OrderedDict[str, tuple[Problem, ...]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, state: str) -> tuple[Problem, ...] | None:
        """What is known of a state."""
        with self.lock:
            if state in self.held:
                self.held.move_to_end(state)
            return self.held.get(state)

    def put(self, state: str, problems: tuple[Problem, ...]) -> None:
        """Keep what was found; the oldest makes room."""
        with self.lock:
            self.held[state] = problems
            while len(self.held) > MOST_KEPT:
                self.held.popitem(last=False)


@dataclass(slots=True)
class EditionShelf:
    """Editions by digest, the last used kept, up to `room` bytes of their packed size. Shared by threads."""

    render: Render
    room: int = ROOM
    held: OrderedDict[str, tuple[Compiled, int]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    checked: Known = field(default_factory=Known)
    drafts: OrderedDict[tuple[str, str], Drafted] = field(default_factory=OrderedDict)

    def draft(self, session: Session, course: str) -> Drafted:
        """The drafts of a course, compiled; one statement while no text has been saved since the last time."""
        tree = manifest_digest({path: digest for path, (_, digest) in texts.drafts(session).items()})
        with self.lock:
            if (course, tree) in self.drafts:
                self.drafts.move_to_end((course, tree))
                return self.drafts[course, tree]
        files = texts.draft_files(session)
        # Somebody may have saved between the two statements: the state is named by what was read.
        tree = manifest_digest({path: digest_of(data) for path, data in files.items()})
        found = draft_of(files, course, self.render)
        with self.lock:
            self.drafts[course, tree] = found
            while len(self.drafts) > DRAFTS:
                self.drafts.popitem(last=False)
        return found

    def get(self, session: Session, digest: str) -> Compiled:
        """The compiled edition with this digest. Costs no statement once it is on the shelf.

        Raises LookupError when no edition has this digest.
        """
        with self.lock:
            if digest in self.held:
                self.held.move_to_end(digest)
                return self.held[digest][0]
        data = texts.compiled(session, digest, COMPILER)
        compiled = unpack(data) if data else self._rebuilt(session, digest)
        self.put(digest, compiled, len(data) if data else len(pack(compiled)))
        return compiled

    def close(self) -> None:
        """End the process that renders, where one was started; whoever serves has others do that."""
        if isinstance(self.render, RenderingBeside):
            self.render.close()

    def put(self, digest: str, compiled: Compiled, size: int) -> None:
        """Keep an edition; the least used ones make room."""
        with self.lock:
            self.held[digest] = (compiled, size)
            while len(self.held) > 1 and sum(size for _, size in self.held.values()) > self.room:
                self.held.popitem(last=False)

    def _rebuilt(self, session: Session, digest: str) -> Compiled:
        files = texts.manifest_files(session, digest)
        if not files:
            raise LookupError(f"no edition {digest}")
        registers = read_registers(files, Problems())
        course = next(path.split("/")[1] for path in files if path.endswith("/course.md"))
        return compile_course(files, course, self.render, Registers(None, registers.facts))
