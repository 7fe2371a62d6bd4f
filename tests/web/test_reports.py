"""The list of people and the completions report: who sees whom, filters, files, Vietnamese order."""

import csv
import io
import unicodedata
from collections.abc import Callable

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from elearning.domain.names import sort_key
from elearning.services.work import NOBODY, House
from elearning.store.models.person import Audit
from elearning.store.models.unit import Unit
from tests.services.cast import Cast, Someone
from tests.services.clock import Clock
from tests.web.proofreading import ProofReader, page, words
from tests.web.sitting import complete, finish_lessons

PEOPLE, REPORT = "/admin/people", "/admin/reports/completions"
HOME, AWAY, PROVINCE = "Xã Mộc Lâm", "Xã Đồng Hạ", "Tỉnh An Khuê"
AT_HOME = ("Đỗ Thị Ân", "Dương Văn Ân", "Trần Thị Ánh", "Lê Văn An", "Nguyễn Thị Ế", "Lý Văn Đông", "Bùi Văn Dũng")


@pytest.fixture
def staff(practice: House, cast: Cast) -> dict[str, Someone]:
    """An administrator, a coordinator of one commune and one of the province above it."""
    cast.unit(PROVINCE)
    cast.unit(HOME, above=PROVINCE)
    cast.unit(AWAY, above=PROVINCE)
    return {
        "admin": cast.person("admin", unit=PROVINCE, name="Vũ Quản Trị"),
        "home": cast.person("coordinator", unit=HOME, name="Phạm Đầu Mối"),
        "province": cast.person("coordinator", unit=PROVINCE, name="Hồ Đầu Mối"),
    }


@pytest.fixture
def learners(staff: dict[str, Someone], cast: Cast) -> list[Someone]:
    """Seven people of one commune and one of another, all on the list of the small course."""
    people = [cast.person(unit=HOME, name=name) for name in AT_HOME]
    people.append(cast.person(unit=AWAY, name="Cao Văn Xa"))
    for someone in people:
        cast.enrol(someone, "luyen-tap")
    return people


def named(browser: ProofReader, address: str, **asked: str) -> list[str]:
    """The names in the table of a page, in its order."""
    shown = browser.get(address, query_string=asked)
    assert shown.status_code == 200
    rows = [row for row in page(shown).iter("tr") if row.get("class") == "person-row"]
    return [next(iter("".join(th.itertext()).split("\n")[0] for th in row.iter("th"))) for row in rows]


def first_names(cells: list[str], known: tuple[str, ...]) -> list[str]:
    """Cells hold more than the name; the known name that each begins with."""
    return [next((name for name in known if cell.strip().startswith(name)), cell) for cell in cells]


def csv_rows(browser: ProofReader, **asked: str) -> list[list[str]]:
    """The report as CSV, read as a spreadsheet reads it."""
    answer = browser.get(REPORT, query_string={"format": "csv", **asked})
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


def unit_key(house: House, name: str) -> str:
    with house.reading(NOBODY) as work:
        return work.session.scalars(select(Unit.public).where(Unit.name == name)).one()


def test_people_stand_in_vietnamese_order(
    staff: dict[str, Someone], learners: list[Someone], client: Callable[..., ProofReader]
) -> None:
    everyone = tuple(one.name for one in [*staff.values(), *learners])
    shown = first_names(named(client(staff["admin"]), PEOPLE), everyone)
    assert shown == sorted(everyone, key=sort_key)
    assert (
        shown.index("Lê Văn An") < shown.index("Trần Thị Ánh") < shown.index("Dương Văn Ân") < shown.index("Đỗ Thị Ân")
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [("anh", ["Trần Thị Ánh"]), ("ÁNH", ["Trần Thị Ánh"]), ("do thi", ["Đỗ Thị Ân"]), ("đông", ["Lý Văn Đông", "Cao Văn Xa"]),
     (unicodedata.normalize("NFD", "Trần Thị Ánh"), ["Trần Thị Ánh"]), ("  trần   thị ", ["Trần Thị Ánh"]), ("%", []), ("_", [])],
)  # fmt: skip
def test_search_ignores_case_tones_and_how_letters_are_composed(
    asked: str, found: list[str], staff: dict[str, Someone], learners: list[Someone], client: Callable[..., ProofReader]
) -> None:
    shown = first_names(named(client(staff["admin"]), PEOPLE, q=asked), tuple(one.name for one in learners))
    assert sorted(shown) == sorted(found)


