"""Requests that no page of ours can send are refused before anything is done with them."""

from flask import Flask, abort, request
from werkzeug.datastructures import MultiDict

NUL = "\x00"


def init_refusing(app: Flask) -> None:
    """Refuse the character NUL in addresses and forms: no keyboard types it, no page may hold it, PostgreSQL keeps none."""

    @app.before_request
    def without_nul() -> None:
        if (
            NUL in request.path
            or (request.query_string and _holds(request.args))
            or (_brings() and _holds(request.form))
        ):
            abort(400)


def _brings() -> bool:
    """Whether anything was sent along; looking for a form costs as much as reading one."""
    return request.method not in ("GET", "HEAD") or bool(request.content_length)


def _holds(values: MultiDict[str, str]) -> bool:
    return any(NUL in value for several in values.listvalues() for value in several)
