"""What is asked of an open file without holding it. Each function may be called wherever the file stands, and leaves it anywhere."""

import io
import os
from collections.abc import Iterator
from typing import IO

PORTION = 65_536


def size_of(file: IO[bytes]) -> int:
    """How many bytes there are."""
    return file.seek(0, os.SEEK_END)


def head_of(file: IO[bytes], length: int) -> bytes:
    """The first bytes, at most so many."""
    file.seek(0)
    return file.read(length)


def portions(file: IO[bytes]) -> Iterator[bytes]:
    """All bytes from the first on, some at a time."""
    file.seek(0)
    while portion := file.read(PORTION):
        yield portion


def is_blank(file: IO[bytes]) -> bool:
    """Whether there is nothing but blanks and ends of lines."""
    return all(portion.isspace() for portion in portions(file))


class Lent(io.RawIOBase):
    """A file that is lent, from its first byte on, to a reader that would close it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        file.seek(0)

    def readable(self) -> bool:
        """It is there to be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read as many bytes as the buffer holds, or as are left."""
        found = self._file.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)
