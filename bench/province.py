"""A province of 200,000 people, founded once in a folder and kept there, so that reports can be measured on it again."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from elearning.content.rendering import render_here
from elearning.exchange.folder import read_folder
from elearning.factory import build_house
from elearning.services import preparing, upkeep
from elearning.services.fictional_province import OPENED, STARTER
from elearning.services.work import House
from elearning.settings import Settings, read_settings
from tests.texts import TEXTS

NOW = datetime(2026, 11, 22, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).astimezone(UTC)
COURSES = 3
ACCOUNTS = "demo-accounts.json"


@dataclass(frozen=True, slots=True)
class Founding:
    """What it cost to found a province, in seconds of processor time and by the clock."""

    people: int
    cpu: float
    wall: float


def settings_of(folder: Path) -> Settings:
    """The settings of the platform that is kept in a folder."""
    return read_settings(environment(folder))


def environment(folder: Path) -> dict[str, str]:
    """The environment of the platform that is kept in a folder."""
    return {**os.environ, "PHATNGON_DATA_DIR": str(folder), "PHATNGON_DATABASE_URL": ""}


def open_house(folder: Path) -> House:
    """The platform of a folder, at the moment at which its province stands."""
    return replace(build_house(settings_of(folder), render_here), clock=lambda: NOW)


def accounts(folder: Path) -> list[dict[str, str]]:
    """The named accounts of the province: administrator, coordinators, trainer, learner."""
    found: list[dict[str, str]] = json.loads((folder / ACCOUNTS).read_text("utf-8"))
    return found


def found(folder: Path, people: int) -> Founding | None:
    """Found a province with three courses, so that everybody has three rows; None where the folder holds one already."""
    folder.mkdir(parents=True, exist_ok=True)
    house = open_house(folder)
    upkeep.bring_up_to_date(house)
    if (folder / ACCOUNTS).exists():
        house.store.dispose()
        return None
    files = read_folder(TEXTS)
    preparing.publish_starters(replace(house, clock=lambda: NOW - OPENED), _several(files))
    house.store.dispose()
    return _demo(folder, people)


def found_aside(people: int) -> Founding:
    """Found a province with the course of `tests/texts` alone, and throw it away."""
    with TemporaryDirectory() as folder:
        return _demo(Path(folder), people)


def _several(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The texts, with the first course twice more under other keys."""
    first = f"courses/{STARTER}/"
    copies = {
        path.replace(first, f"courses/{STARTER}-{number}/"): data
        for number in range(2, COURSES + 1)
        for path, data in files.items()
        if path.startswith(first)
    }
    return {**files, **copies}


def _demo(folder: Path, people: int) -> Founding:
    command = [
        sys.executable, "-m", "elearning.factory", "demo", "--people", str(people), "--seed", "1", "--now", NOW.isoformat(),
        "--texts", str(TEXTS),
    ]  # fmt: skip
    before, began = _children(), time.monotonic()
    subprocess.run(command, env=environment(folder), check=True, stdout=subprocess.DEVNULL)
    return Founding(people, _children() - before, time.monotonic() - began)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
