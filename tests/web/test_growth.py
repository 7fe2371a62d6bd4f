"""A past of twenty thousand attempts: the journey asks as few statements as before, and none of them reads through a table that grows."""

import asyncio
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from bench import crowd, steps
from bench.course import JOURNEY, SITTING, texts
from bench.inner import Counted, Inside
from bench.meter import Meter, metered
from bench.past import grow
from bench.plans import GROWS, scans
from bench.steps import Pace
from bench.visitor import SESSION, Visitor
from elearning.services import publishing
from elearning.services.handing_in import close_overdue
from elearning.services.work import NOBODY, House
from elearning.store.base import Base

PEOPLE, ATTEMPTS, SLOTS = 2_000, 20_000, 4
AT_ONCE = Pace(0.0, 0.0)
READS_ALL = (
    "SELECT id FROM attempt WHERE seed = '1'",
    "SELECT at FROM answer ORDER BY at DESC",
    "UPDATE person SET title = '' WHERE contact = '1'",
    "SELECT person_id FROM completion ORDER BY person_id",
)


@pytest.fixture
def open_house(house: House) -> House:
    """The house with the courses of the bench published, and somebody there."""
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, texts())
        for course in (JOURNEY, SITTING):
            publishing.publish(work, course)
    crowd.add_people(house, 1, "first-")
    return house


def walk(app: Flask, house: House, meter: Meter, prefix: str) -> dict[str, int]:
    """The journey with a save a page and with a save an answer, then the sitting; the most statements of each step."""
    most = dict[str, int]()
    for number, someone in enumerate(crowd.add_people(house, 4, prefix, signed_in=True)):
        seen = Counted(meter)
        inside = Inside(FlaskClient(app, app.response_class, use_cookies=False), seen.counted)
        visitor = Visitor(inside, seen, Random(number))  # noqa: S311  what a test answers is drawn with a seed
        if number < 3:
            asyncio.run(steps.journey(visitor, someone, each=number == 2))
        else:
            visitor.cookies[SESSION] = someone.token
            asyncio.run(steps.sit(visitor, AT_ONCE))
        assert (seen.finished, seen.errors.total(), seen.told.total()) == (1, 0, 0), (seen.errors, seen.told)
        most |= {step: max(most.get(step, 0), count) for step, count in seen.most.items() if number}
    return most


def test_the_journey_costs_the_same_after_twenty_thousand_attempts_and_reads_through_no_table_that_grows(
    open_house: House, app: Flask
) -> None:
    engine = open_house.store.engine
    with metered(engine) as meter:
        before = walk(app, open_house, meter, "truoc-")
        grow(open_house, PEOPLE, ATTEMPTS, SLOTS)
        meter.seen.clear()
        after = walk(app, open_house, meter, "sau-")
        said = dict(meter.seen)
    assert after == before
    assert {"signing in", "lesson", "saving an answer", "turning a page", "handing in", "result"} <= set(after)
    assert len(said) > 20
    assert scans(engine, said) == []


def test_handing_in_for_those_whose_time_is_up_reads_through_no_table_that_grows(open_house: House) -> None:
    grow(open_house, PEOPLE, ATTEMPTS, SLOTS)
    with metered(open_house.store.engine) as meter:
        close_overdue(open_house, NOBODY)
    assert meter.seen
    assert scans(open_house.store.engine, meter.seen) == []


def test_the_past_fills_every_table_that_grows_and_whatever_reads_through_one_is_noticed(open_house: House) -> None:
    grow(open_house, PEOPLE, ATTEMPTS, SLOTS)
    tables, engine = Base.metadata.tables, open_house.store.engine
    with open_house.reading(NOBODY) as work:
        counts = {name: work.session.scalar(select(func.count()).select_from(tables[name])) or 0 for name in GROWS}
    assert min(counts.values()) >= PEOPLE, counts
    assert counts["attempt"] == ATTEMPTS
    assert counts["answer"] == ATTEMPTS * SLOTS
    for statement in READS_ALL:
        assert len(scans(engine, {statement: ()})) == 1, statement
    assert scans(engine, {"SELECT id FROM attempt WHERE id = 1": ()}) == []
