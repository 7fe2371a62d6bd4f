"""Compiled editions at hand: a shelf in memory, filled from the cache in the database, or from the texts themselves."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from elearning.content.compiling import COMPILER, compile_course
from elearning.content.packing import pack, unpack
from elearning.content.pieces import Render
from elearning.content.problems import Problem, Problems
from elearning.content.reading import Registers, read_registers
from elearning.domain.edition import Compiled
from elearning.store.queries import texts

ROOM = 64_000_000
MOST_KEPT = 200


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
