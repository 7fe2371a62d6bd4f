"""Examinations on paper from a shell."""

from pathlib import Path

from click.testing import CliRunner

from elearning.cli.roof import Roof
from elearning.cli.texts import content
from elearning.exchange.folder import read_folder
from tests.services.test_exam_papers import files


def run(tmp_path: Path, *arguments: str) -> str:
    (tmp_path / "texts" / "courses").mkdir(parents=True, exist_ok=True)
    for name, data in files().items():
        path = tmp_path / "texts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    roof = Roof(*[None] * 3, read_folder, *[None] * 3)  # type: ignore[arg-type]
    out = ["--out", str(tmp_path / "out")]
    done = CliRunner().invoke(content, ["paper", *arguments, str(tmp_path / "texts"), *out], obj=roof)
    return f"{done.exit_code} {done.output} {done.exception or ''}"


def test_the_papers_and_the_key_are_two_files(tmp_path: Path) -> None:
    for form, sign in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert run(tmp_path, "kt", "--form", form, "--codes", "201-202").startswith("0 ")
        assert (tmp_path / "out" / f"kt.{form}").read_bytes().startswith(sign)
        assert (tmp_path / "out" / f"kt-key.{form}").read_bytes().startswith(sign)


def test_codes_that_are_none_are_refused(tmp_path: Path) -> None:
    assert run(tmp_path, "kt", "--codes", "x").startswith("1 ")
    assert not (tmp_path / "out").exists()
