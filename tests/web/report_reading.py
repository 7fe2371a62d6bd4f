"""What the readers of a report see: its page, its CSV and XLSX as files and in LibreOffice, its paper; all as rows of cells."""

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from python_calamine import CalamineWorkbook
from werkzeug.test import TestResponse

from elearning.domain.certificate import spelled
from tests.web.proofreading import page

Rows = list[list[str]]
# Semicolons, quotes, UTF-8, from the first line on, Vietnamese, cells as they stand; and out again, each cell as it is shown.
READ_AS = "Text - txt - csv (StarCalc):59,34,76,1,,1066,false,false"
SHOWN_AS = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true"
_SHARE = re.compile(r"(\d+)(?:[.,](\d*?)0*)? ?%")


def alike(cell: str) -> str:
    """A cell without what differs between languages and programs: kinds of blanks, forms of shares, guards of formulas."""
    text = re.sub(r"^'(?=\s*[=+@-])", "", " ".join(cell.split()))
    share = _SHARE.fullmatch(text)
    if share is None:
        return text
    return f"{share[1]},{share[2]} %" if share[2] else f"{share[1]} %"


def run(name: str, *arguments: str) -> str:
    """What a program says. It may be missing on a desk, never where changes are judged."""
    if shutil.which(name) is None:
        missing = f"{name} is not installed (Debian: poppler-utils, libreoffice-calc)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return subprocess.run([name, *arguments], check=True, capture_output=True, timeout=180).stdout.decode(
        errors="replace"
    )


def of_csv(data: bytes) -> Rows:
    """The cells of a CSV file."""
    source = io.StringIO(data.decode("utf-8-sig"), newline="")
    return [[alike(cell) for cell in row] for row in csv.reader(source, delimiter=";")]


def of_workbook(path: Path, share: int) -> Rows:
    """The values of a workbook, written as they would be shown; the column `share` holds shares."""
    head, *rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return [
        [alike(str(cell)) for cell in head],
        *([_value(cell, at == share) for at, cell in enumerate(row)] for row in rows),
    ]


def _value(value: object, is_share: bool) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float):
        text = f"{value * 100 if is_share else value:.4f}".rstrip("0").rstrip(".").replace(".", ",")
        return f"{text} %" if is_share else text
    return alike(str(value))


def in_office(files: Sequence[Path], folder: Path) -> dict[str, Rows]:
    """What LibreOffice shows of each file; one run for the workbooks and one for the CSV files."""
    shown: dict[str, Rows] = {}
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for suffix, options in ((".xlsx", []), (".csv", [f"--infilter={READ_AS}"])):
        out = folder / suffix.removeprefix(".")
        chosen = [str(file) for file in files if file.suffix == suffix]
        run("soffice", profile, "--headless", *options, "--convert-to", SHOWN_AS, "--outdir", str(out), *chosen)
        shown |= {f"{file.stem}{suffix}": of_csv(file.read_bytes()) for file in out.iterdir()}
    return shown


@lru_cache(maxsize=1)
def on_paper(pdf: Path) -> list[Rows]:
    """The tables of a tagged PDF, cell by cell, as a screen reader meets them."""
    tables: list[Rows] = []
    inside = False
    for line in run("pdfinfo", "-struct-text", str(pdf)).splitlines():
        tag = line.strip()
        if line[: len(line) - len(line.lstrip())] == "  ":
            inside = re.match(r"Table\b", tag) is not None
            tables += [[]] if inside else []
        elif inside and re.match(r"TR\b", tag):
            tables[-1].append([])
        elif inside and re.match(r"T[HD]\b", tag):
            tables[-1][-1].append("")
        elif inside and tag.startswith('"'):
            tables[-1][-1][-1] += " " + tag[1:-1]
    return [[[alike(whole(cell)) for cell in row] for row in table] for table in tables]


def whole(text: str) -> str:
    """Codes in one piece again: where their column is too narrow they are broken after a hyphen."""
    return re.sub(r"(?<=\b[0-9A-Z]{4}-) (?=[0-9A-Z])", "", text)


@lru_cache(maxsize=1)
def copied(pdf: Path) -> str:
    """The words of a PDF in the order in which they are copied out of it, without the numbers of its sheets."""
    sheets = run("pdftotext", "-raw", str(pdf), "-").split("\f")
    text = " ".join(" ".join(sheet.strip().split("\n")[:-1]) for sheet in sheets)
    text = re.sub(r"(\d)\.(\d %)", r"\1,\2", " ".join(text.split()))
    return whole(text)


def words(element: Element | None) -> str:
    """The words of one element, as they are shown on a wide screen."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for inner in element:
        hidden = "phone-only" in (inner.get("class") or "").split()
        parts += ["" if hidden else words(inner), " ", inner.tail or ""]
    return " ".join("".join(parts).split())


def table_of(response: TestResponse, named: str) -> Element:
    """A table of a page, by its class."""
    tables = [table for table in page(response).iter("table") if named in (table.get("class") or "").split()]
    assert tables, f"{response.request.path} has no table {named}"
    return tables[0]


def figures_shown(response: TestResponse, named: str) -> Rows:
    """A table of names with their figures, its heading first; the last column is a picture."""
    rows = table_of(response, named).iter("tr")
    return [[alike(words(cell)) for cell in row if cell.tag in ("th", "td")][:-1] for row in rows]


def steps_shown(response: TestResponse, lesson: str) -> Rows:
    """Module, kind, title and figures of each step; only quizzes are named as such, all others are a `lesson`."""
    found, module = [], ""
    for row in list(table_of(response, "steps").iter("tr"))[1:]:
        title, *cells = [cell for cell in row if cell.tag in ("th", "td")]
        if not cells:
            module = words(title)
            continue
        kind = words(title.find("span[@class='muted']"))
        name = words(title).removeprefix(kind).strip()
        found.append([module, kind.rstrip(":") or lesson, name, *(alike(words(cell)) for cell in cells[:-1])])
    return found


def people_shown(response: TestResponse, course: str) -> Rows:
    """The people of one page of the list, in the columns of the files; `course` is what all take, or empty."""
    rows = [row for row in table_of(response, "people").iter("tr") if row.get("class") == "person-row"]
    return [_person(row, course) for row in rows]


def _person(row: Element, course: str) -> list[str]:
    who, *cells = [cell for cell in row if cell.tag in ("th", "td")]
    unit, *taken, status, due, share = cells
    small = [one for one in status.iter("small") if "phone-only" not in (one.get("class") or "").split()]
    late = next((words(one) for one in small if "bad" in (one.get("class") or "").split()), "")
    link = next((one.get("href") or "" for one in status.iter("a")), "")
    days = [said for one in small if re.fullmatch(r"\d\d/\d\d/\d{4}", said := words(one))]
    title = next((words(one) for one in who.iter("small") if one.get("class") is None), "")
    return [alike(cell) for cell in (
        words(who.find("a")), words(unit), title, words(taken[0]) if taken else course, words(status.find("span")),
        days[0] if days else "", words(share), words(due), late, spelled(link.rsplit("/", 1)[-1]) if link else "",
    )]  # fmt: skip
