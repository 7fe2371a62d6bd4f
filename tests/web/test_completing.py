"""What follows from finishing things: the ledger, completion, and the certificate in the same moment."""

from collections.abc import Callable

import pytest

from elearning.services.work import House
from elearning.store.models import learning as rows
from tests.services import texts
from tests.services.cast import Someone
from tests.services.clock import Clock
from tests.services.questions_open import QUESTIONS
from tests.web.proofreading import ProofReader, words
from tests.web.sitting import begin, complete, everything, finish_lessons, hand_in, pass_quiz


@pytest.fixture
def browser(practice: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    """A learner in the small course, signed in."""
    return client(make_person(unit="Xã Mộc Lâm"))


def test_completing_everything_gives_the_certificate_in_the_same_moment(
    browser: ProofReader, house: House, clock: Clock
) -> None:
    code = complete(house, browser)
    certificate = everything(house, rows.Certificate)[0]
    attempt = everything(house, rows.Attempt)[0]
    completion = next(row for row in everything(house, rows.Completion) if row.kind == "course")
    assert certificate.code == code
    assert attempt.ended == completion.at == certificate.issued == clock.now
    assert (certificate.completion_id, certificate.year, certificate.number) == (completion.id, 2026, 1)
    assert (certificate.score, certificate.unit_name, certificate.hours) == ("100 %", "Xã Mộc Lâm", "1")
    assert "Download the certificate (PDF)" in words(browser.get("/attempts/" + attempt.public + "/result"))


@pytest.fixture
def surveyed(house: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]) -> ProofReader:
    """A learner in the small course with a survey after its quiz, signed in."""
    files = texts.small_course()
    asked = texts.small_course(mark="", attempts="1", questions={"tham-do": QUESTIONS["tham-do"]})
    survey = (
        asked[texts.QUIZ_PATH].decode().replace("title: Thử tài", "title: Góp ý").replace("kind: exam", "kind: survey")
    )
    files["quizzes/gop-y.md"] = survey.replace("thu-tai.md", "gop-y.md").encode()
    files["quizzes/banks/gop-y.md"] = asked[texts.BANK]
    files["courses/luyen-tap/course.md"] += "- [Góp ý](quiz:gop-y)\n".encode()
    texts.publish(house, files)
    return client(make_person(unit="Xã Mộc Lâm"))


def test_what_follows_the_last_duty_stands_beside_the_certificate(surveyed: ProofReader, house: House) -> None:
    complete(house, surveyed)
    attempt = everything(house, rows.Attempt)[0]
    result = surveyed.get("/attempts/" + attempt.public + "/result")
    assert "The next step in the course: Góp ý" in words(result)
    assert 'href="/courses/luyen-tap/quizzes/gop-y"' in result.text
    assert "Download the certificate (PDF)" in words(result)


def test_a_survey_speaks_neither_of_attempts_nor_of_results(surveyed: ProofReader, house: House) -> None:
    address = "/courses/luyen-tap/quizzes/gop-y"
    surveyed.send("/courses/luyen-tap/enrol")
    before = words(surveyed.get(address))
    attempt = begin(surveyed, address)
    hand_in(surveyed, attempt)
    after, result = words(surveyed.get(address)), words(surveyed.get(f"{attempt}/result"))
    assert "There is nothing right or wrong here. Begin to answer" in before
    assert "Thank you: your answers are handed in" in result
    for said in (before, after, result):
        assert "Attempts:" not in said
        assert "esult" not in said.replace("Print the result", "")


def test_a_lesson_can_be_what_completes_a_course(browser: ProofReader, house: House) -> None:
    pass_quiz(house, browser)
    browser.send("/courses/luyen-tap/mo-dau/complete")
    assert everything(house, rows.Certificate) == []
    browser.send("/courses/luyen-tap/thuc-hanh/complete")
    assert len(everything(house, rows.Certificate)) == 1


def test_a_failed_quiz_completes_nothing(browser: ProofReader, house: House) -> None:
    attempt = begin(browser)
    finish_lessons(browser)
    hand_in(browser, attempt)
    assert [row.kind for row in everything(house, rows.Completion)] == ["lesson", "lesson"]
    assert everything(house, rows.Certificate) == []


def test_passing_again_gives_no_second_certificate(browser: ProofReader, house: House) -> None:
    complete(house, browser)
    pass_quiz(house, browser)
    assert len(everything(house, rows.Certificate)) == 1
    assert len(everything(house, rows.Completion)) == 4
