"""Refusals and failures → pages that say what to do, with the status that a web engineer expects."""

import logging
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, jsonify, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from elearning.domain.errors import Closed, DomainError, Mistaken, NotFound, Refused
from elearning.services.entering import TooOften
from elearning.services.failing import Unavailable, unavailable
from elearning.web.frame import show
from elearning.web.identity import ask_nobody
from elearning.web.request import SignedOut, actor
from elearning.web.words import words

STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    Refused: 403,
    Closed: 409,
    Mistaken: 422,
    TooOften: 429,
    SignedOut: 401,
}
SECRET = frozenset({"csrf_token", "password", "identifier"})
# Where one of these was typed the form is never put into a page to be sent again.
PASSWORDS = frozenset({"password", "old", "new"})
MOST_KEPT = 600_000
log = logging.getLogger("phatngon")


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What happened, what to do, and where to go; `resend` holds what was typed, to be sent once more."""

    status: int
    title: str
    text: str
    todo: str
    href: str | None
    link: str
    resend: tuple[tuple[str, str], ...] = ()
    resend_to: str = ""
    reference: str = ""


def init_errors(app: Flask) -> None:
    """Register what answers when a request cannot be."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(Unavailable, _later)
    app.register_error_handler(OSError, _disk)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(Exception, _failed)


def _wants_json() -> bool:
    asked = request.accept_mimetypes
    if asked["application/json"] > asked["text/html"]:
        return True
    return request.is_json or (request.path.startswith("/certificates/") and request.path.endswith(".json"))


def _answer(page: ErrorPage) -> ResponseReturnValue:
    if _wants_json():
        return jsonify(message=page.text), page.status
    return show("errors/error.html", page, None, page.status)


def _home() -> tuple[str, str]:
    if actor().id:
        return url_for("learner.start"), _("Go to your start page")
    return url_for("public.front"), _("Go to the first page")


def _domain(error: DomainError) -> ResponseReturnValue:
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 400)
    titles = {
        404: _("Nothing is here"),
        403: _("Not open yet"),
        409: _("This is closed"),
        422: _("Please check what is written"),
        429: _("Please wait a little"),
        401: _("You are signed out"),
    }
    href, link = _home()
    resend, to = _typed() if status == 401 else ((), "")
    return _answer(
        ErrorPage(status, titles.get(status, _("That did not work")), words(error.message), "", href, link, resend, to)
    )


def _later(error: Unavailable) -> ResponseReturnValue:
    """The database or the disk cannot now: told without asking either, and what was typed can be sent again.

    A page that was only asked for is asked for again by the browser itself.
    """
    if error.__cause__ is not None:
        log.error("%s %s: %s", request.method, request.path, error.message.plain(), exc_info=error.__cause__)
    ask_nobody()
    resend, to = _typed() if request.method == "POST" else ((), "")
    todo = _("What you typed is kept here. Press the button to send it again.") if resend else ""
    again = request.full_path.rstrip("?") if request.method == "GET" else url_for("public.front")
    link = _("Try again") if request.method == "GET" else _("Go to the first page")
    page = ErrorPage(503, _("Please wait a moment"), words(error.message), todo, again, link, resend, to)
    answer = make_response(_answer(page))
    answer.headers["Retry-After"] = str(error.seconds)
    if request.method == "GET" and not _wants_json():
        answer.headers["Refresh"] = str(error.seconds)
    return answer


def _disk(error: OSError) -> ResponseReturnValue:
    why = unavailable(error)
    return _later(why) if why else _failed(error)


def _typed() -> tuple[tuple[tuple[str, str], ...], str]:
    """What was typed, to be sent again; only where the form was ours, so that no other site can have it sent."""
    origin = urlsplit(request.headers.get("Origin") or request.headers.get("Referer") or "")
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name not in SECRET)
    too_long = sum(len(value) for _, value in fields) > MOST_KEPT
    if origin.netloc != request.host or too_long or PASSWORDS & set(request.form):
        return (), ""
    return fields, request.full_path.rstrip("?")


def _expired(error: CSRFError) -> ResponseReturnValue:
    href, link = _home()
    resend, to = _typed()
    text = _("This page was open for too long, or you signed in again since.")
    todo = (
        _("What you typed is kept. Press the button to send it again.")
        if resend
        else _("Load the page again, then try once more.")
    )
    return _answer(ErrorPage(400, _("This page has expired"), text, todo, href, link, resend, to))


def _http(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error
    href, link = _home()
    said = {
        404: (_("Nothing is here"), _("There is no such page. Check the address, or go back to your start page.")),
        405: (_("Nothing is here"), _("This address cannot be used in this way.")),
        413: (
            _("Too much at once"),
            _(
                "What was sent is larger than this page takes (1 MB). Shorten the text, or send it in parts; go back with your browser and it is still there."
            ),
        ),
    }
    title, text = said.get(
        status,
        (
            _("That did not work"),
            _("The request could not be understood. Go back, load the page again, and try once more."),
        ),
    )
    return _answer(ErrorPage(status, title, text, "", href, link))


def _foreign_host(error: SecurityError) -> ResponseReturnValue:
    """A host that is not ours: no address can be built for it, so there is no page, only a line."""
    text = _("The request could not be understood. Go back, load the page again, and try once more.")
    return f"{text}\n", 400, {"Content-Type": "text/plain; charset=utf-8"}


def _failed(error: Exception) -> ResponseReturnValue:
    """Something of ours broke: a short reference for people, everything else for the log."""
    reference = secrets.token_hex(4)
    log.error("%s %s %s", reference, request.method, request.path, exc_info=error)
    text = _("Something broke on our side. What was saved before is safe. Try again in a minute.")
    href, link = _home()
    return _answer(ErrorPage(500, _("That did not work"), text, "", href, link, (), "", reference))
