"""The other job: a whole province is brought in from one list, enrolled, let in by slips of paper, and looked after."""

import itertools
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Route

from elearning.domain.completion import required
from tests.journeys.outside import opened_in_office, read_plainly, read_with
from tests.journeys.people import COURSE, PASSWORD, Official
from tests.journeys.province import HEADINGS, PEOPLE, UNITS, Province, Resident, province, write_list, write_table
from tests.journeys.server import Platform
from tests.journeys.staff import as_administrator, cells_of, choose_unit, facts, known, open_person, wait_while
from tests.journeys.test_the_whole_course import take_the_report
from tests.journeys.visiting import Visitor, Way
from tests.journeys.wording import plain

pytestmark = pytest.mark.journey

WAYS = [Way(True, 1280, "vi"), Way(False, 1280, "en")]
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){5}-[0-9A-HJKMNP-TV-Z]{2}\b")
REASON = "Quyết định số 17/QĐ-UBND"
Visit = Callable[[Way], Visitor]

_provinces = itertools.count()


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_province_is_brought_in_enrolled_let_in_and_looked_after(
    way: Way, platform: Platform, visit: Visit, office: Path, tmp_path: Path
) -> None:
    here = province(next(_provinces))
    due = datetime.now(UTC).astimezone(platform.house.platform.zone).date() + timedelta(days=21)
    admin, phone = visit(way), Way(way.scripts, 360, way.language)
    as_administrator(admin, platform)
    bring_in_the_list(admin, here, tmp_path)
    mend_what_came_back(admin, here, tmp_path)
    enrol(admin, here.department, len(here.within(here.department)), due)
    codes = print_slips(admin, here, tmp_path)
    resident = here.within(here.office)[0]
    official = known(platform, resident.email, resident.name)
    come_in_by_slip(visit(phone), official, codes[official.identifier], due)
    ask_why(admin, official)
    neighbours = here.within(here.commune)
    code = make_coordinator(admin, neighbours[3], here.commune)
    foreign = foreign_addresses(admin, here)
    coordinator = visit(phone)
    look_after_a_commune(coordinator, here, code, foreign, due)
    take_the_list_along(coordinator, [one.name for one in neighbours], office, tmp_path)


def send(admin: Visitor, file: Path) -> None:
    """Choose a file with a list, and look at what it would do."""
    admin.go("/admin/people")
    admin.follow(admin.link("Bring in a list"))
    admin.page.locator('input[name="file"]').set_input_files(file)
    admin.follow(admin.button("Look at the list"))
    wait_while(admin, admin.say("The list is being looked at"))


def bring_in_the_list(admin: Visitor, here: Province, folder: Path) -> None:
    """The preview says of every wrong row what is wrong; then the good ones go in, and only they."""
    send(admin, write_list(here, folder / "danh-sach.xlsx"))
    number = admin.words.number
    rows = number(PEOPLE + len(here.bad))
    assert admin.heading() == admin.say("%(new)s of %(rows)s rows can go in", new=number(PEOPLE), rows=rows)
    assert admin.say("Nothing has been written yet.") in admin.text()
    assert facts(admin)[admin.say("New units")] == number(UNITS)
    shown = {int(cells[0]): cells[-1] for cells in cells_of(admin.page.locator('section[aria-labelledby="bad"] table'))}
    assert shown == {one.number: admin.say(one.reason.key, **dict(one.reason.values)) for one in here.bad}
    admin.look("preview-of-a-province")
    put_in(admin, PEOPLE)
    assert facts(admin)[admin.say("Bad rows")] == number(len(here.bad))
    assert facts(admin)[admin.say("New units")] == number(UNITS)
    admin.look("brought-in")


def put_in(admin: Visitor, people: int) -> None:
    """Agree, and follow the progress of the work up to its end."""
    admin.follow(admin.button("Bring in the good rows"))
    doing = admin.say("The list is being brought in")
    if people > 1000:
        assert admin.heading() == doing
    wait_while(admin, doing)
    assert admin.heading() == admin.words.many("%(count)s person was added", "%(count)s people were added", people)


