"""Reports as pages and as files: the same figures in each, few statements, and nothing for those who may not see it."""

import csv
import io
import re
import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from werkzeug.test import TestResponse

from elearning.services import exporting, working
from elearning.services.work import NOBODY, House
from elearning.store.models.person import Audit
from tests.services.cast import Cast, Someone
from tests.services.ledger import Ledger
from tests.store.databases import Seen
from tests.web.proofreading import ProofReader, page, words

REPORT = "/admin/reports/completions"
PROGRESS = "/admin/reports/progress"
OCTOBER = date(2026, 10, 1)
SHARES = {"Progress", "Share complete", "Share"}
Opened = Callable[[TestResponse], list[list[str]]]


@dataclass(frozen=True)
class Province:
    """A small province with people in all states."""

    admin: Someone
    coordinator: Someone
    people: dict[str, Someone]


@pytest.fixture
def province(practice: House, cast: Cast) -> Province:
    ledger = Ledger(practice)
    cast.unit("Tỉnh An Khuê")
    cast.unit("Sở Y tế", "Tỉnh An Khuê")
    cast.unit("Phòng Nghiệp vụ", "Sở Y tế")
    cast.unit("Xã Mộc Lâm", "Tỉnh An Khuê")
    units = ["Phòng Nghiệp vụ", "Sở Y tế", "Xã Mộc Lâm", "Tỉnh An Khuê", None]
    people = {}
    for number in range(17):
        name = f"Nguyễn Văn {'AÁĂÂBCDĐEÊGHIKLMN'[number]}n"
        person = cast.person(name=name, unit=units[number % 5], title="=1+2" if number == 3 else "Chuyên viên")
        ledger.enrolled(person, OCTOBER, due=date(2026, 11, number + 10) if number % 3 else None)
        ledger.done(person, date(2026, 11, 2), number % 4, complete=number % 4 == 3)
        people[name] = person
    return Province(cast.person("admin"), cast.person("coordinator", unit="Sở Y tế"), people)


@pytest.fixture
def open_file(tmp_path: Path) -> Opened:
    """The cells of a CSV or XLSX file as text, as they are read in a Vietnamese office."""

    def opened(response: TestResponse) -> list[list[str]]:
        assert response.status_code == 200
        if ".csv" in response.headers["Content-Disposition"]:
            source = io.StringIO(response.get_data().decode("utf-8-sig"))
            return [[alike(cell) for cell in row] for row in csv.reader(source, delimiter=";")]
        path = tmp_path / "report.xlsx"
        path.write_bytes(response.get_data())
        head, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        titles = [str(cell) for cell in head]
        return [titles, *([_cell(v, t in SHARES) for v, t in zip(row, titles, strict=True)] for row in rows)]

    return opened


def _cell(value: Any, is_share: bool) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        text = f"{value * 100 if is_share else value:.1f}".removesuffix(".0").replace(".", ",")
        return f"{text} %" if is_share else text
    return alike(str(value))


def alike(cell: str) -> str:
    """A cell without what differs between languages and forms: kinds of blanks, decimal marks, guards of formulas."""
    return re.sub(r"(?<=\d)\.(?=\d)", ",", " ".join(cell.replace("\u00a0", " ").split())).removeprefix("'")


def read_paper(response: TestResponse, folder: Path) -> str:
    """All words of a PDF."""
    path = folder / "paper.pdf"
    path.write_bytes(response.get_data())
    said = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode()
    return " ".join(said.split())


def test_the_paper_names_issuer_filters_and_signatures(
    province: Province, client: Callable[..., ProofReader], tmp_path: Path
) -> None:
    response = client(province.admin).get(f"{REPORT}?format=pdf&status=overdue&as_of=2026-11-20")
    assert b"<pdfaid:part>2</pdfaid:part>" in response.get_data()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in response.get_data()
    said = read_paper(response, tmp_path)
    for expected in ("Tỉnh An Khuê", "Completion of courses", "As of the end of: 20/11/2026", "Status in the list: Overdue",
                     "Prepared by", "Head of the unit", "Page 1 of "):  # fmt: skip
        assert expected in said


