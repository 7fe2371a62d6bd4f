"""Every type of question by keyboard alone on a phone: saved, handed in, judged; and a recording over a line that breaks."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from elearning.domain.questions import TYPES
from tests.journeys.keyboard import answer, pick, press_on, tab_to
from tests.journeys.people import PASSWORD, Asked, Official
from tests.journeys.school import PAGE, pupil, spoken, uploads, wait_until
from tests.journeys.server import Platform
from tests.journeys.visiting import Visitor, Way
from tests.journeys.wording import plain
from tests.services.texts import QUIZ

pytestmark = pytest.mark.journey

WAYS = [Way(True, 360, "vi"), Way(False, 360, "en")]
VERDICTS = {"by-rule": "Right", "by-person": "Waits to be marked", "never": "Without points"}
# How long the recorder is left to record; the first second may be silent.
SPEAKING = 2_000
COMMENT = "Rõ ràng, có hẹn giờ."
Visit = Callable[[Way], Visitor]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_every_type_is_answered_judged_and_marked_by_keyboard(
    way: Way, school: Platform, visit_school: Visit, tmp_path: Path
) -> None:
    learner, visitor = pupil(school), visit_school(way)
    attempt = sit_down(visitor, learner)
    questions = learner.asked(attempt)
    assert {asked.type for asked in questions} == set(TYPES)
    for first in range(0, len(questions), PAGE):
        group = questions[first : first + PAGE]
        for asked in group:
            give(visitor, asked, tmp_path)
        back = next(asked for asked in group if asked.held != "nothing")
        tab_to(visitor.page, f'input[name="f{back.slot}"]', key="Shift+Tab")
        visitor.look(f"page-of-every-type-{first // PAGE + 1}")
        if way.scripts:
            for asked in group:
                wait_until(lambda asked=asked: is_kept(learner, attempt, asked))
        press_on(visitor.page, f'.actions button[value="{"review" if group[-1] is questions[-1] else "next"}"]')
    assert all(is_kept(learner, attempt, asked) for asked in questions)
    assert visitor.heading() == visitor.say("All questions are answered")
    press_on(visitor.page, "form[data-hand-in] button", "Space")
    read_the_result(visitor, questions, VERDICTS)
    mark(visit_school(way), school, attempt)
    visitor.page.reload()
    read_the_result(visitor, questions, VERDICTS | {"by-person": "Right"})
    assert visitor.heading() == visitor.say("Passed: %(earned)s of %(possible)s points", earned=26, possible=26)
    assert COMMENT in visitor.text()


def sit_down(visitor: Visitor, learner: Official) -> str:
    """Sign in, and open an attempt at the quiz with every type; its address."""
    visitor.sign_in(learner.identifier, PASSWORD)
    visitor.choose_language(visitor.way.language)
    attempt = learner.sit(QUIZ)
    visitor.go(f"/attempts/{attempt}")
    return attempt


def give(visitor: Visitor, asked: Asked, folder: Path) -> None:
    """Answer one question; without scripts a recording is a file that goes with the form."""
    if asked.held == "upload" and visitor.way.scripts:
        record(visitor.page)
        expect(said(visitor.page)).to_have_text(visitor.say("The recording is kept."))
    elif asked.held == "upload":
        tab_to(visitor.page, f'input[type="file"][name="u{asked.slot}"]')
        visitor.page.locator(f'input[name="u{asked.slot}"]').set_input_files(spoken(folder / "tra-loi.wav"))
    elif asked.held != "nothing":
        answer(visitor.page, asked)


def is_kept(learner: Official, attempt: str, asked: Asked) -> bool:
    """Whether the database holds what was answered."""
    kept = learner.counts(attempt, asked.slot)
    if asked.held != "upload":
        return kept == asked.value
    arrived = [upload.public for upload in uploads(learner, attempt) if upload.finished]
    return kept is not None and arrived == [kept]


def said(page: Page) -> Locator:
    """The line in which the recorder says how far it is."""
    return page.locator("[data-recorder-said]")


def record(page: Page, button: str = "record") -> None:
    """Press what records, speak, and press what stops: the focus goes from one to the other by itself."""
    tab_to(page, f"[data-{button}]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-stop]")).to_be_focused()
    page.wait_for_timeout(SPEAKING)
    page.keyboard.press("Enter")
    expect(page.locator("[data-record]")).to_be_focused()


def read_the_result(visitor: Visitor, questions: list[Asked], verdicts: dict[str, str]) -> None:
    """Open what is told of each question, and see that it says what it should."""
    page = visitor.page
    for number, asked in enumerate(questions, 1):
        tab_to(page, f".marked > li:nth-child({number}) summary")
        if page.locator(f".marked > li:nth-child({number}) details[open]").count() == 0:
            page.keyboard.press("Enter")
        told = page.locator(f".marked > li:nth-child({number}) .tag")
        expect(told).to_be_visible()
        assert plain(told.text_content()).split(",")[0] == visitor.say(verdicts[TYPES[asked.type].MARKED])
    visitor.look(f"result-of-every-type-{'-'.join(verdicts.values())}")


def mark(trainer: Visitor, school: Platform, attempt: str) -> None:
    """A trainer finds what waits, gives the best level everywhere, and says a word."""
    account, page = school.accounts["trainer"], trainer.page
    trainer.sign_in(account["identifier"], account["password"])
    trainer.choose_language(trainer.way.language)
    trainer.go("/author/marking")
    trainer.look("marking")
    press_on(page, f'a[href="/author/marking/{attempt}"]')
    trainer.look("marking-an-attempt")
    for levels in page.locator("fieldset.levels").all():
        points = [plain(words) for words in levels.locator("b").all_text_contents()]
        best = levels.locator("input").nth(points.index(max(points)))
        pick(page, best.get_attribute("name") or "", best.get_attribute("value"))
    tab_to(page, "textarea")
    page.keyboard.type(COMMENT)
    press_on(page, ".actions button")
    trainer.go("/author/marking")
    assert page.locator(f'a[href="/author/marking/{attempt}"]').count() == 0


def test_a_recording_goes_on_when_the_line_is_back(school: Platform, visit_school: Visit) -> None:
    learner, visitor = pupil(school), visit_school(WAYS[0])
    attempt = sit_down(visitor, learner)
    page, asked = visitor.page, learner.asked(attempt)[-1]
    visitor.go(f"/attempts/{attempt}?page={-(-asked.slot // PAGE)}")
    page.route("**/uploads/*?from=*", lambda route: route.abort("internetdisconnected"))
    record(page)
    held = "The line is gone. The recording stays on this device and goes on by itself; do not close this page."
    expect(said(page)).to_have_text(visitor.say(held))
    stay_when_asked(page)
    visitor.context.set_offline(True)
    page.unroute("**/uploads/*?from=*")
    begun = [(upload.finished, upload.kind) for upload in uploads(learner, attempt)]
    assert (begun, learner.counts(attempt, asked.slot)) == ([(None, "")], None)
    visitor.context.set_offline(False)
    expect(said(page)).to_have_text(visitor.say("The recording is kept."))
    wait_until(lambda: is_kept(learner, attempt, asked))
    assert len(uploads(learner, attempt)) == 1


def stay_when_asked(page: Page) -> None:
    """Begin to leave while a recording is not safe: the browser asks, and whoever stays has lost nothing."""
    here = page.url
    page.once("dialog", lambda dialog: dialog.dismiss())
    tab_to(page, "a.who")
    with page.expect_event("dialog") as asked:
        page.keyboard.press("Enter")
    assert asked.value.type == "beforeunload"
    assert page.url == here
