"""Notices that go out by mail: claimed, handed over, and written down, one after the other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from elearning.delivery.mail import Letter, Refused, Unreachable
from elearning.domain.message import Message, message
from elearning.services.noticing import words
from elearning.services.work import NOBODY, House, Work
from elearning.store.queries import notices, texts

AT_ONCE = 20
AGAIN_AFTER = timedelta(minutes=10)
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


def post(house: House, sender: Sender, say: Say) -> Posted:
    """Send the notices that wait. Those of people without an e-mail address are only shown on the start page.

    A claim is committed before a letter is handed over, and its outcome at once after: a worker that is killed in
    between leaves the claim, which runs out after ten minutes.
    """
    sent = failed = 0
    while True:
        with house.writing(NOBODY) as work:
            rows = notices.claim(work.session, work.now, work.now - AGAIN_AFTER, AT_ONCE)
            titles = _titles(work) if rows else {}
        if not rows:
            return Posted(sent, failed)
        for place, row in enumerate(rows):
            state = _hand_over(house, sender, say, row, titles)
            with house.writing(NOBODY) as work:
                for one in rows[place:] if state == "waiting" else [row]:
                    notices.report(work.session, one.id, state)
            if state == "waiting":
                return Posted(sent, failed)
            sent, failed = sent + (state == "sent"), failed + (state == "failed")


def _titles(work: Work) -> dict[str, str]:
    rows = texts.live_courses(work.session)
    return {row.key: work.shelf.get(work.session, row.digest).course.title for row in rows}


def _hand_over(house: House, sender: Sender, say: Say, row: notices.Letter, titles: dict[str, str]) -> str:
    """The state of the notice after the try."""
    if not row.address:
        return "none"
    sentence = say(words(row.kind, row.values, titles), row.language)
    link = f"{house.platform.public_url}/learn"
    body = message(
        "Dear %(name)s,\n\n%(sentence)s\n\nOpen: %(link)s\n\n%(issuer)s",
        name=row.name,
        sentence=sentence,
        link=link,
        issuer=house.platform.issuer,
    )
    letter = Letter(
        f"notice-{row.id}", row.address, sentence, say(body, row.language), row.language, house.clock().timestamp()
    )
    try:
        sender.send(letter)
    except Refused:
        return "failed"
    except Unreachable:
        return "waiting"
    return "sent"
