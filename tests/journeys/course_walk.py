"""A whole course as a learner takes it in the browser: from the list of courses to the certificate and its check.

Every lesson is opened and finished by its button, every check question and every question of every quiz is answered with
the controls of its page, what a person must mark is marked by a trainer at another browser, and no page may fail.
"""

import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import ViewportSize, expect

from elearning.domain.questions import TYPES
from elearning.domain.quiz import Rules
from tests.journeys.answering import attempt_of, give, hand_in
from tests.journeys.people import PASSWORD, Asked, Official
from tests.journeys.school import spoken
from tests.journeys.server import Platform
from tests.journeys.visiting import Visitor
from tests.journeys.watching import Looks, sideways
from tests.journeys.wording import plain
from tests.journeys.writing import as_trainer

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
VERDICTS = {"by-rule": "Right", "by-person": "Waits to be marked", "never": "Without points"}
SLOTS = "slots => slots.map(slot => Number(slot.dataset.slot))"
ONWARD = ".actions .button:not(.button--quiet)"


@dataclass(slots=True)
class Account:
    """What was done on a walk."""

    course: str
    language: str
    seconds: float = 0.0
    pages: int = 0
    lessons: int = 0
    checks: int = 0
    quizzes: int = 0
    questions: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Walk:
    """One learner on the way through one course. With an album each page is looked at closely, and a picture kept."""

    learner: Visitor
    official: Official
    account: Account
    trainer: Callable[[], Visitor]
    scratch: Path
    album: Looks | None
    shown_wide: set[str] = field(default_factory=set)

    def see(self, name: str, visitor: Visitor | None = None) -> None:
        """Count the page that is open, and see that nothing of it reaches past the edge."""
        visitor = visitor or self.learner
        self.account.pages += 1
        if self.album is None:
            visitor.watch.faults += [f"{visitor.path}: {fault}" for fault in sideways(visitor.page)]
        else:
            numbered = f"{self.account.pages:03}-{name}"
            visitor.watch.faults += self.album.at(visitor.page, numbered, PHONE["width"], self.account.language)

    def see_wide(self, kind: str) -> None:
        """The first page of a kind as it is on a desk, where there is an album."""
        if self.album is not None and kind not in self.shown_wide:
            self.shown_wide.add(kind)
            page, name = self.learner.page, f"{self.account.pages:03}-{kind}"
            page.set_viewport_size(DESK)
            self.learner.watch.faults += self.album.at(page, name, DESK["width"], self.account.language)
            page.set_viewport_size(PHONE)


def walk_through(
    learner: Visitor,
    official: Official,
    platform: Platform,
    visit: Callable[[], Visitor],
    scratch: Path,
    album: Looks | None,
) -> Account:
    """Take the course from the door to the certificate. The official must not be enrolled yet."""

    def trainer() -> Visitor:
        marker = visit()
        marker.page.set_viewport_size(PHONE)
        as_trainer(marker, platform)
        return marker

    began = time.monotonic()
    account = Account(official.course, learner.way.language)
    walk = Walk(learner, official, account, trainer, scratch, album)
    join(walk)
    *activities, last = official.activities()
    for (kind, key), following in zip([*activities, last], [*activities[1:], last, None], strict=True):
        assert learner.heading() == plain(official.title(kind, key, account.language))
        (read if kind == "lesson" else sit)(walk, key)
        if following is not None:
            go_on(walk, *following)
    take_the_certificate(walk)
    account.seconds = time.monotonic() - began
    return account


def table(accounts: list[Account]) -> list[str]:
    """What was done on some walks, a line each."""
    lines = [
        f"{'course':26} {'':2} {'lessons':>7} {'checks':>6} {'quizzes':>7} {'questions':>9} {'pages':>5} {'seconds':>7}  by type"
    ]
    for one in accounts:
        types = ", ".join(f"{number} {kind}" for kind, number in one.questions.most_common())
        lines.append(
            f"{one.course:26} {one.language:2} {one.lessons:7} {one.checks:6} {one.quizzes:7} {one.questions.total():9} "
            f"{one.pages:5} {one.seconds:7.1f}  {types}"
        )
    return lines


