"""A person's own account: who one is here, the language, signing out."""

import re

from flask import Blueprint, flash, g, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.services import accounts, entering
from elearning.web.account.forms import PasswordForm
from elearning.web.frame import show
from elearning.web.request import actor, house, reading, see_other, signed_in_only, writing
from elearning.web.words import words

bp = Blueprint("account", __name__, url_prefix="/account")
_SAME_SITE = re.compile(r"/(?![/\\])[^\\\x00-\x1f]{0,500}")


@bp.before_request
def guard() -> ResponseReturnValue | None:
    """Only people who are signed in; but everybody may choose a language."""
    return None if request.endpoint == "account.language" else signed_in_only()


@bp.get("")
def home() -> ResponseReturnValue:
    """The account."""
    with reading() as work:
        page = accounts.account_page(work)
    return show("account/home.html", page)


@bp.get("/password")
def password() -> ResponseReturnValue:
    """The form for a new password."""
    return show("account/password.html", None, PasswordForm())


@bp.post("/password")
def change_password() -> ResponseReturnValue:
    """Change the password; every other device is signed out."""
    form = PasswordForm()
    if not form.validate_on_submit():
        return show("account/password.html", None, form, 422)
    try:
        accounts.change_password(house(), actor(), form.old.data or "", form.new.data or "", request.remote_addr or "")
    except Mistaken as error:
        wrong = form.old if isinstance(error, accounts.WrongPassword) else form.new
        wrong.errors = [words(error.message)]
        return show("account/password.html", None, form, 422)
    flash(_("The password is changed, and all other devices are signed out."), "good")
    return see_other("account.home")


@bp.post("/devices/<int:device>/end")
def end_device(device: int) -> ResponseReturnValue:
    """Sign one device out."""
    with writing() as work:
        accounts.sign_out_device(work, device)
    flash(_("The device is signed out."), "good")
    return see_other("account.home")


@bp.post("/devices/end-others")
def end_others() -> ResponseReturnValue:
    """Sign all devices out but this one."""
    with writing() as work:
        accounts.sign_out_device(work, None)
    flash(_("All other devices are signed out."), "good")
    return see_other("account.home")


@bp.post("/language")
def language() -> ResponseReturnValue:
    """Choose the language; it stays chosen in this browser and, for people who are signed in, with the account."""
    chosen, wanted = request.form.get("language", ""), request.form.get("next", "")
    if chosen not in ("vi", "en"):
        raise Mistaken(message("Choose Vietnamese or English."))
    session["language"] = chosen
    g.pop("language", None)
    if actor().id:
        with writing() as work:
            entering.choose_language(work, chosen)
    return redirect(wanted if _SAME_SITE.fullmatch(wanted) else "/", 303)
