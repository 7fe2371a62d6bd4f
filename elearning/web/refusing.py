"""Requests that no page of ours can send are refused before anything is done with them."""

from flask import Flask, abort, request

NUL = "\x00"


def init_refusing(app: Flask) -> None:
    """Refuse the character NUL in addresses and forms: no keyboard types it, no page may hold it, PostgreSQL keeps none."""

    @app.before_request
    def without_nul() -> None:
        in_address = NUL in request.path or any(NUL in value for value in request.args.values())
        in_form = any(NUL in value for values in request.form.listvalues() for value in values)
        if in_address or in_form:
            abort(400)
