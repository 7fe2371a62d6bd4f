"""`phatngon backup` and `restore` from the shell: one clear sentence when something is wrong."""

from pathlib import Path

import pytest

from elearning.content.rendering import render_here
from elearning.factory import build_house
from elearning.settings import read_settings
from elearning.store.engine import open_store
from elearning.store.migrating import migrate
from tests.cli.test_commands import one_sentence, phatngon
from tests.services.cast import Cast
from tests.store.databases import rows_of

KEY = "a key of thirty-two bytes or more\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data folder of a platform with one person."""
    folder = tmp_path / "data"
    assert phatngon(folder, "migrate").exit_code == 0
    house = build_house(read_settings({"PHATNGON_DATA_DIR": str(folder)}), render_here)
    Cast(house).person(name="Vũ Thị Diễm")
    house.store.dispose()
    return folder


def backup_of(data: Path, *arguments: str) -> Path:
    made = phatngon(data, "backup", *arguments)
    assert made.exit_code == 0, made.output
    return Path(made.stdout.split(": ", maxsplit=1)[0])


def names(folder: Path) -> list[str]:
    store = open_store(f"sqlite:///{folder / 'phatngon.db'}")
    try:
        return [row["name"] for row in rows_of(store)["person"]]
    finally:
        store.dispose()


def test_a_backup_and_its_restoring_are_one_command_each(data: Path, tmp_path: Path) -> None:
    path = backup_of(data)
    assert path.parent == data / "backups"
    restored = phatngon(tmp_path / "new", "restore", str(path), "--yes")
    assert restored.exit_code == 0, restored.output
    assert "version 0.1.0" in restored.stdout
    assert names(tmp_path / "new") == ["Vũ Thị Diễm"]
    assert (tmp_path / "new" / "secret-key").read_bytes() == (data / "secret-key").read_bytes()
    assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_a_key_seals_it(data: Path, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text(KEY)
    path = backup_of(data, "--key-file", str(key), "--to", str(tmp_path / "elsewhere"))
    assert path.parent == tmp_path / "elsewhere"
    refused = phatngon(tmp_path / "new", "restore", str(path), "--yes")
    assert refused.exit_code == 1
    assert one_sentence(refused.stderr)
    assert "--key-file" in refused.stderr
    assert phatngon(tmp_path / "new", "restore", str(path), "--yes", "--key-file", str(key)).exit_code == 0
    assert names(tmp_path / "new") == ["Vũ Thị Diễm"]


def test_without_yes_it_asks_and_a_no_changes_nothing(data: Path, tmp_path: Path) -> None:
    path = backup_of(data)
    asked = phatngon(tmp_path / "new", "restore", str(path))
    assert "Restore this backup?" in asked.stdout
    assert not (tmp_path / "new" / "phatngon.db").exists()


def test_a_database_in_use_is_not_replaced(data: Path) -> None:
    path = backup_of(data)
    store = open_store(f"sqlite:///{data / 'phatngon.db'}")
    try:
        store.engine.connect().close()
        refused = phatngon(data, "restore", str(path), "--yes", "--replace")
    finally:
        store.dispose()
    assert (refused.exit_code, one_sentence(refused.stderr)) == (1, True)
    assert "Stop the server" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("restore", "nowhere.zip", "--yes"), "cannot be read"),
        (("backup", "--key-file", "nowhere"), "cannot be read"),
        (("backup", "--to", "/proc/nowhere"), "cannot be written"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence(data: Path, arguments: tuple[str, ...], said: str) -> None:
    refused = phatngon(data, *arguments)
    assert (refused.exit_code, one_sentence(refused.stderr)) == (1, True)
    assert said in refused.stderr


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "no address of a database"),
        ("oracle://x/y", "no address of a database"),
        ("postgresql://a:secret@127.0.0.1:1/x", "does not answer"),
        ("sqlite:////proc/nowhere/x.db", "does not answer"),
    ],
)
def test_a_target_that_is_none_is_told_in_one_sentence_without_its_password(data: Path, url: str, said: str) -> None:
    refused = phatngon(data, "restore", str(backup_of(data)), "--yes", "--to", url)
    assert (refused.exit_code, one_sentence(refused.stderr)) == (1, True)
    assert said in refused.stderr
    assert "secret" not in refused.stderr


