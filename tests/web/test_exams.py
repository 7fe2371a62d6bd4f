"""Pages about examinations: what staff arrange by hand, what learners see of it, and what each row of the matrix shows."""

from collections.abc import Callable

import pytest

from elearning.domain.review import ASPECTS
from elearning.services.work import House
from elearning.store.models.arrangement import Arrangement
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.services.texts import COURSE, QUESTIONS, QUIZ, small_course
from tests.web.proofreading import ProofReader, page, words
from tests.web.sitting import QUIZ_ADDRESS, begin, everything, hand_in, right_answers, row_of, save

EXAM = f"/author/quizzes/{COURSE}/{QUIZ}"


@pytest.fixture
def learner(make_person: Callable[..., Someone]) -> Someone:
    return make_person()


@pytest.fixture
def browser(practice: House, learner: Someone, client: Callable[..., ProofReader]) -> ProofReader:
    return client(learner)


@pytest.fixture
def staff(practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    return client(make_person("trainer"))


def typed_in(browser_page: object, name: str, kind: str) -> list[str]:
    """The values of a field in the part of the page that is for one kind."""
    return [
        str(field.get("value") or "")
        for field in page(browser_page).iter("input")  # type: ignore[arg-type]
        if field.get("name") == name and str(field.get("id")).startswith(kind)
    ]


def test_a_trainer_closes_a_quiz_and_the_learner_is_told(
    staff: ProofReader, browser: ProofReader, clock: Clock
) -> None:
    said = staff.send(
        f"{EXAM}/arrange", {"kind": "dates", "reach": "all", "opens": "2026-11-23T10:00", "closes": "11:00 23/11/2026"}
    )
    assert said.status_code == 303
    assert "Open from 10:00, 23/11/2026 until 11:00, 23/11/2026" in words(staff.get(EXAM))
    browser.send(f"/courses/{COURSE}/enrol")
    rules = words(browser.get(QUIZ_ADDRESS))
    assert "Open from 10:00, 23/11/2026 until 11:00, 23/11/2026." in rules
    assert "The quiz opens at 10:00, 23/11/2026." in rules
    assert browser.send(QUIZ_ADDRESS).status_code == 409
    clock.forward(hours=1)
    assert begin(browser).startswith("/attempts/")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "dates", "reach": "all", "opens": "hôm nay", "reason": "Họp"}, "Write the hour and the day like this"),
        ({"kind": "dates", "reach": "all", "opens": "2026-11-23T10:00", "closes": "2026-11-23T09:00", "reason": "Họp"}, "would close before it opens"),
        ({"kind": "dates", "reach": "unit", "unit": "x", "reason": "Họp"}, "Choose the unit from the list."),
        ({"kind": "dates", "reach": "person", "person": "ai-do", "reason": "Họp"}, "Nobody signs in with “ai-do”."),
        ({"kind": "dates", "reach": "person", "person": "ai-do", "reason": "x" * 501}, "Shorten this to 500 characters."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_beside_what_was_typed_and_nothing_is_lost(
    staff: ProofReader, house: House, fields: dict[str, str], said: str
) -> None:
    answer = staff.send(f"{EXAM}/arrange", fields)
    assert answer.status_code == 422
    assert said in words(answer)
    assert typed_in(answer, "reason", "dates") == [fields["reason"]]
    assert typed_in(answer, "reason", "password") == [""]
    if "opens" in fields:
        assert typed_in(answer, "opens", "dates") == [fields["opens"]]
    assert everything(house, Arrangement) == []


def test_a_wrong_password_is_told_on_the_page_and_the_right_one_begins(
    staff: ProofReader, browser: ProofReader
) -> None:
    staff.send(f"{EXAM}/arrange", {"kind": "password", "reach": "all", "password": "Sông Hồng"})
    browser.send(f"/courses/{COURSE}/enrol")
    wrong = browser.send(QUIZ_ADDRESS, {"password": "x"})
    assert wrong.status_code == 422
    assert "This is not the password of the quiz." in words(wrong)
    assert browser.send(QUIZ_ADDRESS, {"password": "song hong"}).status_code == 303


def test_staff_give_time_open_again_and_see_it_on_record(
    staff: ProofReader, browser: ProofReader, house: House
) -> None:
    attempt = begin(browser)
    public = attempt.rsplit("/", 1)[-1]
    assert "Give more time" in words(staff.get(f"/author/attempts/{public}"))
    bare = staff.send(f"/author/attempts/{public}/more-time", {"minutes": "5"})
    assert bare.status_code == 422
    assert "Write the reason" in words(bare)
    assert staff.send(f"/author/attempts/{public}/more-time", {"minutes": "5", "reason": "Mất điện"}).status_code == 303
    assert "until 09:15:00" in words(browser.get(attempt))
    hand_in(browser, attempt)
    assert staff.send(f"/author/attempts/{public}/reopen", {"minutes": "9", "reason": "Nộp nhầm"}).status_code == 303
    assert row_of(house, attempt).state == "in_progress"
    record = words(staff.get(f"/author/attempts/{public}"))
    assert all(line in record for line in ("+5: Mất điện", "Nộp nhầm", "opened again"))
    assert "1 sits it now" in words(staff.get("/author/quizzes"))


def test_the_list_of_attempts_is_searched_and_narrowed(
    staff: ProofReader, browser: ProofReader, learner: Someone
) -> None:
    begin(browser)
    assert learner.name in words(staff.get(f"{EXAM}?state=running"))
    assert learner.name in words(staff.get(f"{EXAM}?q={learner.name.split()[-1]}"))
    assert "No attempt fits." in words(staff.get(f"{EXAM}?state=graded"))
    assert "No attempt fits." in words(staff.get(f"{EXAM}?q=%25"))
    assert staff.get(f"{EXAM}?state=x&page=99").status_code == 200


EVERYTHING = {
    "answers": "Chọn một?", "right": "Right", "points": "6 of 7 points", "feedback": "Không phải đâu", "explanation": "Vì thế là đúng",
    "answer": "this is right; you did not choose it", "overall": "Cần xem lại nhiều",
}  # fmt: skip
ROWS = (
    ("nothing", set()), ("points", {"points"}), ("overall", {"overall"}), ("answers", {"answers"}), ("answers right", {"answers", "right"}),
    ("answers points", {"answers", "points"}), ("answers feedback", {"answers"}), ("answers right feedback", {"answers", "right", "feedback"}),
    ("answers explanation", {"answers", "explanation"}), ("answers right answer", {"answers", "right", "answer"}), ("all", set(EVERYTHING)),
)  # fmt: skip


@pytest.mark.parametrize(("row", "shown"), ROWS, ids=[row for row, _ in ROWS])
def test_a_result_shows_what_the_row_of_the_moment_says_and_nothing_else(
    row: str, shown: set[str], house: House, publish_texts: Callable[..., object],
    make_person: Callable[..., Someone], client: Callable[..., ProofReader], clock: Clock,
) -> None:  # fmt: skip
    told = {
        key: text.replace("- [ ] Sáng\n", "- [ ] Sáng\n  > Không phải đâu.\n").replace(
            "\n{: points", "\n> Vì thế là đúng.\n{: points"
        )
        for key, text in QUESTIONS.items()
    }
    extra = 'feedback: {0%: "Cần xem lại nhiều."}\n'
    publish_texts(small_course(review=f"{{after: {row}}}", questions=told, extra=extra))
    browser = client(make_person())
    attempt = begin(browser)
    save(browser, attempt, {**right_answers(house, attempt), "1": "a"})
    hand_in(browser, attempt)
    result = words(browser.get(f"{attempt}/result"))
    assert {aspect for aspect, word in EVERYTHING.items() if word in result} == shown
    clock.forward(minutes=16)
    later = words(browser.get(f"{attempt}/result"))
    assert not [word for aspect, word in EVERYTHING.items() if word in later]
    assert set(EVERYTHING) == set(ASPECTS)
