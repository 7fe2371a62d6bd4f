"""Pages open to everybody: the first page, the door, and the check of certificates. This blueprint is public on purpose."""

import re

from flask import Blueprint, abort, current_app, flash, jsonify, make_response, redirect, request, session
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from elearning.domain.errors import Mistaken, Refused
from elearning.services import accounts, certifying, entering
from elearning.services.health import is_ready
from elearning.web.account.forms import WelcomeForm
from elearning.web.frame import show
from elearning.web.identity import let_in, let_out
from elearning.web.public.forms import LoginForm, LoginPage, login_form
from elearning.web.request import actor, house, reading, see_other, writing
from elearning.web.words import words

bp = Blueprint("public", __name__)
OPEN_TO_ALL = True
_SAME_SITE = re.compile(r"/(?![/\\])[^\\\x00-\x1f]{0,500}")


@bp.get("/")
def front() -> ResponseReturnValue:
    """What this is, for people who are not signed in."""
    if actor().id:
        return see_other("learner.start")
    return show("public/front.html", None)


@bp.get("/login")
def login() -> ResponseReturnValue:
    """The door."""
    if actor().id:
        return see_other("learner.start")
    form = LoginForm(formdata=None, data={"next": request.args.get("next", "")})
    return show("public/login.html", LoginPage(""), form)


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
    browser = entering.Browser(request.user_agent.string, request.remote_addr or "", session.get("language", ""))
    try:
        token = entering.sign_in(house(), form.identifier.data or "", form.password.data or "", browser)
    except (Mistaken, Refused, entering.TooOften) as error:
        form.identifier.errors = [words(error.message)]
        return _at_door(form, {Mistaken: 422, Refused: 403}.get(type(error), 429))
    return _inside(token, form.next.data or "")


def _at_door(form: LoginForm, status: int) -> ResponseReturnValue:
    """The door stays shut, and says why."""
    if not request.is_json:
        return show("public/login.html", LoginPage(""), form, status)
    said = {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}
    return jsonify(message=" ".join(said.values()), fields=said), status


def _inside(token: str, wanted: str) -> Response:
    """On to the page that was wanted; or, for a page that stays open, the key of its forms in the new session."""
    if not request.is_json:
        return let_in(make_response(redirect(wanted if _SAME_SITE.fullmatch(wanted) else "/learn", 303)), token)
    response = let_in(make_response({}), token)
    response.set_data(current_app.json.dumps({"csrf": generate_csrf()}))
    return response


@bp.post("/logout")
def logout() -> ResponseReturnValue:
    """Go out: the session ends in the database, so that a copied cookie is worth nothing."""
    if actor().id:
        with writing() as work:
            entering.sign_out(work)
    return let_out(make_response(redirect("/login", 303)))


@bp.get("/welcome")
@bp.get("/welcome/<code>")
def welcome(code: str = "") -> ResponseReturnValue:
    """Where a one-time code leads, typed from a slip or scanned."""
    form = WelcomeForm(formdata=None, data={"code": code})
    with reading() as work:
        page = accounts.welcome_page(work, code)
    return show("public/welcome.html", page, form)


@bp.post("/welcome")
def use_code() -> ResponseReturnValue:
    """Choose a password with a one-time code, then sign in with it."""
    form = WelcomeForm()
    page = accounts.WelcomePage(form.code.data or "", "")
    if not form.validate_on_submit():
        return show("public/welcome.html", page, form, 422)
    try:
        accounts.use_code(house(), form.code.data or "", form.new.data or "", request.remote_addr or "")
    except Mistaken as error:
        wrong = form.code if isinstance(error, accounts.UnknownCode) else form.new
        wrong.errors = [words(error.message)]
        return show("public/welcome.html", page, form, 422)
    flash(_("Your password is set. Sign in with it now."), "good")
    return see_other("public.login")


@bp.get("/verify")
def verify() -> ResponseReturnValue:
    """One field, one answer."""
    with reading() as work:
        page = certifying.verify(work, request.args.get("code", ""))
    return show("public/verify.html", page)


@bp.get("/verify/<code>")
def verified(code: str) -> ResponseReturnValue:
    """The answer about one code; the address in the QR code of a certificate."""
    with reading() as work:
        page = certifying.verify(work, code)
    status = 404 if page.answer and page.answer.state in ("unknown", "mistyped") else 200
    return show("public/verify.html", page, None, status)


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process lives."""
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """The database answers and has the newest tables."""
    ready = is_ready(house())
    return ("ready\n" if ready else "not ready\n"), 200 if ready else 503, {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Names on certificates are for those who hold the code, not for search engines."""
    return "User-agent: *\nDisallow: /\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
