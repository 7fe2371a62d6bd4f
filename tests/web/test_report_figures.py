"""Every form of a report shows the same: its page, CSV and XLSX read as files and by LibreOffice, and its paper, cell by cell."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import select, update

from elearning.services.work import NOBODY, House
from elearning.store.models.unit import Unit, UnitLink
from tests.services.cast import Cast, Someone
from tests.services.ledger import Ledger
from tests.services.texts import publish, small_course
from tests.web.access_world import BY_LIST, as_another
from tests.web.plain import Plain
from tests.web.proofreading import ProofReader
from tests.web.report_reading import (
    Rows,
    copied,
    figures_shown,
    in_office,
    of_csv,
    of_workbook,
    on_paper,
    people_shown,
    steps_shown,
)
from tests.web.sitting import complete

COMPLETIONS, PROGRESS = "/admin/reports/completions", "/admin/reports/progress"
HEALTH = "Sở Y tế"
TITLES = ("Chuyên viên", "=1+2", 'Phó; "Trưởng"', "", "-5 năm", "Công chức tư pháp – hộ tịch")
COURSE_COLUMN = 3
PER_PAGE = 50


@dataclass(frozen=True)
class Shape:
    """A table of a report: where it stands, what else its address says, which column holds shares."""

    name: str
    path: str
    more: Mapping[str, str]
    share: int


SHAPES = (
    Shape("people", COMPLETIONS, {}, 6), Shape("units", COMPLETIONS, {"table": "units"}, 6),
    Shape("courses", PROGRESS, {}, 6), Shape("steps", PROGRESS, {"course": "luyen-tap"}, 5),
)  # fmt: skip


@pytest.fixture
def admin(practice: House, cast: Cast, client: Callable[..., ProofReader]) -> Someone:
    """A province with people in every state in two courses; some have moved, some have left, some have certificates."""
    publish(practice, as_another(small_course()), BY_LIST)
    for unit, above in {
        "Tỉnh An Khuê": None,
        HEALTH: "Tỉnh An Khuê",
        "Phòng Nghiệp vụ": HEALTH,
        "Xã Mộc Lâm": "Tỉnh An Khuê",
    }.items():
        cast.unit(unit, above)
    with practice.writing(NOBODY) as work:
        work.session.execute(update(UnitLink).values(since=date(2026, 1, 1)))
    open_, other = Ledger(practice), Ledger(practice, BY_LIST)
    units = ["Phòng Nghiệp vụ", HEALTH, "Xã Mộc Lâm", "Tỉnh An Khuê", None]
    for number in range(34):
        name = f"{('Nguyễn Văn', 'Trần Thị', 'Đỗ')[number % 3]} {'AÁĂÂBCDĐEÊGHIKLMN'[number % 17]}n"
        person = cast.person(name=name, unit=units[number % 5], title=TITLES[number % 6])
        if person.unit:
            open_.placed_since(person, date(2026, 10, 1))
        open_.enrolled(person, date(2026, 10, 1), due=date(2026, 11, number % 17 + 8) if number % 3 else None)
        open_.done(person, date(2026, 11, number % 20 + 1), number % 4, complete=number % 4 == 3)
        other.enrolled(
            person, date(2026, 11, 5), due=date(2026, 11, 9), until=date(2026, 11, 15) if number % 7 == 6 else None
        )
        other.done(person, date(2026, 11, 12), number % 3)
        if number % 9 == 4:
            open_.moved(person, cast.units["Xã Mộc Lâm"], date(2026, 11, 15))
    for _ in range(2):
        complete(practice, client(cast.person(unit=HEALTH, name="Lê Văn Xong")))
    return cast.person("admin")


def unit_of(house: House) -> str:
    with house.reading(NOBODY) as work:
        return work.session.scalars(select(Unit.public).where(Unit.name == HEALTH)).one()


def asked(house: House, language: str) -> dict[str, dict[str, str]]:
    """What the reports are asked about, by a name; in English, where only words and marks differ, less."""
    unit, day = {"unit": unit_of(house)}, {"as_of": "2026-11-10"}
    if language == "en":
        return {"all": {}, "unit-day": {**unit, **day}}
    return {"all": {}, "day": day, "unit": unit, "unit-day": {**unit, **day}, "course": {"course": "luyen-tap"}}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_form_of_every_report_shows_the_same_cells(
    language: str,
    admin: Someone,
    practice: House,
    cast: Cast,
    app: Flask,
    client: Callable[..., ProofReader],
    tmp_path: Path,
) -> None:
    client(admin).send("/account/language", {"language": language})
    browser = Plain(app, app.response_class)
    browser.set_cookie("phatngon", cast.browser(admin))
    wanted = [(shape, name, {**query, **shape.more}) for name, query in asked(practice, language).items() for shape in SHAPES
              if shape.name != "courses" or "course" not in query]  # fmt: skip
    files = [fetched(browser, tmp_path / f"{shape.name}-{name}.{kind}", shape, {**query, "format": kind})
             for shape, name, query in wanted for kind in ("csv", "xlsx")]  # fmt: skip
    office = in_office(files, tmp_path / "office")
    wrong: list[str] = []
    for shape, name, query in wanted:
        table = tmp_path / f"{shape.name}-{name}"
        rows = of_csv(table.with_suffix(".csv").read_bytes())
        assert len(rows) > 2, table.name
        forms = {
            "XLSX": of_workbook(table.with_suffix(".xlsx"), shape.share), "XLSX in LibreOffice": office[f"{table.name}.xlsx"],
            "CSV in LibreOffice": office[f"{table.name}.csv"], "page": shown(browser, shape, query, rows),
        }  # fmt: skip
        # Both tables of the completions stand on one paper, which is made once.
        paper = f"{name}.pdf" if shape.path == COMPLETIONS else f"{table.name}.pdf"
        pdf = fetched(browser, tmp_path / paper, shape, {**query, "format": "pdf"})
        forms |= {"paper": printed(pdf, shape, query, rows)} if name == "unit" else {}
        wrong += [f"{table.name}, copied from the paper: {row}" for row in lost(rows, shape, query, copied(pdf))]
        wrong += [f"{table.name}, {form}: {said}" for form, found in forms.items() for said in differences(rows, found)]
    assert wrong == []


def fetched(browser: Plain, path: Path, shape: Shape, query: Mapping[str, str]) -> Path:
    """One file of a report, put down; the paper holds two tables, and is made once."""
    if path.exists():
        return path
    answer = browser.get(f"{shape.path}?{urlencode(query)}")
    assert answer.status_code == 200
    path.write_bytes(answer.get_data())
    return path


def shown(browser: Plain, shape: Shape, query: Mapping[str, str], rows: Rows) -> Rows:
    """The same table on the page, page by page where it has several; headings of its own count as the same."""
    address = f"{shape.path}?{urlencode({name: value for name, value in query.items() if name != 'table'})}"
    if shape.name == "people":
        pages = range(1, -(-(len(rows) - 1) // PER_PAGE) + 1)
        course = rows[1][COURSE_COLUMN] if "course" in query else ""
        return [
            rows[0],
            *(row for number in pages for row in people_shown(browser.get(f"{address}&page={number}"), course)),
        ]
    if shape.name == "steps":
        return [rows[0], *steps_shown(browser.get(address), rows[1][1])]
    return figures_shown(browser.get(address), "parts" if shape.name == "units" else "courses")


def printed(pdf: Path, shape: Shape, query: Mapping[str, str], rows: Rows) -> Rows:
    """The same table on paper: without the number of each row, and with the course where all take the same."""
    parts, *others = on_paper(pdf)
    if shape.name != "people":
        return parts
    people = others[0]
    assert [row[0] for row in people[1:]] == [str(number) for number in range(1, len(people))]
    course = [row[COURSE_COLUMN] for row in rows]
    return [[*row[1 : COURSE_COLUMN + 1], *([course[at]] if "course" in query else []), *row[COURSE_COLUMN + 1 :]]
            for at, row in enumerate(people)]  # fmt: skip


def lost(rows: Rows, shape: Shape, query: Mapping[str, str], paper: str) -> Iterator[str]:
    """Rows that are not among the words of the paper; or that they do not all stand there one after the other."""
    left_out = COURSE_COLUMN if shape.name == "people" and "course" in query else None
    head, *said = [" ".join(cell for at, cell in enumerate(row) if cell and at != left_out) for row in rows]
    if shape.name == "people":
        paper = re.sub(rf" \S+ {re.escape(head)}", "", paper)
        said = [f"{number} {row}" for number, row in enumerate(said, 1)]
    missing = [row for row in said if row not in paper]
    yield from missing or ([] if " ".join(said) in paper else ["something stands between the rows"])


def differences(rows: Rows, found: Rows) -> Iterator[str]:
    """Cells that differ: where, what the CSV says, what the other says."""
    nothing: list[str] = []
    for at, (one, other) in enumerate(zip_longest(rows, found, fillvalue=nothing)):
        for title, left, right in zip_longest(rows[0], one, other, fillvalue="–"):
            if left != right:
                yield f"row {at}, {title}: {left!r}, {right!r}"


def test_the_province_has_people_in_every_state(
    admin: Someone, client: Callable[..., ProofReader], practice: House
) -> None:
    _, *rows = of_csv(client(admin).get(f"{COMPLETIONS}?format=csv").get_data())
    assert len(rows) > PER_PAGE
    assert {row[4] for row in rows} == {"Complete", "In progress", "Not started"}
    assert {row[8] for row in rows} == {"Overdue", ""}
    assert {row[6] for row in rows} >= {"0 %", "33,3 %", "66,7 %", "100 %"}
    assert {"=1+2", 'Phó; "Trưởng"', ""} <= {row[2] for row in rows}
    assert any(row[9] for row in rows)
    assert any(not row[1] for row in rows)


def test_the_units_add_up_to_all(admin: Someone, client: Callable[..., ProofReader]) -> None:
    _, *rows, total = of_csv(client(admin).get(f"{COMPLETIONS}?format=csv&table=units").get_data())
    assert [row[0] for row in rows] == ["Tỉnh An Khuê (itself)", "Xã Mộc Lâm", "Sở Y tế", "Without a unit"]
    assert [int(cell) for cell in total[1:6]] == [sum(int(row[place]) for row in rows) for place in range(1, 6)]


def test_a_cell_that_differs_is_found() -> None:
    rows = [["Name", "Share"], ["An", "33,3 %"], ["Ba", "50 %"]]
    assert list(differences(rows, rows)) == []
    assert list(differences(rows, [rows[0], ["An", "33 %"], rows[2]])) == ["row 1, Share: '33,3 %', '33 %'"]
    assert list(differences(rows, rows[:2])) == ["row 2, Name: 'Ba', '–'", "row 2, Share: '50 %', '–'"]
