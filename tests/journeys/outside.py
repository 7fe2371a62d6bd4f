"""The programs that people open our files with: a PDF reader, a scanner of QR codes, LibreOffice."""

import csv
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

# Semicolons, quotes, UTF-8: what people choose who open our CSV, and each cell as it is then shown.
READ_AS = "Text - txt - csv (StarCalc):59,34,76,1"
SHOWN_AS = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true"


def read_with(name: str, *arguments: str) -> str:
    """What a program says. It may be missing on a desk, never where changes are judged."""
    if shutil.which(name) is None:
        missing = f"{name} is not installed (Debian: poppler-utils, zbar-tools, libreoffice-calc)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return subprocess.run([name, *arguments], check=True, capture_output=True, timeout=120).stdout.decode()


def scanned(pdf: Path) -> str:
    """The address in the QR code of the first sheet, as a telephone sees it."""
    picture = pdf.with_suffix("")
    read_with("pdftoppm", "-r", "150", "-png", "-singlefile", str(pdf), str(picture))
    return read_with("zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", f"{picture}.png").strip()


def read_plainly(table: Path) -> list[list[str]]:
    """The rows of a table as they stand in the file; days as people write them."""
    if table.suffix == ".csv":
        return _rows(table)
    sheet = CalamineWorkbook.from_path(str(table)).get_sheet_by_index(0).to_python()
    return [[f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell) for cell in row] for row in sheet]


def opened_in_office(table: Path, profile: Path) -> list[list[str]]:
    """The rows of a table as LibreOffice shows them after opening it. `profile` is a folder that it may keep."""
    folder = table.parent / "office"
    options = [f"-env:UserInstallation={profile.as_uri()}", "--headless"]
    if table.suffix == ".csv":
        options.append(f"--infilter={READ_AS}")
    read_with("soffice", *options, "--convert-to", SHOWN_AS, "--outdir", str(folder), str(table))
    return _rows(folder / f"{table.stem}.csv")


def _rows(table: Path) -> list[list[str]]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))
