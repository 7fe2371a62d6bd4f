"""When more people come than can be served at once: the server marks who would wait for too long, and they are told, at once."""

from flask import Flask, request

from elearning.domain.message import message
from elearning.services.failing import Unavailable

# The server in front of the application writes here for how many seconds somebody would wait; 0 where they need not.
WAIT = "phatngon.wait"
# These tell it in a way of their own.
AT_DOOR = frozenset({"public.enter", "public.again"})
CROWD = message("Very many people are here at this moment. Nothing of this was stored yet; it can be sent again.")


def to_wait() -> int:
    """For how many seconds whoever asks should wait before asking again; 0 for those who are served now."""
    return int(request.environ.get(WAIT, 0))


def init_crowding(app: Flask) -> None:
    """Tell those who have to wait, before anything else is done."""

    @app.before_request
    def tell() -> None:
        seconds = to_wait()
        if seconds and request.endpoint not in AT_DOOR:
            raise Unavailable(CROWD, seconds)
