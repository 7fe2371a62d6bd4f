"""What every view stands on: who asks, when the request arrived, and the work it may do."""

from contextlib import AbstractContextManager
from datetime import datetime

from flask import current_app, g, request
from werkzeug.wrappers import Response

from elearning.domain.errors import DomainError, NotFound
from elearning.domain.message import message
from elearning.domain.permission import Action, may_somewhere
from elearning.domain.person import Actor
from elearning.services.work import NOBODY, House, View, Work
from elearning.web.addresses import address_of


class SignedOut(DomainError):
    """Something was sent by somebody who is not signed in, or no longer."""


def house() -> House:
    """The open house."""
    found: House = current_app.extensions["house"]
    return found


def arrived() -> datetime:
    """The moment at which the request arrived; it alone decides what is in time."""
    if "arrived" not in g:
        g.arrived = house().clock()
    moment: datetime = g.arrived
    return moment


def actor() -> Actor:
    """Who asks; nobody where no one is signed in. It is asked once a request."""
    found: Actor | None = g.get("who")
    if found is None:
        found = g.who = current_app.extensions["who"](request) or NOBODY
    return found


def begin_reading() -> View:
    """A view for who asks, and then for what they read: one line to the database in place of two."""
    g.begun = view = house().view()
    return view


def begun() -> View | None:
    """The view in which it was asked who asks, for whoever goes on with it and ends it; None where it is gone."""
    view: View | None = g.pop("begun", None)
    return view


def end_reading(error: BaseException | None = None) -> None:
    """Give the line back, where the page has read nothing."""
    view = begun()
    if view is not None:
        view.close()


def reading() -> AbstractContextManager[Work]:
    """Work that changes nothing, for whoever asks."""
    who = actor()  # which may begin the view
    return house().reading(who, arrived(), begun())


def writing(short: bool = False) -> AbstractContextManager[Work]:
    """Work that is committed when its block ends well. `short` is what many learners do at once."""
    who = actor()
    end_reading()  # what is read afterwards must see what was written
    return house().writing(who, arrived(), request.remote_addr or "", short)


def see_other(endpoint: str, **values: str | int) -> Response:
    """Go on by GET after a POST. No browser shows what a page that sends it on says."""
    return current_app.response_class(status=303, headers={"Location": address_of(endpoint, **values)})


def signed_in_only() -> Response | None:
    """The guard of a blueprint: people who are not signed in are asked to, and come back to the page they wanted.

    Raises SignedOut for what was sent by POST, so that nothing typed is thrown away.
    """
    if actor().id:
        return None
    if request.method == "GET":
        return see_other("public.login", next=request.full_path.rstrip("?"))
    raise SignedOut(
        message(
            "You are signed out. Sign in again in another tab, then send this page once more; what you typed is kept here."
        )
    )


def staff_only(action: Action) -> Response | None:
    """The guard of pages for staff: for those without a grant there is no such page. Raises NotFound."""
    going = signed_in_only()
    if going is None and not may_somewhere(actor(), action):
        raise NotFound(message("There is no such page. Check the address, or go back to your start page."))
    return going


def came_from() -> str | None:
    """The page of our own that led here, so that one can go back to it; None for any other."""
    back = request.headers.get("Referer", "")
    return back.removeprefix(request.host_url.rstrip("/")) if back.startswith(request.host_url) else None


def page_number() -> int:
    """The page asked for by `?page=`, 1 where it is no number."""
    return number_in(request.args.get("page", ""), 1)


def number_in(text: str, otherwise: int) -> int:
    """The number that a text holds, where it is one of a size that pages have."""
    return int(text) if text.isdecimal() and len(text) < 7 else otherwise
