"""The door: coming in, signing in again from a page that stays open, and waiting where many come at once."""

import re
from collections.abc import Callable
from functools import lru_cache

from flask import abort, current_app, jsonify, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from flask_wtf.csrf import generate_csrf
from wtforms import Field

from elearning.domain.errors import DomainError, Mistaken, Refused
from elearning.services import entering, knocking
from elearning.services.knocking import Knock
from elearning.services.passwords import Crowded
from elearning.web.crowding import to_wait
from elearning.web.frame import pages, show
from elearning.web.identity import ask_nobody, let_in
from elearning.web.pages import MOST_PLACES, Pages
from elearning.web.public.forms import LoginForm, LoginPage, WaitPage, login_form
from elearning.web.public.views import bp
from elearning.web.request import actor, arrived, house, see_other
from elearning.web.words import words

_SAME_SITE = re.compile(r"/(?![/\\])[^\\\x00-\x1f]{0,500}")
_STATUS: dict[type[DomainError], int] = {Mistaken: 422, Refused: 403, entering.TooOften: 429}


@bp.get("/login")
def login() -> ResponseReturnValue:
    """The door."""
    if actor().id:
        return see_other("learner.start")
    return show("public/login.html", LoginPage("", _empty_fields(pages()), request.args.get("next", "")))


@lru_cache(maxsize=MOST_PLACES)
def _empty_fields(spoken: Pages) -> str:
    """The two fields of the door with nothing in them. A form made anew, and drawn, was a third of the page that all ask for first."""
    form = LoginForm(formdata=None, meta={"csrf": False})
    field: Callable[[Field], str] = spoken.get_template("components/form.html").module.field  # type: ignore[attr-defined]  # a macro
    return field(form.identifier) + field(form.password)


@bp.get("/login/key")
def key() -> ResponseReturnValue:
    """A fresh key for the forms of a page that was open for long, and whether somebody is still signed in. For our own pages
    only: browsers tell no other site what it says, and those that name where a request comes from are not even answered.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        abort(403)
    return jsonify(csrf=generate_csrf(), signed_in=bool(actor().id))


@bp.post("/login")
def enter() -> ResponseReturnValue:
    """Come in. JSON is answered in JSON: a page stays open while somebody signs in again."""
    form = login_form()
    if not form.validate_on_submit():
        return _at_door(form, 422)
    return _knock(form, Knock(form.identifier.data or "", form.password.data or "", form.next.data or ""))


@bp.get("/login/again")
def again() -> ResponseReturnValue:
    """The page that waits comes back by itself, with what was typed sealed in its cookie."""
    sealed = request.cookies.get(_cookie(), "")
    knock = knocking.opened(sealed, _secret(), session.get("csrf_token", ""), arrived())
    if knock is None:
        return see_other("learner.start" if actor().id else "public.login")
    form = LoginForm(formdata=None, data={"identifier": knock.identifier, "next": knock.wanted})
    return _knock(form, knock)


def _knock(form: LoginForm, knock: Knock) -> ResponseReturnValue:
    """Let somebody in, or say why not, or for how long to wait."""
    browser = entering.Browser(request.user_agent.string, request.remote_addr or "", session.get("language", ""))
    try:
        if seconds := to_wait():
            raise Crowded(seconds)
        token = entering.sign_in(house(), knock.identifier, knock.password, browser)
    except Crowded as crowd:
        return _waiting(knock, crowd)
    except (Mistaken, Refused, entering.TooOften) as error:
        form.identifier.errors = [words(error.message)]
        return _at_door(form, _STATUS[type(error)])
    return _inside(token, knock.wanted)


def _waiting(knock: Knock, crowd: Crowded) -> Response:
    """Told at once for how long to wait; the browser comes back by itself, without scripts too."""
    ask_nobody()
    if request.is_json:
        response = jsonify(message=words(crowd.message), fields={}, wait=crowd.seconds)
        sealed = ""
    else:
        sealed = knocking.sealed(knock, _secret(), session.get("csrf_token", ""), arrived())
        response = make_response(show("public/wait.html", WaitPage(crowd.seconds, bool(sealed)), None))
    response.status_code = 503
    response.headers["Retry-After"] = str(crowd.seconds)
    if sealed:
        response.headers["Refresh"] = f"{crowd.seconds}; url={url_for('public.again')}"
        response.set_cookie(
            _cookie(), sealed, max_age=int(knocking.LIVES.total_seconds()), path=url_for("public.again"),
            secure=current_app.config["SESSION_COOKIE_SECURE"], httponly=True, samesite="Strict",
        )  # fmt: skip
    return response


def _secret() -> str:
    return str(current_app.config["SECRET_KEY"])


def _cookie() -> str:
    return "__Secure-phatngon-door" if current_app.config["SESSION_COOKIE_SECURE"] else "phatngon-door"


def _at_door(form: LoginForm, status: int) -> ResponseReturnValue:
    """The door stays shut, and says why."""
    if not request.is_json:
        return _forgotten(make_response(show("public/login.html", LoginPage(""), form, status)))
    said = {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}
    return jsonify(message=" ".join(said.values()), fields=said), status


def _inside(token: str, wanted: str) -> Response:
    """On to the page that was wanted; or, for a page that stays open, the key of its forms in the new session."""
    if not request.is_json:
        to = wanted if _SAME_SITE.fullmatch(wanted) else "/learn"
        return _forgotten(let_in(make_response(redirect(to, 303)), token))
    response = let_in(make_response({}), token)
    response.set_data(current_app.json.dumps({"csrf": generate_csrf()}))
    return response


def _forgotten(response: Response) -> Response:
    """Whoever waited does no more: the browser drops what was sealed."""
    if _cookie() in request.cookies:
        response.delete_cookie(
            _cookie(), path=url_for("public.again"), secure=current_app.config["SESSION_COOKIE_SECURE"], httponly=True,
            samesite="Strict",
        )  # fmt: skip
    return response
