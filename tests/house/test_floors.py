"""The floor plan holds, and the checks that hold it can fail."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.reading import MODULES, PACKAGE, ROOT, imported, imports_in_functions, named, too_long

BAD_ROOMS = {"utils", "util", "helpers", "helper", "common", "misc"}
MIGRATIONS = PACKAGE / "store" / "migrations" / "versions"


def run_contracts(house: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of .importlinter against the package that stands in `house`."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    options = ["--no-cache", "--no-logo", "--config", str(ROOT / ".importlinter")]
    return subprocess.run([*command, *options], cwd=house, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    """The code alone, in a folder where lines can be planted."""
    shutil.copytree(PACKAGE, tmp_path / "elearning", ignore=shutil.ignore_patterns("__pycache__", "_resources"))
    return tmp_path


def test_imports_go_down_only() -> None:
    result = run_contracts(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("domain/planted.py", "import elearning.store", "Imports go down only"),
        ("store/planted.py", "import elearning.content", "Imports go down only"),
        ("services/planted.py", "import elearning.web", "Imports go down only"),
        ("web/planted.py", "import elearning.cli", "Imports go down only"),
        ("attic/__init__.py", "", "Imports go down only"),
        ("services/planted.py", "import elearning.settings", "Only the roof and the command line"),
        ("services/planted.py", "import markdown", "Only content turns Markdown"),
        ("services/planted.py", "def late():\n    import flask", "Nothing below the third floor"),
        ("web/planted.py", "import sqlalchemy", "The database is known"),
    ],
)
def test_a_planted_import_is_found(copy_of_the_house: Path, module: str, line: str, contract: str) -> None:
    planted = copy_of_the_house / "elearning" / module
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(line + "\n", encoding="utf-8")
    result = run_contracts(copy_of_the_house)
    assert result.returncode == 1
    broken = [row for row in result.stdout.splitlines() if row.endswith(" BROKEN")]
    assert any(row.startswith(contract) for row in broken), result.stdout


def test_a_planted_circle_is_found(copy_of_the_house: Path) -> None:
    room = copy_of_the_house / "elearning" / "services"
    (room / "hen.py").write_text("import elearning.services.egg\n", encoding="utf-8")
    (room / "egg.py").write_text("import elearning.services.hen\n", encoding="utf-8")
    result = run_contracts(copy_of_the_house)
    assert "No circles inside a room BROKEN" in result.stdout


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_import_hides_in_a_function(path: Path) -> None:
    assert imports_in_functions(path.read_text(encoding="utf-8")) == []


def test_a_hidden_import_is_found() -> None:
    assert imports_in_functions("def late():\n    if True:\n        from os import path\n") == ["line 3"]


@pytest.mark.parametrize("path", sorted((PACKAGE / "domain").rglob("*.py")), ids=named)
def test_the_ground_stands_on_the_standard_library(path: Path) -> None:
    heads = {name.split(".")[0] for name in imported(path.read_text(encoding="utf-8"))}
    assert heads <= sys.stdlib_module_names | {"elearning"}


def test_a_library_in_the_ground_is_found() -> None:
    assert not imported("from sqlalchemy.orm import Session") <= sys.stdlib_module_names


@pytest.mark.parametrize("path", [path for path in MODULES if MIGRATIONS not in path.parents], ids=named)
def test_modules_functions_and_views_stay_short(path: Path) -> None:
    assert too_long(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "finds"),
    [
        ("x = 1\n" * 301, True),
        ('"""Long because the table belongs together."""\n' + "x = 1\n" * 301, False),
        ("def long():\n" + "    x = 1\n" * 30, True),
        ("def fits():\n" + "    x = 1\n" * 29, False),
        ('def fits():\n    """What\n\n    and why.\n    """\n' + "    x = 1\n" * 29, False),
        ('def long():\n    """Long because it is one table."""\n' + "    x = 1\n" * 40, False),
        ('@room.get("/")\ndef view():\n' + "    x = 1\n" * 15, True),
        ('@room.get("/")\ndef view():\n' + "    x = 1\n" * 14, False),
    ],
)
def test_what_is_too_long_is_found(source: str, finds: bool) -> None:
    assert bool(too_long(source)) is finds


def test_rooms_are_named_after_what_they_know() -> None:
    names = {part.removesuffix(".py") for path in MODULES for part in path.relative_to(PACKAGE).parts}
    assert not names & BAD_ROOMS
