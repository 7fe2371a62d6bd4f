"""The door: after signing out a copied cookie opens nothing, and pages that are not ours are not there."""

from collections.abc import Callable

import pytest

from tests.journeys.answering import choice_first, sit_down
from tests.journeys.people import PASSWORD, Official
from tests.journeys.visiting import Visitor, Way

pytestmark = pytest.mark.journey

DESK = Way(True, 1280, "vi")
Visit = Callable[[Way], Visitor]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_signing_out_makes_a_copied_cookie_worthless(scripts: bool, official: Official, visit: Visit) -> None:
    visitor, thief = visit(Way(scripts, 1280, "vi")), visit(Way(scripts, 1280, "vi"))
    visitor.sign_in(official.identifier, PASSWORD)
    thief.context.add_cookies([{**cookie} for cookie in visitor.context.cookies()])  # type: ignore[typeddict-item]
    thief.go("/learn")
    assert thief.path == "/learn"
    visitor.go("/account")
    visitor.follow(visitor.button("Sign out"))
    assert visitor.path == "/login"
    for visited in (visitor, thief):
        visited.go("/learn")
        assert visited.path.startswith("/login?next=")


def test_after_signing_in_one_is_where_one_wanted_to_be(official: Official, visit: Visit) -> None:
    visitor = visit(DESK)
    visitor.go("/certificates")
    assert visitor.path.startswith("/login?next=")
    visitor.type_at_door(official.identifier, PASSWORD)
    assert visitor.path == "/certificates"


def test_an_attempt_of_somebody_else_is_not_there(official: Official, stranger: Official, visit: Visit) -> None:
    owner, other = visit(DESK), visit(DESK)
    attempt = sit_down(owner, official, choice_first)
    other.sign_in(stranger.identifier, PASSWORD)
    other.watch.expect(404, f"/attempts/{attempt}")
    other.go(f"/attempts/{attempt}")
    assert other.heading() == other.say("Nothing is here")
    other.look("not-here")
