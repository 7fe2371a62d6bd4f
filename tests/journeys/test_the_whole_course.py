"""The main job: an official takes the course, passes, and holds a certificate; the report says that they are trained."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from elearning.domain.certificate import spelled
from elearning.domain.person import Actor, Grant
from elearning.services.reporting import Asked, completion_rows
from tests.journeys.answering import answer_rightly, hand_in
from tests.journeys.outside import opened_in_office, read_plainly, scanned
from tests.journeys.people import COURSE, FINAL, PASSWORD, Official
from tests.journeys.server import Platform
from tests.journeys.visiting import Visitor, Way
from tests.journeys.wording import plain

pytestmark = pytest.mark.journey

# Every pair of scripts, width and language is met once; all eight were walked when the course was new.
WAYS = [Way(True, 360, "vi"), Way(True, 1280, "en"), Way(False, 360, "en"), Way(False, 1280, "vi")]
ADMINISTRATOR = Actor(0, "", grants=(Grant("admin"),))
Visit = Callable[[Way], Visitor]


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_an_official_learns_fails_passes_is_certified_and_reported(
    way: Way, official: Official, platform: Platform, visit: Visit, office: Path, tmp_path: Path
) -> None:
    days = {today(platform)}
    learner = visit(way)
    come_in(learner, official)
    follow_the_start_page(learner, official)
    study(learner, official)
    fail_the_final_quiz(learner)
    pass_the_final_quiz(learner, official)
    code = take_the_certificate(learner, official, tmp_path)
    days.add(today(platform))
    check_as_anybody(visit(way), platform, official, code, tmp_path)
    admin = visit(way)
    for file in report_as_administrator(admin, platform, official, days, tmp_path):
        read_the_report(read_plainly(file), admin, platform, official, days)
        # What LibreOffice shows depends on the language alone, and opening it takes long: once for each is enough.
        if way.width == 1280:
            read_the_report(opened_in_office(file, office), admin, platform, official, days)


def today(platform: Platform) -> str:
    """The day it is where the platform is, as pages write it."""
    return f"{datetime.now(UTC).astimezone(platform.house.platform.zone):%d/%m/%Y}"


def come_in(learner: Visitor, official: Official) -> None:
    """Mistype the password once, then come in, and choose the language."""
    learner.go("/")
    learner.choose_language(learner.way.language)
    learner.look("front")
    learner.follow(learner.link("Sign in"))
    assert learner.heading() == learner.say("Sign in")
    learner.look("login")
    learner.watch.expect(422, "/login")
    learner.type_at_door(official.identifier, f"{PASSWORD}?")
    mistake = learner.say("The sign-in name or the password is wrong. Check both and try again.")
    assert learner.page.get_by_role("alert").filter(has_text=mistake).count() == 1
    assert learner.page.title().startswith(learner.say("Error:"))
    assert learner.page.locator('input[name="identifier"]').input_value() == official.identifier
    assert learner.page.locator('input[name="password"]').input_value() == ""
    learner.look("login-wrong")
    learner.type_at_door(official.identifier, PASSWORD)
    assert learner.path == "/learn"
    for language in ("en", "vi", learner.way.language):
        learner.choose_language(language)


def follow_the_start_page(learner: Visitor, official: Official) -> None:
    """The start page names the first lesson, and leads to it."""
    first = official.title(*official.activities()[0], learner.way.language)
    assert learner.heading() == plain(f"{learner.say('Next:')} {first}")
    learner.look("start")
    learner.go("/courses")
    learner.look("courses")
    learner.go(f"/courses/{COURSE}")
    learner.look("outline")
    learner.go("/learn")
    learner.follow(learner.link("Begin the lesson"))


def study(learner: Visitor, official: Official) -> None:
    """Every lesson and quick check in the order of the course: each leads to the next, up to the final quiz."""
    *activities, final = official.activities()
    for kind, key in activities:
        assert learner.heading() == plain(official.title(kind, key, learner.way.language))
        if kind == "lesson":
            learner.look("lesson")
            learner.follow(learner.button("I have finished this lesson"))
        else:
            learner.look("quiz")
            learner.follow(learner.button("Begin the quiz"))
            answer_rightly(learner, official)
            hand_in(learner)
            learner.follow(learner.link("Go on", exact=False))
    assert learner.heading() == plain(official.title(*final, learner.way.language))


def fail_the_final_quiz(learner: Visitor) -> None:
    """Hand in an empty paper: it is not passed, and what to read again leads to lessons."""
    learner.follow(learner.button("Begin the quiz"))
    learner.follow(learner.button("Look over before handing in"))
    empty = learner.words.many("%(num)s question is still empty", "%(num)s questions are still empty", 10)
    assert learner.heading() == empty
    learner.look("review-empty")
    hand_in(learner)
    assert learner.heading() == learner.say("Not yet passed: %(earned)s of %(possible)s points", earned=0, possible=10)
    again = learner.page.locator('section[aria-labelledby="again"]')
    assert plain(again.locator("h2").text_content()) == learner.say("Worth reading again")
    assert again.locator(f'a[href^="/courses/{COURSE}/"]').count() > 0
    assert learner.page.locator('a[href*="/certificates/"]').count() == 0
    learner.look("result-failed")


def pass_the_final_quiz(learner: Visitor, official: Official) -> None:
    """Try again, and answer everything rightly."""
    learner.follow(learner.link("Try again"))
    learner.look("quiz-again")
    learner.follow(learner.button("Begin a new attempt"))
    answer_rightly(learner, official)
    learner.look("review")
    hand_in(learner)
    assert learner.heading() == learner.say("Passed: %(earned)s of %(possible)s points", earned=10, possible=10)
    assert learner.say("The course is complete. Congratulations.") in learner.text()
    learner.look("result-passed")
    assert [attempt.passed for attempt in official.attempts(FINAL)] == [False, True]


def take_the_certificate(learner: Visitor, official: Official, folder: Path) -> str:
    """The page that says “passed” has the certificate; its code."""
    address = learner.link("Download the certificate (PDF)").get_attribute("href")
    assert address is not None
    answer = learner.context.request.get(f"{learner.address}{address}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.body().startswith(b"%PDF")
    (folder / "certificate.pdf").write_bytes(answer.body())
    learner.go("/certificates")
    assert learner.say("Valid") in learner.text()
    learner.look("certificates")
    learner.go("/account")
    assert official.name in learner.text()
    learner.look("account")
    learner.go("/laws/nd-244-2026?at=7.3")
    learner.look("law")
    return address.removeprefix("/certificates/").removesuffix(".pdf")


def check_as_anybody(anybody: Visitor, platform: Platform, official: Official, code: str, folder: Path) -> None:
    """The QR code on the paper leads somebody who is not signed in to the answer."""
    address = scanned(folder / "certificate.pdf")
    assert address == f"{platform.address}/verify/{code}"
    anybody.page.goto(address)
    anybody.choose_language(anybody.way.language)
    assert anybody.path == f"/verify/{code}"
    assert plain(anybody.page.locator("h2#answer").text_content()) == anybody.say("Valid")
    assert official.name in anybody.text()
    assert plain(spelled(code)) in anybody.text()
    anybody.look("verify")
    anybody.watch.expect(404, "/verify/.*")
    anybody.go(f"/verify/{code[:-1]}{'0' if code[-1] != '0' else '1'}")
    assert plain(anybody.page.locator("h2#answer").text_content()) == anybody.say("Mistyped")
    anybody.look("verify-mistyped")


def report_as_administrator(
    admin: Visitor, platform: Platform, official: Official, days: set[str], folder: Path
) -> tuple[Path, Path]:
    """The administrator finds the person, sees them complete, and takes the report away as CSV and XLSX."""
    account = platform.accounts["admin"]
    admin.sign_in(account["identifier"], account["password"])
    admin.choose_language(admin.way.language)
    admin.go("/admin/people")
    admin.look("people")
    admin.page.locator('input[name="q"]').fill(official.identifier)
    admin.follow(admin.button("Search"))
    assert admin.page.locator("tbody tr").filter(has_text=official.name).count() == 1
    narrow_the_report(admin, official, official.name)
    shown = plain(admin.page.locator("tbody tr.person-row").text_content())
    assert shown.startswith(official.name)
    assert admin.say("Complete") in shown
    assert any(day in shown for day in days)
    narrow_the_report(admin, official, "")
    admin.look("completions")
    return take_the_report(admin, folder)


def narrow_the_report(admin: Visitor, official: Official, name: str) -> None:
    """Choose the course, the unit, and a name, which may be empty."""
    admin.go("/admin/reports/completions")
    admin.page.locator("details.scope > summary").click()
    admin.page.locator('select[name="course"]').select_option(COURSE)
    admin.page.locator('select[name="unit"]').select_option(official.unit)
    admin.page.locator('form.filters input[name="q"]').fill(name)
    admin.follow(admin.button("Show"))
    assert f"unit={official.unit}" in admin.path
    assert admin.page.locator('select[name="unit"]').input_value() == official.unit


def take_the_report(admin: Visitor, folder: Path) -> tuple[Path, Path]:
    """Download the report as it is narrowed, as CSV and as XLSX."""
    files = folder / "report-csv.csv", folder / "report-xlsx.xlsx"
    for file, sentence in zip(files, ("Download CSV", "Download XLSX"), strict=True):
        with admin.page.expect_download() as coming:
            admin.link(sentence).click()
        assert coming.value.suggested_filename.endswith(file.suffix)
        coming.value.save_as(file)
    return files


def read_the_report(
    table: list[list[str]], admin: Visitor, platform: Platform, official: Official, days: set[str]
) -> None:
    """The file names the same people in the same order as the platform, with all their marks."""
    with platform.house.reading(ADMINISTRATOR) as work:
        names = [row.name for row in completion_rows(work, Asked(course=COURSE, unit=official.unit))]
    head, *rows = table
    assert head[:5] == [admin.say(title) for title in ("Full name", "Unit", "Position", "Course", "Status")]
    assert [row[0] for row in rows] == names
    assert [row[4] for row in rows if row[0] == official.name and row[5] in days] == [admin.say("Complete")]