def mend_what_came_back(admin: Visitor, here: Province, folder: Path) -> None:
    """The wrong rows come back as a file with a column of reasons; mended in that file, they go in as well."""
    with admin.page.expect_download() as coming:
        admin.link("Download these rows with their reasons").click()
    assert coming.value.suggested_filename == "danh-sach-dong-loi.xlsx"
    coming.value.save_as(folder / coming.value.suggested_filename)
    head, *rows = read_plainly(folder / coming.value.suggested_filename)
    assert head == ["TT", *HEADINGS, admin.say("Reason")]
    assert [plain(row[-1]) for row in rows] == [
        admin.say(one.reason.key, **dict(one.reason.values)) for one in here.bad
    ]
    mended = [
        (
            row[0],
            one.mended.name,
            one.mended.unit,
            *row[4:6],
            one.mended.email,
            one.mended.phone,
            one.mended.code,
            row[-1],
        )
        for row, one in zip(rows, here.bad, strict=True)
    ]
    send(admin, write_table(folder / "sua.xlsx", (head, *mended)))
    put_in(admin, len(here.bad))
    assert admin.say("The whole list is in.") in admin.text()


def enrol(staff: Visitor, unit: str, people: int, due: date) -> None:
    """Enrol a unit with all below it: first who is new, then the deed; the second look finds nobody new."""
    staff.go("/admin/people")
    staff.follow(staff.link("Enrol people"))
    staff.page.locator('select[name="course"]').select_option(COURSE)
    choose_unit(staff, unit)
    staff.follow(staff.button("Look who it would reach"))
    assert reached(staff) == people_new(staff, people)
    assert staff.page.locator('section[aria-labelledby="reach"] .row').count() == min(people, 12)
    staff.look("enrol-preview")
    staff.page.locator('input[name="due"]').fill(due.isoformat())
    staff.page.locator('input[name="reason"]').fill(REASON)
    enrolling = staff.words.many("Enrol %(count)s person", "Enrol %(count)s people", people)
    staff.follow(staff.page.get_by_role("button", name=enrolling, exact=True))
    done = staff.words.many("%(num)s person is newly enrolled.", "%(num)s people are newly enrolled.", people)
    assert done in plain(staff.page.get_by_role("status").first.text_content())
    staff.follow(staff.button("Look who it would reach"))
    assert reached(staff) == people_new(staff, 0)


def reached(staff: Visitor) -> str:
    """The sentence that says who would be new."""
    return plain(staff.page.locator("h2#reach").text_content())


def people_new(staff: Visitor, people: int) -> str:
    """The same sentence as it has to be."""
    one, more = "%(count)s person would be new in “%(course)s”", "%(count)s people would be new in “%(course)s”"
    course = staff.page.locator('select[name="course"] option:checked').text_content()
    return staff.words.many(one, more, people, course=course)


def print_slips(admin: Visitor, here: Province, folder: Path) -> dict[str, str]:
    """Print the slips of an office, and read them: sign-in name → one-time code."""
    people = here.within(here.office)
    admin.go("/admin/units")
    admin.follow(admin.page.get_by_role("link", name=here.office, exact=True))
    assert admin.heading() == here.office
    admin.look("unit-of-a-province")
    take_what_is_printed(admin, admin.button("Print slips (PDF)"), folder / "slips.pdf")
    text = plain(read_with("pdftotext", "-raw", str(folder / "slips.pdf"), "-"))
    slips = {one.email: text.index(one.email) for one in people}
    assert all(one.name in text for one in people)
    assert len(CODE.findall(text)) == len(people)
    return {email: found.group() for email, place in slips.items() if (found := CODE.search(text, place))}


def take_what_is_printed(admin: Visitor, button: Locator, file: Path) -> None:
    """Press a button that answers with a paper, and keep the paper instead of having the browser show it."""

    def keep(route: Route) -> None:
        answer = route.fetch()
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
        file.write_bytes(answer.body())
        route.fulfill(status=204)

    admin.page.route("**/slips", keep)
    with admin.page.expect_response("**/slips"):
        button.click()
    admin.page.unroute("**/slips")


def choose_password(phone: Visitor, code: str, identifier: str) -> None:
    """Type the one-time code, choose a password, sign in with it."""
    phone.go("/welcome")
    phone.choose_language(phone.way.language)
    phone.page.locator('input[name="code"]').fill(code.lower())
    phone.page.locator('input[name="new"]').fill(PASSWORD)
    phone.look("welcome")
    phone.follow(phone.button("Set the password"))
    assert phone.say("Your password is set. Sign in with it now.") in phone.text()
    phone.type_at_door(identifier, PASSWORD)
    assert (phone.path, phone.language) == ("/learn", phone.way.language)


