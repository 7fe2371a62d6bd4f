"""Bringing lists in: a preview writes nothing, good rows go in once whatever happens, bad ones come back with reasons."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from sqlalchemy import func, select

from elearning.domain.errors import Mistaken, NotFound
from elearning.domain.person import Actor
from elearning.exchange.people_table import ListTable
from elearning.services import importing, list_writing, working
from elearning.services.importing import ListPage, Rejects
from elearning.services.list_writing import Written
from elearning.services.work import NOBODY, House, Work
from elearning.store.models.notice import Job, JobPiece
from elearning.store.models.person import Audit, Person, SignInName
from elearning.store.models.unit import Placement, Unit
from elearning.store.queries import units
from tests.services.cast import Cast, Someone
from tests.services.clock import Clock
from tests.store.databases import Seen

HEADING = "Họ và tên;Đơn vị;Chức vụ;Nhiệm vụ;E-mail;Điện thoại;Mã cán bộ;Liên hệ"
ROW = "Trần Thị Ngọc Ánh;Tỉnh An Khuê > Sở Nội vụ;Trưởng phòng;Người phát ngôn;;;CB1;"


def csv_of(*rows: str, heading: str = HEADING) -> bytes:
    return "\n".join([heading, *rows]).encode()


def many(count: int, units_: int = 20, bad: int = 0, start: str = "CB") -> bytes:
    """A workbook of `count` people, the last `bad` of whom have nothing to sign in with."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADING.split(";"))
    for n in range(count):
        code = f"{start}{n:06d}" if n < count - bad else ""
        name = f"Nguyễn Văn {('Anh', 'Bình', 'Chi', 'Dũng')[n % 4]} {n % 997}"
        sheet.write_row(n + 1, 0, [name, f"Tỉnh An Khuê > Xã số {n % units_}", "Chuyên viên", "", "", "", code, ""])
    book.close()
    return target.getvalue()


@pytest.fixture
def admin(make_person: Callable[..., Someone]) -> Actor:
    return make_person("admin", name="Quản Trị").actor


def page_of(house: House, actor: Actor, public: str) -> ListPage:
    with house.reading(actor) as work:
        page = importing.list_page(working.job_page(work, public))
    assert page is not None
    return page


def rejected(house: House, actor: Actor, public: str) -> Rejects:
    with house.writing(actor) as work:
        found = importing.rejects(work, public)
    assert found is not None
    return found


def apply(house: House, actor: Actor, public: str) -> str:
    with house.writing(actor) as work:
        return importing.apply(work, public)