def test_a_long_list_of_names_is_left_to_the_spreadsheet(
    province: Province, client: Callable[..., ProofReader], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("elearning.web.admin.report_words.MOST_NAMES", 16)
    said = read_paper(client(province.admin).get(f"{REPORT}?format=pdf"), tmp_path)
    assert "The list has 17 names, more than fit on paper." in said
    assert "Nguyễn Văn Ân" not in said


def test_each_export_is_written_down(province: Province, client: Callable[..., ProofReader], practice: House) -> None:
    browser = client(province.admin)
    for query in ("format=csv&status=overdue", "format=xlsx&table=units", "format=pdf"):
        browser.get(f"{REPORT}?{query}")
    browser.get(f"{PROGRESS}?format=csv")
    with practice.reading(NOBODY) as work:
        rows = work.session.execute(
            select(Audit.action, Audit.subject, Audit.reason, Audit.actor_id)
            .where(Audit.kind == "report")
            .order_by(Audit.id)
        ).all()
    who = province.admin.id
    assert [tuple(row) for row in rows] == [
        ("export completions", "csv", "status=overdue", who), ("export completions by unit", "xlsx", "", who),
        ("export completions", "pdf", "", who), ("export progress", "csv", "", who),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_of_more_than_20000_is_made_by_the_worker(
    kind: str, province: Province, client: Callable[..., ProofReader], practice: House, open_file: Opened,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    browser = client(province.admin)
    at_once = open_file(browser.get(f"{REPORT}?format=csv"))
    monkeypatch.setattr("elearning.web.admin.exports.AT_ONCE", 16)
    monkeypatch.setattr(exporting, "STEP", 5)
    asked = browser.get(f"{REPORT}?format={kind}")
    assert asked.status_code == 303
    assert browser.get(asked.headers["Location"]).status_code == 200
    assert working.run_next(practice)
    assert browser.get(asked.headers["Location"]).status_code == 200
    made = browser.get(asked.headers["Location"] + "/output")
    assert f"hoan-thanh-2026-11-23.{kind}" in made.headers["Content-Disposition"]
    assert open_file(made) == at_once


@pytest.mark.parametrize("address", [REPORT, PROGRESS])
def test_a_report_takes_four_statements_at_most(
    address: str, province: Province, client: Callable[..., ProofReader],
    statements: Callable[[], AbstractContextManager[Seen]],
) -> None:  # fmt: skip
    browser = client(province.admin)
    browser.get(address)
    with statements() as seen:
        assert browser.get(f"{address}?course=luyen-tap").status_code == 200
    assert len(seen.statements) <= 4, seen.statements


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("unit=nobody-knows-it", "Choose a unit from the list"),
        ("course=none", "Choose a course from the list"),
        ("status=sleepy", "Choose a status from the list"),
        ("as_of=2027-01-01", "Choose today or a day before it."),
        ("as_of=31/02/2026", "Write the day like this: 31/12/2026."),
        ("from=2026-11-02&to=2026-11-01", "Choose a last day that is not before the first."),
    ],
)
@pytest.mark.parametrize("kind", ["html", "csv", "pdf"])
def test_what_cannot_be_reported_on_is_refused_with_what_to_do(
    query: str, said: str, kind: str, province: Province, client: Callable[..., ProofReader]
) -> None:
    answer = client(province.admin).get(f"{REPORT}?{query}&format={kind}")
    assert answer.status_code == 422
    assert said in words(answer)


def test_a_coordinator_who_edits_the_address_learns_nothing_of_other_units(
    province: Province, client: Callable[..., ProofReader], open_file: Opened
) -> None:
    browser = client(province.coordinator)
    own = open_file(browser.get(f"{REPORT}?format=csv"))[1:]
    assert {row[1] for row in own} == {"Sở Y tế", "Phòng Nghiệp vụ"}
    assert "Xã Mộc Lâm" not in words(browser.get(REPORT))
    links = {words_of(link): link.get("href") or "" for link in page(client(province.admin).get(REPORT)).iter("a")}
    foreign = links["Xã Mộc Lâm"]
    assert client(province.admin).get(foreign).status_code == 200
    assert browser.get(foreign).status_code == 422
    assert browser.get(f"{foreign}&format=csv").status_code == 422


def words_of(element: Any) -> str:
    """The words of one element."""
    return " ".join("".join(element.itertext()).split())


def test_a_view_is_saved_shown_followed_and_deleted(province: Province, client: Callable[..., ProofReader]) -> None:
    browser = client(province.admin)
    path = f"{REPORT}?status=overdue"
    browser.get(path)
    saved = browser.send("/admin/views", {"name": "Quá hạn", "path": path})
    assert (saved.status_code, saved.headers["Location"]) == (303, path)
    links = {words_of(link): link.get("href") for link in page(browser.get(REPORT)).iter("a")}
    assert links["Quá hạn"] == path
    assert browser.send("/admin/views", {"name": " ", "path": path}).status_code == 303
    assert "Give the view a name" in words(browser.get(REPORT))
    assert browser.send("/admin/views", {"name": "x", "path": "//elsewhere.example/"}).status_code == 404
    assert browser.send("/admin/views/delete", {"name": "Quá hạn"}).status_code == 303
    assert "Quá hạn" not in {words_of(link) for link in page(browser.get(REPORT)).iter("a")}
    assert browser.send("/admin/views/delete", {"name": "Quá hạn"}).status_code == 404


def test_filters_stay_in_the_address_of_every_link(province: Province, client: Callable[..., ProofReader]) -> None:
    answer = client(province.admin).get(f"{REPORT}?course=luyen-tap&as_of=2026-11-23&status=not-complete")
    links = [link.get("href") or "" for link in page(answer).iter("a")]
    own = [link for link in links if link.startswith(f"{REPORT}?")]
    assert len(own) >= 6
    assert all("course=luyen-tap" in link and "as_of=2026-11-23" in link for link in own)


def test_an_empty_platform_says_what_will_stand_here(cast: Cast, client: Callable[..., ProofReader]) -> None:
    browser = client(cast.person("admin"))
    assert "As soon as people are enrolled" in words(browser.get(REPORT))
    assert "No course is published yet." in words(browser.get(PROGRESS))
    assert browser.get(f"{REPORT}?format=pdf").mimetype == "application/pdf"
