"""Days on which things go wrong around an attempt that runs: what was acknowledged stays, and every answer is told clearly."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from elearning.services import publishing
from elearning.services.handing_in import close_overdue
from elearning.services.work import NOBODY, House
from elearning.store.models import learning as rows
from elearning.store.models.person import BrowserSession
from elearning.store.models.text import Course
from tests.services.cast import Cast, Someone
from tests.services.clock import Clock
from tests.services.texts import COURSE, QUESTIONS, QUIZ_PATH, publish, small_course
from tests.web.proofreading import ProofReader, page, words
from tests.web.sitting import (
    OTHER_TAB,
    QUIZ_ADDRESS,
    begin,
    everything,
    finish_lessons,
    hand_in,
    right_answers,
    row_of,
    save,
)


@pytest.fixture
def learner(make_person: Callable[..., Someone]) -> Someone:
    return make_person()


@pytest.fixture
def browser(practice: House, learner: Someone, client: Callable[..., ProofReader]) -> ProofReader:
    return client(learner)


@pytest.fixture
def attempt(browser: ProofReader) -> str:
    return begin(browser)


def values(house: House) -> list[object]:
    return [row.value for row in everything(house, rows.Answer)]


def test_packets_out_of_order_are_all_kept_and_the_one_sent_last_counts(
    browser: ProofReader, attempt: str, house: House
) -> None:
    assert save(browser, attempt, {"1": "c"}, seq=3, base=0).status_code == 200
    assert save(browser, attempt, {"1": "a"}, seq=1, base=0).status_code == 200
    assert save(browser, attempt, {"1": "b"}, seq=2, base=0).status_code == 200
    assert [(row.seq, row.value) for row in everything(house, rows.Answer)] == [(3, "c"), (1, "a"), (2, "b")]
    chosen = [i for i in page(browser.get(attempt)).iter("input") if i.get("name") == "a1" and "checked" in i.attrib]
    assert [i.get("value") for i in chosen] == ["c"]


def test_a_packet_within_sixty_seconds_counts_and_one_after_is_kept_as_late(
    browser: ProofReader, attempt: str, house: House, clock: Clock
) -> None:
    clock.forward(minutes=11)
    assert save(browser, attempt, {"1": "b"}).status_code == 200
    clock.forward(microseconds=1)
    late = save(browser, attempt, {"3": "nghị định"}, seq=2, base=1)
    assert late.status_code == 409
    assert "only if the examiner accepts it" in late.get_json()["message"]
    assert [row.late for row in everything(house, rows.Answer)] == [False, True]


def test_slots_of_another_paper_are_refused_and_change_nothing(
    browser: ProofReader, attempt: str, house: House
) -> None:
    for answers in ({"6": "b"}, {"0": "b"}, {"1": "b", "99": "x"}, {"-1": "b"}, {"1.5": "b"}):
        assert save(browser, attempt, answers).status_code in (404, 422)
    assert values(house) == []


def test_a_page_ten_hours_old_saves_what_still_may_be_saved(
    house: House, publish_texts: Callable[..., object], make_person: Callable[..., Someone],
    client: Callable[..., ProofReader], clock: Clock,
) -> None:  # fmt: skip
    publish_texts(small_course(minutes=None))
    browser = client(make_person())
    attempt = begin(browser)
    clock.forward(hours=10)
    assert save(browser, attempt, {"1": "b"}).status_code == 200
    hand_in(browser, attempt)
    assert save(browser, attempt, {"1": "c"}, seq=2, base=1).status_code == 409
    assert values(house) == ["b"]


def test_a_session_that_ended_loses_nothing_that_was_saved_and_goes_on_after_signing_in(
    browser: ProofReader, attempt: str, house: House, cast: Cast, learner: Someone, client: Callable[..., ProofReader]
) -> None:
    save(browser, attempt, {"1": "b"})
    with house.writing(NOBODY) as work:
        work.session.query(BrowserSession).update({"ended": work.now})
    refused = save(browser, attempt, {"3": "nghị định"}, seq=2, base=1)
    assert refused.status_code == 401
    again = client(learner)
    assert save(again, attempt, {"3": "nghị định"}, seq=2, base=1).status_code == 200
    assert values(house) == ["b", "nghị định"]


def test_a_quiz_published_anew_leaves_a_running_attempt_as_it_was_drawn(
    browser: ProofReader, attempt: str, house: House
) -> None:
    save(browser, attempt, {"1": "b"})
    before = words(browser.get(attempt))
    changed = {**QUESTIONS, "mot": QUESTIONS["mot"].replace("Sáng", "Khuya").replace("- [x] Trưa", "- [ ] Trưa")}
    changed["mot"] = changed["mot"].replace("- [ ] Chiều", "- [x] Chiều")
    publish(house, small_course(questions=changed, minutes=1, mark="100%"))
    assert words(browser.get(attempt)) == before
    save(browser, attempt, right_answers(house, attempt), seq=2, base=1)
    hand_in(browser, attempt)
    assert (row_of(house, attempt).share_milli, row_of(house, attempt).passed) == (1000, True)


def test_a_quiz_taken_out_of_the_course_is_sat_to_its_end(browser: ProofReader, attempt: str, house: House) -> None:
    finish_lessons(browser)
    files = small_course()
    del files[QUIZ_PATH]
    course = files["courses/luyen-tap/course.md"].decode()
    kept = "".join(line for line in course.splitlines(keepends=True) if "quiz:" not in line)
    with house.writing(NOBODY) as work:
        publishing.import_texts(work, {**files, "courses/luyen-tap/course.md": kept.encode()})
    with house.writing(NOBODY) as work:
        publishing.publish(work, COURSE)
    assert browser.get(attempt).status_code == 200
    assert browser.get(f"{attempt}/submit").status_code == 200
    assert save(browser, attempt, right_answers(house, attempt)).status_code == 200
    assert hand_in(browser, attempt).status_code == 303
    assert browser.get(f"{attempt}/result").status_code == 200
    assert browser.get(QUIZ_ADDRESS).status_code == 404
    assert row_of(house, attempt).state == "graded"


def test_a_course_archived_meanwhile_lets_the_attempt_end(browser: ProofReader, attempt: str, house: House) -> None:
    with house.writing(NOBODY) as work:
        work.session.query(Course).update({"archived": work.now})
    assert save(browser, attempt, right_answers(house, attempt)).status_code == 200
    assert hand_in(browser, attempt).status_code == 303
    assert browser.get(f"{attempt}/result").status_code == 200


def test_a_clock_that_steps_back_ends_nothing_early_and_versions_go_on_rising(
    browser: ProofReader, attempt: str, house: House, clock: Clock
) -> None:
    clock.forward(minutes=5)
    save(browser, attempt, {"1": "a"})
    clock.forward(hours=-1)
    assert save(browser, attempt, {"1": "b"}, seq=2, base=1).status_code == 200
    assert browser.get(attempt).status_code == 200
    assert close_overdue(house, NOBODY) == 0
    assert [(row.version, row.value) for row in everything(house, rows.Answer)] == [(1, "a"), (2, "b")]


def test_a_disk_that_is_full_at_a_save_acknowledges_nothing_and_the_next_try_works(
    browser: ProofReader, attempt: str, house: House, app: object
) -> None:
    save(browser, attempt, {"1": "b"})
    engine: Engine = house.store.engine

    def full(connection: object, cursor: object, statement: str, *more: object) -> None:
        if statement.startswith("INSERT INTO answer"):
            raise OperationalError(statement, {}, Exception("database or disk is full"))

    event.listen(engine, "before_cursor_execute", full)
    try:
        refused = save(browser, attempt, {"3": "nghị định"}, seq=2, base=1)
    finally:
        event.remove(engine, "before_cursor_execute", full)
    assert refused.status_code >= 500
    assert refused.get_json()["message"]
    assert values(house) == ["b"]
    assert save(browser, attempt, {"3": "nghị định"}, seq=2, base=1).status_code == 200
    assert values(house) == ["b", "nghị định"]


def test_another_device_goes_on_where_the_first_stopped(
    browser: ProofReader, attempt: str, house: House, learner: Someone, client: Callable[..., ProofReader]
) -> None:
    save(browser, attempt, {"1": "b"})
    phone = client(learner)
    assert begin(phone) == attempt
    assert save(phone, attempt, {"3": "nghị định"}, tab=OTHER_TAB, base=1).get_json()["newer"] == {}
    assert values(house) == ["b", "nghị định"]
