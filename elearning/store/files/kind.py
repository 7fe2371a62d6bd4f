"""What a place for files must be able to do: a folder on this machine, or a bucket that all machines share."""

from pathlib import Path
from typing import IO, Protocol


class NotThere(Exception):
    """There is no such file."""


class Files(Protocol):
    """Files by name, grown part by part. Names are 22 URL-safe characters."""

    def size(self, name: str) -> int:
        """Bytes that have arrived; 0 for a file that was never begun."""

    def append(self, name: str, start: int, data: bytes) -> int:
        """Add a part and return the bytes that are there then; a part that does not begin where the file ends changes nothing."""

    def keep(self, name: str, source: IO[bytes]) -> None:
        """Copy a whole file in, in place of any of that name; it is there whole or not at all."""

    def start_of(self, name: str, length: int) -> bytes:
        """The first bytes of a file. Raises NotThere."""

    def path(self, name: str) -> Path:
        """Where a file can be read on this machine, for servers that send it in ranges. Raises NotThere."""

    def remove(self, name: str) -> None:
        """Remove a file; nothing where there is none."""