def test_people_are_found_by_the_name_they_sign_in_with(
    staff: dict[str, Someone], learners: list[Someone], client: Callable[..., ProofReader]
) -> None:
    shown = named(client(staff["admin"]), PEOPLE, q=learners[2].identifier.upper())
    assert first_names(shown, AT_HOME) == ["Trần Thị Ánh"]


def test_a_coordinator_sees_the_own_unit_and_all_below_and_nobody_else(
    staff: dict[str, Someone], learners: list[Someone], client: Callable[..., ProofReader]
) -> None:
    everyone = tuple(one.name for one in [*staff.values(), *learners])
    home = first_names(named(client(staff["home"]), PEOPLE), everyone)
    assert sorted(home) == sorted([*AT_HOME, "Phạm Đầu Mối"])
    assert sorted(first_names(named(client(staff["province"]), PEOPLE), everyone)) == sorted(everyone)


def test_a_coordinator_counts_exports_and_chooses_within_the_own_unit_only(
    staff: dict[str, Someone], learners: list[Someone], client: Callable[..., ProofReader], house: House
) -> None:
    browser = client(staff["home"])
    shown = browser.get(REPORT)
    assert "Cao Văn Xa" not in shown.get_data(as_text=True)
    assert AWAY not in shown.get_data(as_text=True)
    assert PROVINCE not in words(shown).replace("Tỉnh An Khuê Check a certificate", "")
    assert "0 of 7" in words(shown)
    assert len(csv_rows(browser)) == 1 + 7
    assert [row[0] for row in csv_rows(browser)[1:]] == sorted(AT_HOME, key=sort_key)


def test_a_unit_of_others_cannot_be_chosen_by_hand(
    staff: dict[str, Someone], learners: list[Someone], client: Callable[..., ProofReader], house: House
) -> None:
    browser = client(staff["home"])
    for format_ in ("html", "csv", "xlsx"):
        answer = browser.get(REPORT, query_string={"unit": unit_key(house, AWAY), "format": format_})
        assert answer.status_code == 422
        assert "Cao Văn Xa" not in answer.get_data(as_text=True)


@pytest.fixture
def progressed(learners: list[Someone], client: Callable[..., ProofReader], house: House, clock: Clock) -> None:
    """Two of the learners have completed, on different days, and one has begun."""
    complete(house, client(learners[0]))
    clock.forward(days=2)
    complete(house, client(learners[7]))
    finish_lessons(client(learners[1]))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"status": "complete"}, ["Đỗ Thị Ân", "Cao Văn Xa"]), ({"course": "luyen-tap"}, [*AT_HOME, "Cao Văn Xa"]),
        ({"status": "complete", "from": "2026-11-24"}, ["Cao Văn Xa"]), ({"to": "2026-11-23"}, ["Đỗ Thị Ân"]),
        ({"from": "2026-11-23", "to": "2026-11-25"}, ["Đỗ Thị Ân", "Cao Văn Xa"]), ({"q": "THI"}, ["Đỗ Thị Ân", "Trần Thị Ánh", "Nguyễn Thị Ế"]),
        ({"from": "2026-11-26"}, []), ({"q": "không ai"}, []),
    ],
)  # fmt: skip
def test_the_report_can_be_narrowed(
    asked: dict[str, str],
    found: list[str],
    progressed: None,
    staff: dict[str, Someone],
    client: Callable[..., ProofReader],
) -> None:
    browser = client(staff["admin"])
    assert [row[0] for row in csv_rows(browser, **asked)[1:]] == sorted(found, key=sort_key)
    assert browser.get(REPORT, query_string=asked).status_code == 200


def test_the_report_can_be_narrowed_to_a_unit_with_all_below(
    progressed: None, staff: dict[str, Someone], client: Callable[..., ProofReader], house: House
) -> None:
    browser = client(staff["admin"])
    assert [row[0] for row in csv_rows(browser, unit=unit_key(house, AWAY))[1:]] == ["Cao Văn Xa"]
    assert len(csv_rows(browser, unit=unit_key(house, PROVINCE))) == 1 + 8


