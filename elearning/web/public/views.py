"""Pages open to everybody: the first page, one-time codes, and the check of certificates. This blueprint is public on purpose."""

from flask import Blueprint, current_app, flash, make_response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.domain.errors import Mistaken
from elearning.services import accounts, certifying, entering
from elearning.services.health import why_not_ready
from elearning.web.account.forms import WelcomeForm
from elearning.web.frame import show
from elearning.web.identity import let_out
from elearning.web.request import actor, house, reading, see_other, writing
from elearning.web.words import words

bp = Blueprint("public", __name__)
OPEN_TO_ALL = True


@bp.get("/")
def front() -> ResponseReturnValue:
    """What this is, for people who are not signed in."""
    if actor().id:
        return see_other("learner.start")
    return show("public/front.html", None)


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
    """The database answers, has the newest tables and takes writing, and the disk has room."""
    why = why_not_ready(house(), current_app.extensions["data_dir"])
    return (
        (f"not ready: {why}\n" if why else "ready\n"),
        503 if why else 200,
        {"Content-Type": "text/plain; charset=utf-8"},
    )


@bp.get("/robots.txt")
def robots() -> ResponseReturnValue:
    """Names on certificates are for those who hold the code, not for search engines."""
    return "User-agent: *\nDisallow: /\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
