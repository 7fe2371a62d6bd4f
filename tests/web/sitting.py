"""Sitting the small course's quiz: joining, beginning, answering, looking into the rows that came of it."""

from typing import Any

from sqlalchemy import select
from werkzeug.test import TestResponse

from elearning.domain.questions import TYPES
from elearning.services.work import NOBODY, House
from elearning.store.models import learning as rows
from elearning.store.models.text import Edition
from elearning.store.queries import attempts
from tests.services.texts import COURSE, LESSONS, QUIZ
from tests.web.proofreading import ProofReader

QUIZ_ADDRESS = f"/courses/{COURSE}/quizzes/{QUIZ}"
TAB = "first-tab"
OTHER_TAB = "other-tab"


def begin(browser: ProofReader, address: str = QUIZ_ADDRESS) -> str:
    """Join the course of a quiz and begin an attempt; the address of the attempt."""
    browser.send(address.split("/quizzes/", maxsplit=1)[0] + "/enrol")
    begun = browser.send(address)
    assert begun.status_code == 303, begun.status_code
    return str(begun.headers["Location"])


def finish_lessons(browser: ProofReader) -> None:
    """Finish both lessons of the small course."""
    for key in LESSONS:
        browser.send(f"/courses/{COURSE}/{key}/complete")


def save(
    browser: ProofReader, attempt: str, answers: Any, seq: Any = 1, base: Any = 0, tab: Any = TAB, **more: Any
) -> TestResponse:
    """Save as the script of the page does."""
    body = {"tab": tab, "seq": seq, "base": base, "answers": answers, **more}
    return browser.send_json(f"{attempt}/answers", body)


def right_answers(house: House, attempt: str) -> dict[str, Any]:
    """What to answer to earn every point of an attempt, by slot."""
    found: dict[str, Any] = {}
    with house.reading(NOBODY) as work:
        row = row_of(house, attempt)
        digest = work.session.scalars(select(Edition.digest).where(Edition.id == row.edition_id)).one()
        compiled = work.shelf.get(work.session, digest)
        for slot in attempts.slots(work.session, row.id):
            question = compiled.banks[slot.bank][slot.question]
            found[str(slot.number)] = TYPES[question.type].right_value(question.body, slot.order)
    return found


def hand_in(browser: ProofReader, attempt: str) -> TestResponse:
    """Hand in, as the button of the last page does."""
    return browser.send(f"{attempt}/submit")


def pass_quiz(house: House, browser: ProofReader, address: str = QUIZ_ADDRESS) -> str:
    """Begin, answer everything rightly, hand in; the address of the attempt."""
    attempt = begin(browser, address)
    assert save(browser, attempt, right_answers(house, attempt)).status_code == 200
    assert hand_in(browser, attempt).status_code == 303
    return attempt


def complete(house: House, browser: ProofReader) -> str:
    """Complete the small course; the code of the certificate."""
    browser.send(f"/courses/{COURSE}/enrol")
    finish_lessons(browser)
    attempt = pass_quiz(house, browser)
    with house.reading(NOBODY) as work:
        person = row_of(house, attempt).person_id
        return work.session.scalars(select(rows.Certificate.code).where(rows.Certificate.person_id == person)).one()


def row_of(house: House, attempt: str) -> rows.Attempt:
    """The row of an attempt."""
    with house.reading(NOBODY) as work:
        return work.session.scalars(select(rows.Attempt).where(rows.Attempt.public == attempt.rsplit("/", 1)[-1])).one()


def everything(house: House, kind: Any) -> list[Any]:
    """All rows of one table, oldest first."""
    with house.reading(NOBODY) as work:
        return list(work.session.scalars(select(kind).order_by(*kind.__table__.primary_key)))
