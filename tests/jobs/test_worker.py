"""The worker hands in what nobody handed in: after the time and the minute for slow lines, once, for the owner."""

from collections.abc import Callable

import pytest

from elearning.domain.person import Actor
from elearning.services.handing_in import close_overdue
from elearning.services.work import House
from elearning.store.models import learning as rows
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.services.texts import small_course
from tests.web.proofreading import ProofReader
from tests.web.sitting import begin, everything, finish_lessons, right_answers, row_of, save

WORKER = Actor(0, "")


@pytest.fixture
def browser(practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    return client(make_person())


def test_nothing_is_handed_in_before_the_minute_for_slow_lines_is_over(
    browser: ProofReader, house: House, clock: Clock
) -> None:
    attempt = begin(browser)
    clock.forward(minutes=11)
    assert close_overdue(house, WORKER) == 0
    assert row_of(house, attempt).state == "in_progress"
    clock.forward(microseconds=1)
    assert close_overdue(house, WORKER) == 1
    row = row_of(house, attempt)
    assert (row.state, row.ended) == ("graded", row.closes)


def test_what_was_saved_counts_and_completion_follows(browser: ProofReader, house: House, clock: Clock) -> None:
    attempt = begin(browser)
    finish_lessons(browser)
    save(browser, attempt, right_answers(house, attempt))
    clock.forward(hours=1)
    assert close_overdue(house, WORKER) == 1
    assert row_of(house, attempt).passed is True
    certificate = everything(house, rows.Certificate)[0]
    assert certificate.person_id == row_of(house, attempt).person_id


def test_a_second_run_finds_nothing_left(browser: ProofReader, house: House, clock: Clock) -> None:
    begin(browser)
    clock.forward(hours=1)
    assert [close_overdue(house, WORKER), close_overdue(house, WORKER)] == [1, 0]
    assert len(everything(house, rows.Grade)) == 5


def test_attempts_of_many_people_are_handed_in_each_for_its_owner(
    practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader], clock: Clock
) -> None:
    attempts = [begin(client(make_person())) for _ in range(3)]
    clock.forward(minutes=5)
    late = begin(client(make_person()))
    clock.forward(minutes=7)
    assert close_overdue(practice, WORKER) == 3
    assert {row_of(practice, attempt).state for attempt in attempts} == {"graded"}
    assert row_of(practice, late).state == "in_progress"


def test_an_attempt_without_a_limit_of_time_is_left_alone(
    house: House,
    publish_texts: Callable[..., object],
    make_person: Callable[..., Someone],
    client: Callable[..., ProofReader],
    clock: Clock,
) -> None:
    publish_texts(small_course(minutes=None))
    attempt = begin(client(make_person()))
    clock.forward(days=300)
    assert close_overdue(house, WORKER) == 0
    assert row_of(house, attempt).state == "in_progress"


def test_the_grace_that_a_quiz_gives_is_waited_for(
    house: House,
    publish_texts: Callable[..., object],
    make_person: Callable[..., Someone],
    client: Callable[..., ProofReader],
    clock: Clock,
) -> None:
    publish_texts(small_course(overdue="grace 2 minutes"))
    attempt = begin(client(make_person()))
    clock.forward(minutes=13)
    assert close_overdue(house, WORKER) == 0
    clock.forward(seconds=1)
    assert close_overdue(house, WORKER) == 1
    assert row_of(house, attempt).state == "graded"


def test_a_quiz_that_abandons_what_is_overdue_grades_nothing(
    house: House,
    publish_texts: Callable[..., object],
    make_person: Callable[..., Someone],
    client: Callable[..., ProofReader],
    clock: Clock,
) -> None:
    publish_texts(small_course(overdue="abandon"))
    browser = client(make_person())
    attempt = begin(browser)
    clock.forward(hours=1)
    assert close_overdue(house, WORKER) == 1
    assert row_of(house, attempt).state == "abandoned"
    assert everything(house, rows.Grade) == []
    assert browser.get(f"{attempt}/result").status_code == 200
