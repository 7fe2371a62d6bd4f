"""What stands in the repository makes sense on every machine and is finished."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.house.reading import ROOT, named

# The names are put together here, so that this file may stand in the repository that it reads.
FOLDERS = "|".join(["wo" + "rk", "ro" + "ot", "tm" + "p", "ho" + r"me/\w+"])
HOSTS = "|".join(
    [
        "py" + r"pi\.",
        "files" + r"\.python" + "hosted",
        "registry" + r"\.npm",
        "deb" + r"\.debian",
        "proxy" + r"\.golang",
    ]
)
FOREIGN = re.compile(rf"(?<![\w.:/~-])/(?:{FOLDERS})(?:/|\b(?=[\s\"'`,;)]))|https?://[\w.-]*(?:{HOSTS})")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
CODE = {".py", ".html", ".js", ".css", ".typ", ".toml", ".cfg", ".txt"}


def files() -> list[Path]:
    """The files that git holds or would take: what is ignored is nobody else's business."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True).stdout
    return sorted(ROOT / name for name in set(listed.split("\0")) if name and (ROOT / name).is_file())


def text(path: Path) -> str:
    """The text of a file; of a picture or a recording, nothing."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def found_by(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Where the pattern stands, as path:line."""
    return [
        f"{named(path)}:{number}"
        for path in paths
        for number, line in enumerate(text(path).splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_text_names_the_folders_of_one_machine_or_the_address_of_a_package_index() -> None:
    assert found_by(FOREIGN, files()) == []


def test_nothing_in_the_code_is_left_for_later() -> None:
    assert found_by(UNFINISHED, [path for path in files() if path.suffix in CODE]) == []


def test_locked_requirements_carry_hashes_and_no_addresses() -> None:
    for name in ("run.txt", "dev.txt", "ci.txt"):
        locked = text(ROOT / "requirements" / name)
        pins = re.findall(r"^[\w.-]+(?:\[[\w,]+\])?==", locked, flags=re.MULTILINE)
        assert pins, name
        assert locked.count("--hash=sha256:") >= len(pins), name
        assert not re.search(
            r"^(?:-i|--(?:extra-)?index-url|--find-links|--trusted-host)\b", locked, flags=re.MULTILINE
        ), name


@pytest.mark.parametrize(
    "line",
    [
        "see /" + "tmp/x.log",
        '"/' + 'root/.cache"',
        "cd /" + "work/main",
        "https://" + "py" + "pi.org/simple",
        "(/" + "home/an/x)",
    ],
)
def test_a_foreign_name_is_found(line: str) -> None:
    assert FOREIGN.search(line)


@pytest.mark.parametrize(
    "line", ["templates/" + "tmp/x", "the " + "work/time balance", "https://example.vn/" + "work/", "tmp_path"]
)
def test_an_ordinary_word_is_left_alone(line: str) -> None:
    assert not FOREIGN.search(line)
