"""Beginning, leaving, taking up and handing in an attempt, one request at a time and many at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import pytest
from sqlalchemy import func, select

from elearning.services.work import NOBODY, House
from elearning.store.models import learning as rows
from elearning.store.models.person import Audit
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.services.texts import QUESTIONS, small_course
from tests.web.proofreading import ProofReader, page, words
from tests.web.sitting import (
    QUIZ_ADDRESS,
    begin,
    everything,
    finish_lessons,
    hand_in,
    pass_quiz,
    right_answers,
    row_of,
    save,
)

AT_ONCE = 8


@pytest.fixture
def someone(make_person: Callable[..., Someone]) -> Someone:
    return make_person(unit="Xã Mộc Lâm")


@pytest.fixture
def browser(practice: House, someone: Someone, client: Callable[..., ProofReader]) -> ProofReader:
    """A learner in the small course, signed in."""
    return client(someone)


def at_once(browsers: list[ProofReader], do: Callable[[ProofReader], int]) -> list[int]:
    """Do something in all browsers at the same moment; the status of each answer."""
    gate = threading.Barrier(len(browsers))

    def one(browser: ProofReader) -> int:
        browser.get("/verify")
        gate.wait()
        return do(browser)

    with ThreadPoolExecutor(len(browsers)) as pool:
        return list(pool.map(one, browsers))


def test_beginning_twice_is_one_attempt(browser: ProofReader, house: House) -> None:
    assert begin(browser) == begin(browser)
    assert len(everything(house, rows.Attempt)) == 1


def test_beginning_eight_times_at_once_is_one_attempt(
    browser: ProofReader, someone: Someone, client: Callable[..., ProofReader], house: House
) -> None:
    browser.send("/courses/luyen-tap/enrol")
    browsers = [client(someone) for _ in range(AT_ONCE)]
    assert at_once(browsers, lambda one: one.send(QUIZ_ADDRESS).status_code) == [303] * AT_ONCE
    assert len(everything(house, rows.Attempt)) == 1
    assert len(everything(house, rows.AttemptSlot)) == 5


def test_an_attempt_can_be_left_and_taken_up(browser: ProofReader, clock: Clock) -> None:
    attempt = begin(browser)
    save(browser, attempt, {"1": "b"})
    clock.forward(minutes=5)
    assert begin(browser) == attempt
    assert "until 09:10:00" in words(browser.get(attempt))


def test_a_page_out_of_range_is_the_nearest_one(browser: ProofReader) -> None:
    attempt = begin(browser)
    for asked, shown in (("0", "Questions 1 to 2 of 5"), ("99", "Question 5 of 5"), ("x", "Questions 1 to 2 of 5")):
        assert shown in words(browser.get(f"{attempt}?page={asked}"))


def test_the_last_page_before_handing_in_lists_what_is_empty(browser: ProofReader) -> None:
    attempt = begin(browser)
    save(browser, attempt, {"1": "b", "4": "24"})
    review = browser.get(f"{attempt}/submit")
    assert "3 questions are still empty" in words(review)


def test_grades_are_exact(browser: ProofReader, house: House) -> None:
    attempt = begin(browser)
    # One of one; two right and one wrong of three: 1/3 of two points; none; one; and one step of three of two points.
    save(browser, attempt, {"1": "b", "2": ["a", "b", "d"], "3": "thông tư", "4": "24"})
    right = right_answers(house, attempt)["5"]
    save(browser, attempt, {"5": [right[0], right[1], right[3], right[2]]}, seq=2, base=4)
    hand_in(browser, attempt)
    row = row_of(house, attempt)
    expected = (1 + Fraction(2, 3) + 0 + 1 + Fraction(2, 3)) / 7
    assert Fraction(row.share_num or 0, row.share_den or 1) == expected == Fraction(10, 21)
    assert (row.state, row.share_milli, row.passed) == ("graded", 476, False)
    shares = [Fraction(grade.share_num, grade.share_den) for grade in everything(house, rows.Grade)]
    assert shares == [1, Fraction(1, 3), 0, 1, Fraction(1, 3)]


def test_the_pass_mark_itself_passes(
    house: House,
    publish_texts: Callable[..., object],
    make_person: Callable[..., Someone],
    client: Callable[..., ProofReader],
) -> None:
    order = QUESTIONS["thu-tu"].replace("points=2", "points=1")
    publish_texts(small_course(questions={**QUESTIONS, "thu-tu": order}))
    browser = client(make_person())
    attempt = begin(browser)
    save(browser, attempt, {"1": "b", "3": "nghi dinh", "4": "24"})
    hand_in(browser, attempt)
    assert (row_of(house, attempt).share_num, row_of(house, attempt).share_den) == (1, 2)
    assert row_of(house, attempt).passed is True


def test_an_empty_paper_can_be_handed_in_and_earns_nothing(browser: ProofReader, house: House) -> None:
    attempt = begin(browser)
    hand_in(browser, attempt)
    assert (row_of(house, attempt).share_num, row_of(house, attempt).passed) == (0, False)
    assert "Not yet passed: 0 of 7 points" in words(browser.get(f"{attempt}/result"))


def test_handing_in_twice_is_handing_in_once(browser: ProofReader, house: House, clock: Clock) -> None:
    attempt = pass_quiz(house, browser)
    first = row_of(house, attempt).ended
    clock.forward(minutes=1)
    again = hand_in(browser, attempt)
    assert (again.status_code, again.headers["Location"]) == (303, f"{attempt}/result")
    assert len(everything(house, rows.Grade)) == 5
    assert row_of(house, attempt).ended == first


def test_eight_at_once_hand_in_once_and_one_certificate_comes_of_it(
    browser: ProofReader, someone: Someone, client: Callable[..., ProofReader], house: House
) -> None:
    attempt = begin(browser)
    finish_lessons(browser)
    save(browser, attempt, right_answers(house, attempt))
    browsers = [client(someone) for _ in range(AT_ONCE)]
    assert at_once(browsers, lambda one: hand_in(one, attempt).status_code) == [303] * AT_ONCE
    assert len(everything(house, rows.Grade)) == 5
    assert [row.kind for row in everything(house, rows.Completion)].count("course") == 1
    assert len(everything(house, rows.Certificate)) == 1
    with house.reading(NOBODY) as work:
        handed_in = select(func.count()).select_from(Audit).where(Audit.action == "hand in")
        assert work.session.scalar(handed_in) == 1


def test_eight_saves_at_once_are_all_kept_with_versions_of_their_own(
    browser: ProofReader, someone: Someone, client: Callable[..., ProofReader], house: House
) -> None:
    attempt = begin(browser)
    browsers = {client(someone): number for number in range(AT_ONCE)}

    def one(own: ProofReader) -> int:
        return save(own, attempt, {"3": f"answer {browsers[own]}"}, tab=f"tab-number-{browsers[own]}").status_code

    assert at_once(list(browsers), one) == [200] * AT_ONCE
    assert sorted(row.version for row in everything(house, rows.Answer)) == list(range(1, AT_ONCE + 1))


def test_the_result_shows_every_question_with_what_is_right(browser: ProofReader, house: House) -> None:
    attempt = begin(browser)
    save(browser, attempt, {"1": "a"})
    hand_in(browser, attempt)
    result = browser.get(f"{attempt}/result")
    assert result.status_code == 200
    items = [ol for ol in page(result).iter("ol") if ol.get("class") == "marked"]
    assert len(list(items[0].findall("li"))) == 5
    assert "nghị định" in words(result)


def test_a_quiz_that_shows_nothing_shows_nothing(
    publish_texts: Callable[..., object], make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    publish_texts(small_course(review="nothing"))
    browser = client(make_person())
    attempt = begin(browser)
    hand_in(browser, attempt)
    result = browser.get(f"{attempt}/result").get_data(as_text=True)
    assert "nghị định" not in result
    assert "Trưa" not in result


def test_the_result_of_a_running_attempt_is_the_attempt(browser: ProofReader) -> None:
    attempt = begin(browser)
    early = browser.get(f"{attempt}/result")
    assert (early.status_code, early.headers["Location"]) == (303, attempt)


def test_when_the_time_is_up_the_pages_lead_to_handing_in_and_then_to_the_result(
    browser: ProofReader, house: House, clock: Clock
) -> None:
    attempt = begin(browser)
    clock.forward(minutes=10)
    assert browser.get(attempt).status_code == 200
    clock.forward(microseconds=1)
    assert browser.get(attempt).headers["Location"] == f"{attempt}/submit"
    assert browser.get(f"{attempt}/submit").status_code == 200
    clock.forward(hours=1)
    hand_in(browser, attempt)
    assert row_of(house, attempt).ended == row_of(house, attempt).closes
    for address in (attempt, f"{attempt}/submit"):
        assert browser.get(address).headers["Location"] == f"{attempt}/result"


def test_attempts_are_counted_and_the_last_one_is_the_last(
    publish_texts: Callable[..., object], make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    publish_texts(small_course(attempts="2"))
    browser = client(make_person())
    for _ in range(2):
        hand_in(browser, begin(browser))
    refused = browser.send(QUIZ_ADDRESS)
    assert refused.status_code == 409
    assert "You have used all 2 attempts." in words(refused)
    assert not [form for form in page(browser.get(QUIZ_ADDRESS)).iter("form") if form.get("action") == QUIZ_ADDRESS]


def test_every_attempt_is_drawn_anew_and_stays_as_it_was_drawn(
    platform: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader], house: House
) -> None:
    browser, address = client(make_person()), "/courses/khung-phap-ly/quizzes/kiem-tra-ai-duoc-phat-ngon"
    papers = []
    for _ in range(3):
        attempt = begin(browser, address)
        first = browser.get(attempt).get_data(as_text=True)
        assert first.count("<legend") == browser.get(attempt).get_data(as_text=True).count("<legend")
        hand_in(browser, attempt)
        slots = [s for s in everything(house, rows.AttemptSlot) if s.attempt_id == row_of(house, attempt).id]
        assert len({(s.bank, s.question) for s in slots}) == 5
        papers.append(tuple((s.question, tuple(s.order)) for s in slots))
    assert len(set(papers)) == 3


def test_forward_only_there_is_no_way_back(
    publish_texts: Callable[..., object], make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    publish_texts(small_course(navigation="forward"))
    browser = client(make_person())
    attempt = begin(browser)
    second = page(browser.get(f"{attempt}?page=2"))
    assert "previous" not in [button.get("value") for button in second.iter("button")]


@pytest.mark.parametrize("method", ["get", "send"])
@pytest.mark.parametrize("rest", ["", "/submit", "/result", "/answers"])
@pytest.mark.parametrize("role", ["learner", "trainer", "coordinator", "admin"])
def test_somebody_elses_attempt_does_not_exist(
    role: str,
    rest: str,
    method: str,
    browser: ProofReader,
    make_person: Callable[..., Someone],
    client: Callable[..., ProofReader],
) -> None:
    attempt = begin(browser)
    stranger = client(make_person(role, unit="Xã Mộc Lâm"))
    answer = getattr(stranger, method)(
        f"{attempt}{rest}",
        **({"data": {"tab": "some-tab-1", "seq": "1", "base": "0", "a1": "b"}} if method == "send" else {}),
    )
    assert answer.status_code in (404, 405)
    assert browser.get(attempt).status_code == 200


def test_who_only_knocks_at_an_attempt_is_told_where_it_stands_and_drawn_no_page(browser: ProofReader) -> None:
    attempt = begin(browser)
    knocked = browser.head(attempt)
    assert (knocked.status_code, knocked.data) == (204, b"")
    hand_in(browser, attempt)
    assert browser.head(attempt).headers["Location"] == f"{attempt}/result"
    assert browser.head("/attempts/khong-co").status_code == 404