def come_in_by_slip(phone: Visitor, official: Official, code: str, due: date) -> None:
    """Somebody with a slip and a telephone sees what is due and when, and finishes the first lesson."""
    choose_password(phone, code, official.identifier)
    day = f"{due:%d/%m/%Y}"
    row = plain(phone.page.locator('section[aria-labelledby="due"] .row').text_content())
    assert course_title(phone, official) in row
    assert day in row
    assert day in plain(phone.page.locator('section[aria-labelledby="news"]').text_content())
    phone.look("start-enrolled")
    phone.follow(phone.link("Begin the lesson"))
    phone.follow(phone.button("I have finished this lesson"))


def course_title(visitor: Visitor, official: Official) -> str:
    """The title of the course in the visitor's language."""
    return plain(official.compiled().course_in(visitor.way.language)[0].title)


def ask_why(admin: Visitor, official: Official) -> None:
    """Why is this person not complete? One sentence says it."""
    open_person(admin, official.identifier)
    compiled = official.compiled()
    missing = [(one.kind, one.key) for one in required(compiled.course, compiled.quizzes)][1:]
    sentence = admin.say(
        "%(done)s of %(total)s activities are done; %(count)s are missing, the next is: %(first)s.",
        done=1, total=len(official.activities()), count=len(missing),
        first=official.title(*missing[0], admin.way.language),
    )  # fmt: skip
    row = admin.page.locator('section[aria-labelledby="courses"] .row').filter(has_text=course_title(admin, official))
    said = plain(row.text_content())
    assert sentence in said
    assert REASON in said
    admin.look("person-not-complete")


def make_coordinator(admin: Visitor, resident: Resident, commune: str) -> str:
    """Let somebody look after their commune, and make a one-time code for them; the code."""
    open_person(admin, resident.email)
    admin.page.locator("summary", has_text=admin.say("Give a role")).click()
    admin.page.locator('select[name="role"]').select_option("coordinator")
    admin.follow(admin.button("Give this role"))
    roles = plain(admin.page.locator('section[aria-labelledby="roles"] .row__title').text_content())
    assert roles.lower() == f"{admin.say('coordinator')}: {commune}".lower()
    admin.look("person-coordinator")
    admin.follow(admin.button("Make a one-time code"))
    admin.look("slip")
    return plain(admin.page.locator(".slip-code").text_content())


def foreign_addresses(admin: Visitor, here: Province) -> list[str]:
    """Pages of a commune's neighbours: somebody of the department, and the department itself."""
    open_person(admin, here.within(here.department)[0].email)
    person = admin.path
    admin.go("/admin/units")
    admin.follow(admin.page.get_by_role("link", name=here.department, exact=True))
    return [person, admin.path]


def look_after_a_commune(phone: Visitor, here: Province, code: str, foreign: Sequence[str], due: date) -> None:
    """The coordinator sees the twelve people of the commune and nobody else, and enrols them."""
    people = here.within(here.commune)
    names = [one.name for one in people]
    choose_password(phone, code, people[3].email)
    phone.go("/admin/people")
    assert [plain(name) for name in phone.page.locator("tbody th a").all_text_contents()] == names
    assert len(names) == 12
    phone.look("people-of-a-commune")
    phone.go("/admin/units")
    assert [plain(name) for name in phone.page.locator("table.units th a").all_text_contents()] == [here.commune]
    for address in foreign:
        phone.watch.expect(404, re.escape(address))
        phone.go(address)
        assert phone.heading() == phone.say("Nothing is here")
    enrol(phone, here.commune, len(people), due)


def take_the_list_along(phone: Visitor, names: Sequence[str], office: Path, folder: Path) -> None:
    """The report names the people of the commune and nobody else: on the page, in CSV and XLSX, and as LibreOffice shows them."""
    phone.go("/admin/reports/completions")
    assert [plain(name) for name in phone.page.locator("table.people th a").all_text_contents()] == names
    phone.look("completions-of-a-commune")
    for file in take_the_report(phone, folder):
        assert [row[0] for row in read_plainly(file)[1:]] == names
        # What LibreOffice shows does not depend on scripts, and opening it takes long: once is enough.
        if phone.way.scripts:
            assert [row[0] for row in opened_in_office(file, office)[1:]] == names
