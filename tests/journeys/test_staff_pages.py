"""Every page for staff, with a whole province on it: nothing shuts readers out, nothing scrolls sideways, in both languages."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from elearning.domain.person import Actor, Grant
from elearning.services import enrolling, importing, working
from elearning.services.enrolling import Wanted
from elearning.store.models.notice import Job
from elearning.store.models.unit import Unit
from elearning.store.queries import jobs
from tests.journeys.people import COURSE
from tests.journeys.province import HEADINGS, Province, province, write_list, write_table
from tests.journeys.server import Platform
from tests.journeys.staff import as_administrator, choose_unit, do_job, known, open_person, wait_while
from tests.journeys.visiting import Visitor, Way

pytestmark = pytest.mark.journey

# English words are longer or shorter where room is scarce, on a phone; a wide page has room for either.
WAYS = [Way(True, 360, "vi"), Way(True, 360, "en"), Way(True, 1280, "vi")]
LAST = 2
Visit = Callable[[Way], Visitor]


@pytest.fixture(scope="module")
def peopled(platform: Platform, tmp_path_factory: pytest.TempPathFactory) -> Province:
    """A province that is on the platform and enrolled, with the job that brought it in."""
    here, house = province(LAST), platform.house
    person = known(platform, platform.accounts["admin"]["identifier"], "")
    admin = Actor(person.id, "", "vi", (Grant("admin"),))
    listed = write_list(here, tmp_path_factory.mktemp("list") / "danh-sach.xlsx").read_bytes()
    seen = importing.upload(house, admin, "danh-sach.xlsx", listed)
    do_job(platform, person, seen)
    with house.writing(admin) as work:
        job = importing.apply(work, seen)
    do_job(platform, person, job)
    with house.writing(admin) as work:
        top = work.session.scalars(select(Unit.public).where(Unit.name == here.top)).one()
        enrolling.enrol(work, Wanted(COURSE, top), None, "Kế hoạch tập huấn năm")
    return here


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_staff_pages_shut_nobody_out(
    way: Way, platform: Platform, peopled: Province, visit: Visit, tmp_path: Path
) -> None:
    admin = visit(way)
    as_administrator(admin, platform)
    look_at_people(admin, peopled)
    look_at_units(admin, peopled)
    look_at_lists(admin, tmp_path)
    look_at_work(admin, platform)
    look_at_enrolling(admin, peopled)
    look_at_reports(admin, peopled)


def look_at_people(admin: Visitor, here: Province) -> None:
    """The list, nobody found, a person with everything unfolded, their code, the form for a new one, its mistakes."""
    admin.go("/admin/people")
    admin.look("staff-people")
    admin.go("/admin/people?q=khong-co-ai")
    admin.look("staff-people-none")
    open_person(admin, here.within(here.commune)[0].email)
    unfold(admin)
    admin.look("staff-person")
    admin.follow(admin.button("Make a one-time code"))
    admin.look("staff-slip")
    admin.go("/admin/people/new")
    admin.look("staff-person-new")
    admin.watch.expect(422, "/admin/people/new")
    admin.follow(admin.button("Add the person"))
    admin.look("staff-person-new-wrong")


def look_at_units(admin: Visitor, here: Province) -> None:
    """The tree, one with units below it, one without."""
    admin.go("/admin/units")
    admin.look("staff-units")
    admin.follow(admin.page.get_by_role("link", name=here.department, exact=True))
    admin.look("staff-unit")
    admin.follow(admin.page.get_by_role("link", name=here.office, exact=True))
    admin.look("staff-office")


def look_at_lists(admin: Visitor, folder: Path) -> None:
    """The form for a list, nothing chosen, a list of which a part is wrong, one of which all is."""
    admin.go("/admin/people/import")
    admin.look("staff-import")
    admin.watch.expect(422, "/admin/people/import")
    admin.follow(admin.button("Look at the list"))
    admin.look("staff-import-wrong")
    good = ("Ngô Thị Ế", "ủy ban nhân dân tinh an khue > Sở Mới", "Chuyên viên", "", "e.ngo@ankhue.example", "", "")
    bad = ("", "Ủy ban nhân dân xã không có", "", "", "không phải thư", "12", "AK@1")
    for name, rows in (("part", (good, bad)), ("none", (bad,))):
        admin.go("/admin/people/import")
        admin.page.locator('input[name="file"]').set_input_files(
            write_table(folder / f"{name}.xlsx", (HEADINGS, *rows))
        )
        admin.follow(admin.button("Look at the list"))
        wait_while(admin, admin.say("The list is being looked at"))
        assert admin.page.locator('section[aria-labelledby="bad"]').count() == 1
        admin.look(f"staff-preview-{name}")


def look_at_work(admin: Visitor, platform: Platform) -> None:
    """Long work that goes on, that broke, and that is done."""
    headings = {"running": "The list is being brought in", "failed": "That did not work", "done": "The file is ready"}
    for state, heading in headings.items():
        admin.go(f"/admin/jobs/{job_in(platform, state)}")
        assert admin.heading() == admin.say(heading)
        admin.look(f"staff-job-{state}")


def job_in(platform: Platform, state: str) -> str:
    """A job of the administrator as it is in some state, which the worker leaves alone; one that broke really did."""
    person = known(platform, platform.accounts["admin"]["identifier"], "")
    with platform.house.writing(person.actor) as work:
        public = working.add(
            work, "completions" if state == "done" else importing.IMPORT, {}, "danh-sach.xlsx", BytesIO(b"?")
        )
        row = work.session.scalars(select(Job).where(Job.public == public)).one()
        if state != "failed":
            row.state, row.done, row.total, row.started = state, 1000, 1707, work.now + timedelta(days=1)
        if state == "done":
            jobs.keep_file(work.session, row.id, "output", BytesIO(b"."))
    if state == "failed":
        do_job(platform, person, public)
    return public


def look_at_enrolling(admin: Visitor, here: Province) -> None:
    """The form, nobody chosen, a unit of which all are enrolled, a list of names that partly name nobody."""
    admin.go("/admin/enrolments")
    admin.look("staff-enrol")
    admin.watch.expect(422, "/admin/enrolments")
    admin.follow(admin.button("Look who it would reach"))
    admin.look("staff-enrol-wrong")
    admin.go("/admin/enrolments")
    admin.page.locator('select[name="course"]').select_option(COURSE)
    choose_unit(admin, here.department)
    admin.follow(admin.button("Look who it would reach"))
    admin.look("staff-enrol-unit")
    admin.go("/admin/enrolments")
    admin.page.locator('select[name="course"]').select_option(COURSE)
    admin.page.locator('textarea[name="names"]').fill(f"{here.residents[0].code}\nAK-99999\nai-do@ankhue.example")
    admin.follow(admin.button("Look who it would reach"))
    admin.look("staff-enrol-list")


def look_at_reports(admin: Visitor, here: Province) -> None:
    """Completions and progress: of everything, of one course, of one unit, with what can be chosen unfolded."""
    for report in ("completions", "progress"):
        admin.go(f"/admin/reports/{report}")
        admin.look(f"staff-{report}")
        unfold(admin)
        admin.page.locator('select[name="course"]').select_option(COURSE)
        choose_unit(admin, here.department)
        admin.follow(admin.button("Show"))
        unfold(admin)
        admin.look(f"staff-{report}-of-a-department")


def unfold(admin: Visitor) -> None:
    """Open all that is folded away."""
    admin.page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")
