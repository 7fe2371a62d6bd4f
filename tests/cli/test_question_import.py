"""`phatngon content import FILE`: the report of a file with questions as JSON, and its questions kept in a bank."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from elearning.cli.commands import main
from elearning.cli.roof import Roof
from elearning.domain.taking_in import item_from_json
from elearning.services.work import NOBODY, House
from elearning.store.queries import texts

GIFT = "::a::[markdown]Ai ký? {=Người đứng đầu ~Ai cũng được}\n\n::b::[markdown]Hỏng {=a ~\n"


def run(house: House, *arguments: str) -> Any:
    return run_content(house, "import", *arguments)


def run_content(house: House, *arguments: str) -> Any:
    def none(*_: Any) -> Any:
        raise AssertionError("this command needs no such thing")

    roof = Roof(lambda: None, lambda _: house, none, none, none, none, none)  # type: ignore[arg-type,return-value]
    return CliRunner().invoke(main, ("content", *arguments), obj=roof)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PHATNGON_LANGUAGE", "en")
    path = tmp_path / "cau-hoi.gift"
    path.write_text(GIFT, encoding="utf-8")
    return str(path)


def bank(house: House) -> str:
    with house.reading(NOBODY) as work:
        return texts.draft_files(work.session).get("quizzes/banks/nhap.md", b"").decode()


def test_the_report_names_every_item_and_nothing_is_stored(house: House, file: str) -> None:
    done = run(house, file)
    report = json.loads(done.stdout)
    assert (report["file"], report["format"], report["kept"]) == ("cau-hoi.gift", "gift", None)
    assert report["counts"] == {"whole": 1, "part": 0, "refused": 1, "beside": 0}
    assert [item_from_json(item).degree for item in report["items"]] == ["whole", "not"]
    assert report["items"][1]["said"]["notes"]
    assert bank(house) == ""


def test_the_questions_are_kept_in_a_bank_once_however_often_they_come(house: House, file: str) -> None:
    first = json.loads(run(house, file, "--bank", "nhap").stdout)
    assert first["kept"] == {"added": 1, "updated": 0, "same": 0, "touched": 0, "banks": ["quizzes/banks/nhap.md"]}
    before = bank(house)
    assert "## Ai ký? {#" in before
    again = json.loads(run(house, file, "--bank", "nhap").stdout)
    assert again["kept"]["same"] == 1
    assert bank(house) == before


def test_a_file_of_another_format_is_refused_in_one_sentence(house: House, file: str) -> None:
    done = run(house, file, "--format", "khong")
    assert done.exit_code == 1
    assert "There is no format “khong”" in done.stderr
