"""`phatngon demo`: a fictional province from the shell, its passwords in files that only their owner can read."""

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from elearning.cli import serving
from elearning.cli.commands import main
from elearning.cli.roof import Roof
from elearning.cli.secret_files import secret_file, write_accounts
from elearning.domain.errors import Mistaken
from elearning.services.demonstration import DemoAccount
from elearning.services.passwords import fits
from elearning.services.work import NOBODY, House
from elearning.settings import Settings
from elearning.store.models.learning import Enrolment
from elearning.store.models.person import Person, SignInName
from elearning.store.models.text import Edition
from tests.services.cast import Someone
from tests.services.texts import small_course

SMALL = ("demo", "--people", "60", "--units", "6", "--now", "2026-11-22T08:00")
Run = Callable[..., Result]


def never(*_: Any) -> Any:
    raise AssertionError("this command needs no such thing")


@pytest.fixture
def run(house: House, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command over the house of this test: run("demo", "--people", "60")."""
    monkeypatch.setenv("PHATNGON_LANGUAGE", "en")
    own = replace(settings, data_dir=tmp_path)
    roof = Roof(lambda: own, lambda _: house, never, lambda _: small_course(), never, never, never)
    return lambda *typed: CliRunner().invoke(main, typed, obj=roof)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_sign_ins_are_written_for_their_owner_only_and_open_the_accounts(
    run: Run, house: House, tmp_path: Path
) -> None:
    wanted = tmp_path / "sign-ins.json"
    result = run(*SMALL, "--sign-ins", str(wanted))
    assert result.exit_code == 0, result.output
    assert mode(wanted) == 0o600
    told = json.loads(wanted.read_text("utf-8"))
    assert [set(one) for one in told] == [{"role", "identifier", "password"}] * len(told)
    assert len({one["password"] for one in told}) == 6
    with house.reading(NOBODY) as work:
        kept = {row[0]: row[1] for row in work.session.execute(select(SignInName.normal, Person.password).join(Person))}
        assert work.session.scalar(select(func.count(Person.id))) == 60
    assert all(fits(kept[one["identifier"]], one["password"]) for one in told[:7])


def test_the_named_accounts_are_shown_and_kept_for_the_greeting(run: Run, tmp_path: Path) -> None:
    result = run(*SMALL)
    kept = json.loads((tmp_path / "demo-accounts.json").read_text("utf-8"))
    assert mode(tmp_path / "demo-accounts.json") == 0o600
    assert [one["role"] for one in kept] == ["admin", "coordinator", "trainer", "learner", "coordinator"]
    assert all(one["password"] in result.output and one["identifier"] in result.output for one in kept)


def test_the_course_was_published_before_anybody_was_enrolled(run: Run, house: House) -> None:
    run(*SMALL)
    with house.reading(NOBODY) as work:
        published = work.session.scalars(select(Edition.at)).one()
        enrolled = work.session.scalar(select(func.min(Enrolment.since)))
    assert enrolled is not None
    assert published < enrolled < datetime(2026, 11, 22, 1, tzinfo=UTC)


def test_courses_come_from_the_folder_that_is_named_or_from_the_platform_itself(
    house: House, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    served: list[str] = []

    def reading(folder: Path) -> dict[str, bytes]:
        read.append(folder)
        return small_course()

    own = replace(settings, data_dir=tmp_path)
    roof = Roof(lambda: own, lambda _: house, never, reading, never, never, never)
    monkeypatch.setattr(serving, "ensure_port_free", lambda _: None)
    monkeypatch.setattr(serving, "serve", lambda *_: served.append("served"))
    for typed in (("serve",), ("serve", "--prepare"), ("serve", "--prepare", "--texts", str(tmp_path))):
        result = CliRunner().invoke(main, typed, obj=roof)
        assert result.exit_code == 0, result.output
    assert served == ["served"] * 3
    assert read == [settings.resources, tmp_path]
    refused = CliRunner().invoke(main, ("serve", "--prepare", "--texts", str(tmp_path / "nowhere")), obj=roof)
    assert (refused.exit_code, len(served)) == (2, 3)


def test_a_moment_without_a_zone_is_the_time_of_the_platform(run: Run, house: House) -> None:
    run(*SMALL)
    with house.reading(NOBODY) as work:
        since = work.session.scalar(select(func.min(Enrolment.since)))
    assert since is not None
    assert (since.hour, since.minute) == (1, 0)


def test_a_platform_with_people_is_refused_in_one_sentence_and_no_file_is_touched(
    run: Run, make_person: Callable[..., Someone], tmp_path: Path
) -> None:
    make_person()
    wanted = tmp_path / "sign-ins.json"
    wanted.write_text("kept", "utf-8")
    result = run(*SMALL, "--sign-ins", str(wanted))
    assert result.exit_code == 1
    assert result.output.startswith("This platform has people already.")
    assert result.output.count("\n") == 1
    assert wanted.read_text("utf-8") == "kept"


def test_running_it_twice_changes_nothing_the_second_time(run: Run, tmp_path: Path) -> None:
    run(*SMALL)
    kept = (tmp_path / "demo-accounts.json").read_bytes()
    assert run(*SMALL).exit_code == 1
    assert (tmp_path / "demo-accounts.json").read_bytes() == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--now", "yesterday"), "2026-11-22T08:00"),
        (("--now", "0001-01-01"), "2026-11-22T08:00"),
        (("--people", "10"), "Choose at least 24 people."),
        (("--units", "1"), "Choose from 2 to"),
        (("--sign-ins", "nowhere/at/all.json"), "cannot be written"),
    ],
)
def test_what_cannot_be_is_said_and_nobody_is_added(run: Run, house: House, typed: tuple[str, ...], said: str) -> None:
    result = run(*SMALL, *typed)
    assert result.exit_code != 0
    assert said in result.output
    assert "Traceback" not in result.output
    with house.reading(NOBODY) as work:
        assert not work.session.scalar(select(func.count(Person.id)))


def test_a_file_that_others_could_read_is_closed_to_them_before_it_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "open.json"
    path.write_text("old", "utf-8")
    path.chmod(0o644)
    file = secret_file(path)
    assert mode(path) == 0o600
    write_accounts(file, [DemoAccount("learner", "AK-00001", "“Ẩn”")])
    assert json.loads(path.read_text("utf-8")) == [{"role": "learner", "identifier": "AK-00001", "password": "“Ẩn”"}]


def test_no_accounts_are_an_empty_list(tmp_path: Path) -> None:
    write_accounts(secret_file(tmp_path / "none.json"), [])
    assert json.loads((tmp_path / "none.json").read_text("utf-8")) == []


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(Mistaken, match="cannot be written"):
        secret_file(tmp_path)
