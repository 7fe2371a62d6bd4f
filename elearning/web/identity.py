"""The cookie that says who is signed in. It holds 256 random bits; all else is in the database, and dies there on sign-out.

Flask's own signed cookie carries the CSRF token, the language of people who are not signed in, and notices, never who somebody is.
"""

from flask import Flask, Request, Response, current_app, g, session

from elearning.domain.person import Actor
from elearning.domain.signing_in import LONGEST
from elearning.services.entering import LANGUAGES, actor_of
from elearning.services.work import NOBODY
from elearning.web.request import actor, arrived, begin_reading, end_reading, house


def cookie_name() -> str:
    """`__Host-` binds the cookie to this host over https; browsers refuse that name over http."""
    return "__Host-phatngon" if current_app.config["SESSION_COOKIE_SECURE"] else "phatngon"


def _load(asked: Request) -> Actor | None:
    token = asked.cookies.get(cookie_name(), "")
    if not 20 <= len(token) <= 100:
        return None
    reads_first = asked.method == "GET" or asked.endpoint == "learner.answers"
    return actor_of(house(), token, arrived(), begin_reading() if reads_first else None)


def init_identity(app: Flask) -> None:
    """Say who a request comes from."""
    app.extensions["who"] = _load
    app.teardown_request(end_reading)


def ask_nobody() -> None:
    """Where it is not known yet who asks, nobody does for the rest of this request: a database that is away is not asked again."""
    if "who" not in g:
        g.who = NOBODY


def let_in(response: Response, token: str) -> Response:
    """Give the browser its cookie, and a fresh CSRF token with it."""
    language = session.get("language")
    session.clear()
    g.pop("csrf_token", None)  # that of this request, which belonged to the session before
    if language:
        session["language"] = language
    response.set_cookie(
        cookie_name(), token, max_age=int(LONGEST.total_seconds()), secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True, samesite="Lax", path="/",
    )  # fmt: skip
    return response


def let_out(response: Response) -> Response:
    """Take the cookie back, and all that the browser kept for this site."""
    session.clear()
    response.delete_cookie(
        cookie_name(), path="/", secure=current_app.config["SESSION_COOKIE_SECURE"], httponly=True, samesite="Lax"
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def language() -> str:
    """The language of the page: the person's, or what was chosen in this browser, or Vietnamese."""
    if "language" not in g:
        g.language = _language()
    chosen: str = g.language
    return chosen


def _language() -> str:
    if actor().id:
        return actor().language
    asked = session.get("language")
    return str(asked) if asked in LANGUAGES else "vi"