def join(walk: Walk) -> None:
    """Come in, choose the language, find the course in the list, join it, and begin."""
    learner, course = walk.learner, walk.official.course
    learner.page.set_viewport_size(PHONE)
    learner.sign_in(walk.official.identifier, PASSWORD)
    learner.choose_language(learner.way.language)
    walk.see("start")
    learner.go("/courses")
    walk.see("courses")
    learner.follow(learner.page.locator(f'main a[href="/courses/{course}"]'))
    walk.see("outline")
    learner.follow(learner.button("Join this course"))
    walk.see("outline-joined")
    walk.see_wide("outline")
    learner.follow(learner.page.locator(ONWARD))


def go_on(walk: Walk, kind: str, key: str) -> None:
    """Stand at the next activity: a finished lesson has led there, the result of a quiz has a link to it."""
    address = f"/courses/{walk.official.course}/{'quizzes/' if kind == 'quiz' else ''}{key}"
    if walk.learner.path != address:
        walk.learner.follow(walk.learner.page.locator(f'main a[href="{address}"]'))


def read(walk: Walk, lesson: str) -> None:
    """Open a lesson, answer its check questions, and finish it."""
    learner = walk.learner
    walk.see_wide("lesson")
    for asked in walk.official.checks(lesson, walk.account.language):
        check(walk, asked)
    walk.see(f"lesson-{lesson}")
    walk.account.lessons += 1
    learner.follow(learner.button("I have finished this lesson"))


def check(walk: Walk, asked: Asked) -> None:
    """Answer a check question, and have it judged in its place."""
    page = walk.learner.page
    section = page.locator(f"section.check#question-{asked.slot}")
    give(page, asked)
    with page.expect_response("**/check/*"):
        section.locator(f'button[value="check-{asked.slot}"]').click()
    expect(section.locator(".judged > .tag")).to_contain_text(walk.learner.say("Right"))
    walk.account.checks += 1


def sit(walk: Walk, quiz: str) -> None:
    """Take a quiz: the rules, every question, the look over, the result; what waits is marked."""
    learner = walk.learner
    walk.see(f"quiz-{quiz}")
    walk.see_wide("quiz")
    rules = walk.official.compiled().quizzes[quiz].rules
    learner.follow(learner.button("Begin to answer" if rules.kind == "survey" else "Begin the quiz"))
    attempt = attempt_of(learner)
    questions = walk.official.asked(attempt, walk.account.language)
    answer_all(walk, quiz, questions)
    assert learner.heading() == learner.say("All questions are answered")
    walk.see(f"{quiz}-over")
    hand_in(learner)
    walk.see(f"{quiz}-result")
    walk.see_wide("result")
    read_the_result(walk, rules, questions, VERDICTS)
    if any(TYPES[asked.type].MARKED == "by-person" for asked in questions):
        mark(walk, attempt)
        learner.page.reload()
        walk.see(f"{quiz}-marked")
        read_the_result(walk, rules, questions, VERDICTS | {"by-person": "Right"})
    walk.account.quizzes += 1


def answer_all(walk: Walk, quiz: str, questions: list[Asked]) -> None:
    """Answer page after page, up to the look before handing in."""
    by_slot, page, last = {asked.slot: asked for asked in questions}, walk.learner.page, False
    while not last:
        slots = page.locator(".question[data-slot]").evaluate_all(SLOTS)
        for slot in slots:
            answer(walk, by_slot[slot])
        walk.see(f"{quiz}-{slots[0]:02}-{by_slot[slots[0]].type}")
        walk.see_wide("question")
        last = page.locator('.actions button[value="review"]').count() == 1
        walk.learner.follow(page.locator(f'.actions button[name="go"][value="{"review" if last else "next"}"]'))