def test_who_has_begun_and_who_has_not_are_told_apart(
    progressed: None, staff: dict[str, Someone], client: Callable[..., ProofReader]
) -> None:
    rows = {row[0]: row for row in csv_rows(client(staff["admin"]))[1:]}
    assert "Complete" in rows["Đỗ Thị Ân"]
    assert "23/11/2026" in rows["Đỗ Thị Ân"]
    assert "In progress" in rows["Dương Văn Ân"]
    assert "Not started" in rows["Lê Văn An"]


@pytest.mark.parametrize(
    "asked",
    [{"course": "khong-co"}, {"unit": "khong-co"}, {"status": "khong-co"}, {"from": "hôm qua"}, {"to": "2026-13-45"},
     {"from": "2026-11-25", "to": "2026-11-24"}, {"q": "x" * 201}],
)  # fmt: skip
def test_a_filter_that_makes_no_sense_is_a_mistake_and_never_the_whole_report(
    asked: dict[str, str], learners: list[Someone], staff: dict[str, Someone], client: Callable[..., ProofReader]
) -> None:
    browser = client(staff["admin"])
    assert browser.get(REPORT, query_string=asked).status_code == 422
    assert browser.get(REPORT, query_string={**asked, "format": "csv"}).status_code == 422


def test_the_workbook_holds_the_same_rows_with_real_dates_and_shares(
    progressed: None, staff: dict[str, Someone], client: Callable[..., ProofReader]
) -> None:
    browser = client(staff["admin"])
    answer = browser.get(REPORT, query_string={"format": "xlsx"})
    assert answer.status_code == 200
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    lines = [[str(cell) for cell in row] for row in sheet]
    assert [row[0] for row in lines] == [row[0] for row in csv_rows(browser)]
    done = next(row for row in sheet if row[0] == "Đỗ Thị Ân")
    assert "2026-11-23" in [str(cell) for cell in done]
    assert 1.0 in done


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "＝"])
def test_a_name_that_a_spreadsheet_would_run_is_only_text(
    start: str, staff: dict[str, Someone], cast: Cast, client: Callable[..., ProofReader]
) -> None:
    cast.enrol(cast.person(unit=HOME, name="An Bình", title=f"{start}1+1"), "luyen-tap")
    browser = client(staff["admin"])
    title = next(cell for cell in csv_rows(browser)[1] if "1+1" in cell)
    assert title.startswith("'")
    data = browser.get(REPORT, query_string={"format": "xlsx"}).data
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert any("1+1" in str(cell) for cell in sheet[1])


def test_separators_quotes_and_line_ends_stay_inside_their_cell(
    staff: dict[str, Someone], cast: Cast, client: Callable[..., ProofReader]
) -> None:
    cast.enrol(cast.person(unit=HOME, name="An Bình", title='a;"b"\r\nc'), "luyen-tap")
    rows = csv_rows(client(staff["admin"]))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == 2


def test_every_file_that_leaves_is_written_down(
    learners: list[Someone], staff: dict[str, Someone], client: Callable[..., ProofReader], house: House
) -> None:
    browser = client(staff["home"])
    csv_rows(browser)
    browser.get(REPORT, query_string={"format": "xlsx"})
    with house.reading(NOBODY) as work:
        kept = work.session.execute(
            select(Audit.actor_id, Audit.subject).where(Audit.action.startswith("export")).order_by(Audit.id)
        ).all()
    assert [tuple(row) for row in kept] == [(staff["home"].id, "csv"), (staff["home"].id, "xlsx")]


def test_fifty_stand_on_a_page_and_the_last_page_holds_the_rest(
    staff: dict[str, Someone], cast: Cast, client: Callable[..., ProofReader]
) -> None:
    for number in range(60):
        cast.enrol(cast.person(unit=HOME, name=f"Lê Văn Số {number:02}"), "luyen-tap")
    browser = client(staff["admin"])
    assert [len(named(browser, REPORT, page=number)) for number in ("1", "2", "99", "x")] == [50, 10, 10, 50]
    assert [len(named(browser, PEOPLE, page=number)) for number in ("1", "2")] == [50, 13]


def test_somebody_who_has_left_counts_no_more(
    learners: list[Someone], staff: dict[str, Someone], cast: Cast, client: Callable[..., ProofReader], clock: Clock
) -> None:
    gone = cast.person(unit=HOME, name="Đã Chuyển Đi", left=clock.now.date())
    cast.enrol(gone, "luyen-tap")
    assert "Đã Chuyển Đi" not in [row[0] for row in csv_rows(client(staff["admin"]))]
