"""A rule of the house said no. The message is for the person at the screen."""

from elearning.domain.message import Message


class DomainError(Exception):
    """The base of all refusals; `message` says what happened and what to do."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.plain())
        self.message = message


class NotFound(DomainError):
    """There is no such thing, or none that this person may see. The two are told apart nowhere."""


class Refused(DomainError):
    """The person may see this, but not do that."""


class Closed(DomainError):
    """It was possible once and is over: the attempt is handed in, the time is up."""


class Mistaken(DomainError):
    """What was typed cannot be accepted; what to change is said."""
