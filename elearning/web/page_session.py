"""Flask's signed cookie, with what is the same for every request made once: the signer, and what a cookie that came before says."""

import time
from functools import lru_cache
from hmac import compare_digest
from typing import Any

from flask import Flask, Request, Response, current_app, g, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import CSRFProtect, generate_csrf
from itsdangerous import BadData, BadSignature, URLSafeTimedSerializer

MOST_COOKIES = 10_000
SAME_TOKEN = 600


class PageSessions(SecureCookieSessionInterface):
    """Reads each cookie once in every process: checking its signature anew cost 40 µs a request."""

    def __init__(self, app: Flask) -> None:
        self.signer = super().get_signing_serializer(app)
        self.read = lru_cache(maxsize=MOST_COOKIES)(self._read)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The one signer of the application."""
        return self.signer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie holds; empty where it is not ours or too old."""
        cookie = request.cookies.get(self.get_cookie_name(app))
        if not cookie or self.signer is None:
            return super().open_session(app, request)
        held, signed = self.read(cookie)
        if held is None or time.time() - signed > app.permanent_session_lifetime.total_seconds():
            return self.session_class()
        if any(not isinstance(value, str) for value in held.values()):  # lists, which a request may add to
            return super().open_session(app, request)
        return self.session_class(held)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie where the session changed. For the other requests Flask collects all that a cookie needs, and then sets none."""
        if not session or session.modified or session.permanent:
            super().save_session(app, session, response)
        elif session.accessed:
            response.headers.add("Vary", "Cookie")

    def _read(self, cookie: str) -> tuple[dict[str, Any] | None, float]:
        """What a cookie says and when it was signed; None for one that is not ours."""
        try:
            held, signed = self.signer.loads(cookie, return_timestamp=True)  # type: ignore[union-attr]  # asked before
        except BadSignature:
            return None, 0
        return held, signed.timestamp()


@lru_cache(maxsize=MOST_COOKIES)
def _signed(token: str, secret: str, period: int) -> str:
    return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(token))


def page_token() -> str:
    """The CSRF token of a page, as Flask-WTF makes it, but signed anew every ten minutes and not for every page."""
    made: str | None = g.get("csrf_token")
    if made is not None:
        return made
    token = session.get("csrf_token")
    if not isinstance(token, str):
        return str(generate_csrf())
    made = g.csrf_token = _signed(token, str(current_app.secret_key), int(time.time()) // SAME_TOKEN)
    return made


@lru_cache(maxsize=MOST_COOKIES)
def _was_signed(sent: str, token: str, secret: str) -> bool:
    """Whether a page that was sent carries this token of a session, signed by us."""
    try:
        return compare_digest(str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").loads(sent)), token)
    except BadData:
        return False


class PageTokens(CSRFProtect):  # type: ignore[misc]  # Flask-WTF ships no types
    """Flask-WTF's protection. A token that fits its session is checked once; the page that saves every answer sends it each time."""

    def protect(self, apply_exemptions: bool = False) -> None:
        """Look at the token of what was sent. Raises CSRFError for one that is missing or wrong."""
        if request.method not in current_app.config["WTF_CSRF_METHODS"]:
            return
        sent, token = self._get_csrf_token(), session.get("csrf_token")
        if sent and isinstance(token, str) and _was_signed(sent, token, str(current_app.secret_key)):
            g.csrf_valid = True
            return
        super().protect(apply_exemptions)
