"""Reports count those enrolled on the day asked, each once, in the unit of that day; and all forms of a report agree."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from sqlalchemy import select

from elearning.domain.errors import Mistaken, NotFound
from elearning.domain.reporting import Count, Node, roll_up, shown_share
from elearning.services import progress_report, reporting, saved_views
from elearning.services.report_scope import Asked, choices
from elearning.services.reporting import CompletionsPage, completions_page
from elearning.services.work import House
from elearning.store.models.person import Audit
from tests.services.cast import Cast, Someone
from tests.services.clock import Clock
from tests.services.ledger import Ledger

TODAY = date(2026, 11, 23)
OCTOBER = date(2026, 10, 1)
JANUARY = date(2026, 1, 5)


@pytest.fixture
def ledger(practice: House) -> Ledger:
    return Ledger(practice)


@pytest.fixture
def admin(practice: House, cast: Cast) -> Someone:
    return cast.person("admin", name="Quản Trị")


@pytest.fixture
def report(practice: House, admin: Someone) -> Callable[..., CompletionsPage]:
    """The report as somebody sees it: report(status="overdue"), report(reader=coordinator)."""

    def seen(reader: Someone = admin, number: int = 1, **changes: object) -> CompletionsPage:
        asked = replace(Asked(), **changes)  # type: ignore[arg-type]
        with practice.reading(reader.actor) as work:
            return completions_page(work, asked, number, choices(work, asked.as_of))

    return seen


def names(page: CompletionsPage) -> list[str]:
    return [row.name for row in page.rows]


def test_several_reasons_count_once_and_the_earliest_due_date_holds(
    cast: Cast, ledger: Ledger, report: Callable[..., CompletionsPage]
) -> None:
    an = cast.person(name="Lê An")
    ledger.enrolled(an, OCTOBER, due=date(2026, 12, 1))
    ledger.enrolled(an, OCTOBER, due=date(2026, 11, 1), reason="again")
    ledger.enrolled(an, OCTOBER, reason="self")
    page = report()
    assert page.count == Count(1, 0, 0, 1)
    assert [(row.name, row.due, row.overdue) for row in page.rows] == [("Lê An", date(2026, 11, 1), True)]


def test_a_due_day_is_over_only_when_it_has_ended(
    cast: Cast, ledger: Ledger, report: Callable[..., CompletionsPage]
) -> None:
    an = cast.person(name="Lê An")
    ledger.enrolled(an, OCTOBER, due=TODAY)
    assert report().count.overdue == 0
    ledger.enrolled(an, OCTOBER, due=date(2026, 11, 22))
    assert report().count.overdue == 1


def test_a_past_day_shows_what_was_enrolled_done_and_due_then(
    cast: Cast, ledger: Ledger, report: Callable[..., CompletionsPage]
) -> None:
    an, binh, chi = (cast.person(name=name) for name in ("Lê An", "Lê Bình", "Lê Chi"))
    ledger.enrolled(an, JANUARY, due=date(2026, 3, 1))
    ledger.enrolled(binh, JANUARY, until=date(2026, 6, 1))
    ledger.enrolled(chi, OCTOBER)
    ledger.done(an, date(2026, 2, 1), 1)
    ledger.done(an, date(2026, 5, 1), 0, complete=True)
    assert report(as_of=date(2026, 1, 4)).count == Count()
    assert report(as_of=date(2026, 1, 31)).count == Count(2, 0, 0, 0)
    assert report(as_of=date(2026, 2, 1)).count == Count(2, 0, 1, 0)
    assert report(as_of=date(2026, 3, 2)).count == Count(2, 0, 1, 1)
    assert report(as_of=date(2026, 5, 1)).count == Count(2, 1, 0, 0)
    assert report(as_of=date(2026, 6, 1)).count == Count(1, 1, 0, 0)
    assert names(report(as_of=TODAY)) == ["Lê An", "Lê Chi"]


def test_a_day_ends_at_midnight_in_viet_nam(
    cast: Cast, ledger: Ledger, report: Callable[..., CompletionsPage], practice: House
) -> None:
    an = cast.person(name="Lê An")
    ledger.enrolled(an, JANUARY)
    practice.clock.now = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # type: ignore[attr-defined]
    ledger.done(an, TODAY, 3, complete=True)
    assert report(as_of=date(2026, 11, 22)).count.complete == 0
    assert report(as_of=TODAY).count.complete == 1


def test_people_are_counted_in_the_unit_of_that_day(
    cast: Cast, ledger: Ledger, report: Callable[..., CompletionsPage]
) -> None:
    an = cast.person(name="Lê An", unit="Xã Cũ")
    new = cast.unit("Xã Mới")
    ledger.placed_since(an, JANUARY)
    ledger.enrolled(an, JANUARY)
    ledger.moved(an, new, OCTOBER)
    assert [row.unit for row in report(as_of=date(2026, 9, 30)).rows] == ["Xã Cũ"]
    assert [row.unit for row in report(as_of=OCTOBER).rows] == ["Xã Mới"]
    assert [row.unit for row in report().rows] == ["Xã Mới"]


def test_whoever_left_is_there_on_days_before_and_gone_after(
    cast: Cast, ledger: Ledger, report: Callable[..., CompletionsPage]
) -> None:
    an = cast.person(name="Lê An", left=OCTOBER)
    ledger.enrolled(an, JANUARY)
    assert report().count.enrolled == 0
    assert report(as_of=date(2026, 9, 30)).count.enrolled == 1
    assert report(as_of=OCTOBER).count.enrolled == 0


def test_figures_roll_up_over_all_that_lies_below_and_drill_down(
    cast: Cast, ledger: Ledger, report: Callable[..., CompletionsPage]
) -> None:
    cast.unit("Tỉnh An Khuê")
    cast.unit("Sở Y tế", "Tỉnh An Khuê")
    cast.unit("Phòng Một", "Sở Y tế")
    cast.unit("Xã Không Người", "Tỉnh An Khuê")
    for name, unit, steps in (
        ("Lê An", "Phòng Một", 3),
        ("Lê Bình", "Sở Y tế", 1),
        ("Lê Chi", "Tỉnh An Khuê", 0),
        ("Lê Dung", None, 0),
    ):
        person = cast.person(name=name, unit=unit)
        ledger.enrolled(person, TODAY.replace(day=22))
        ledger.done(person, TODAY.replace(day=22), steps, complete=steps == 3)
    page = report()
    lines = [(line.unit and line.unit.name, line.direct, line.count.enrolled) for line in page.parts.lines]
    assert lines == [("Tỉnh An Khuê", True, 1), ("Sở Y tế", False, 2), (None, False, 1)]
    assert page.parts.total == page.count == Count(4, 1, 1, 0)
    assert page.parts.empty == 1
    health = page.parts.lines[1].unit
    assert health is not None
    below = report(unit=health.public)
    lines = [(line.unit and line.unit.name, line.direct, line.count.complete) for line in below.parts.lines]
    assert lines == [("Sở Y tế", True, 0), ("Phòng Một", False, 1)]
    assert names(below) == ["Lê An", "Lê Bình"]
    assert [node.name for node in below.crumbs] == ["Tỉnh An Khuê", "Sở Y tế"]


def test_a_status_narrows_the_list_and_not_the_figures(
    cast: Cast, ledger: Ledger, report: Callable[..., CompletionsPage]
) -> None:
    for number, name in enumerate(("Lê An", "Lê Bình", "Lê Chi", "Lê Dung")):
        person = cast.person(name=name)
        ledger.enrolled(person, OCTOBER, due=date(2026, 11, 1) if name == "Lê Dung" else None)
        ledger.done(person, date(2026, 10, 2 + number), [3, 1, 0, 2][number], complete=number == 0)
    wanted = {
        "": ["Lê An", "Lê Bình", "Lê Chi", "Lê Dung"],
        "complete": ["Lê An"],
        "not-complete": ["Lê Bình", "Lê Chi", "Lê Dung"],
        "in-progress": ["Lê Bình", "Lê Dung"],
        "not-started": ["Lê Chi"],
        "overdue": ["Lê Dung"],
    }
    pages = {status: report(status=status) for status in wanted}
    assert {status: names(page) for status, page in pages.items()} == wanted
    assert {status: page.listed for status, page in pages.items()} == {s: len(found) for s, found in wanted.items()}
    assert {page.count for page in pages.values()} == {Count(4, 1, 2, 1)}
    assert names(report(since=date(2026, 10, 2), until=date(2026, 10, 2))) == ["Lê An"]
    assert names(report(since=date(2026, 10, 3))) == []


def test_search_knows_neither_tones_nor_capitals(
    cast: Cast, ledger: Ledger, report: Callable[..., CompletionsPage]
) -> None:
    for name in ("Đỗ Thị Ánh", "Lê Ân"):
        ledger.enrolled(cast.person(name=name), OCTOBER)
    assert names(report(words="DO THI ANH")) == ["Đỗ Thị Ánh"]


def test_names_stand_in_the_order_of_a_vietnamese_list(
    cast: Cast, ledger: Ledger, report: Callable[..., CompletionsPage]
) -> None:
    ordered = ["Lê Văn An", "Trần Thị Ánh", "Dương Ân", "Đỗ Ân", "Nguyễn Thị Bé", "Nguyễn Văn Bê", "Lý Đạt", "Lý Ý"]
    for name in reversed(ordered):
        ledger.enrolled(cast.person(name=name), OCTOBER)
    assert names(report()) == ordered


def test_a_coordinator_sees_the_own_unit_and_below_and_nothing_else(
    cast: Cast, ledger: Ledger, report: Callable[..., CompletionsPage]
) -> None:
    cast.unit("Sở Y tế")
    cast.unit("Phòng Một", "Sở Y tế")
    for name, unit in (("Lê An", "Sở Y tế"), ("Lê Bình", "Phòng Một"), ("Lê Chi", "Sở Khác"), ("Lê Dung", None)):
        ledger.enrolled(cast.person(name=name, unit=unit), OCTOBER)
    reader = cast.person("coordinator", unit="Sở Y tế")
    assert names(report(reader)) == ["Lê An", "Lê Bình"]
    foreign = report().parts.lines[0].unit
    assert foreign is not None
    assert foreign.name == "Sở Khác"
    assert report(reader, unit=foreign.public).count == Count()
    with pytest.raises(NotFound):
        report(cast.person("learner"))


def test_saved_views_are_ones_own_and_lead_to_reports_only(practice: House, cast: Cast, admin: Someone) -> None:
    with practice.writing(admin.actor) as work:
        saved_views.save(work, " Xã  Một ", "/admin/reports/completions?unit=x")
        saved_views.save(work, "Xã Một", "/admin/reports/progress?unit=y")
    with practice.reading(admin.actor) as work:
        assert [(view.name, view.path) for view in choices(work).views] == [
            ("Xã Một", "/admin/reports/progress?unit=y")
        ]
    other = cast.person("admin")
    with practice.reading(other.actor) as work:
        assert choices(work).views == ()
    with pytest.raises(NotFound), practice.writing(other.actor) as work:
        saved_views.drop(work, "Xã Một")


@pytest.mark.parametrize(
    "path",
    ["https://elsewhere.example/admin/reports/completions", "//elsewhere.example/admin/reports/completions", "/admin/people",
     "/admin/reports/completions\r\nx", "/admin/reports/completions?" + "x" * 2_000],
)  # fmt: skip
def test_a_view_that_leads_elsewhere_is_not_kept(path: str) -> None:
    with pytest.raises(NotFound):
        saved_views.checked_path(path)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_view_needs_a_name(practice: House, admin: Someone, name: str) -> None:
    with pytest.raises(Mistaken), practice.writing(admin.actor) as work:
        saved_views.save(work, name, "/admin/reports/progress")


def test_progress_counts_each_lesson_and_quiz_of_those_enrolled(
    practice: House, cast: Cast, admin: Someone, ledger: Ledger
) -> None:
    for number, name in enumerate(("Lê An", "Lê Bình", "Lê Chi")):
        person = cast.person(name=name)
        ledger.enrolled(person, OCTOBER)
        ledger.done(person, OCTOBER, 3 - number, complete=number == 0)
    ledger.done(cast.person(name="Không Ghi Danh"), OCTOBER, 3)
    with practice.reading(admin.actor) as work:
        page = progress_report.progress_page(work, Asked(), choices(work))
    steps = [(step.kind, step.title, step.done, step.enrolled) for module in page.modules for step in module.steps]
    assert steps == [("lesson", "Mở đầu", 3, 3), ("lesson", "Thực hành", 2, 3), ("quiz", "Thử tài", 1, 3)]
    assert page.least is not None
    assert (page.least.title, page.least.share) == ("Thử tài", Fraction(333, 1000))
    assert page.course_title == "Luyện tập"


def test_what_was_asked_survives_being_kept() -> None:
    asked = Asked("luyen-tap", "x", "overdue", OCTOBER, TODAY, "lê", JANUARY)
    assert Asked.from_plain(asked.plain()) == asked
    assert Asked.from_plain(Asked().plain()) == Asked()


def test_an_export_is_written_down_with_what_it_was_about(practice: House, admin: Someone) -> None:
    with practice.writing(admin.actor) as work:
        reporting.note_export(work, "completions", "csv", Asked("luyen-tap", status="overdue"))
        line = work.session.scalars(select(Audit).order_by(Audit.id.desc())).first()
    assert line is not None
    assert (line.action, line.subject, line.reason) == (
        "export completions", "csv", "course=luyen-tap status=overdue"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("done", "total", "share"), [(0, 3, 0), (1, 16, 63), (1, 3, 333), (1999, 2000, 999), (2000, 2000, 1000), (0, 0, 0)]
)
def test_a_share_is_never_rounded_up_to_the_whole(done: int, total: int, share: int) -> None:
    assert shown_share(done, total) == Fraction(share, 1000)


def test_links_that_go_round_in_a_circle_end() -> None:
    nodes = [Node(1, "a", "A", 2), Node(2, "b", "B", 1), Node(3, "c", "C", None)]
    rolled = roll_up(nodes, {1: Count(2), 3: Count(1), 99: Count(4)})
    assert {line.unit and line.unit.name: line.count.enrolled for line in rolled.lines}[None] == 4


def test_todays_report_is_that_of_this_very_moment(
    cast: Cast, ledger: Ledger, report: Callable[..., CompletionsPage], clock: Clock
) -> None:
    ledger.enrolled(cast.person(name="Lê An"), TODAY)
    assert report().count.enrolled == 0
    clock.forward(hours=6)
    assert report().count.enrolled == 1
