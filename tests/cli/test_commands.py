"""The `phatngon` command: one clear sentence when something is wrong, every byte when something is carried."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from elearning.cli import commands
from elearning.content.rendering import render_here
from elearning.exchange.folder import read_folder, write_folder
from elearning.factory import build_app, build_house, open_files
from elearning.services.work import House
from elearning.settings import Settings, SettingsError, read_settings, resources_folder
from elearning.store.files.folder import Folder
from tests.services.texts import small_course

ENGLISH = {"PHATNGON_LANGUAGE": "en"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def phatngon(data: Path, *arguments: str, **environment: str) -> Result:
    """Run the command as a shell does, in this process."""
    opened: list[House] = []

    def house(settings: Settings) -> House:
        opened.append(build_house(settings, render_here))
        return opened[-1]

    def work(*_: object) -> None:
        raise AssertionError("no worker is started here")

    known = {"PHATNGON_DATA_DIR": str(data), "PHATNGON_DATABASE_URL": "", **ENGLISH, **environment}
    roof = commands.Roof(read_settings, house, build_app, read_folder, write_folder, work, work)
    try:
        return CliRunner().invoke(commands.main, arguments, env=known, obj=roof)
    finally:
        for one in opened:
            one.store.dispose()


def written(root: Path, files: dict[str, bytes]) -> Path:
    for path, data in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return root


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def one_sentence(said: str) -> bool:
    """Whether it is one line, and no traceback."""
    return said.count("\n") == 1 and "Traceback" not in said


def test_a_sound_tree_has_no_problems(tmp_path: Path, data: Path) -> None:
    checked = phatngon(data, "content", "check", str(written(tmp_path / "tree", small_course())))
    assert (checked.exit_code, checked.stdout, checked.stderr) == (0, "No problems.\n", "")


def test_forty_mistakes_are_told_at_once_with_path_and_line(tmp_path: Path, data: Path) -> None:
    files = small_course()
    bank = "quizzes/banks/thu-tai.md"
    wrong = "\n".join(f"## Câu {n}? {{#cau-{n}}}\n\n- [ ] a\n- [ ] b\n\n{{: points=1 }}\n" for n in range(40))
    files[bank] += wrong.encode()
    checked = phatngon(data, "content", "check", str(written(tmp_path / "tree", files)))
    lines = checked.stderr.splitlines()
    told = [line for line in lines if line.startswith(f"{bank}:")]
    assert checked.exit_code == 1
    assert len(told) == 40
    starts = [n for n, line in enumerate(files[bank].decode().splitlines(), 1) if line.startswith("## Câu ")]
    numbers = [int(line.split(":")[1]) for line in told]
    assert numbers == sorted(numbers)
    assert all(any(start <= number <= start + 5 for start in starts) for number in numbers)


def test_texts_come_out_byte_for_byte_as_they_went_in(tmp_path: Path, data: Path) -> None:
    files = small_course()
    files["courses/luyen-tap/mo-dau.md"] = b"\xef\xbb\xbf" + files["courses/luyen-tap/mo-dau.md"].replace(
        b"\n", b"\r\n"
    )
    folder = written(tmp_path / "in", files)
    assert phatngon(data, "migrate").exit_code == 0
    imported = phatngon(data, "content", "import", str(folder))
    assert (imported.exit_code, imported.stdout) == (0, f"{len(files)} new, 0 changed, 0 the same.\n")
    published = phatngon(data, "content", "publish", "luyen-tap")
    assert (published.exit_code, published.stdout) == (0, "luyen-tap: edition 1 is live.\n")
    assert phatngon(data, "content", "export", str(tmp_path / "out")).exit_code == 0
    assert tree(tmp_path / "out") == tree(folder)


def test_publishing_what_is_wrong_says_where_and_publishes_nothing(tmp_path: Path, data: Path) -> None:
    files = small_course()
    files["courses/luyen-tap/mo-dau.md"] = b"---\ntitle: A\nnonsense: 1\n---\nx\n"
    phatngon(data, "migrate")
    phatngon(data, "content", "import", str(written(tmp_path / "in", files)))
    refused = phatngon(data, "content", "publish", "luyen-tap")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("courses/luyen-tap/mo-dau.md:")


def test_a_folder_without_courses_is_refused_in_one_sentence(tmp_path: Path, data: Path) -> None:
    refused = phatngon(data, "content", "check", str(tmp_path))
    assert refused.exit_code == 1
    assert one_sentence(refused.stderr)


def test_the_command_itself_starts_and_names_what_it_can_do(data: Path) -> None:
    known = {"PATH": os.environ["PATH"], "PHATNGON_DATA_DIR": str(data)}
    asked = subprocess.run(
        [sys.executable, "-m", "elearning.factory", "--help"], cwd=resources_folder(), env=known, capture_output=True,
        text=True, timeout=120, check=True,
    )  # fmt: skip
    assert {"serve", "migrate", "content", "worker", "doctor"} <= set(asked.stdout.split())


def test_a_port_in_use_is_told_in_one_sentence(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = phatngon(data, "serve", PHATNGON_PORT=port)
    assert refused.exit_code == 1
    assert one_sentence(refused.stderr)
    assert port in refused.stderr


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "80 80", ""])
def test_a_port_that_is_none_is_told_in_one_sentence(port: str, data: Path) -> None:
    with pytest.raises(SettingsError, match="PHATNGON_PORT"):
        read_settings({"PHATNGON_DATA_DIR": str(data), "PHATNGON_PORT": port})


def test_a_bad_port_ends_the_command_with_one_sentence(data: Path) -> None:
    refused = phatngon(data, "doctor", PHATNGON_PORT="eighty")
    assert refused.exit_code == 1
    assert one_sentence(refused.stderr)


def test_a_data_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    refused = phatngon(in_the_way / "data", "migrate")
    assert refused.exit_code == 1
    assert one_sentence(refused.stderr)
    assert "PHATNGON_DATA_DIR" in refused.stderr


@pytest.mark.parametrize("url", ["phatngon.example", "ftp://phatngon.example", "http://"])
def test_a_public_address_that_is_none_is_refused(url: str, data: Path) -> None:
    with pytest.raises(SettingsError, match="PHATNGON_PUBLIC_URL"):
        read_settings({"PHATNGON_DATA_DIR": str(data), "PHATNGON_PUBLIC_URL": url})


def test_the_secret_key_is_made_once_and_read_by_its_owner_only(data: Path) -> None:
    first = read_settings({"PHATNGON_DATA_DIR": str(data)}).secret_key
    assert read_settings({"PHATNGON_DATA_DIR": str(data)}).secret_key == first
    assert len(first) >= 43
    assert stat.S_IMODE((data / "secret-key").stat().st_mode) == 0o600


def test_a_database_without_tables_makes_the_doctor_say_what_to_run(data: Path) -> None:
    found = phatngon(data, "doctor")
    assert found.exit_code == 1
    assert "phatngon migrate" in found.stdout
    assert phatngon(data, "migrate").exit_code == 0
    assert phatngon(data, "doctor").exit_code == 0


def test_the_first_administrator_gets_a_link(data: Path) -> None:
    made = phatngon(data, "people", "admin", "quan-tri@ankhue.example", "--name", "Vũ Thị Diễm")
    assert made.exit_code == 0
    assert made.stdout.startswith("http://127.0.0.1:8000/welcome/")
    again = phatngon(data, "people", "link", "quan-tri@ankhue.example")
    assert again.stdout.splitlines()[0] != made.stdout.splitlines()[0]


def test_a_link_for_nobody_is_refused_in_one_sentence(data: Path) -> None:
    refused = phatngon(data, "people", "link", "khong-ai@ankhue.example")
    assert refused.exit_code == 1
    assert one_sentence(refused.stderr)


@pytest.mark.parametrize(
    ("name", "value", "library", "extra"),
    [
        ("PHATNGON_REDIS_URL", "redis://127.0.0.1:1/0", "redis", "redis"),
        ("PHATNGON_FILES_URL", "s3://a:b@storage.example.vn/bucket", "obstore", "s3"),
    ],
)
def test_a_setting_whose_library_is_missing_is_told_with_what_to_install(
    name: str, value: str, library: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = {"PHATNGON_DATA_DIR": str(tmp_path), name: value}
    assert value in (read_settings(environment).redis_url, read_settings(environment).files_url)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(SettingsError) as told:
        read_settings(environment)
    assert f"pip install 'phatngon[{extra}]'" in told.value.message.plain()


def test_files_stand_in_the_data_folder_in_a_shared_one_or_in_a_bucket(tmp_path: Path) -> None:
    def where(**more: str) -> object:
        return open_files(read_settings({"PHATNGON_DATA_DIR": str(tmp_path / "data"), **more}))

    own, shared = where(), where(PHATNGON_FILES_URL=f"file://{tmp_path}/chung%20nhau")
    assert isinstance(own, Folder)
    assert own.root == tmp_path / "data" / "files"
    assert isinstance(shared, Folder)
    assert shared.root == tmp_path / "chung nhau"
    assert type(where(PHATNGON_FILES_URL="s3://a:b@storage.example.vn/bucket")).__name__ == "Bucket"
