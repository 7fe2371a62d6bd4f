"""Coming in and going out: sign-in, the session behind a cookie, sign-out."""

import hashlib
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import delete, update

from elearning.domain.errors import DomainError, Mistaken, Refused
from elearning.domain.message import message
from elearning.domain.person import Actor, Grant, Role, Scope
from elearning.domain.signing_in import SEEN_EVERY, SignInName, session_lives, sign_in_name, wait_after
from elearning.services.auditing import record
from elearning.services.failing import Unavailable, refusing
from elearning.services.passwords import fits
from elearning.services.work import NOBODY, House, View, Work
from elearning.store.models.person import BrowserSession, Person, SignInFailure
from elearning.store.queries import people

LONGEST_PASSWORD = 1000
LANGUAGES = ("vi", "en")


class TooOften(DomainError):
    """Too many wrong passwords in a row; the message says when to try again."""


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser says of itself, kept so that people know their own devices; and the language chosen at the door."""

    agent: str = ""
    address: str = ""
    language: str = ""


def token_name(token: str) -> str:
    """The name under which a token is kept: its SHA-256, so that a stolen database opens nothing."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(house: House, typed: str, password: str, browser: Browser) -> str:
    """Let somebody in; the token for the cookie. A language chosen at the door becomes the one of the account.

    Three steps, because a password takes long to verify and no transaction may wait for it.
    Raises Mistaken for a wrong name or password (it never says which), Refused for a closed account, TooOften while
    the name has to wait.
    """
    name = sign_in_name(typed)
    with house.reading(NOBODY) as work:
        person = people.at_door(work.session, name.kind, name.normal)
        free = people.free_from(work.session, _failure_name(name))
        if free is not None and free > work.now:
            raise TooOften(message("Too many wrong passwords. Try again after %(moment)s.", moment=free))
    right = fits(person.password if person else None, password[:LONGEST_PASSWORD])
    with house.writing(NOBODY, address=browser.address, short=True) as work:
        if person is None or not right:
            _note_failure(work, name)
        elif person.disabled is None and person.left is None:
            return _open_session(work, person.person_id, name, browser)
    if person is not None and right:
        raise Refused(message("This account is closed. Ask the coordinator of your unit to open it again."))
    raise Mistaken(message("The sign-in name or the password is wrong. Check both and try again."))


def _failure_name(name: SignInName) -> str:
    return hashlib.sha256(f"{name.kind}:{name.normal}".encode()).hexdigest()


def _note_failure(work: Work, name: SignInName) -> None:
    count = people.count_failure(work.session, _failure_name(name), work.now)
    free = work.now + wait_after(count)
    work.session.execute(update(SignInFailure).where(SignInFailure.name == _failure_name(name)).values(free=free))


def _open_session(work: Work, person_id: int, name: SignInName, browser: Browser) -> str:
    token = work.chance.token(32)
    row = {
        "token": token_name(token), "person_id": person_id, "created": work.now, "seen": work.now,
        "agent": browser.agent[:300], "address": browser.address[:64],
    }  # fmt: skip
    people.open_session(work.session, row)
    if people.free_from(work.session, _failure_name(name)) is not None:
        work.session.execute(delete(SignInFailure).where(SignInFailure.name == _failure_name(name)))
    if browser.language in LANGUAGES:
        work.session.execute(update(Person).where(Person.id == person_id).values(language=browser.language))
    record(work, "sign in", "person", str(person_id))
    return token


def actor_of(house: House, token: str, now: datetime, begun: View | None = None) -> Actor | None:
    """Who is behind a cookie; None when the session is over. One statement, and a write every few minutes, without which it
    goes on where nothing can be written now. It is asked in a view that has `begun`, where there is one.
    """
    with refusing(), nullcontext(begun.connection()) if begun else house.store.engine.connect() as connection:
        rows = people.by_session(connection, token_name(token), now)
    if not rows or not session_lives(rows[0].created, rows[0].seen, now):
        return None
    first = rows[0]
    if now - first.seen >= SEEN_EVERY:
        with suppress(Unavailable), house.writing(NOBODY, now, short=True) as work:
            work.session.execute(update(BrowserSession).where(BrowserSession.id == first.session_id).values(seen=now))
    grants = tuple(
        Grant(cast(Role, row.role), cast(Scope, row.scope), row.scope_id or 0) for row in rows if row.role is not None
    )
    return Actor(first.person_id, first.name, first.language, grants, first.session_id)


def sign_out(work: Work) -> None:
    """End the session that the actor is using; its cookie is worth nothing from now on."""
    work.session.execute(
        update(BrowserSession).where(BrowserSession.id == work.actor.session_id).values(ended=work.now)
    )
    record(work, "sign out", "person", str(work.actor.id))


def choose_language(work: Work, language: str) -> None:
    """Keep the language that the actor reads in. Raises Mistaken for one that the platform does not speak."""
    if language not in LANGUAGES:
        raise Mistaken(message("Choose Vietnamese or English."))
    work.session.execute(update(Person).where(Person.id == work.actor.id).values(language=language))
