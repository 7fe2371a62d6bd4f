"""The form for questions in Excel from a shell."""

from io import BytesIO
from pathlib import Path

from click.testing import CliRunner

from elearning.cli.texts import content
from elearning.exchange.questions import FORMATS


def test_the_form_is_written_where_it_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    done = CliRunner().invoke(content, ["template", str(path)])
    assert done.exit_code == 0, done.output
    assert {item.degree for item in FORMATS["xlsx"].read(BytesIO(path.read_bytes()))} == {"whole"}
