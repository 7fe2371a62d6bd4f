"""How much one folder or archive may bring."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from elearning.domain.message import message
from elearning.exchange.errors import ExchangeError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on a tree of texts; sizes in bytes, `ratio` is unpacked size over packed size of one member."""

    files: int = 2_000
    one_file: int = 20 * MEGABYTE
    all_files: int = 500 * MEGABYTE
    ratio: int = 100
    members: int = 10_000


LIMITS = Limits()


class Tally:
    """Counts files and bytes as they come, and stops the reading at the first that is too much."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._files = 0
        self._bytes = 0

    def add(self, path: str, size: int) -> None:
        """Count one file of `size` bytes. Raises ExchangeError when it, or all together, are over the limit."""
        self._files += 1
        self._bytes += size
        if self._files > self._limits.files:
            raise ExchangeError(
                message(
                    "There are more than %(most)s files. Bring in fewer courses at a time.", most=self._limits.files
                )
            )
        if size > self._limits.one_file:
            raise too_large(path, self._limits)
        if self._bytes > self._limits.all_files:
            raise ExchangeError(
                message(
                    "The files are larger than %(most)s MB together. Bring in fewer courses at a time.",
                    most=megabytes(self._limits.all_files),
                )
            )


def too_large(path: str, limits: Limits) -> ExchangeError:
    """The error for one file over its limit."""
    return ExchangeError(
        message(
            "The file %(path)s is larger than %(most)s MB. Make it smaller.",
            path=path,
            most=megabytes(limits.one_file),
        )
    )


def megabytes(size: int) -> int:
    """Bytes as whole megabytes, at least 1, for people to read."""
    return max(1, size // MEGABYTE)


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Turn a refusal of the operating system into an ExchangeError that names the file."""
    try:
        yield
    except OSError as error:
        raise ExchangeError(
            message(
                "The file %(path)s cannot be read (%(reason)s). Check that it exists and may be read.",
                path=path,
                reason=error.strerror or type(error).__name__,
            )
        ) from error
