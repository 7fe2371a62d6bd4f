"""Counters that all processes of this machine share: whole numbers in one small file, which are added to and never lost.

The file is mapped into memory and its room is taken on the disk when it is made, so that counting goes on when the disk is
full. Adding holds a lock for some microseconds; a process that is killed lets go of it.
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
from struct import Struct

_NUMBER = Struct("<q")
log = logging.getLogger("phatngon.figures")


class Figures:
    """Counters by name. Where no file can be had they are this process's own, so that nothing else fails for it."""

    def __init__(self, folder: Path | None, names: Sequence[str]) -> None:
        self.places = {name: number * _NUMBER.size for number, name in enumerate(names)}
        self.inside = threading.Lock()
        self.file = self._opened(folder, names) if folder else None
        size = max(1, len(names)) * _NUMBER.size
        self.memory = mmap.mmap(-1 if self.file is None else self.file, size)
        if self.file is not None:
            weakref.finalize(self, os.close, self.file)

    def _opened(self, folder: Path, names: Sequence[str]) -> int | None:
        """The number of the open file of these very names; other names, as a newer version has, are another file."""
        kind = hashlib.sha256("\n".join(names).encode()).hexdigest()[:12]
        try:
            number = os.open(folder / f"figures-{kind}", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            os.posix_fallocate(number, 0, max(1, len(names)) * _NUMBER.size)
        except OSError:
            log.warning("figures are counted by each process alone: no file can be written in %s", folder)
            return None
        return number

    def add(self, more: Mapping[str, int]) -> None:
        """Add to some counters at once."""
        with self.inside:
            self._locked(fcntl.LOCK_EX)
            try:
                for name, number in more.items():
                    place = self.places[name]
                    _NUMBER.pack_into(self.memory, place, _NUMBER.unpack_from(self.memory, place)[0] + number)
            finally:
                self._locked(fcntl.LOCK_UN)

    def put(self, name: str, number: int) -> None:
        """Put one counter to a value, such as a moment."""
        with self.inside:
            _NUMBER.pack_into(self.memory, self.places[name], number)

    def read(self) -> dict[str, int]:
        """All counters, as of one moment."""
        with self.inside:
            self._locked(fcntl.LOCK_SH)
            try:
                return {name: _NUMBER.unpack_from(self.memory, place)[0] for name, place in self.places.items()}
            finally:
                self._locked(fcntl.LOCK_UN)

    def _locked(self, kind: int) -> None:
        if self.file is not None:
            fcntl.flock(self.file, kind)
