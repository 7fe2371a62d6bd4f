"""Counters that all processes of this machine share: whole numbers in one small file, which are added to and never lost.

The file is mapped into memory and its room is taken on the disk when it is made, so that counting goes on when the disk is
full. Each process adds in a row of its own, which goes on where another has left it, and a counter is the sum of all rows: with
one row, each request took a lock of the system twice, and threads waited for each other's turn at it.
"""

import fcntl
import hashlib
import logging
import mmap
import os
import threading
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from struct import Struct, pack

ROWS = 64  # the first is for what is put and not added to; each of the others is one process's
_NUMBER = Struct("<q")
_LOCK = "hhqqi4x"  # what fcntl(2) calls a struct flock
log = logging.getLogger("phatngon.figures")


class Figures:
    """Counters by name. Where no file can be had they are this process's own, so that nothing else fails for it."""

    def __init__(self, folder: Path | None, names: Sequence[str]) -> None:
        self.size = max(1, len(names)) * _NUMBER.size
        self.places = {name: number * _NUMBER.size for number, name in enumerate(names)}
        self.inside = threading.Lock()
        self.file = self._opened(folder, names) if folder else None
        self.row = 0 if self.file is None else self._own_row(self.file)
        self.memory = mmap.mmap(*((-1, self.size) if self.file is None else (self.file, self.size * ROWS)))

    def _opened(self, folder: Path, names: Sequence[str]) -> int | None:
        """The number of the open file of these very names; other names, as a newer version has, are another file."""
        kind = hashlib.sha256("\n".join(("rows", *names)).encode()).hexdigest()[:12]
        try:
            number = os.open(folder / f"figures-{kind}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            weakref.finalize(self, os.close, number)
            os.posix_fallocate(number, 0, self.size * ROWS)
        except OSError:
            log.warning("figures are counted by each process alone: no file can be written in %s", folder)
            return None
        return number

    def _own_row(self, file: int) -> int:
        """A row that no living process has; the lock on it goes with the process. Where all are taken, the last is shared."""
        for row in range(1, ROWS):
            wish = pack(_LOCK, fcntl.F_WRLCK, os.SEEK_SET, row * self.size, self.size, 0)
            try:
                fcntl.fcntl(file, fcntl.F_OFD_SETLK, wish)
            except OSError:
                continue
            return row
        log.warning("more than %s processes count: some numbers may be too small", ROWS - 1)
        return ROWS - 1

    def add(self, more: Mapping[str, int]) -> None:
        """Add to some counters at once."""
        with self.inside:
            for name, number in more.items():
                place = self.row * self.size + self.places[name]
                _NUMBER.pack_into(self.memory, place, _NUMBER.unpack_from(self.memory, place)[0] + number)

    def put(self, name: str, number: int) -> None:
        """Put one counter, which nobody adds to, to a value such as a moment."""
        with self.inside:
            _NUMBER.pack_into(self.memory, self.places[name], number)

    def read(self) -> dict[str, int]:
        """All counters."""
        rows = range(0, len(self.memory), self.size)
        return {
            name: sum(_NUMBER.unpack_from(self.memory, row + place)[0] for row in rows)
            for name, place in self.places.items()
        }