def answer(walk: Walk, asked: Asked) -> None:
    """Answer one question, and have it checked at once where the quiz does so."""
    page = walk.learner.page
    if asked.held == "upload":
        page.locator(f'input[name="u{asked.slot}"]').set_input_files(spoken(walk.scratch / "noi.wav"))
        expect(page.locator("[data-recorder-said]")).to_have_text(walk.learner.say("The recording is kept."))
    elif asked.held != "nothing":
        give(page, asked)
    button = page.locator(f'button[value="check-{asked.slot}"]')
    if button.count():
        walk.learner.follow(button)
        judged = plain(page.locator(f"#judged-{asked.slot} > .tag").text_content())
        assert judged == walk.learner.say("Right"), f"{asked} is judged “{judged}” on {page.url}"
    walk.account.questions[asked.type] += 1


def read_the_result(walk: Walk, rules: Rules, questions: list[Asked], verdicts: dict[str, str]) -> None:
    """The sentence on top, and what is said of each question, are those of somebody who knows everything."""
    learner = walk.learner
    if rules.kind == "survey":
        assert learner.heading() == learner.say("Thank you: your answers are handed in")
        return
    tags = learner.page.locator(".marked > li .marked__body > .tag").all_text_contents()
    wanted = [learner.say(verdicts[TYPES[asked.type].MARKED]) for asked in questions]
    assert [plain(tag).split(",")[0] for tag in tags] == wanted, f"{questions} on {learner.path}"
    if verdicts["by-person"] != "Right" and learner.say(verdicts["by-person"]) in wanted:
        assert learner.heading() == learner.say("Handed in; some answers wait to be marked")
        return
    points = re.findall(r"\d+(?:[.,]\d+)?", learner.heading())[-1]
    sentence = (
        "Your result: %(earned)s of %(possible)s points"
        if rules.pass_share is None
        else "Passed: %(earned)s of %(possible)s points"
    )
    assert learner.heading() == learner.say(sentence, earned=points, possible=points)


def mark(walk: Walk, attempt: str) -> None:
    """A trainer finds the attempt, reads it, gives the best level everywhere, and says a word."""
    trainer = walk.trainer()
    page = trainer.page
    trainer.go("/author/marking")
    walk.see("marking", trainer)
    trainer.follow(page.locator(f'a[href="/author/marking/{attempt}"]'))
    for levels in page.locator("fieldset.levels").all():
        points = [
            float(re.sub(r"[^\d,.]", "", words).replace(",", ".")) for words in levels.locator("b").all_text_contents()
        ]
        levels.locator("input").nth(points.index(max(points))).check()
    for comment in page.locator("textarea").all():
        comment.fill("Rõ ràng, có hẹn giờ.")
    walk.see("marking-an-attempt", trainer)
    trainer.follow(page.locator(ONWARD))


def take_the_certificate(walk: Walk) -> None:
    """From the last result: the certificate as a file, in the list, and as anybody checks it; the course says it is complete."""
    learner, official = walk.learner, walk.official
    address = learner.link("Download the certificate (PDF)").get_attribute("href")
    assert address is not None
    answered = learner.context.request.get(f"{learner.address}{address}")
    assert (answered.status, answered.headers["content-type"]) == (200, "application/pdf")
    assert answered.body().startswith(b"%PDF")
    (walk.album.folder if walk.album else walk.scratch).joinpath("certificate.pdf").write_bytes(answered.body())
    learner.go(f"/courses/{official.course}")
    walk.see("outline-complete")
    learner.go("/learn")
    walk.see("start-complete")
    learner.go("/certificates")
    walk.see("certificates")
    walk.see_wide("certificates")
    assert learner.page.locator(f'main a.link[href="{address}"]').count() == 1
    learner.follow(learner.link("What others see when they check it"))
    assert learner.path == f"/verify/{address.removeprefix('/certificates/').removesuffix('.pdf')}"
    assert plain(learner.page.locator("h2#answer").text_content()) == learner.say("Valid")
    assert official.name in learner.text()
    walk.see("verify")
    walk.see_wide("verify")
