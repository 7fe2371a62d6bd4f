"""Each behaviour of a quiz by keyboard, a check question in a lesson, and two pages that answer the same questions."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.answering import attempt_of
from tests.journeys.keyboard import FOCUSED, answer, choose, pick, press_on, tab_to, tick, write
from tests.journeys.people import PASSWORD, Asked, Official
from tests.journeys.school import LESSON, pupil, wait_until
from tests.journeys.server import Platform
from tests.journeys.visiting import Visitor, Way
from tests.journeys.wording import plain
from tests.services.texts import COURSE, QUIZ

pytestmark = pytest.mark.journey

WAYS = pytest.mark.parametrize("way", [Way(True, 360, "vi"), Way(False, 360, "en")], ids=str)
PHONE = Way(True, 360, "vi")
CHECK, NEXT, REVIEW, SEND = (
    'button[value="check-1"]', '.actions button[value="next"]', '.actions button[value="review"]', "form[data-hand-in] button"
)  # fmt: skip
Visit = Callable[[Way], Visitor]


def come_in(visitor: Visitor, learner: Official) -> None:
    """Sign in, in the visitor's language."""
    visitor.sign_in(learner.identifier, PASSWORD)
    visitor.choose_language(visitor.way.language)


def read_the_rules(visitor: Visitor, learner: Official, quiz: str) -> None:
    """Come in, and read what is said before a quiz."""
    come_in(visitor, learner)
    visitor.go(f"/courses/{COURSE}/quizzes/{quiz}")
    visitor.look(f"rules-{quiz}")


def begin(visitor: Visitor, learner: Official) -> tuple[str, Asked]:
    """Begin the quiz of one question whose rules are open; the attempt, and the question."""
    visitor.follow(visitor.button("Begin the quiz"))
    attempt = attempt_of(visitor)
    (asked,) = learner.asked(attempt)
    return attempt, asked


def verdict(page: Page) -> str:
    """The judgement of the question that was checked."""
    return plain(page.locator("#judged-1 > .tag").text_content())


def hand_in(visitor: Visitor) -> None:
    """Look over, and hand in."""
    press_on(visitor.page, REVIEW)
    press_on(visitor.page, SEND)


@WAYS
def test_an_answer_is_checked_once_and_then_stays(way: Way, school: Platform, visit_school: Visit) -> None:
    learner, visitor = pupil(school), visit_school(way)
    read_the_rules(visitor, learner, "immediate")
    attempt, asked = begin(visitor, learner)
    answer(visitor.page, asked)
    press_on(visitor.page, CHECK)
    assert verdict(visitor.page) == visitor.say("Right")
    assert visitor.say("Checked; this answer stays.") in visitor.text()
    expect(visitor.page.locator('select[name="a1.a"]')).to_be_disabled()
    visitor.look("checked-immediate")
    hand_in(visitor)
    assert visitor.heading() == visitor.say("Passed: %(earned)s of %(possible)s points", earned=2, possible=2)
    assert [row.checked for row in learner.answers(attempt)][-1] is True


@WAYS
def test_a_second_try_has_a_hint_and_costs_a_penalty(way: Way, school: Platform, visit_school: Visit) -> None:
    learner, visitor = pupil(school), visit_school(way)
    read_the_rules(visitor, learner, "tries")
    _, asked = begin(visitor, learner)
    wrong = next(letter for letter in "abc" if letter != asked.value)
    pick(visitor.page, "a1", wrong)
    press_on(visitor.page, CHECK)
    assert verdict(visitor.page) == visitor.say("Not right")
    assert "Không phải sáng." in visitor.text()
    assert visitor.words.many("%(num)s try left", "%(num)s tries left", 2) in visitor.text()
    visitor.look("checked-tries")
    again(visitor.page, asked.value)
    press_on(visitor.page, CHECK)
    assert verdict(visitor.page) == visitor.say("Right")
    hand_in(visitor)
    assert visitor.heading() == visitor.say("Passed: %(earned)s of %(possible)s points", earned=2, possible=3)
    assert visitor.say("%(reason)s; try %(number)s, less the penalty", reason="", number=2) in visitor.text()


def again(page: Page, letter: str) -> None:
    """Go from the option that is chosen to another one: arrows alone move the choice."""
    tab_to(page, 'input[name="a1"]')
    while not page.evaluate(FOCUSED, f'[value="{letter}"]'):
        page.keyboard.press("ArrowDown")


@WAYS
def test_how_sure_one_is_is_said_with_the_answer(way: Way, school: Platform, visit_school: Visit) -> None:
    learner, visitor = pupil(school), visit_school(way)
    read_the_rules(visitor, learner, "certainty")
    assert visitor.say("How being sure is counted") in visitor.text()
    cells = visitor.page.locator('section[aria-labelledby="sure"] tbody td').all_text_contents()
    assert [plain(cell).replace("−", "-").rstrip("%").strip() for cell in cells][-3:] == ["100", "-200", "0"]
    attempt, asked = begin(visitor, learner)
    answer(visitor.page, asked)
    pick(visitor.page, "c1", 2)
    visitor.look("asked-how-sure")
    if way.scripts:
        wait_until(lambda: [row.certainty for row in learner.answers(attempt)][-1:] == [2])
    hand_in(visitor)
    kept = learner.answers(attempt)[-1]
    assert (kept.value, kept.certainty) == (asked.value, 2)
    assert visitor.heading() == visitor.say("Passed: %(earned)s of %(possible)s points", earned=2, possible=3)


