"""What the disk or the database cannot do now, in words: a use case that meets it is refused, and can be tried again."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from elearning.domain.errors import DomainError
from elearning.domain.message import Message, message
from elearning.store.holding import InUse

AGAIN = 5
_FULL = (errno.ENOSPC, errno.EDQUOT)
_DISK = (*_FULL, errno.EROFS, errno.EIO)
_SQLITE_FULL = ("database or disk is full",)
_SQLITE_AWAY = ("database is locked", "unable to open database file", "disk I/O error", "readonly database")
_POSTGRESQL_FULL = "53100"
# No connection, out of resources, ended by whoever runs it, an error of its disk, and one that only reads.
_POSTGRESQL_AWAY = ("08", "53", "57P", "58", "25006")


class Unavailable(DomainError):
    """The platform cannot do this now, and can later; `seconds` says when to try again. Nothing was stored."""

    def __init__(self, said: Message, seconds: int = AGAIN) -> None:
        super().__init__(said)
        self.seconds = seconds

    @property
    def is_full(self) -> bool:
        """Whether it is room that is missing."""
        return self.message == FULL


FULL = message("The disk of the platform is full. Nothing of this was stored; it can be sent again when there is room.")
AWAY = message("The platform cannot be reached for a moment. Nothing of this was stored; it can be sent again.")
ALONE = message("The platform is being moved or restored. Nothing of this was stored; it can be sent again afterwards.")


def unavailable(error: Exception) -> Unavailable | None:
    """The refusal that an error of the database or the disk comes to; None for an error that is a fault of ours."""
    if isinstance(error, InUse):
        return Unavailable(ALONE)
    if isinstance(error, OSError):
        return Unavailable(FULL if error.errno in _FULL else AWAY) if error.errno in _DISK else None
    if isinstance(error, PoolTimeout):
        return Unavailable(AWAY)
    return _of_database(error) if isinstance(error, SQLAlchemyError) else None


def _of_database(error: SQLAlchemyError) -> Unavailable | None:
    if not isinstance(error, DBAPIError):
        return None
    original: Any = error.orig
    state = getattr(original, "sqlstate", None)
    if state is not None:
        return Unavailable(FULL if state == _POSTGRESQL_FULL else AWAY) if state.startswith(_POSTGRESQL_AWAY) else None
    said = str(original)
    if any(words in said for words in _SQLITE_FULL):
        return Unavailable(FULL)
    lost = error.connection_invalidated or type(original).__module__.startswith("psycopg")
    gone = lost and type(original).__name__ == "OperationalError"
    return Unavailable(AWAY) if gone or any(words in said for words in _SQLITE_AWAY) else None


@contextmanager
def refusing() -> Iterator[None]:
    """What the disk or the database cannot do now is raised as Unavailable; all else as it was."""
    try:
        yield
    except Exception as error:
        why = unavailable(error)
        if why is None:
            raise
        raise why from error
