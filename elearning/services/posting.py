"""Notices that go out by mail: taken, handed over, and written down, one after the other."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from elearning.delivery.mail import Letter, Refused, Unreachable
from elearning.domain.message import Message, message
from elearning.domain.person import Actor
from elearning.services import accounts
from elearning.services.failing import Unavailable
from elearning.services.noticing import CODE, words
from elearning.services.work import NOBODY, House
from elearning.store.queries import notices, texts

LOST_AFTER = timedelta(minutes=10)
AGAIN_AFTER = timedelta(minutes=1)
PATIENCE = (0.1, 0.5, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0)
Say = Callable[[Message, str], str]


class Sender(Protocol):
    """What hands a letter over."""

    def send(self, letter: Letter) -> None:
        """Raises Refused or Unreachable."""


@dataclass(frozen=True, slots=True)
class Posted:
    """How many letters went out, and how many could not."""

    sent: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the letter that was in hand."""

    notice: notices.Letter
    state: str


def post(
    house: House,
    sender: Sender,
    say: Say,
    leave: Callable[[], bool] = lambda: False,
    patience: Sequence[float] = PATIENCE,
) -> Posted:
    """Send the notices that wait, until there is none, or the server cannot be reached, or `leave` says that it is time to go.

    Those of people without an e-mail address are only shown on the start page. No more than one letter is in hand at a
    time: one transaction writes down what became of the last, and takes the next. Where nobody lives to write it down,
    the claim runs out after ten minutes.
    """
    with house.writing(NOBODY) as work:
        notices.retire(work.session, work.now)
    states: list[str] = []
    letter = None if leave() else _exchange(house, None, True)
    while letter is not None:
        state = _hand_over(house, sender, say, letter)
        states.append(state)
        more = state != "waiting" and not leave()
        letter = _exchanged(house, Outcome(letter, state), more, patience)
    return Posted(states.count("sent"), states.count("failed"))


def _exchanged(house: House, outcome: Outcome, more: bool, patience: Sequence[float]) -> notices.Letter | None:
    """Write down what became of a letter, and take the next if more are wanted.

    What has become of a letter must not be forgotten because the database is away for a moment, or the letter would go
    out again: it is written as soon as the database is back. Raises Unavailable when that takes too long.
    """
    for pause in patience:
        try:
            return _exchange(house, outcome, more)
        except Unavailable:
            time.sleep(pause)
    return _exchange(house, outcome, more)


def _exchange(house: House, outcome: Outcome | None, more: bool) -> notices.Letter | None:
    with house.writing(NOBODY) as work:
        if outcome:
            notices.report(work.session, outcome.notice, outcome.state)
        return notices.claim(work.session, work.now, LOST_AFTER, AGAIN_AFTER) if more else None


def _hand_over(house: House, sender: Sender, say: Say, row: notices.Letter) -> str:
    """The state of the notice after the try."""
    letter = _with_code(house, say, row) if row.kind == CODE else _with_news(house, say, row)
    if letter is None:
        return "none"
    try:
        sender.send(letter)
    except Refused:
        return "failed"
    except Unreachable:
        return "waiting"
    return "sent"


def _with_news(house: House, say: Say, row: notices.Letter) -> Letter | None:
    """The letter of a notice; None for somebody without an address."""
    sentence = say(words(row.kind, row.values, _titles(house)), row.language)
    body = message(
        "Dear %(name)s,\n\n%(sentence)s\n\nOpen: %(link)s\n\n%(issuer)s",
        name=row.name, sentence=sentence, link=f"{house.platform.public_url}/learn", issuer=house.platform.issuer,
    )  # fmt: skip
    return _letter(house, row, f"notice-{row.id}", sentence, say(body, row.language))


def _with_code(house: House, say: Say, row: notices.Letter) -> Letter | None:
    """A letter with a one-time code that is made now and kept nowhere; None where the account is closed by now.

    A letter that is tried again has a new code, under a name of its own; the code of the try before is void.
    """
    if not row.address:
        return None
    with house.writing(Actor(int(row.values.get("by") or 0), "")) as work:
        code = accounts.make_code_if_open(work, row.person)
    if code is None:
        return None
    subject = say(message("Your one-time code for Phát Ngôn"), row.language)
    body = message(
        "Dear %(name)s,\n\nWith this link you choose a password of your own. It works once, within 7 days:\n%(link)s\n\n"
        "Afterwards sign in with %(identifier)s. If you did not expect this letter, leave it; nothing changes.\n\n%(issuer)s",
        name=row.name, link=f"{house.platform.public_url}/welcome/{code}", identifier=row.address,
        issuer=house.platform.issuer,
    )  # fmt: skip
    return _letter(house, row, f"code-{row.id}-{row.tries}", subject, say(body, row.language))


def _letter(house: House, row: notices.Letter, key: str, subject: str, text: str) -> Letter | None:
    return Letter(key, row.address, subject, text, row.language, house.clock().timestamp()) if row.address else None


def _titles(house: House) -> dict[str, str]:
    with house.reading(NOBODY) as work:
        rows = texts.live_courses(work.session)
        return {row.key: work.shelf.get(work.session, row.digest).course.title for row in rows}