def count(house: House, *tables: type) -> list[int]:
    with house.reading(NOBODY) as work:
        return [work.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def work_off(house: House) -> int:
    done = 0
    while working.run_next(house):
        done += 1
    return done


def test_a_preview_writes_neither_people_nor_units(house: House, admin: Actor) -> None:
    before = count(house, Person, SignInName, Unit, Placement)
    page = page_of(house, admin, importing.upload(house, admin, "ds.csv", csv_of(ROW)))
    assert (page.rows, page.new, page.bad, page.there) == (1, 1, 0, 0)
    assert page.units == ("Tỉnh An Khuê", "Tỉnh An Khuê > Sở Nội vụ")
    assert count(house, Person, SignInName, Unit, Placement) == before


def test_good_rows_become_people_who_are_placed_and_can_be_given_a_code(house: House, admin: Actor) -> None:
    apply(house, admin, importing.upload(house, admin, "ds.csv", csv_of(ROW)))
    assert work_off(house) == 1
    with house.reading(admin) as work:
        person = work.session.scalars(select(Person).where(Person.name == "Trần Thị Ngọc Ánh")).one()
        placement = work.session.scalars(select(Placement).where(Placement.person_id == person.id)).one()
        name = work.session.scalars(select(SignInName).where(SignInName.person_id == person.id)).one()
        said = work.session.scalars(select(Audit).where(Audit.subject == person.public)).one()
        above = units.above(work.session, placement.unit_id)
    assert (person.title, person.password, person.language) == ("Trưởng phòng", "", "vi")
    assert (placement.duty, placement.running) == ("Người phát ngôn", 1)
    assert (name.kind, name.normal) == ("code", "CB1")
    assert (said.actor_id, said.action) == (admin.id, "add person")
    assert len(above) == 2


def test_a_list_brought_in_twice_adds_nobody_the_second_time(house: House, admin: Actor) -> None:
    for _ in range(2):
        page = page_of(house, admin, importing.upload(house, admin, "ds.csv", csv_of(ROW)))
        if page.new:
            apply(house, admin, page.public)
            work_off(house)
    assert (page.new, page.there) == (0, 1)
    assert count(house, Person, Unit) == [2, 2]


def test_asking_twice_for_an_import_asks_once(house: House, admin: Actor) -> None:
    public = importing.upload(house, admin, "ds.csv", csv_of(ROW))
    assert apply(house, admin, public) == apply(house, admin, public)
    assert work_off(house) == 1


def test_three_hundred_bad_rows_of_five_thousand_come_back_and_the_others_go_in(house: House, admin: Actor) -> None:
    public = importing.upload(house, admin, "ds.xlsx", many(5_000, bad=300))
    assert work_off(house) == 1
    page = page_of(house, admin, public)
    assert (page.rows, page.new, page.bad, page.new_units) == (5_000, 4_700, 300, 21)
    assert len(page.bad_rows) == 200
    applied = apply(house, admin, public)
    assert work_off(house) == 1
    after = page_of(house, admin, applied)
    assert (after.finished, after.new, after.bad, after.new_units) == (True, 4_700, 300, 21)
    back = rejected(house, admin, applied)
    assert (back.kind, len(back.rows)) == ("xlsx", 300)
    cells, reasons = back.rows[0]
    assert cells[:2] == ("Nguyễn Văn Anh 712", "Tỉnh An Khuê > Xã số 0")
    assert "to sign in with" in reasons[0].plain()
    assert count(house, Person)[0] == 4_701


def test_a_long_list_waits_for_the_worker_and_a_short_one_does_not(house: House, admin: Actor) -> None:
    short = importing.upload(house, admin, "a.csv", csv_of(ROW))
    long = importing.upload(house, admin, "b.csv", csv_of(*[ROW] * 2_001))
    with house.reading(admin) as work:
        assert working.job_page(work, short).state == "done"
        assert working.job_page(work, long).state == "waiting"


class Killed(BaseException):
    """Stands for the end of the process: nothing is done afterwards."""


def test_a_worker_killed_in_the_middle_adds_nobody_twice_and_the_next_one_goes_on(
    house: House, admin: Actor, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = importing.upload(house, admin, "ds.xlsx", many(1_700, bad=20))
    applied = apply(house, admin, public)
    kept = list_writing.write_part
    calls = []

    def dying(*args: Any) -> Written:
        calls.append(1)
        written = kept(*args)
        if len(calls) == 3:
            raise Killed
        return written

    monkeypatch.setattr(importing, "write_part", dying)
    with pytest.raises(Killed):
        working.run_next(house)
    assert count(house, Person)[0] == 1_001
    assert working.run_next(house) is False
    clock.forward(seconds=91)
    assert working.run_next(house) is True
    page = page_of(house, admin, applied)
    assert (page.new, page.there, page.bad, page.new_units) == (1_680, 0, 20, 21)
    assert count(house, Person, Unit) == [1_681, 21]


def test_two_workers_on_one_job_add_nobody_twice(
    house: House, admin: Actor, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied = apply(house, admin, importing.upload(house, admin, "ds.xlsx", many(1_200)))
    first, nested = importing.read_list, []

    def slow(data: bytes) -> ListTable:
        # The first worker reads for so long that another takes the job up and ends it.
        if not nested:
            nested.append(clock.forward(seconds=91))
            assert working.run_next(house) is True
        return first(data)

    monkeypatch.setattr(importing, "read_list", slow)
    assert working.run_next(house) is True
    page = page_of(house, admin, applied)
    assert (page.new, page.there) == (1_200, 0)
    assert count(house, Person)[0] == 1_201


def test_a_step_of_a_worker_that_was_overtaken_is_undone(house: House, admin: Actor) -> None:
    with house.writing(admin) as work:
        public = working.add(work, importing.IMPORT, {}, "x.csv", BytesIO(csv_of(ROW)))
    with house.writing(NOBODY) as work:
        row = work.session.scalars(select(Job).where(Job.public == public)).one()
        row.state, row.done = "running", 500
        ticket = working.Ticket(row.id, public, row.kind, admin, {}, "x.csv", 0, {})

    def step() -> None:
        with house.writing(admin) as work:
            work.session.add(Unit(public="neu", name="Mới", sort_key="", search_key=""))
            working.advance(work, ticket, 0, 500, 1_000, {})

    with pytest.raises(working.GivenUp):
        step()
    assert count(house, Unit) == [0]


def test_a_name_that_was_taken_since_the_preview_comes_back_as_a_bad_row(
    house: House, admin: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied = apply(house, admin, importing.upload(house, admin, "ds.csv", csv_of(ROW)))
    kept = list_writing.write_part

    def late(work: Work, *rest: Any) -> Written:
        other = Person(public="khac", name="Lê An", sort_key="", search_key="le an", created=work.now)
        work.session.add(other)
        work.session.flush()
        work.session.add(SignInName(person_id=other.id, kind="code", normal="CB1", shown="CB1"))
        return kept(work, *rest)

    monkeypatch.setattr(importing, "write_part", late)
    work_off(house)
    page = page_of(house, admin, applied)
    assert (page.new, page.bad) == (0, 1)
    assert "in the meantime" in page.bad_rows[0].said[0].plain()


def test_a_coordinator_adds_people_to_their_own_units_and_below_and_makes_no_units(
    house: House, cast: Cast, make_person: Callable[..., Someone]
) -> None:
    cast.unit("Tỉnh An Khuê")
    cast.unit("Xã Mộc Lâm", "Tỉnh An Khuê")
    cast.unit("Văn phòng xã", "Xã Mộc Lâm")
    cast.unit("Xã Đông", "Tỉnh An Khuê")
    actor = make_person("coordinator", unit="Xã Mộc Lâm").actor
    rows = [f"Lê Văn {n};{unit};;;;;CB{n};" for n, unit in
            enumerate(["Xã Mộc Lâm", "Tỉnh An Khuê > Xã Mộc Lâm > Văn phòng xã", "Xã Đông", "Tỉnh An Khuê", "Xã Mới"])]  # fmt: skip
    public = importing.upload(house, actor, "ds.csv", csv_of(*rows))
    page = page_of(house, actor, public)
    assert (page.new, page.bad, page.new_units) == (2, 3, 0)
    assert {row.number for row in page.bad_rows} == {4, 5, 6}
    apply(house, actor, public)
    work_off(house)
    assert count(house, Unit, Person) == [4, 3]


def test_a_coordinator_cannot_bring_in_units(house: House, cast: Cast, make_person: Callable[..., Someone]) -> None:
    actor = make_person("coordinator", unit="Xã Mộc Lâm").actor
    public = importing.upload(house, actor, "dv.csv", csv_of("Xã Mộc Lâm > Thôn 1", heading="Đơn vị"))
    assert (page_of(house, actor, public).new, page_of(house, actor, public).bad) == (0, 1)


def test_somebody_without_a_grant_brings_in_nothing(house: House, make_person: Callable[..., Someone]) -> None:
    with pytest.raises(NotFound):
        importing.upload(house, make_person().actor, "ds.csv", csv_of(ROW))


def test_a_grant_that_ended_before_the_worker_came_is_not_used(house: House, admin: Actor, clock: Clock) -> None:
    public = importing.upload(house, admin, "ds.csv", csv_of(*[ROW] * 2_001))
    with house.writing(NOBODY) as work:
        work.session.get_one(Person, admin.id).disabled = work.now
    work_off(house)
    with house.reading(admin) as work:
        page = working.job_page(work, public)
    assert page.state == "failed"
    assert page.said is not None
    assert page.said.plain() == "The account that asked for this is closed."


def test_a_list_of_another_person_is_not_there_save_for_administrators(
    house: House, admin: Actor, cast: Cast, make_person: Callable[..., Someone]
) -> None:
    owner = make_person("coordinator", unit="Xã Mộc Lâm").actor
    other = make_person("coordinator", unit="Xã Mộc Lâm").actor
    public = importing.upload(house, owner, "ds.csv", csv_of("Lê Văn A;Xã Lạ;;;;;CB1;"))
    for read in (lambda actor: page_of(house, actor, public), lambda actor: rejected(house, actor, public)):
        with pytest.raises(NotFound):
            read(other)
        read(admin)
    for actor in (other, admin):
        with pytest.raises(NotFound):
            apply(house, actor, public)


def test_a_list_without_a_good_row_cannot_be_brought_in(house: House, admin: Actor) -> None:
    with pytest.raises(Mistaken):
        apply(house, admin, importing.upload(house, admin, "ds.csv", csv_of("Lê An;;;;;;;")))


def test_a_list_of_units_makes_the_tree_with_its_kinds(house: House, admin: Actor) -> None:
    rows = ["Tỉnh An Khuê > Sở Nội vụ > Văn phòng;phòng", "Tỉnh An Khuê;tỉnh", "Tỉnh An Khuê > Sở Nội vụ;sở"]
    public = importing.upload(house, admin, "dv.csv", csv_of(*rows, heading="Đơn vị;Loại"))
    assert (page_of(house, admin, public).kind, page_of(house, admin, public).new) == ("units", 3)
    applied = apply(house, admin, public)
    work_off(house)
    assert page_of(house, admin, applied).new_units == 3
    with house.reading(admin) as work:
        listed = units.all_units(work.session)
        kinds = set(work.session.scalars(select(Unit.kind)))
    assert [(unit.name, unit.depth) for unit in listed] == [("Tỉnh An Khuê", 0), ("Sở Nội vụ", 1), ("Văn phòng", 2)]
    assert kinds == {"tỉnh", "sở", "phòng"}


def test_the_list_itself_is_dropped_when_it_is_in(house: House, admin: Actor) -> None:
    apply(house, admin, importing.upload(house, admin, "ds.csv", csv_of(ROW)))
    work_off(house)
    with house.reading(NOBODY) as work:
        assert [row.kind for row in work.session.scalars(select(Job))] == [importing.PREVIEW, importing.IMPORT]
        assert list(work.session.scalars(select(JobPiece.number))) == []


def test_a_part_takes_as_many_statements_however_long_the_list_is(
    house: House, admin: Actor, statements: Callable[[], AbstractContextManager[Seen]]
) -> None:
    spent = []
    for rows, start in ((500, "A"), (2_000, "B")):
        apply(house, admin, importing.upload(house, admin, "ds.xlsx", many(rows, start=start)))
        with statements() as seen:
            work_off(house)
        spent.append(seen)
    assert spent[1].commits - spent[0].commits == 3
    # Names are looked for once for the whole list and once in each part, and both in parts of 500.
    assert len(spent[1].statements) - len(spent[0].statements) < 3 * 15


def said_of(page: ListPage) -> Iterable[str]:
    return (one.plain() for row in page.noted_rows for one in row.said)


def test_a_possible_duplicate_is_shown_and_goes_in(
    house: House, admin: Actor, cast: Cast, make_person: Callable[..., Someone]
) -> None:
    make_person(unit="Sở Nội vụ", name="Trần Thị Ngọc Ánh")
    page = page_of(house, admin, importing.upload(house, admin, "ds.csv", csv_of(ROW.replace("Tỉnh An Khuê > ", ""))))
    assert (page.new, page.noted) == (1, 1)
    assert any("Possible duplicate" in said for said in said_of(page))