def test_a_database_without_tables_has_nothing_to_back_up(tmp_path: Path) -> None:
    refused = phatngon(tmp_path / "fresh", "backup")
    assert (refused.exit_code, one_sentence(refused.stderr)) == (1, True)
    assert "phatngon migrate" in refused.stderr


def test_tables_of_a_newer_version_are_not_touched(data: Path) -> None:
    store = open_store(f"sqlite:///{data / 'phatngon.db'}")
    migrate(store)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.dispose()
    refused = phatngon(data, "backup")
    assert (refused.exit_code, one_sentence(refused.stderr)) == (1, True)
    assert "newer version" in refused.stderr


def test_the_audit_ends_with_1_where_something_contradicts_itself(data: Path) -> None:
    sound = phatngon(data, "doctor", "--audit")
    assert sound.exit_code == 0
    assert "The tree of units is the one that the links give." in sound.stdout
    store = open_store(f"sqlite:///{data / 'phatngon.db'}")
    with store.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO certificate_counter (year, last) VALUES (2026, 3)")
    store.dispose()
    broken = phatngon(data, "doctor", "--audit")
    assert broken.exit_code == 1
    (line,) = [line for line in broken.stdout.splitlines() if "!!" in line]
    assert line.endswith("Certificates are numbered without gaps within a year. Not so here (1 in all): 2026")


def test_a_move_is_one_command_which_says_what_to_set_afterwards(data: Path, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    url = f"sqlite:///{tmp_path / 'new' / 'phatngon.db'}"
    tried = phatngon(data, "move", "--to", url, "--dry-run")
    assert (tried.exit_code, tried.stderr) == (0, "")
    assert "Nothing was written." in tried.stdout
    moved = phatngon(data, "move", "--to", url)
    assert moved.exit_code == 0, moved.output
    assert "PHATNGON_DATABASE_URL" in moved.stdout
    assert "person" in moved.stderr
    assert names(tmp_path / "new") == names(data) == ["Vũ Thị Diễm"]
    again = phatngon(data, "move", "--to", url)
    assert (again.exit_code, one_sentence(again.stderr)) == (1, True)
    assert "not empty" in again.stderr


def test_the_tables_go_back_and_forward_again_and_what_is_lost_is_said_before(data: Path) -> None:
    backup_of(data)
    before = names(data)
    asked = phatngon(data, "migrate", "--back-to", "0005")
    assert "arrangement" in asked.stdout
    assert "attempt.reopened" in asked.stdout
    assert "Go back?" in asked.stdout
    assert phatngon(data, "doctor").exit_code == 0
    assert phatngon(data, "migrate", "--back-to", "0005", "--yes").exit_code == 0
    assert phatngon(data, "doctor").exit_code == 1
    assert phatngon(data, "migrate").exit_code == 0
    assert phatngon(data, "doctor", "--audit").exit_code == 0
    assert names(data) == before


def test_there_is_no_way_back_to_what_is_not_known_and_none_while_somebody_is_at_work(data: Path) -> None:
    backup_of(data)
    refused = phatngon(data, "migrate", "--back-to", "9999", "--yes")
    assert (refused.exit_code, one_sentence(refused.stderr)) == (1, True)
    assert "Restore the backup" in refused.stderr
    store = open_store(f"sqlite:///{data / 'phatngon.db'}")
    try:
        store.engine.connect().close()
        refused = phatngon(data, "migrate", "--back-to", "0005", "--yes")
    finally:
        store.dispose()
    assert (refused.exit_code, one_sentence(refused.stderr)) == (1, True)
    assert "Stop the server" in refused.stderr


def test_an_older_version_says_that_the_tables_are_newer_and_touches_nothing(data: Path) -> None:
    backup_of(data)
    store = open_store(f"sqlite:///{data / 'phatngon.db'}")
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'later'")
    store.dispose()
    for words in (("migrate",), ("people", "admin", "moi@ankhue.example", "--name", "Người Mới")):
        refused = phatngon(data, *words)
        assert (refused.exit_code, one_sentence(refused.stderr)) == (1, True)
        assert "newer version" in refused.stderr
    assert "newer version" in phatngon(data, "doctor").stdout
