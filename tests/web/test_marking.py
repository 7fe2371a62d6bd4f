"""Marking with a rubric: what waits, without names; marks and a comment; the result and all that follows from it."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from elearning.services.work import House
from elearning.store.models import learning as rows
from elearning.store.models.notice import Notice
from tests.services.cast import Someone
from tests.services.texts import QUESTIONS, publish, small_course
from tests.web.proofreading import ProofReader, words
from tests.web.sitting import begin, everything, finish_lessons, hand_in, right_answers, save

STATEMENT = {
    "ngan": """## Viết thông cáo ban đầu {#ngan}

| Tiêu chí | 0 | 1 | 2 |
|---|---|---|---|
| Đúng sự thật | sai | thiếu | đủ |
| Dễ hiểu | khó | tạm | rõ |

{: type=statement words=3-50 points=4 }
"""
}
TEXT = "Xã đã tiếp nhận thông tin và đang xác minh."


@pytest.fixture
def learner(house: House, make_person: Callable[..., Someone]) -> Someone:
    publish(house, small_course(questions={**QUESTIONS, **STATEMENT}, mark="90%"))
    return make_person(name="Trần Thị Ẩn Danh")


@pytest.fixture
def attempt(house: House, learner: Someone, client: Callable[..., ProofReader]) -> str:
    """An attempt with everything right and a statement that waits."""
    browser = client(learner)
    address = begin(browser)
    finish_lessons(browser)
    save(browser, address, {**right_answers(house, address), "3": TEXT})
    hand_in(browser, address)
    return address.rsplit("/", 1)[-1]


@pytest.fixture
def trainer(make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    return client(make_person("trainer"))


def marks(first: str, second: str, comment: str = "") -> dict[str, str]:
    """The form of the marking page with two levels chosen."""
    return {"m3.size": "2", "m3.0": first, "m3.1": second, "comment3": comment}


def last(house: House) -> rows.Attempt:
    return everything(house, rows.Attempt)[-1]


def test_what_waits_is_listed_without_the_name_of_whoever_wrote_it(
    attempt: str, learner: Someone, trainer: ProofReader
) -> None:
    listed, shown = trainer.get("/author/marking"), trainer.get(f"/author/marking/{attempt}")
    assert "1 attempt waits" in words(listed)
    assert TEXT in words(shown)
    assert all(learner.name not in words(answer) for answer in (listed, shown))


def test_marks_give_the_result_the_certificate_and_a_notice(
    attempt: str, learner: Someone, trainer: ProofReader, client: Callable[..., ProofReader], house: House
) -> None:
    assert (last(house).state, everything(house, rows.Certificate)) == ("submitted", [])
    sent = trainer.send(f"/author/marking/{attempt}", marks("2", "1", "Rõ hơn ở câu đầu."))
    assert sent.status_code == 303
    row = last(house)
    # Of ten points all but one: three of four for the statement.
    assert (row.state, Fraction(row.share_num or 0, row.share_den or 1), row.passed) == (
        "graded",
        Fraction(9, 10),
        True,
    )
    assert len(everything(house, rows.Certificate)) == 1
    assert "marked" in {notice.kind for notice in everything(house, Notice)}
    said = words(client(learner).get(f"/attempts/{attempt}/result"))
    assert "Rõ hơn ở câu đầu." in said
    assert "3 of 4 points of the rubric" in said
    assert "Nothing waits to be marked" in words(trainer.get("/author/marking"))


def test_marks_can_be_changed_and_the_old_ones_are_kept(attempt: str, trainer: ProofReader, house: House) -> None:
    trainer.send(f"/author/marking/{attempt}", marks("0", "0"))
    assert last(house).passed is False
    trainer.send(f"/author/marking/{attempt}", marks("2", "2"))
    trainer.send(f"/author/marking/{attempt}", marks("2", "2"))
    kept = [row.share_milli for row in everything(house, rows.Grade) if row.slot == 3]
    assert kept == [0, 0, 1000]
    assert last(house).passed is True


@pytest.mark.parametrize(
    "form", [{"m3.size": "2", "m3.0": "1"}, {"m3.size": "2"}, marks("9", "0"), {"m3.size": "5", "m3.0": "1"}]
)
def test_a_criterion_without_a_level_is_told_and_what_was_chosen_stays(
    form: dict[str, str], attempt: str, trainer: ProofReader, house: House
) -> None:
    sent = trainer.send(f"/author/marking/{attempt}", form | {"comment3": "Ghi chú"})
    assert sent.status_code == 422
    assert "Choose a level" in words(sent)
    assert "Ghi chú" in sent.get_data(as_text=True)
    assert last(house).state == "submitted"


@pytest.mark.parametrize(
    "form", [{}, {"m1.size": "2", "m1.0": "1", "m1.1": "1"}, {"m3.size": "x"}, {"m3.size": "99999"}]
)
def test_what_names_nothing_to_mark_changes_nothing(
    form: dict[str, str], attempt: str, trainer: ProofReader, house: House
) -> None:
    before = len(everything(house, rows.Grade))
    assert trainer.send(f"/author/marking/{attempt}", form).status_code in (303, 422)
    assert (len(everything(house, rows.Grade)), last(house).state) == (before, "submitted")


def test_an_attempt_that_runs_is_not_there_to_mark(
    house: House, learner: Someone, client: Callable[..., ProofReader], trainer: ProofReader
) -> None:
    running = begin(client(learner)).rsplit("/", 1)[-1]
    assert trainer.get(f"/author/marking/{running}").status_code == 404
    assert trainer.send(f"/author/marking/{running}", marks("1", "1")).status_code == 404


def test_nobody_marks_their_own_work(
    house: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> None:
    publish(house, small_course(questions={**QUESTIONS, **STATEMENT}))
    browser = client(make_person("trainer"))
    address = begin(browser)
    save(browser, address, {"3": TEXT})
    hand_in(browser, address)
    own = f"/author/marking/{address.rsplit('/', 1)[-1]}"
    assert "Nothing waits" in words(browser.get("/author/marking"))
    assert (browser.get(own).status_code, browser.send(own, marks("2", "2")).status_code) == (404, 404)


def test_an_empty_statement_is_graded_at_once(
    house: House, learner: Someone, client: Callable[..., ProofReader]
) -> None:
    browser = client(learner)
    address = begin(browser)
    save(browser, address, {"1": "b"})
    hand_in(browser, address)
    assert last(house).state == "graded"
