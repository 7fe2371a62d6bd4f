"""A person's own account: password, devices, one-time codes that let somebody in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from elearning.domain.errors import Mistaken
from elearning.domain.message import message
from elearning.domain.person import Actor
from elearning.domain.secrets import CODE_BITS, CODE_LIVES, code_text, normal_code, why_not_password
from elearning.services.auditing import record
from elearning.services.entering import token_name
from elearning.services.passwords import fits, hashed
from elearning.services.work import NOBODY, House, Work, not_here
from elearning.store.models.person import BrowserSession, OneTimeCode, Person
from elearning.store.queries import people


class WrongPassword(Mistaken):
    """The present password was not given rightly."""


@dataclass(frozen=True, slots=True)
class Device:
    """A browser that is signed in. `id` names it on the page; `here` is the one that is asking."""

    id: int
    browser: str
    system: str
    address: str
    created: datetime
    seen: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """What a person sees of their own account."""

    name: str
    unit: str
    identifiers: tuple[str, ...]
    language: str
    devices: tuple[Device, ...]


_BROWSERS = (("Edg", "Edge"), ("coc_coc", "Cốc Cốc"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Zalo", "Zalo"),
             ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def named(agent: str) -> tuple[str, str]:
    """Browser and system, as people call them, from what a browser says of itself; empty where it says nothing known."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    return browser, next((name for mark, name in _SYSTEMS if mark in agent), "")


def account_page(work: Work) -> AccountPage:
    """The actor's own account, with the devices that are signed in, the last used first."""
    place = people.place_of(work.session, work.actor.id)
    names = people.sign_in_names(work.session, [work.actor.id])
    rows = people.open_sessions(work.session, work.actor.id)
    devices = tuple(
        Device(row.id, *named(row.agent), row.address, row.created, row.seen, row.id == work.actor.session_id)
        for row in rows
    )
    unit = place[1] if place else ""
    return AccountPage(work.actor.name, unit, tuple(names.get(work.actor.id, ())), work.actor.language, devices)


def sign_out_device(work: Work, device: int | None) -> None:
    """End one session of the actor, or all but the one in use. Raises NotFound for a session of somebody else."""
    own = update(BrowserSession).where(BrowserSession.person_id == work.actor.id, BrowserSession.ended.is_(None))
    one = BrowserSession.id != work.actor.session_id if device is None else BrowserSession.id == device
    ended = work.session.scalars(own.where(one).values(ended=work.now).returning(BrowserSession.id)).all()
    if device is not None and not ended:
        raise not_here()
    record(work, "sign out elsewhere", "person", str(work.actor.id))


def change_password(house: House, actor: Actor, old: str, new: str, address: str) -> None:
    """Change the actor's password; all other devices are signed out.

    Hashing takes long and is done outside of the transaction. Raises WrongPassword for a wrong old password, Mistaken
    for a new one that cannot be chosen.
    """
    with house.reading(actor) as work:
        kept = work.session.scalar(select(Person.password).where(Person.id == actor.id))
        own = (actor.name, *people.sign_in_names(work.session, [actor.id]).get(actor.id, ()))
    if not fits(kept, old):
        raise WrongPassword(message("The present password is wrong. Check it and try again."))
    fresh = _chosen(new, own)
    with house.writing(actor, address=address) as work:
        _set_password(work, actor.id, fresh)
        sign_out_device(work, None)


def _chosen(password: str, own: tuple[str, ...]) -> str:
    refusal = why_not_password(password, own)
    if refusal is not None:
        raise Mistaken(refusal)
    return hashed(password)


def _set_password(work: Work, person: int, fresh: str) -> None:
    work.session.execute(update(Person).where(Person.id == person).values(password=fresh))
    record(work, "set password", "person", str(person))


def make_code(work: Work, person: int) -> str:
    """Make a one-time code for a person; codes made before are void. The old password works until the code is used.

    The caller has seen to it that the actor may do this to that person.
    """
    work.session.execute(
        update(OneTimeCode).where(OneTimeCode.person_id == person, OneTimeCode.used.is_(None)).values(until=work.now)
    )
    code = code_text(work.chance.bits(CODE_BITS))
    work.session.add(
        OneTimeCode(
            code=token_name(code),
            person_id=person,
            made=work.now,
            made_by=work.actor.id or None,
            until=work.now + CODE_LIVES,
        )
    )
    record(work, "make one-time code", "person", str(person))
    return code


def make_code_if_open(work: Work, person: int) -> str | None:
    """The same for a letter that goes out now; None where the account has been closed since it was asked for."""
    row = work.session.get(Person, person)
    if row is None or row.left is not None or row.disabled is not None or row.erased is not None:
        return None
    return make_code(work, person)


@dataclass(frozen=True, slots=True)
class WelcomePage:
    """Who a one-time code is for: nothing while the code is not known."""

    code: str
    name: str


def welcome_page(work: Work, typed: str) -> WelcomePage:
    """What the page for choosing a password shows for a code that was typed or scanned."""
    found = _code(work, typed) if typed else None
    return WelcomePage(typed[:60], found[1] if found else "")


def _code(work: Work, typed: str) -> tuple[int, str, int] | None:
    row = work.session.execute(
        select(OneTimeCode.person_id, Person.name, OneTimeCode.id)
        .join(Person, Person.id == OneTimeCode.person_id)
        .where(
            OneTimeCode.code == token_name(normal_code(typed[:100])), OneTimeCode.used.is_(None),
            OneTimeCode.until > work.now, Person.disabled.is_(None), Person.left.is_(None),
        )
    ).one_or_none()  # fmt: skip
    return (row[0], row[1], row[2]) if row else None


class UnknownCode(Mistaken):
    """A one-time code that is not valid, or not any more."""


def _unknown_code() -> UnknownCode:
    return UnknownCode(
        message("This code is not valid, or was used, or is older than 7 days. Ask your coordinator for a new one.")
    )


def use_code(house: House, typed: str, password: str, address: str) -> str:
    """Choose a password with a one-time code; a sign-in name of the person, to sign in with. A code is used once.

    Raises UnknownCode for a code that is not valid, Mistaken for a password that cannot be chosen.
    """
    with house.reading(NOBODY) as work:
        found = _code(work, typed)
        if found is None:
            raise _unknown_code()
        names = people.sign_in_names(work.session, [found[0]]).get(found[0], [])
    fresh = _chosen(password, (found[1], *names))
    with house.writing(NOBODY, address=address) as work:
        still = update(OneTimeCode).where(OneTimeCode.id == found[2], OneTimeCode.used.is_(None)).values(used=work.now)
        if not work.session.scalars(still.returning(OneTimeCode.id)).all():
            raise _unknown_code()
        _set_password(work, found[0], fresh)
        work.session.execute(
            update(BrowserSession)
            .where(BrowserSession.person_id == found[0], BrowserSession.ended.is_(None))
            .values(ended=work.now)
        )
    return names[0] if names else ""
