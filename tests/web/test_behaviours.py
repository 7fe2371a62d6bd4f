"""Behaviours through the browser: checking an answer, trying again, saying how sure one is, practising."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from elearning.services.work import House
from elearning.store.models import learning as rows
from tests.services.cast import Someone
from tests.services.texts import QUESTIONS, publish, small_course
from tests.web.proofreading import ProofReader, hidden, words
from tests.web.sitting import QUIZ_ADDRESS, begin, everything, hand_in, save

HINTED = {
    "mot": QUESTIONS["mot"].replace("{: points=1 }", '> Trưa là lúc họp báo.\n{: points=3 penalty=1/3 hint="Không phải sáng. | Lúc đứng bóng." }')
}  # fmt: skip


@pytest.fixture
def sit(
    house: House, make_person: Callable[..., Someone], client: Callable[..., ProofReader]
) -> Callable[..., tuple[ProofReader, str]]:
    """Publish the small course with a behaviour, and begin an attempt."""

    def begun(behaviour: str, mark: str = "50%", **more: str) -> tuple[ProofReader, str]:
        lines = f"behaviour: {behaviour}\n" + "".join(f"{name}: {value}\n" for name, value in more.items())
        publish(house, small_course(mark=mark, extra=lines, questions={**QUESTIONS, **HINTED}))
        browser = client(make_person())
        return browser, begin(browser)

    return begun


def press(browser: ProofReader, attempt: str, answers: dict[str, str], go: str) -> str:
    """Post a page as its form does, and read the page that follows."""
    shown = browser.get(attempt)
    form = {name: hidden(shown, name) for name in ("tab", "seq", "base", "page")}
    sent = browser.send(f"{attempt}/answers", form | answers | {"go": go})
    assert sent.status_code == 303, sent.status_code
    return words(browser.get(sent.headers["Location"].split("#")[0]))


def score(house: House) -> tuple[str, Fraction]:
    """State and result of the last attempt."""
    row = everything(house, rows.Attempt)[-1]
    return row.state, Fraction(row.share_num or 0, row.share_den or 1)


def test_a_deferred_attempt_has_nothing_to_check(sit: Callable[..., tuple[ProofReader, str]], house: House) -> None:
    browser, attempt = sit("deferred")
    assert "Check this answer" not in words(browser.get(attempt))
    press(browser, attempt, {"a1.shown": "1", "a1": "a"}, "check-1")
    assert [row.checked for row in everything(house, rows.Answer)] == [False]


def test_an_answer_that_was_checked_at_once_is_told_and_stays(
    sit: Callable[..., tuple[ProofReader, str]], house: House
) -> None:
    browser, attempt = sit("immediate")
    before = words(browser.get(attempt))
    assert "Trưa là lúc họp báo" not in before
    said = press(browser, attempt, {"a1.shown": "1", "a1": "a"}, "check-1")
    assert "Not right" in said
    assert "this is right; you did not choose it" in said
    assert "Trưa là lúc họp báo" in said
    assert "Checked; this answer stays." in said
    again = press(browser, attempt, {"a1.shown": "1", "a1": "b"}, "next")
    assert again
    assert [(row.value, row.checked) for row in everything(house, rows.Answer)] == [("a", True)]
    assert save(browser, attempt, {"1": "b"}, seq=9, base=99, tab="second-tab").json["version"] == 1
    hand_in(browser, attempt)
    assert score(house) == ("graded", Fraction(0))


def test_a_check_of_nothing_says_so(sit: Callable[..., tuple[ProofReader, str]], house: House) -> None:
    browser, attempt = sit("immediate")
    assert "Answer the question first" in press(browser, attempt, {"a1.shown": "1"}, "check-1")
    assert everything(house, rows.Answer) == []


def test_each_try_brings_its_hint_and_costs_its_penalty(
    sit: Callable[..., tuple[ProofReader, str]], house: House
) -> None:
    browser, attempt = sit("tries", tries="3")
    first = press(browser, attempt, {"a1.shown": "1", "a1": "a"}, "check-1")
    assert "Không phải sáng" in first
    assert "2 tries left" in first
    assert "this is right" not in first
    assert "Trưa là lúc họp báo" not in first
    second = press(browser, attempt, {"a1.shown": "1", "a1": "c"}, "check-1")
    assert "Lúc đứng bóng" in second
    assert "last try" in second
    third = press(browser, attempt, {"a1.shown": "1", "a1": "b"}, "check-1")
    assert "Trưa là lúc họp báo" in third
    hand_in(browser, attempt)
    # One of the eight points of the paper: a third of the three points of the first question, after two tries.
    possible = 3 + 2 + 1 + 1 + 2
    assert score(house) == ("graded", Fraction(1, possible))


def test_the_same_check_sent_twice_is_one_try(sit: Callable[..., tuple[ProofReader, str]], house: House) -> None:
    browser, attempt = sit("tries")
    shown = browser.get(attempt)
    form = {name: hidden(shown, name) for name in ("tab", "seq", "base", "page")}
    for _ in range(2):
        browser.send(f"{attempt}/answers", form | {"a1.shown": "1", "a1": "a", "go": "check-1"})
    assert [row.checked for row in everything(house, rows.Answer)] == [True]


def test_how_sure_one_is_decides_what_an_answer_is_worth(
    sit: Callable[..., tuple[ProofReader, str]], house: House
) -> None:
    browser, attempt = sit("certainty")
    assert "How sure are you?" in words(browser.get(attempt))
    rules = words(browser.get(QUIZ_ADDRESS))
    assert all(part in rules for part in ("How being sure is counted", "−200 %", "33"))
    reply = save(browser, attempt, {"1": "b", "3": "luật"}, certainty={"1": 3, "3": 2})
    assert reply.status_code == 200
    hand_in(browser, attempt)
    # Three points for being right and sure, two thirds of one point lost for being wrong and fairly sure.
    assert score(house) == ("graded", (Fraction(3) - Fraction(2, 3)) / 9)


def test_changing_only_how_sure_one_is_is_kept(sit: Callable[..., tuple[ProofReader, str]], house: House) -> None:
    browser, attempt = sit("certainty")
    press(browser, attempt, {"a1.shown": "1", "a1": "b", "c1": "1"}, "")
    press(browser, attempt, {"a1.shown": "1", "a1": "b", "c1": "3"}, "")
    assert [(row.value, row.certainty) for row in everything(house, rows.Answer)] == [("b", 1), ("b", 3)]


@pytest.mark.parametrize("sure", [{"1": 4}, {"1": 0}, {"1": -1}])
def test_a_certainty_that_there_is_not_is_no_certainty(
    sure: dict[str, int], sit: Callable[..., tuple[ProofReader, str]], house: House
) -> None:
    browser, attempt = sit("certainty")
    save(browser, attempt, {"1": "b"}, certainty=sure)
    assert [row.certainty for row in everything(house, rows.Answer)] == [None]


@pytest.mark.parametrize("sure", [["1"], {"2": 1}, {"1": "3"}, {"1": True}, "x"])
def test_certainty_that_no_page_could_have_sent_is_refused(
    sure: object, sit: Callable[..., tuple[ProofReader, str]], house: House
) -> None:
    browser, attempt = sit("certainty")
    assert save(browser, attempt, {"1": "b"}, certainty=sure).status_code == 422
    assert everything(house, rows.Answer) == []


def test_practice_can_be_checked_and_redone_and_counts_for_nothing(
    sit: Callable[..., tuple[ProofReader, str]], house: House
) -> None:
    browser, attempt = sit("practice", mark="")
    for letter in ("a", "b", "c", "b"):
        said = press(browser, attempt, {"a1.shown": "1", "a1": letter}, "check-1")
        assert "Trưa là lúc họp báo" in said
        assert "Check this answer" in said
    hand_in(browser, attempt)
    row = everything(house, rows.Attempt)[-1]
    assert (row.passed, len(everything(house, rows.Certificate))) == (None, 0)


def test_what_is_said_of_a_result_is_the_highest_band_it_reaches(
    sit: Callable[..., tuple[ProofReader, str]], house: House
) -> None:
    browser, attempt = sit("deferred", feedback='{80%: "Rất *tốt*.", 30%: "Còn thiếu.", 0%: "Đọc lại."}')
    save(browser, attempt, {"1": "b"})
    hand_in(browser, attempt)
    said = words(browser.get(f"{attempt}/result"))
    assert ("Còn thiếu." in said, "Rất tốt." in said, "Đọc lại." in said) == (True, False, False)
