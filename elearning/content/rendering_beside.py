"""Rendering in a process that stays: what an editor needs at every pause in typing, when starting one anew would take too long.

The process is ended when it does not answer in time, and another is started for the next job. What was rendered before is
kept, so that of a course in which one text has changed only that text is rendered.
"""

import os
import select
import struct
import subprocess
import sys
import threading
import weakref
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO

import msgspec

from elearning.content.links import LinkTable
from elearning.content.rendering import Piece, Rendered, allow_interrupts, render_here
from elearning.content.rendering_apart import Job, Result, plain_result, render_apart, rendered, too_long
from elearning.content.text import digest_of

PATIENCE = 60.0
ROOM = 24_000_000
MOST_JOBS = 2_000
_LENGTH = struct.Struct(">I")
_Key = tuple[str, str, int, str, bool]


@dataclass(slots=True, weakref_slot=True)
class RenderingBeside:
    """Renders pieces as `render_apart` does. Shared by the threads of a process; a second thread does not wait for the first.

    The process beside ends with this object, and with the process that it belongs to.
    """

    child: "subprocess.Popen[bytes] | None" = None
    owner: int = 0
    jobs: int = 0
    size: int = 0
    known: OrderedDict[_Key, Rendered] = field(default_factory=OrderedDict)
    busy: threading.Lock = field(default_factory=threading.Lock)
    looking: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, pieces: Sequence[Piece], table: LinkTable) -> list[Rendered]:
        """Render some pieces. A job that does not end in time makes every piece a problem."""
        name = digest_of(msgspec.json.encode(table))
        keys = [(name, piece.path, piece.line, piece.text, piece.inline) for piece in pieces]
        with self.looking:
            found = {key: self.known[key] for key in keys if key in self.known}
        new = [(key, piece) for key, piece in zip(keys, pieces, strict=True) if key not in found]
        if new:
            fresh = self._rendered([piece for _, piece in new], table)
            found |= {key: one for (key, _), one in zip(new, fresh, strict=True)}
            self._keep({key: found[key] for key, _ in new})
        return [found[key] for key in keys]

    def _keep(self, fresh: dict[_Key, Rendered]) -> None:
        with self.looking:
            for key, one in fresh.items():
                if key not in self.known:
                    self.size += len(key[3]) + len(one.html)
                self.known[key] = one
            while self.size > ROOM and self.known:
                key, one = self.known.popitem(last=False)
                self.size -= len(key[3]) + len(one.html)

    def _rendered(self, pieces: list[Piece], table: LinkTable) -> list[Rendered]:
        if not self.busy.acquire(blocking=False):
            return render_apart(pieces, table)
        try:
            answer = self._asked(msgspec.json.encode(Job(pieces, table)))
        finally:
            self.busy.release()
        if answer is None:
            return too_long(pieces)
        return [rendered(result) for result in msgspec.json.decode(answer, type=list[Result])]

    def _asked(self, job: bytes) -> bytes | None:
        """What the process answers; None where it did not, and was ended."""
        child = self._ready()
        try:
            _send(child.stdin, job)
            answer = _received(child.stdout, PATIENCE)
        except OSError:
            answer = None
        if answer is None:
            self.close()
        return answer

    def _ready(self) -> "subprocess.Popen[bytes]":
        """The process, started where there is none of this process's own, and now and then anew."""
        if self.owner != os.getpid():
            self.child = None
        elif self.child is not None and (self.jobs >= MOST_JOBS or self.child.poll() is not None):
            self.close()
        if self.child is None:
            command = [sys.executable, "-m", "elearning.content.rendering_beside"]
            self.child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  our own module
            self.owner, self.jobs = os.getpid(), 0
            weakref.finalize(self, _end, self.child, self.owner)
        self.jobs += 1
        return self.child

    def close(self) -> None:
        """End the process; the next job starts another."""
        child, self.child = self.child, None
        if child is not None:
            _end(child, self.owner)


def _end(child: "subprocess.Popen[bytes]", owner: int) -> None:
    """End a process and shut its pipes; one that belongs to another process, from which this one was forked, is left alone."""
    if owner == os.getpid():
        child.kill()
        child.communicate()


def _send(stream: IO[bytes] | None, data: bytes) -> None:
    if stream is not None:
        stream.write(_LENGTH.pack(len(data)) + data)
        stream.flush()


def _received(stream: IO[bytes] | None, patience: float) -> bytes | None:
    if stream is None or not select.select([stream], [], [], patience)[0]:
        return None
    length = stream.read(_LENGTH.size)
    return stream.read(_LENGTH.unpack(length)[0]) if len(length) == _LENGTH.size else None


def main() -> None:
    """Do jobs until nobody sends any."""
    allow_interrupts()
    while length := sys.stdin.buffer.read(_LENGTH.size):
        job = msgspec.json.decode(sys.stdin.buffer.read(_LENGTH.unpack(length)[0]), type=Job)
        results = [plain_result(one) for one in render_here(job.pieces, job.table)]
        _send(sys.stdout.buffer, msgspec.json.encode(results))


if __name__ == "__main__":
    main()
