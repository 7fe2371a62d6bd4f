"""The one way in which this room says no."""

from elearning.domain.errors import DomainError


class ExchangeError(DomainError):
    """A folder, an archive or a table cannot be taken or given; the message says what to do about it."""
