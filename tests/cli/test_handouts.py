"""Hand-outs in Word from a shell."""

from pathlib import Path

from click.testing import CliRunner

from elearning.cli.texts import content
from tests.exchange.questions.word_files import heading, p, picture, raw, word


def test_the_drafts_are_written_once_and_nothing_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "tai-lieu.docx"
    path.write_bytes(word(heading("Một") + p("Chữ.") + raw(picture())))
    first = CliRunner().invoke(content, ["handout", str(path), "moi", "--out", str(tmp_path)])
    assert first.exit_code == 0, first.output
    assert sorted(one.name for one in (tmp_path / "courses" / "moi").rglob("*.*")) == [
        "01-mot.md",
        "course.md",
        "hinh.png",
    ]
    assert "3" in first.output.splitlines()[0]
    (tmp_path / "courses" / "moi" / "01-mot.md").write_text("sửa")
    again = CliRunner().invoke(content, ["handout", str(path), "moi", "--out", str(tmp_path)])
    assert again.exit_code == 1
    assert (tmp_path / "courses" / "moi" / "01-mot.md").read_text() == "sửa"
