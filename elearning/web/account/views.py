"""A person's own account: who one is here, the language, signing out."""

import re

from flask import Blueprint, g, redirect, request, session
from flask.typing import ResponseReturnValue

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.services import entering, people
from elearning.web.frame import show
from elearning.web.request import actor, reading, signed_in_only, writing

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
        page = people.account_page(work)
    return show("account/home.html", page)


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