@WAYS
def test_practice_is_checked_changed_and_checked_again(way: Way, school: Platform, visit_school: Visit) -> None:
    learner, visitor = pupil(school), visit_school(way)
    read_the_rules(visitor, learner, "practice")
    attempt, asked = begin(visitor, learner)
    answer(visitor.page, Asked(1, 1, asked.type, asked.held, ["12", *asked.value[1:]]))
    press_on(visitor.page, CHECK)
    assert verdict(visitor.page) == visitor.say("Partly right")
    visitor.look("checked-practice")
    answer(visitor.page, asked)
    press_on(visitor.page, CHECK)
    assert verdict(visitor.page) == visitor.say("Right")
    assert visitor.page.locator(CHECK).count() == 1
    hand_in(visitor)
    assert visitor.heading() == visitor.say("Your result: %(earned)s of %(possible)s points", earned=3, possible=3)
    assert [row.passed for row in learner.attempts("practice")] == [None]
    assert learner.counts(attempt, 1) == asked.value


@WAYS
def test_a_check_question_in_a_lesson_is_judged_in_its_place(way: Way, school: Platform, visit_school: Visit) -> None:
    learner, visitor = pupil(school), visit_school(way)
    come_in(visitor, learner)
    visitor.go(LESSON)
    page, section = visitor.page, visitor.page.locator("section.check")
    visitor.look("lesson-with-a-check")
    page.evaluate("window.here = true")
    groups = {"Số liệu đã kiểm tra": "Được nói", "Lời đồn": "Được nói", "Lịch họp báo": "Được nói"}
    check(visitor, groups)
    assert plain(section.locator(".tag").text_content()) == visitor.say("Partly right")
    assert "Lời đồn chưa phải là tin." in plain(section.text_content())
    visitor.look("lesson-checked")
    check(visitor, groups | {"Lời đồn": "Chưa được nói"})
    assert plain(section.locator(".tag").text_content()) == visitor.say("Right")
    assert page.evaluate("window.here === true") is way.scripts


def check(visitor: Visitor, groups: dict[str, str]) -> None:
    """Put each row of the check question in a group, and have it judged; with scripts the focus goes to the judgement."""
    page = visitor.page
    for row in page.locator("section.check .pair:not(.pair--heads)").all():
        group = groups[plain(row.locator("[data-option]").first.text_content())]
        options = [plain(words) for words in row.locator("option").all_text_contents()]
        letter = row.locator("option").nth(options.index(group)).get_attribute("value")
        choose(page, row.locator("select").get_attribute("name") or "", letter)
    if not visitor.way.scripts:
        press_on(page, f"section.check {CHECK}")
        return
    tab_to(page, f"section.check {CHECK}")
    with page.expect_response("**/check/*"):
        page.keyboard.press("Enter")
    expect(page.locator("section.check .judged")).to_be_focused()


def test_two_pages_that_answer_two_questions_are_both_asked_to_choose(school: Platform, visit_school: Visit) -> None:
    learner, visitor = pupil(school), visit_school(PHONE)
    come_in(visitor, learner)
    attempt = learner.sit(QUIZ)
    visitor.go(f"/attempts/{attempt}")
    first, second = learner.asked(attempt)[:2]
    mine, theirs = visitor.page, visitor.context.new_page()
    theirs.goto(mine.url)
    notes = {asked.slot: theirs.locator(f'[data-slot="{asked.slot}"] .newer') for asked in (first, second)}
    tick(mine, "a1", ["a"])
    wait_until(lambda: learner.counts(attempt, 1) == ["a"])
    write(mine, "a2", "luật")
    wait_until(lambda: learner.counts(attempt, 2) == "luật")
    tick(theirs, "a1", ["b"])
    expect(notes[1]).to_be_visible()
    write(theirs, "a2", "nghị định")
    expect(notes[2]).to_be_visible()
    assert (learner.counts(attempt, 1), learner.counts(attempt, 2)) == (["a"], "luật")
    visitor.page = theirs
    visitor.look("two-answers-to-two-questions")
    tab_to(theirs, '[data-slot="1"] [data-keep]')
    theirs.keyboard.press("Enter")
    expect(notes[1]).to_have_count(0)
    tab_to(theirs, '[data-slot="2"] [data-take]')
    theirs.keyboard.press("Enter")
    expect(notes[2]).to_have_count(0)
    expect(theirs.locator('input[name="a2"]')).to_have_value("luật")
    wait_until(lambda: learner.counts(attempt, 1) == ["b"])
    press_on(theirs, NEXT)
    assert (learner.counts(attempt, 1), learner.counts(attempt, 2)) == (["b"], "luật")
    assert {str(row.value) for row in learner.answers(attempt)} == {"['a']", "['b']", "luật", "nghị định"}
