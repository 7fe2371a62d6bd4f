"""Files that people send, in one folder that all processes share. What was acknowledged is on the disk."""

import fcntl
import os
import re
import shutil
from pathlib import Path
from typing import IO

from elearning.store.files.kind import NotThere

PART = 1_000_000
_NAME = re.compile(r"[A-Za-z0-9_-]{22}")


class Folder:
    """Files by name, grown part by part. Names are 22 URL-safe characters, so that none leads out of the folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise NotThere(name)
        return self.root / name[:2] / name

    def size(self, name: str) -> int:
        """Bytes that have arrived; 0 for a file that was never begun."""
        path = self._path(name)
        return path.stat().st_size if path.exists() else 0

    def append(self, name: str, start: int, data: bytes) -> int:
        """Add a part and return the bytes that are there then.

        A part that does not begin where the file ends changes nothing: the same part sent twice is kept once, and whoever
        sends sees from the answer where to go on. Two who send at once wait for one another.
        """
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            there = os.fstat(file.fileno()).st_size
            if start == there and data:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                there += len(data)
        return there

    def keep(self, name: str, source: IO[bytes]) -> None:
        """Copy a whole file in, in place of any of that name; it is there whole or not at all."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        with fresh.open("wb") as file:
            shutil.copyfileobj(source, file, PART)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)

    def start_of(self, name: str, length: int) -> bytes:
        """The first bytes of a file. Raises NotThere."""
        with self.open(name) as file:
            return file.read(length)

    def open(self, name: str) -> IO[bytes]:
        """A file to read. Raises NotThere."""
        try:
            return self._path(name).open("rb")
        except FileNotFoundError as error:
            raise NotThere(name) from error

    def path(self, name: str) -> Path:
        """Where a file stands, for servers that send it in ranges. Raises NotThere."""
        found = self._path(name)
        if not found.exists():
            raise NotThere(name)
        return found

    def remove(self, name: str) -> None:
        """Remove a file; nothing where there is none."""
        self._path(name).unlink(missing_ok=True)
